"""A notebook's diff as a person reads it: cell by cell, and the metadata member by member."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from colabify.undo import KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from colabify.notebook import Cell
    from colabify.porting import Ported


def diff_lines(name: str, ported: Ported) -> Iterator[str]:
    """The lines of the diff, in the form of a unified diff; none if nothing differs."""
    before, after = ported.before, ported.after
    old = [(cell.kind, cell.source) for cell in before.cells]
    new = [(cell.kind, cell.source) for cell in after.cells]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            for gone, come in pairs(before.cells[i1:i2], after.cells[j1:j2]):
                yield from _cell(name, gone, come)
    yield from _metadata(name, before.metadata, after.metadata)


def without_repeats(diffs: Iterable[Sequence[str]], *, longest: int = 10) -> Iterator[str]:
    """The lines of the diffs of several notebooks, in which a long new cell that came before is named only.

    The setup cells of a folder are often the same: between them nobody sees what changes besides.
    """
    seen: dict[tuple[str, ...], str] = {}
    for lines in diffs:
        at = 0
        while at < len(lines):
            head, end = lines[at], at + 1
            while end < len(lines) and _IS_NEW in head and lines[end].startswith(("@@", "+")):
                end += 1
            body = tuple(lines[at + 1 : end])
            first = seen.setdefault(body, head) if len(body) > longest else head
            yield head
            if first == head:
                yield from body
            else:
                yield f"+... {len(body) - 1} lines, as in {first.removeprefix('--- ')}"
            at = end


_IS_NEW = ": new code cell "


def pairs(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[tuple[Cell | None, Cell | None]]:
    """The cells of a stretch that differs, each beside what it became; None beside one that came or went.

    Each cell of the shorter side takes the one most like it among those the other side can spare.
    """
    if len(old) > len(new):
        yield from ((gone, come) for come, gone in pairs(new, old))
        return
    spare, at = len(new) - len(old), 0
    for cell in old:
        candidates = new[at : at + spare + 1]
        best = max(range(len(candidates)), key=lambda i: _likeness(cell, candidates[i]))
        yield from ((None, come) for come in candidates[:best])
        yield cell, candidates[best]
        spare, at = spare - best, at + best + 1
    yield from ((None, come) for come in new[at:])


def _likeness(old: Cell, new: Cell) -> tuple[bool, float]:
    ratio = difflib.SequenceMatcher(None, old.source, new.source).quick_ratio()
    return old.kind == new.kind, ratio


def _cell(name: str, old: Cell | None, new: Cell | None) -> Iterator[str]:
    if new is None:
        yield f"--- {name}: {old.kind} cell {old.index + 1} removed" if old else ""
    elif old is None:
        yield f"--- {name}: new {new.kind} cell {new.index + 1}"
    else:
        yield f"--- {name}: {new.kind} cell {new.index + 1}"
    lines = difflib.unified_diff(_lines(old), _lines(new), lineterm="", n=2)
    yield from (line for number, line in enumerate(lines) if number > 1)  # the names of two files


def _lines(cell: Cell | None) -> list[str]:
    return cell.source.split("\n") if cell and cell.source else []


def _metadata(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    before, after = dict(_flat(old)), dict(_flat(new))
    lines = []
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            lines += [f"-{key}: {_shown(key, before[key])}"] if key in before else []
            lines += [f"+{key}: {_shown(key, after[key])}"] if key in after else []
    if lines:
        yield f"--- {name}: metadata"
        yield from lines


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """``("colab.gpuType", "T4")`` for each member; the record for undo is one."""
    for key, value in table.items():
        if isinstance(value, dict) and value and prefix + key != KEY:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _shown(key: str, value: Any) -> str:
    return "(what --undo needs)" if key == KEY else json.dumps(value, ensure_ascii=False)
