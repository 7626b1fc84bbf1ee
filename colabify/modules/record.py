"""What the record of a notebook says of the modules that were mended with it, to give their bytes back."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

from colabify.modules.text import ModuleText, digest_of, read_module

Lines = tuple[int, int, tuple[str, ...]]
"""From which line on (from 0), how many lines of the mended text, and the lines that were there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How to give a module back: the digests of its bytes ``now`` and as they ``was``, and what differs."""

    now: str
    was: str
    lines: tuple[Lines, ...]

    def as_json(self) -> dict[str, Any]:
        """What stands in the record."""
        return {"now": self.now, "was": self.was, "lines": [list(one) for one in self.lines]}

    def original(self, raw: bytes) -> bytes | None:
        """The bytes before, if ``raw`` are those after; None if somebody has edited them since."""
        module = read_module(raw) if digest_of(raw) == self.now else ""
        if isinstance(module, str):
            return None
        lines = _lines(module.text)
        for start, count, old in reversed(self.lines):
            lines[start : start + count] = old
        before = module.encoded("".join(lines))
        return before if before is not None and digest_of(before) == self.was else None


def entry_for(before: bytes, after: ModuleText) -> Entry | None:
    """The entry for a module that had the bytes ``before``; None if it would not give them back."""
    module = read_module(before)
    if isinstance(module, str):
        return None
    new, old = _lines(after.text), _lines(module.text)
    matcher = difflib.SequenceMatcher(None, new, old, autojunk=False)
    lines = tuple(
        (i1, i2 - i1, tuple(old[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    )
    entry = Entry(digest_of(after.raw), digest_of(before), lines)
    return entry if entry.original(after.raw) == before else None


def entry_from(value: Any) -> Entry:
    """The entry that a record has.

    Raises:
        ValueError: it is none.

    """
    match value:
        case {"now": str(now), "was": str(was), "lines": [*lines]}:
            return Entry(now, was, tuple(map(_stretch, lines)))
        case _:
            raise ValueError("not an entry for a module")


def _stretch(value: Any) -> Lines:
    match value:
        case [int(start), int(count), [*old]] if start >= 0 and count >= 0:
            if all(isinstance(line, str) for line in old):
                return start, count, tuple(old)
    raise ValueError("not a stretch of lines")


def _lines(text: str) -> list[str]:
    """The lines with their ends, a line feed each: what else Python takes for one stays in the line."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines
