"""Environments with a runtime's packages, installed once into a cache and shared between runs.

A cached environment is named for what is in it, and holds the list of its files: one that has lost some is
built again. Two runs at once wait for each other.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.cache_folder import cache_folder
from colabify.errors import ColabifyError
from colabify.verify.installing import Installer, run_program, why_not
from colabify.verify.machine import Base
from colabify.verify.pythons import Python, find_python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from colabify.verify.packages import Wanted

_MARK = "colabify.json"


class NoEnvironment(ColabifyError):
    """An environment that cannot be made; the message says why."""


@dataclass(frozen=True)
class Environment:
    """A Python with a runtime's packages.

    ``replaced`` are those of which another version had to do, as ``scipy 1.16.3 (here 1.16.2)``;
    ``missing`` those of which there was none.
    """

    base: Base
    replaced: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass
class Environments:
    """The cache in ``folder``; ``say`` is told what takes long."""

    folder: Path = field(default_factory=cache_folder)
    say: Callable[[str], None] = lambda _: None

    def of(self, wanted: Wanted) -> Environment:
        """The environment for what is wanted: one that is there and has it all, else a new one.

        Raises:
            NoEnvironment: not even what a kernel needs could be installed.

        """
        python = find_python(wanted.minor)
        for made in self._made(python):
            if set(wanted.pins) <= made.keys_there and self._is_whole(made.folder):
                return made.environment(python)
        key = hashlib.sha256(repr((python.text, wanted.pins)).encode()).hexdigest()
        folder = self.folder / "environments" / f"{python.text}-{key[:16]}"
        with _locked(folder.with_name(f"{folder.name}.lock")):
            if not self._is_whole(folder):  # else another run has made it while we waited
                self._build(folder, python, wanted)
        return _read(folder).environment(python)

    def _made(self, python: Python) -> Iterator[_Made]:
        """The environments on ``python``, the smallest first."""
        found = []
        for mark in self.folder.glob(f"environments/{python.text}-*/{_MARK}"):
            with contextlib.suppress(ValueError, KeyError, TypeError, OSError):
                found.append(_read(mark.parent))
        yield from sorted(found, key=lambda made: len(made.pins))

    @staticmethod
    def _is_whole(folder: Path) -> bool:
        """Whether all files that were installed are there, as long as they were."""
        try:
            data = json.loads((folder / _MARK).read_text("utf-8"))
            packages = folder / str(data["packages"])
            return all(
                (packages / name).stat().st_size == size for name, size in data["files"].items()
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False

    def _build(self, folder: Path, python: Python, wanted: Wanted) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.say(f"installing the packages of runtime {wanted.runtime} on Python {python.text}")
        try:
            run_program([str(python.executable), "-m", "venv", str(folder)])
            packages = Path("lib") / "python{}.{}".format(*python.version[:2]) / "site-packages"
            replaced, missing = Installer(folder, wanted, self.say).install()
            files = _files(folder / packages)
            data = {
                "pins": wanted.pins, "replaced": replaced, "missing": missing,
                "packages": str(packages), "files": files,
            }  # fmt: skip
            (folder / _MARK).write_text(json.dumps(data), encoding="utf-8")
        except (OSError, subprocess.SubprocessError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise NoEnvironment(
                f"no environment like Colab's could be made: {why_not(error)}"
            ) from None
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


@dataclass(frozen=True)
class _Made:
    """An environment in the cache as its mark describes it."""

    folder: Path
    pins: tuple[tuple[str, str], ...]
    replaced: tuple[str, ...]
    missing: tuple[str, ...]
    packages: str

    @property
    def keys_there(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.pins)

    def environment(self, python: Python) -> Environment:
        base = Base(python.executable, python.text, self.folder / self.packages)
        return Environment(base, self.replaced, self.missing)


def _read(folder: Path) -> _Made:
    data = json.loads((folder / _MARK).read_text("utf-8"))
    pins = tuple((str(name), str(version)) for name, version in data["pins"])
    return _Made(folder, pins, tuple(data["replaced"]), tuple(data["missing"]), data["packages"])


def _files(packages: Path) -> dict[str, int]:
    """The files below ``packages`` and how long each is; not what Python compiles."""
    return {
        str(path.relative_to(packages)): path.stat().st_size
        for path in packages.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold the lock ``file`` while the context lasts; another run that wants it waits."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
