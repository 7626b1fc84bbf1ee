"""Kill ``colabify --inplace`` at random moments, and look whether a notebook or module is lost.

    python scripts/power_cut.py [--folder COURSE] [--notebooks 200] [--kills 100]

Without a folder, a course is made. Every second kill waits for the moment when some file is being written.
Every file has to be the old or the new one, byte for byte, after each kill; the next run is killed, too, or
goes through: then all are the new ones and nothing else is there. A course in a repository of its own is
copied, and the copy is worked on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.cli import main as colabify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEFT_OVER = ".colabify-part"
FINISHED = 0.5
"""How often the work is finished by a run that nobody kills; else the next one is killed, too."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; 0 if nothing was lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--folder", type=Path, help="a course to take instead of a made one")
    parser.add_argument("--notebooks", type=int, default=200)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder, "course")
        if args.folder:
            shutil.copytree(args.folder, course, symlinks=True)
        else:
            make_course(course, args.notebooks)
        colabify([str(course), "--check", "--quiet"])  # imports what will be needed
        print(cut_power(course, args.kills, random.Random(args.seed)))  # noqa: S311
    return 0


def make_course(folder: Path, notebooks: int) -> None:
    """A course of notebooks that all change, and of modules that half of them use."""
    for number in range(notebooks):
        place = folder / f"week{number % 10}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "kit.py").write_text("import numpy as np\n\nhalf = np.float(0.5)\n")
        first = "import kit\n" if number % 4 < 2 else ""  # who uses a module is written at the end
        cells = [f"{first}import numpy as np\nx = np.int({number})\n", "%matplotlib notebook\n"]
        data = {
            "cells": [_cell(text) for text in cells],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
        (place / f"lab{number}.ipynb").write_text(json.dumps(data, indent=1))
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "a"],
        ["remote", "add", "origin", "https://github.com/example/course"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S607


def _cell(source: str) -> dict[str, object]:
    empty: dict[str, object] = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", **empty, "source": source}


@dataclass
class Tally:
    """What came of the kills."""

    files: int
    lasts: float
    too_late: int = 0
    new: list[int] = field(default_factory=list)
    """How many files were new at each kill."""
    in_writing: int = 0
    """How many kills left a temporary file: a file was being written."""
    finished: int = 0
    """How many second runs finished the work."""

    def __str__(self) -> str:
        some = sum(0 < one < self.files for one in self.new)
        spread = ", ".join(str(one) for one in sorted(self.new))
        return (
            f"| {self.files} files | one run {self.lasts:.1f} s | {len(self.new)} killed "
            f"| {self.in_writing} while a file was written | {some} with some files new, some old "
            f"| {self.finished} second runs | {self.too_late} too late | 0 lost |\n"
            f"new files at each kill, sorted: {spread}"
        )


def cut_power(course: Path, kills: int, chance: random.Random) -> Tally:
    """Kill runs in the folder ``course``; what came of it.

    Raises:
        AssertionError: a file was lost, is neither old nor new, or is too many.

    """
    old = read_files(course)
    lasts = run(course)
    new = read_files(course)
    assert set(new) == set(old), "the run has made files"  # noqa: S101
    write_back(course, old)
    changing = {name for name in new if new[name] != old[name]}
    done, now = Tally(len(changing), lasts), old
    while len(done.new) < kills:
        left = sum(now[name] != new[name] for name in changing)
        in_writing = len(done.new) % 2 == 1 and left
        moment = chance.randint(1, left) if in_writing else chance.uniform(0.0, lasts)
        if not kill_one(course, moment):
            done.too_late += 1
        else:
            now = read_files(course)
            strays = {name for name in now.keys() - old.keys() if name.endswith(LEFT_OVER)}
            wrong = [
                name
                for name in now.keys() | old.keys()
                if now.get(name) not in (old.get(name), new.get(name))
            ]
            assert set(wrong) <= strays, f"neither old nor new: {sorted(wrong)}"  # noqa: S101
            done.in_writing += bool(strays)
            done.new.append(sum(now[name] == new[name] for name in changing))
            if chance.random() >= FINISHED:
                continue
        finish(course, new)
        done.finished += 1
        write_back(course, old)
        now = old
    return done


def finish(course: Path, new: dict[str, bytes]) -> None:
    """Run it to its end: the files are ``new``, and there are no others.

    Raises:
        AssertionError: they are not.

    """
    run(course)
    then = read_files(course)
    wrong = [name for name in then.keys() | new.keys() if then.get(name) != new.get(name)]
    assert not wrong, f"a second run does not finish the work: {sorted(wrong)}"  # noqa: S101


def run(course: Path) -> float:
    """A run from beginning to end; how many seconds it took."""
    started = time.monotonic()
    os.waitpid(_start(course), 0)
    return time.monotonic() - started


def kill_one(course: Path, moment: float) -> bool:
    """Start a run, and kill its process group; False if it had come to its end.

    ``moment`` is how many seconds it has; an integer says which file it is writing then.
    """
    telling, told = os.pipe()
    child = _start(course, told)
    os.close(told)
    if isinstance(moment, int):
        for _ in range(moment):
            os.read(telling, 1)  # nothing comes from a run that has ended
    else:
        time.sleep(moment)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.close(telling)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _start(course: Path, told: int | None = None) -> int:
    """The process, in a group of its own, of a run: a fork, so that it begins with the work at once.

    It writes a byte into ``told`` whenever it is about to put a file onto the disk.
    """
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            if told is not None:
                os.fsync = _telling(told)  # type: ignore[assignment]
            colabify([str(course), "--inplace", "--quiet", "--jobs=1"])
        finally:
            os._exit(0)
    return child


def _telling(told: int) -> Callable[[Any], None]:
    fsync = os.fsync

    def tell(handle: Any) -> None:
        os.write(told, b".")
        fsync(handle)

    return tell


def read_files(course: Path) -> dict[str, bytes]:
    """Every file, those of git aside."""
    every = (path for path in course.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(course).as_posix(): path.read_bytes() for path in every}


def write_back(course: Path, files: dict[str, bytes]) -> None:
    """Make the files what they were."""
    for name, raw in files.items():
        if (course / name).read_bytes() != raw:
            (course / name).write_bytes(raw)


if __name__ == "__main__":
    raise SystemExit(main())
