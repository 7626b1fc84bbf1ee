"""Slots: the files of the cache, each for one thing that is kept, and what may be read from them.

A slot says of which state it holds; another state writes over it. What is read is checked, and can make
nothing but our own plain values. A slot that is damaged, or cannot be read or written, is as good as none.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import zlib
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from colabify.temporaries import open_temporary

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".run", ".one")
"""How slots for whole runs and for single notebooks are named."""
_MOST = 64 * 2**20
"""How many bytes all files together may have; the ones that were not used for the longest time go."""
_VALUES = frozenset(
    f"colabify.{name}"
    for name in (
        "findings", "jsonspan", "kept", "modules.given", "modules.record", "outcomes", "parts",
        "plans", "steps", "supply",
    )
)  # fmt: skip
"""The modules whose values may be kept."""
_UNREADABLE = (
    pickle.UnpicklingError,
    zlib.error,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
"""What :mod:`pickle` raises for what it cannot read, and values for what they cannot be."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What is kept in ``file``; ``key`` is the state that it has to be of."""

    file: Path
    key: bytes

    def read(self) -> Any:
        """What is kept, if it is of this state; else None."""
        try:
            raw = self.file.read_bytes()
            key, said, body = raw[:32], raw[32:64], raw[64:]
            if key != self.key or said != digest(body):
                return None
        except OSError:
            return None
        found = unpacked(body)
        with suppress(OSError):
            os.utime(self.file)
        return found

    def write(self, value: object) -> None:
        """Keep a value, if that can be done."""
        body = packed(value)
        with suppress(OSError), open_temporary(self.file) as new:
            new.file.write(self.key + digest(body) + body)
            new.file.flush()
            new.replace(self.file)


def packed(value: object) -> bytes:
    """A value as it is kept."""
    said = io.BytesIO()
    _Writer(said, pickle.HIGHEST_PROTOCOL).dump(value)
    return zlib.compress(said.getvalue(), 1)


def unpacked(raw: bytes) -> Any:
    """What is kept; None if it is nothing that could be."""
    try:
        return _Reader(io.BytesIO(zlib.decompress(raw))).load()
    except _UNREADABLE:
        return None


def make_folder(folder: Path) -> None:
    """Make the folder for slots, if there is none; of one inside a repository, git takes no notice."""
    with suppress(OSError):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
            (folder / ".gitignore").write_text("*\n")


def make_room(folder: Path) -> None:
    """Remove what was not used for the longest time, if there is too much."""
    with suppress(OSError):
        files = [(one.stat(), one) for one in folder.iterdir() if one.suffix in SUFFIXES]
        size = sum(seen.st_size for seen, _ in files)
        for seen, file in sorted(files, key=lambda one: one[0].st_mtime_ns):
            if size <= _MOST:
                return
            file.unlink(missing_ok=True)
            size -= seen.st_size


def digest(raw: bytes) -> bytes:
    """The digest of bytes, as slots have it."""
    return hashlib.sha256(raw).digest()


class _Writer(pickle.Pickler):
    """Writes our values as what makes them: that is read in a third of the time."""

    def reducer_override(self, value: Any) -> Any:
        """See :meth:`pickle.Pickler.reducer_override`."""
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, name) for name in _names(type(value)))
        return NotImplemented


@cache
def _names(made: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(made))


class _Reader(pickle.Unpickler):
    """Reads our own plain values, and refuses all else: nothing that a file says is run."""

    def find_class(self, module: str, name: str) -> Any:
        """One of the values; see :class:`pickle.Unpickler`."""
        return _value(module, name)


@cache
def _value(module: str, name: str) -> type:
    from importlib import import_module

    if module not in _VALUES or "." in name:
        raise pickle.UnpicklingError(f"{module}.{name} is not kept")
    found = getattr(import_module(module), name)
    if not isinstance(found, type) or found.__module__ != module:
        raise pickle.UnpicklingError(f"{module}.{name} is not kept")
    return found
