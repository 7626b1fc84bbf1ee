"""Temporary files: what is written beside a file before it takes that file's place.

A run that is killed leaves the one that it was writing. It is hidden, by its name no notebook and no module,
and is removed when the file beside it is written the next time.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX = ".colabify-part"
PATIENCE = 2.0
"""For how many seconds another run may be at the same file: to write one takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Temporary:
    """A new file beside another, locked for as long as it is open."""

    path: Path
    file: IO[bytes]
    _made: os.stat_result

    def replace(self, target: Path) -> None:
        """Take the place of ``target``; locked, so that no other run takes it for a leftover.

        Raises:
            FileExistsError: another run has done so, on a file system that has no locks.
            OSError: it cannot be done.

        """
        if not self.is_there():
            raise FileExistsError
        self._close_on_windows()
        self.path.replace(target)

    def is_there(self) -> bool:
        """Whether it has its name."""
        return _is_named(self._made, self.path)

    def remove(self) -> None:
        """Remove it, unless it has taken the other's place."""
        self._close_on_windows()
        if self.is_there():
            with suppress(OSError):
                self.path.unlink()

    def _close_on_windows(self) -> None:
        if os.name != "posix":  # a file that is open cannot be moved or removed there
            self.file.close()


@contextmanager
def open_temporary(target: Path) -> Iterator[Temporary]:
    """A new file beside ``target``, which is gone afterwards; another run that is at it is waited for.

    Its name is always the same, so that no folder has to be searched for what a run has left.

    Raises:
        FileExistsError: another run is writing it, and does not come to an end.
        OSError: it cannot be made.

    """
    name = os.fsdecode(os.fsencode(target.name)[:200])  # a name has at most 255 bytes
    new = _make(target.parent / f".{name}{_SUFFIX}")
    with new.file:
        try:
            yield new
        finally:
            new.remove()


def _make(path: Path) -> Temporary:
    deadline = time.monotonic() + PATIENCE
    while True:
        _remove_leftover(path)
        with suppress(FileExistsError):
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
            file = os.fdopen(os.open(path, flags, 0o600), "wb")
            new = Temporary(path, file, os.fstat(file.fileno()))
            if _lock(file) and new.is_there():
                return new
            file.close()  # before it was locked, another run has taken it for a leftover
        if time.monotonic() > deadline:
            raise FileExistsError
        time.sleep(0.01)


def give_mode(temporary: Path, before: os.stat_result | None) -> None:
    """Give a file the owner and mode of the one that it replaces; those of any new one if there is none."""
    if before is not None:
        with suppress(PermissionError):  # only root may give a file to somebody else
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode) if before else 0o666 & ~_umask())


def _umask() -> int:
    """The mask for the modes of new files; the system tells it only when it is set."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _remove_leftover(path: Path) -> None:
    with suppress(OSError), path.open("rb") as file:
        if _lock(file) and _is_named(os.fstat(file.fileno()), path):
            path.unlink()


def _is_named(file: os.stat_result, path: Path) -> bool:
    try:
        return os.path.samestat(file, path.stat())
    except OSError:
        return False


def _lock(file: IO[bytes]) -> bool:
    """Lock an open file; False if another process has. The system unlocks it when that process ends."""
    if sys.platform == "win32":  # it does not remove a file that is open
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some file systems have no locks
        return True
    return True
