"""A notebook's diff as a person reads it: cell by cell, and the metadata member by member."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from colabify.undo import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.notebook import Cell, Document


def diff_lines(name: str, before: Document, after: Document) -> Iterator[str]:
    """The lines of the diff, in the form of a unified diff; none if nothing differs."""
    old = [(cell.kind, cell.source) for cell in before.cells]
    new = [(cell.kind, cell.source) for cell in after.cells]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = list(before.cells[i1:i2]), list(after.cells[j1:j2])
        while gone and come and gone[0].kind != come[0].kind and len(come) > len(gone):
            yield from _cell(name, None, come.pop(0))
        for index in range(max(len(gone), len(come))):
            yield from _cell(
                name,
                gone[index] if index < len(gone) else None,
                come[index] if index < len(come) else None,
            )
    yield from _metadata(name, before.metadata, after.metadata)


def _cell(name: str, old: Cell | None, new: Cell | None) -> Iterator[str]:
    if old is None and new is not None:
        what = f"new {new.kind} cell {new.index + 1}"
    elif new is None and old is not None:
        what = f"{old.kind} cell {old.index + 1} removed"
    else:
        what = f"{old.kind if old else ''} cell {(new.index if new else 0) + 1}"
    yield f"--- {name}: {what}"
    lines = difflib.unified_diff(
        (old.source if old else "").splitlines(),
        (new.source if new else "").splitlines(),
        lineterm="",
        n=2,
    )
    yield from (line for line in lines if not line.startswith(("---", "+++")))


def _metadata(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    before, after = dict(_flat(old)), dict(_flat(new))
    lines = []
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            lines += [f"-{key}: {before[key]}"] if key in before else []
            lines += [f"+{key}: {after[key]}"] if key in after else []
    if lines:
        yield f"--- {name}: metadata"
        yield from lines


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """``("colab.gpuType", '"T4"')`` for each member; the record for undo is one."""
    for key, value in table.items():
        if isinstance(value, dict) and value and prefix + key != KEY:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            shown = "(record for --undo)" if prefix + key == KEY else json.dumps(value)
            yield prefix + key, shown
