"""Kill ``colabify --inplace`` at random moments, and look whether a notebook or module is lost.

    python scripts/power_cut.py [--folder COURSE] [--notebooks 200] [--kills 100]

Without a folder, a course is made. Every file has to be the old or the new one, byte for byte, after each
kill; once the next run has gone through, all are the new ones and nothing else is there. A course in
a repository of its own is copied, and the copy is worked on.
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
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.cli import main as colabify

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT_OVER = ".colabify-part"
AGAIN = 0.15
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
    """A course of notebooks that all change, and of modules that they use."""
    for number in range(notebooks):
        place = folder / f"week{number % 10}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "kit.py").write_text("import numpy as np\n\nhalf = np.float(0.5)\n")
        cells = [
            "import kit\nimport numpy as np\n",
            "x = np.int(3)\n" * 20,
            "%matplotlib inline\n",
        ] * 5
        data = {
            "cells": [_cell(text) for text in cells],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
        (place / f"lab{number}.ipynb").write_text(json.dumps(data, indent=1))
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S607


def _cell(source: str) -> dict[str, object]:
    empty: dict[str, object] = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", **empty, "source": source}


def cut_power(course: Path, kills: int, chance: random.Random) -> str:
    """Kill runs in the folder ``course``; what came of it.

    Raises:
        AssertionError: a file was lost, is neither old nor new, or is too many.

    """
    old = read_files(course)
    lasts = run(course)
    new = read_files(course)
    assert set(new) == set(old), "the run has made files"  # noqa: S101
    write_back(course, old)
    done = dict.fromkeys(
        ("killed", "too late", "found in between", "left-over temporary files", "second runs"), 0
    )
    while done["killed"] < kills:
        done["killed" if kill_one(course, chance.uniform(0.0, lasts)) else "too late"] += 1
        now = read_files(course)
        strays = {name for name in now.keys() - old.keys() if name.endswith(LEFT_OVER)}
        wrong = [
            name
            for name in now.keys() | old.keys()
            if now.get(name) not in (old.get(name), new.get(name))
        ]
        assert set(wrong) <= strays, f"neither old nor new: {sorted(wrong)}"  # noqa: S101
        done["left-over temporary files"] += len(strays)
        done["found in between"] += now not in (old, new)
        if now == new or strays or chance.random() < AGAIN:
            run(course)
            done["second runs"] += 1
            then = read_files(course)
            wrong = [name for name in then.keys() | new.keys() if then.get(name) != new.get(name)]
            assert not wrong, f"a second run does not finish the work: {sorted(wrong)}"  # noqa: S101
            write_back(course, old)
    return f"{len(old)} files, one run {lasts:.1f} s; " + ", ".join(
        f"{n} {what}" for what, n in done.items()
    )


def run(course: Path) -> float:
    """A run from beginning to end; how many seconds it took."""
    started = time.monotonic()
    os.waitpid(_start(course), 0)
    return time.monotonic() - started


def kill_one(course: Path, after: float) -> bool:
    """Start a run, and kill its process group; False if it had come to its end."""
    child = _start(course)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _start(course: Path) -> int:
    """The process, in a group of its own, of a run: a fork, so that it begins with the work at once."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            colabify([str(course), "--inplace", "--quiet", "--jobs=1"])
        finally:
            os._exit(0)
    return child


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
