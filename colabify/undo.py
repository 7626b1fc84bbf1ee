"""Undo: the notebook as it was before colabify, byte for byte.

Porting leaves a record in ``metadata.colabify``: what each changed source was, what each member of the
metadata was. Cells that colabify added carry their own mark. A cell that a person has edited since is
not the one the record speaks of: it is kept, and reported.
"""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colabify.analysis.links import BADGE_ID
from colabify.findings import Finding
from colabify.jsonspan import Raw, text_edits
from colabify.notebook import Changes
from colabify.setup_cell import is_setup, is_unedited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from colabify.notebook import Cell, Document

KEY = "colabify"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Undone:
    """A document without what colabify did. ``setup_at`` is how many cells stand before the setup cell.

    ``setup_at`` is None where there was none. ``kept`` are the cells that a person has edited since.
    """

    document: Document
    setup_at: int | None = None
    kept: tuple[Finding, ...] = ()


def undo(document: Document) -> Undone:
    """Take back what colabify did to ``document``; the document itself if that is nothing."""
    record = _record(document)
    ours, kept, setup_at = _inserted(document, record)
    if not ours and not kept and not record:
        return Undone(document)
    sources, raw_sources, lost = _restored(document, record)
    changes = Changes(
        delete=frozenset(ours),
        sources=sources,
        raw_sources=raw_sources,
        metadata=_metadata(document, record),
    )
    return Undone(document.apply(changes), setup_at, (*kept, *lost))


def is_ported(document: Document) -> bool:
    """Whether colabify has been here."""
    return bool(_record(document)) or any(is_setup(cell.source) for cell in document.cells)


def make_record(
    before: Document,
    sources: Mapping[int, str],
    metadata: Iterable[tuple[tuple[str, ...], Any]],
    badge: str,
) -> list[tuple[tuple[str, ...], Any]]:
    """The members of the metadata that hold the record of a port of ``before``.

    ``sources`` are the new sources by cell, ``metadata`` the members set, ``badge`` the badge cell's source
    if one was added.
    """
    record: list[tuple[tuple[str, ...], Any]] = [((KEY, "version"), VERSION)]
    if badge:
        record.append(((KEY, "badge"), _digest(badge)))
    cells = {
        _digest(new): _backwards(before.cells[index].source, new) for index, new in sources.items()
    }
    if cells:
        record.append(((KEY, "cells"), _compact(cells)))
    was: dict[str, list[str | None]] = {}
    parents: dict[str, list[str | None]] = {}
    for keys, value in metadata:
        was[".".join(keys)] = [before.metadata_text(*keys), json.dumps(value)]
        for depth in range(len(keys) - 1, 0, -1):
            if before.metadata_text(*keys[:depth]) is None:
                parents[".".join(keys[:depth])] = [None, "{}"]
    was.update(sorted(parents.items(), key=lambda item: -item[0].count(".")))
    if was:
        record.append(((KEY, "metadata"), _compact(was)))
    return record


def with_raw_sources(
    before: Document, sources: Mapping[int, str], record: list[tuple[tuple[str, ...], Any]]
) -> list[tuple[tuple[str, ...], Any]]:
    """``record`` with the whole text of each source, for notebooks whose JSON no edit would give back."""
    cells = {_digest(new): before.source_text(index) for index, new in sources.items()}
    return [(keys, _compact(cells) if keys == (KEY, "cells") else value) for keys, value in record]


def _backwards(old: str, new: str) -> list[list[int | str]]:
    """``[position in new, new text, old text]`` for each stretch that differs."""
    edits: list[list[int | str]] = []
    shift = 0
    for start, end, text in text_edits(old, new):
        edits.append([start + shift, text, old[start:end]])
        shift += len(text) - (end - start)
    return edits


def _record(document: Document) -> dict[str, Any]:
    found = document.metadata.get(KEY)
    if isinstance(found, dict) and found.get("version") == VERSION:
        return found
    return {}


def _inserted(
    document: Document, record: Mapping[str, Any]
) -> tuple[set[int], list[Finding], int | None]:
    """The cells that colabify added, those of them that were edited, and where the setup cell stood."""
    ours: set[int] = set()
    kept: list[Finding] = []
    setup_at = None
    for cell in document.cells:
        if cell.kind == "code" and is_setup(cell.source):
            if is_unedited(cell.source):
                setup_at = cell.index - len(ours) if setup_at is None else setup_at
                ours.add(cell.index)
            else:
                text = "the setup cell was edited: it is kept as it is"
                kept.append(Finding("COL903", text, cell=cell.index))
        elif _is_our_badge(cell, record):
            ours.add(cell.index)
    return ours, kept, setup_at


def _is_our_badge(cell: Cell, record: Mapping[str, Any]) -> bool:
    return (
        cell.kind == "markdown"
        and BADGE_ID in (cell.id, cell.metadata.get("id"))
        and record.get("badge") == _digest(cell.source)
    )


def _restored(
    document: Document, record: Mapping[str, Any]
) -> tuple[dict[int, str], dict[int, str], list[Finding]]:
    """Old sources by cell, old source texts by cell, and what could not be given back."""
    sources: dict[int, str] = {}
    raw_sources: dict[int, str] = {}
    cells = record.get("cells", {})
    wanted = dict(cells) if isinstance(cells, dict) else {}
    by_digest: dict[str, list[int]] = {}
    for cell in document.cells if wanted else ():
        by_digest.setdefault(_digest(cell.source), []).append(cell.index)
    lost = []
    for digest, was in wanted.items():
        for index in by_digest.get(digest, ()):
            if isinstance(was, str):
                raw_sources[index] = was
            else:
                sources[index] = _forwards(document.cells[index].source, was)
        if digest not in by_digest:
            lost.append(_lost(document, was))
    return sources, raw_sources, lost


def _forwards(new: str, edits: list[list[Any]]) -> str:
    pieces, at = [], 0
    for start, text, old in edits:
        pieces += [new[at:start], old]
        at = start + len(text)
    return "".join([*pieces, new[at:]])


def _lost(document: Document, was: Any) -> Finding:
    """A cell that was edited after colabify had changed it: found by what colabify wrote there."""
    texts = [edit[1] for edit in was if len(edit) > 1] if isinstance(was, list) else []
    for cell in document.cells:
        if any(text and text in cell.source for text in texts):
            return Finding("COL903", "edited since: kept as it is", cell=cell.index)
    return Finding("COL903", "a cell that colabify had changed was edited or is gone")


def _metadata(document: Document, record: Mapping[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
    """What gives the metadata back, member by member; one that a person has changed since stays."""
    changes: list[tuple[tuple[str, ...], Any]] = []
    data = copy.deepcopy(document.metadata)
    members = record.get("metadata", {})
    for name, (was, now) in members.items() if isinstance(members, dict) else ():
        *parents, key = name.split(".")
        table = data
        for parent in parents:
            table = table.get(parent, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict) or table.get(key) != json.loads(now):
            continue
        changes.append(((*parents, key), None if was is None else Raw(was)))
        if was is None:
            table.pop(key, None)
        else:
            table[key] = json.loads(was)
    if KEY in document.metadata:
        changes.append(((KEY,), None))
    return changes


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _compact(value: Any) -> Raw:
    return Raw(json.dumps(value))
