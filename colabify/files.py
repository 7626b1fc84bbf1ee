"""Files: how one is read, and written so that none is ever lost."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.temporaries import give_mode, open_temporary

if TYPE_CHECKING:
    from pathlib import Path

    from colabify.places import Place


class FileError(ColabifyError):
    """A file or folder that cannot be read or written; the message says why."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        FileError: it cannot be read.

    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError("not a file that could be a notebook")  # a pipe would be waited for
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}") from None


def write_bytes(path: Path, raw: bytes, expected: bytes | None) -> None:
    """Put ``raw`` into the file: whole or not at all, with the mode it had, through symbolic links.

    ``expected`` is what the file held when it was read (None: it is new); if somebody has saved it since,
    nothing is written. That it holds ``raw`` already is as well: another colabify has been at the same work.

    Raises:
        FileError: it cannot be written, or has changed since it was read.

    """
    target = path.resolve()
    try:
        before = _check_may_write(target, new=expected is None)
        if not _is_due(target, raw, expected):
            return
        with open_temporary(target) as temporary:
            temporary.file.write(raw)
            temporary.file.flush()
            os.fsync(temporary.file.fileno())
            give_mode(temporary.path, before)
            if _is_due(target, raw, expected):  # nobody has saved it while this was written
                temporary.replace(target)
    except FileExistsError:
        raise FileError("another colabify is writing it: not written; run again") from None
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}") from None


def _check_may_write(target: Path, *, new: bool) -> os.stat_result | None:
    """What the system says of the file that is to be written; None if it is ``new``."""
    before = None if new else target.stat()
    if before is not None and not os.access(target, os.W_OK):
        raise FileError("it is read-only: not written")
    if target.parent.is_dir() and not os.access(target.parent, os.W_OK):
        raise FileError("its folder is read-only: not written")
    return before


def _is_due(target: Path, raw: bytes, expected: bytes | None) -> bool:
    """Whether ``raw`` has still to be written.

    Raises:
        FileError: the file holds neither it nor what is expected.
        OSError: it cannot be read.

    """
    now = None if expected is None else target.read_bytes()
    if now != expected and now != raw:
        raise FileError("another program has saved it in the meantime: not written; run again")
    return now == expected


def write_copy(folder: Path, place: Place, raw: bytes, originals: frozenset[Path]) -> None:
    """Put ``raw`` where the copy of ``place`` belongs below ``folder``; never over one of ``originals``.

    Raises:
        FileError: it cannot be written.

    """
    target = folder / place.copy
    if target.resolve() in originals:
        raise FileError(f"its copy would overwrite the notebook {target}: choose another folder")
    if not target.resolve().is_relative_to(folder.resolve()):
        text = (
            f"a symbolic link leads {target} out of {folder}: remove it, or choose another folder"
        )
        raise FileError(f"its copy is not written: {text}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"the folder {target.parent} cannot be made: {error.strerror}") from None
    old = read_bytes(target) if target.exists() else None
    if old != raw:
        write_bytes(target, raw, old)
