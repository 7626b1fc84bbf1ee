"""The diff of a notebook, cell by cell, its lines side by side, and the words that differ marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from colabify.verify.page.text import colour_lines, marked, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from colabify.verify.outcome import DiffRow
    from colabify.verify.page.text import Piece, Span

_CONTEXT = 2
_MOST = 30_000
"""Characters of a cell that are compared; and as many lines are for its longer side."""
_LONGEST_LINE = 1_000
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LIKE = 0.4
"""How much of two lines is the same where one became the other, and marks help."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line before and after; ``alike`` counts the lines that a fold stands for."""

    kind: Literal["same", "changed", "fold"]
    before: Markup | None = None
    after: Markup | None = None
    before_number: int = 0
    after_number: int = 0
    alike: int = 0


@dataclass(frozen=True, slots=True)
class CellDiff:
    """A cell that changed, came or went; its lines have one side where it came or went."""

    title: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Cells that stay as they are."""

    count: int


def cell_diffs(rows: Iterable[DiffRow]) -> Iterator[CellDiff | Alike]:
    """What there is to show for each row; cells that stay are counted where they stand."""
    alike = old = new = 0
    for row in rows:
        old += row.before is not None
        new += row.after is not None
        if row.kind == "same":
            alike += 1
            continue
        if alike:
            yield Alike(alike)
            alike = 0
        yield CellDiff(_title(row, old, new), row.kind, tuple(_lines(row)))
    if alike:
        yield Alike(alike)


def _title(row: DiffRow, old: int, new: int) -> str:
    kind = "" if row.cell_type == "code" else f"{row.cell_type} "
    if row.kind == "added":
        return f"New {kind}cell {new}"
    if row.kind == "removed":
        return f"{kind}cell {old} is gone".capitalize()
    was = f", which was cell {old}" if old != new else ""
    return f"{kind}cell {new}{was}".capitalize()


def _lines(row: DiffRow) -> Iterator[Line]:
    before = colour_lines(shortened(row.before or "", _MOST), row.cell_type)
    after = colour_lines(shortened(row.after or "", _MOST), row.cell_type)
    if row.before is None:
        yield from (Line("changed", None, marked(one), 0, n) for n, one in enumerate(after, 1))
    elif row.after is None:
        yield from (Line("changed", marked(one), None, n) for n, one in enumerate(before, 1))
    else:
        yield from _compared(before, after)


def _compared(
    before: Sequence[Sequence[Piece]], after: Sequence[Sequence[Piece]]
) -> Iterator[Line]:
    old, new = ([_plain(line) for line in side] for side in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 2_000)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            first, last = i1 == j1 == 0, i2 == len(old) and j2 == len(new)
            yield from _folded(before, (i1, i2), j1 - i1, first=first, last=last)
        else:
            for i, j in zip_longest(range(i1, i2), range(j1, j2)):
                yield _pair(before, after, i, j)


def _folded(
    before: Sequence[Sequence[Piece]], part: Span, shift: int, *, first: bool, last: bool
) -> Iterator[Line]:
    """Lines that stay: those beside a change, and the others folded."""
    start, end = part
    kept = {*range(start, start if first else min(start + _CONTEXT, end))}
    kept |= {*range(end if last else max(end - _CONTEXT, start), end)}
    if end - start - len(kept) == 1:  # a fold would be no shorter
        kept = {*range(start, end)}
    folded = False
    for i in range(start, end):
        if i in kept:
            said = marked(before[i])
            yield Line("same", said, said, i + 1, i + shift + 1)
        elif not folded:
            folded = True
            yield Line("fold", alike=end - start - len(kept))


def _pair(
    before: Sequence[Sequence[Piece]],
    after: Sequence[Sequence[Piece]],
    i: int | None,
    j: int | None,
) -> Line:
    gone = before[i] if i is not None else None
    come = after[j] if j is not None else None
    out: list[Span] = []
    into: list[Span] = []
    if gone is not None and come is not None:
        out, into = _words(_plain(gone), _plain(come))
    return Line(
        "changed",
        None if gone is None else marked(gone, out, "del"),
        None if come is None else marked(come, into, "ins"),
        0 if i is None else i + 1,
        0 if j is None else j + 1,
    )


def _words(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """Where the words of two lines differ; nothing where the lines have little in common."""
    if max(len(old), len(new)) > _LONGEST_LINE:
        return [], []
    olds, news = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    if matcher.ratio() < _LIKE:
        return [], []
    out: list[Span] = []
    into: list[Span] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            out += [_span(olds, i1, i2)] if i2 > i1 else []
            into += [_span(news, j1, j2)] if j2 > j1 else []
    return out, into


def _span(words: Sequence[str], first: int, last: int) -> Span:
    start = sum(map(len, words[:first]))
    return start, start + sum(map(len, words[first:last]))


def _plain(line: Iterable[Piece]) -> str:
    return "".join(text for _, text in line)
