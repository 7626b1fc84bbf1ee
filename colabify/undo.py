"""Undo: the notebook as it was before colabify, byte for byte.

What to take back stands in the record (:mod:`colabify.record`) and in the cells that colabify added, which
carry their own mark. A cell or a member of the metadata that a person has changed since is not what the
record speaks of: it is kept, and reported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from colabify.findings import Finding
from colabify.jsonspan import Raw
from colabify.notebook import Changes
from colabify.record import KEY, Record, digest, forwards, metadata_digest, read_record
from colabify.setup.form import RESULTS, SETUP, Form, chosen_values, is_form

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from colabify.notebook import Document
    from colabify.record import Keys, MetadataChanges, Was

__all__ = ["KEY", "Place", "Role", "Undone", "is_ported", "undo"]

Role: TypeAlias = Literal["badge", "setup", "results"]
Place: TypeAlias = tuple[Role, int]
_FORMS: dict[Role, Form] = {"setup": SETUP, "results": RESULTS}
_TOGETHER: tuple[frozenset[Keys], ...] = (
    frozenset({("accelerator",), ("colab", "gpuType")}),
    frozenset({("kernelspec", "name"), ("kernelspec", "display_name")}),
)
"""Members that mean something only together: a person who changes one has decided about both."""
_TELLING = 12
"""How long a text has to be to tell one cell from the others."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A document without what colabify did.

    ``places`` are the cells taken out, in order, and how many cells stood before each. ``chosen`` is what a
    person has put into their form fields. ``kept`` is what a person has changed since, and ``held`` the
    record of the metadata among it; ``edited`` are our cells among it, by their index in ``document``.
    """

    document: Document
    places: tuple[Place, ...] = ()
    kept: tuple[Finding, ...] = ()
    held: Mapping[Keys, tuple[str | None, str]] = field(default_factory=dict)
    edited: Mapping[int, Role] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    taken: Mapping[Role, Mapping[str, Any]] = field(default_factory=dict)
    """The cells taken out, as they were in the document; the first of each role."""


def undo(document: Document) -> Undone:
    """Take back what colabify did to ``document``; the document itself if that is nothing."""
    found = read_record(document)
    record = found or Record()
    ours, edited, chosen = _added(document, record)
    if not ours and not edited and found is None:
        return Undone(document)
    kept = [
        Finding("COL903", f"the {role} cell was edited: it is kept as it is", cell=index)
        for index, role in edited.items()
    ]
    changes, lost = _sources(document, record, ours)
    metadata, held, changed = _metadata(document, record)
    kept += lost + changed
    if found is not None:
        metadata.append(((KEY,), None))
    if record.whole and record.whole[1] == metadata_digest(document):
        metadata = [((), Raw(record.whole[0]))]
    undone = document.apply(
        Changes(
            delete=frozenset(ours),
            sources={index: text for index, text in changes.items() if not isinstance(text, Raw)},
            raw_sources={index: text for index, text in changes.items() if isinstance(text, Raw)},
            metadata=metadata,
        )
    )
    return Undone(
        undone,
        places=tuple((role, index - n) for n, (index, role) in enumerate(ours.items())),
        kept=tuple(kept),
        held=held,
        edited={index - sum(one < index for one in ours): role for index, role in edited.items()},
        chosen=chosen,
        taken={role: document.cells[index].data for index, role in reversed(ours.items())},
    )


def is_ported(document: Document) -> bool:
    """Whether colabify has been here."""
    return read_record(document) is not None or any(
        is_form(form, cell.source) for cell in document.cells for form in _FORMS.values()
    )


def _added(
    document: Document, record: Record
) -> tuple[dict[int, Role], dict[int, Role], dict[str, str]]:
    """The cells that colabify added, those that were edited since, and what forms were filled in with."""
    ours: dict[int, Role] = {}
    edited: dict[int, Role] = {}
    chosen: dict[str, str] = {}
    badge = record.badge
    for cell in document.cells:
        if cell.kind == "code":
            role = next((one for one in _FORMS if is_form(_FORMS[one], cell.source)), None)
            if role is None:
                continue
            values = chosen_values(_FORMS[role], cell.source)
            (edited if values is None else ours)[cell.index] = role
            chosen = {**(values or {}), **chosen}
        elif badge and cell.kind == "markdown" and digest(cell.source) == badge:
            ours[cell.index] = "badge"
            badge = ""  # a second one is a person's
    return ours, edited, chosen


def _sources(
    document: Document, record: Record, ours: Collection[int]
) -> tuple[dict[int, str], list[Finding]]:
    """Old sources by cell (Raw: as JSON), and what could not be given back."""
    places: dict[str, list[int]] = {key: [] for key in record.cells}
    for cell in document.cells if places else ():
        if cell.index not in ours:
            places.get(digest(cell.source), []).append(cell.index)
    changes: dict[int, str] = {}
    lost = []
    for key, was in record.cells.items():
        indexes = places[key]
        olds = list(was) if isinstance(was, tuple) else [was] * len(indexes)
        if not indexes or len(olds) != len(indexes):
            lost.append(_lost(document, was if isinstance(was, tuple) else (was,)))
            continue
        for index, old in zip(indexes, olds, strict=True):
            if isinstance(old, str):
                changes[index] = Raw(old)
            elif old is not None:
                changes[index] = forwards(document.cells[index].source, old)
    return changes, lost


def _lost(document: Document, olds: tuple[Was, ...]) -> Finding:
    """A cell that was edited after colabify had changed it: found by what colabify wrote there."""
    texts = [edit[1] for was in olds if isinstance(was, list) for edit in was]
    longest = max(texts, key=len, default="")
    for cell in document.cells if len(longest) >= _TELLING else ():
        if longest in cell.source:
            return Finding("COL903", "edited since: kept as it is", cell=cell.index)
    return Finding("COL903", "a cell that colabify had changed was edited or is gone")


def _metadata(
    document: Document, record: Record
) -> tuple[MetadataChanges, dict[Keys, tuple[str | None, str]], list[Finding]]:
    """What gives the metadata back, the members that a person has changed since, and that they have."""
    members, metadata = record.members, document.metadata
    parents = [keys for keys, (was, now) in members.items() if was is None and now == "{}"]
    leaves = [keys for keys in members if keys not in parents]
    changed = {keys for keys in leaves if _differs(metadata, keys, members[keys][1])}
    held = {keys: members[keys] for keys in leaves if keys in changed or partners(keys) & changed}
    changes: MetadataChanges = []
    gone: set[Keys] = set()
    for keys in (*leaves, *sorted(parents, key=len, reverse=True)):  # Jupyter sorts the record
        if keys in held or (keys in parents and not _emptied(metadata, keys, gone)):
            continue
        was = members[keys][0]
        changes.append((keys, None if was is None else Raw(was)))
        gone |= {keys} if was is None else set()
    findings = [
        Finding("COL903", f"{'.'.join(('metadata', *keys))} was changed since: kept as it is")
        for keys in sorted(changed)
    ]
    return changes, held, findings


def partners(keys: Keys) -> frozenset[Keys]:
    """The members that mean something only together with the one at ``keys``, that one included."""
    return next((group for group in _TOGETHER if keys in group), frozenset())


def _table(table: Any, keys: Keys) -> dict[str, Any]:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _differs(metadata: dict[str, Any], keys: Keys, now: str) -> bool:
    """Whether the member is not what colabify made it; a member that it deleted was made null."""
    wanted = json.loads(now)
    return bool(_table(metadata, keys[:-1]).get(keys[-1]) != wanted)


def _emptied(metadata: dict[str, Any], keys: Keys, gone: set[Keys]) -> bool:
    """Whether the object at ``keys`` is there and holds nothing but what is taken out of it."""
    parent = _table(metadata, keys[:-1]).get(keys[-1])
    return isinstance(parent, dict) and all((*keys, key) in gone for key in parent)
