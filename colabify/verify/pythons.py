"""Which Python of this machine runs a notebook: the runtime's version, else the nearest."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLDEST, _NEWEST = (3, 8), (3, 20)
_ASK = """\
import json, sys
base = getattr(sys, "_base_executable", None) or sys.executable
print(json.dumps([base, list(sys.version_info[:3]), sys.implementation.name]))"""


@dataclass(frozen=True, slots=True)
class Python:
    """An interpreter, not an environment's, and its full version."""

    executable: Path
    version: tuple[int, int, int]

    @property
    def text(self) -> str:
        """Its version as people write it."""
        return ".".join(map(str, self.version))


@functools.cache
def find_python(minor: tuple[int, int]) -> Python:
    """The interpreter of this machine for Python ``minor``; the nearest if there is none of that version.

    The Python that runs us counts, what is on the PATH, pyenv's, and what uv has installed.
    """
    found: dict[tuple[int, int], Python] = {}
    for candidate in _candidates(minor):
        python = _asked(candidate)
        if python is not None and python.version[:2] == minor:
            return python
        if python is not None:
            found.setdefault(python.version[:2], python)
    # The nearest; of two as near, the newer, whose errors are those of the runtime's Python
    nearest = min(found, key=lambda one: (abs(one[1] - minor[1]), -one[1]))
    return found[nearest]


def _candidates(minor: tuple[int, int]) -> Iterator[Path]:
    yield Path(sys.executable)
    name = "python{}.{}".format(*minor)
    yield from _on_path(name)
    yield from _of_pyenv(minor)
    yield from _of_uv(minor)
    around = range(_OLDEST[1], _NEWEST[1])
    for one in sorted(around, key=lambda other: abs(other - minor[1])):
        yield from _on_path(f"python3.{one}")
        yield from _of_pyenv((3, one))
    yield from _on_path("python3")


def _on_path(name: str) -> Iterator[Path]:
    found = shutil.which(name)
    if found:
        yield Path(found)


def _of_pyenv(minor: tuple[int, int]) -> Iterator[Path]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    pattern = re.compile(r"{}\.{}\.(\d+)".format(*minor))
    try:
        named = [(match, one) for one in root.iterdir() if (match := pattern.fullmatch(one.name))]
    except OSError:
        return
    newest = sorted(named, key=lambda item: int(item[0][1]), reverse=True)
    yield from (one / "bin" / "python" for _, one in newest)


def _of_uv(minor: tuple[int, int]) -> Iterator[Path]:
    uv = shutil.which("uv")
    if uv:
        words = [uv, "python", "find", "--no-python-downloads", "--system", "{}.{}".format(*minor)]
        done = _output(words)
        if done:
            yield Path(done)


def _asked(executable: Path) -> Python | None:
    """What the interpreter says of itself; None if it does not start (a shim without a version does not)."""
    try:
        base, version, implementation = json.loads(_output([str(executable), "-I", "-c", _ASK]))
    except ValueError:
        return None
    fits = implementation == "cpython" and tuple(version[:2]) >= _OLDEST
    return Python(Path(base), (version[0], version[1], version[2])) if fits else None


def _output(words: list[str]) -> str:
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
