"""The journal of a run: what it has written, and the bytes of before, to give them back after a refusal.

The bytes are kept on the disk: a course may have more of them than there is memory.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.committing.refusals import MixedIn
from colabify.files import FileError, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class Journal:
    """A context: unless :meth:`keep` was called, what was written is given back at its end."""

    def __init__(self, objection: Callable[[Path], str]) -> None:
        """``objection`` says why a file must not be written; nothing if it may."""
        self.written: dict[Path, Path] = {}
        """The files written, and for each the copy of what it held."""
        self.objections: dict[Path, str] = {}
        self._objection = objection
        self._folder = Path(tempfile.mkdtemp(prefix="colabify-"))

    def write(self, path: Path, raw: bytes, old: bytes) -> None:
        """Write a file, and remember what it held.

        Raises:
            MixedIn: there is an objection to it; the others are still done, to name all that have one.
            FileError: it cannot be written.

        """
        target = path.resolve()
        why = self._objection(target)
        if why:
            self.objections[target] = why
            raise MixedIn(why)
        copy = self._folder / str(len(self.written))
        if target not in self.written:
            copy.write_bytes(old)
        write_bytes(path, raw, old)
        self.written.setdefault(target, copy)

    def keep(self) -> None:
        """What was written stays."""
        self.written.clear()

    def give_back(self) -> list[Path]:
        """Every file gets the bytes of before, whatever a hook has made of it; those that could not do."""
        left = []
        for path, copy in self.written.items():
            try:
                write_bytes(path, copy.read_bytes(), path.read_bytes() if path.exists() else None)
            except (FileError, OSError):
                left.append(path)
        self.written.clear()
        return left

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        left = self.give_back()
        if not left:
            shutil.rmtree(self._folder, ignore_errors=True)
        else:  # the copies stay: they are all there is
            names = ", ".join(map(str, left))
            text = f"{names} could not be given back; what they held is in {self._folder}"
            raise FileError(f"{error}; {text}") from error
