"""Files: which notebooks a path means, and how one is written so that none is ever lost."""

from __future__ import annotations

import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from colabify.project import Project

SUFFIX = ".ipynb"


class FileError(ColabifyError):
    """A file or folder that cannot be read or written; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A notebook: where it is, how to call it, and where it stands below the path that was given."""

    path: Path
    shown: str
    below: Path


def find_notebooks(
    given: Sequence[str], project_of: Callable[[Path], Project]
) -> tuple[list[Place], list[tuple[str, str]]]:
    """``(notebooks, [(path, why not)])`` for the files and folders that were named.

    A folder means the notebooks in it at any depth, but not hidden ones, checkpoints, or what git
    ignores. A notebook that is reached twice is listed once.
    """
    places: dict[Path, Place] = {}
    problems = []
    for name in given:
        path = Path(name)
        try:
            found = list(_in_folder(path, project_of)) if path.is_dir() else [_file(path)]
        except FileError as error:
            problems.append((name, str(error)))
            continue
        if not found:
            problems.append((name, "no notebooks in this folder"))
        for place in found:
            places.setdefault(place.path.resolve(), place)
    return list(places.values()), problems


def _file(path: Path) -> Place:
    if not path.exists():
        raise FileError("no such file or folder")
    if path.suffix != SUFFIX:
        raise FileError("not a notebook: its name does not end in .ipynb")
    return Place(path, str(path), Path(path.name))


def _in_folder(folder: Path, project_of: Callable[[Path], Project]) -> Iterator[Place]:
    project = project_of(folder)
    for path in sorted(_walk(folder)):
        inside = project.relative(path)
        if project.root is None or inside is None or inside in project.visible:
            yield Place(path, str(path), path.relative_to(folder))


def _walk(folder: Path) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        raise FileError(f"cannot be listed: {error.strerror}")

    for root, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(SUFFIX) and not name.startswith("."):
                yield Path(root) / name


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        FileError: it cannot be read.

    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}") from None


def write_bytes(path: Path, raw: bytes, expected: bytes | None) -> None:
    """Put ``raw`` into the file: whole or not at all, with the mode it had, through symbolic links.

    ``expected`` is what the file held when it was read (None: it is new); if somebody has saved it since,
    nothing is written.

    Raises:
        FileError: it cannot be written, or has changed since it was read.

    """
    target = path.resolve()
    temporary = ""
    try:
        if expected is not None and target.read_bytes() != expected:
            raise FileError("it was saved by another program in the meantime: not written")
        mode = stat.S_IMODE(target.stat().st_mode) if expected is not None else None
        if mode is not None and not os.access(target, os.W_OK):
            raise FileError("it is read-only: not written")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode if mode is not None else 0o666 & ~_umask())
        Path(temporary).replace(target)
        temporary = ""
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}") from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    """The mask for the modes of new files; the system tells it only when it is set."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
