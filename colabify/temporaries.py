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
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX = ".colabify-part"
_TRIES, _PAUSE = 20, 0.1
"""How often, and after how many seconds, it is tried again while another run writes the same file."""


@contextmanager
def temporary_beside(target: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A new file beside ``target``, locked for as long as it is open, and where it stands.

    It is removed unless it has been moved. Its name is always the same, so that no folder has to be
    searched for what a run has left.

    Raises:
        FileExistsError: another run is writing it, and does not come to an end.
        OSError: it cannot be made.

    """
    name = os.fsdecode(os.fsencode(target.name)[:200])  # a name has at most 255 bytes
    path = target.parent / f".{name}{_SUFFIX}"
    with _opened(path) as file:
        try:
            yield file, path
        finally:  # while it is locked: later there may be another run's
            if file.closed or _stands_at(file, path):
                path.unlink(missing_ok=True)


def _opened(path: Path) -> IO[bytes]:
    for _ in range(_TRIES):
        _remove_leftover(path)
        with suppress(FileExistsError):
            return _made(path)
        time.sleep(_PAUSE)
    raise FileExistsError(path)


def _made(path: Path) -> IO[bytes]:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    file = os.fdopen(handle, "wb")
    if _lock(file) and _stands_at(file, path):
        return file
    file.close()  # a run that began meanwhile took it for a leftover
    raise FileExistsError(path)


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
        if _lock(file) and _stands_at(file, path):
            path.unlink()


def _stands_at(file: IO[bytes], path: Path) -> bool:
    """Whether what is at ``path`` is this open file, and not another since."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))  # noqa: PTH116
    except FileNotFoundError:
        return False


def _lock(file: IO[bytes]) -> bool:
    """Lock an open file; False if another process has. The system unlocks it when that process ends."""
    if sys.platform == "win32":  # it does not remove a file that is open
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
