"""The record: what porting leaves in ``metadata.colabify``, so that it can be taken back to the byte.

For each source that was changed it says what turns the new text into the old one, by the new text's
digest; for each member of the metadata that was set, the old JSON text and the new value. Where that
would not give back the bytes, it holds the whole old text instead.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from colabify.jsonedit import text_edits
from colabify.jsonspan import Raw
from colabify.modules.record import Entry, entry_from
from colabify.notebook import Changes, NotebookError
from colabify.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from colabify.notebook import Document

KEY = "colabify"
VERSION = 1

Keys: TypeAlias = tuple[str, ...]
MetadataChanges: TypeAlias = list[tuple[Keys, Any]]
Was: TypeAlias = "str | list[Any] | None"
"""An old source: its JSON text, or ``[position in new, new text, old text]`` for each stretch that differs.

None for a cell that has not changed, but says the same as one that has.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read. ``cells`` has for each digest what each cell of it was, or one for all of them.

    ``members`` has for each path its old JSON text (None: there was none) and its new value as JSON.
    ``whole`` is the old metadata's text and the new metadata's digest, if member by member is not enough.
    ``modules`` are the modules that were mended with the notebook, by their paths below the root.
    ``parts`` are those that are written, where something is left to write.
    """

    badge: str = ""
    cells: Mapping[str, Was | tuple[Was, ...]] = field(default_factory=dict)
    members: Mapping[Keys, tuple[str | None, str]] = field(default_factory=dict)
    whole: tuple[str, str] | None = None
    modules: Mapping[str, Entry] = field(default_factory=dict)
    parts: tuple[str, ...] = ()


def read_record(document: Document) -> Record | None:
    """The record in a document; None if there is none, or none that colabify can have written.

    Raises:
        NotebookError: a later version of colabify has written it.

    """
    found = document.metadata.get(KEY)
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise NotebookError("ported by a later version of colabify than this one")
    if not isinstance(found, dict) or version != VERSION:
        return None
    try:
        return Record(
            badge=_text(found.get("badge", "")),
            cells={key: _cell(value) for key, value in _table(found.get("cells", {}))},
            members={
                tuple(key.split(".")): _member(value)
                for key, value in _table(found.get("metadata", {}))
            },
            whole=_whole(found.get("metadata_text")),
            modules={path: entry_from(value) for path, value in _table(found.get("modules", {}))},
            parts=_parts(found.get("parts", [])),
        )
    except ValueError:
        return None


def make_record(
    before: Document,
    sources: Mapping[int, str],
    metadata: MetadataChanges,
    badge: str,
    held: Mapping[Keys, tuple[str | None, str]],
    modules: Mapping[str, Entry] | None = None,
    parts: Iterable[str] = (),
    *,
    whole_sources: bool = False,
    whole_metadata: bool = False,
) -> MetadataChanges:
    """The members of the metadata that hold the record of a port of ``before``.

    ``sources`` are the new sources by cell, ``metadata`` the members set, ``badge`` the badge cell's source
    if one was added, ``held`` the members that an earlier port set and a person has changed since,
    ``modules`` the entries of the modules that were mended with it, ``parts`` what is written, if not all.
    """
    record: MetadataChanges = [((KEY, "version"), VERSION)]
    if parts:
        record.append(((KEY, "parts"), _compact(sorted(parts))))
    if badge:
        record.append(((KEY, "badge"), digest(badge)))
    if sources:
        record.append(((KEY, "cells"), _compact(_cells(before, sources, whole=whole_sources))))
    members = {".".join(keys): list(value) for keys, value in held.items()}
    members.update((".".join(keys), value) for keys, value in _members(before, metadata))
    if members:
        record.append(((KEY, "metadata"), _compact(members)))
    if modules:
        entries = {path: entry.as_json() for path, entry in modules.items()}
        record.append(((KEY, "modules"), _compact(entries)))
    if whole_metadata:
        after = metadata_digest(before.apply(Changes(metadata=metadata)))
        record.append(((KEY, "metadata_text"), _compact([before.metadata_text(), after])))
    return record


def digest(source: str) -> str:
    """What the record calls a text by."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def metadata_digest(document: Document) -> str:
    """The digest of a document's metadata, the record left out."""
    rest = {key: value for key, value in document.metadata.items() if key != KEY}
    return digest(json.dumps(rest, sort_keys=True))


def forwards(new: str, was: list[list[Any]]) -> str:
    """The old text from the new one and the stretches that differ."""
    pieces, at = [], 0
    for start, text, old in was:
        pieces += [new[at:start], old]
        at = start + len(text)
    return "".join([*pieces, new[at:]])


def _backwards(old: str, new: str) -> list[list[int | str]]:
    edits: list[list[int | str]] = []
    shift = 0
    for start, end, text in text_edits(old, new):
        edits.append([start + shift, text, old[start:end]])
        shift += len(text) - (end - start)
    return edits


def _cells(before: Document, sources: Mapping[int, str], *, whole: bool) -> dict[str, Any]:
    found: dict[str, list[Was]] = {digest(new): [] for new in sources.values()}
    for cell in before.cells:
        new = sources.get(cell.index)
        entries = found.get(digest(cell.source if new is None else new))
        if entries is None:
            continue
        if new is None:
            entries.append(None)
        elif whole:
            entries.append(before.source_text(cell.index))
        else:
            entries.append(_backwards(cell.source, new))
    return {
        key: entries[0] if all(one == entries[0] for one in entries) else {"in order": entries}
        for key, entries in found.items()
    }


def _members(
    before: Document, metadata: MetadataChanges
) -> Iterable[tuple[Keys, list[str | None]]]:
    """What each member was and is; the parents that are made for them last, inner ones first."""
    parents: set[Keys] = set()
    for keys, value in metadata:
        yield keys, [before.metadata_text(*keys), json.dumps(value)]
        outer = (keys[:depth] for depth in range(1, len(keys)))
        parents.update(one for one in outer if before.metadata_text(*one) is None)
    yield from ((keys, [None, "{}"]) for keys in sorted(parents, key=lambda one: (-len(one), one)))


def _compact(value: Any) -> Raw:
    return Raw(json.dumps(value))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _table(value: Any) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value.items()


def _parts(value: Any) -> tuple[str, ...]:
    known = {part.value for part in Part}
    if not isinstance(value, list) or not all(one in known for one in value):
        raise ValueError("not a list of parts")
    return tuple(value)


def _cell(value: Any) -> Was | tuple[Was, ...]:
    match value:
        case {"in order": [*entries]}:
            return tuple(None if entry is None else _was(entry) for entry in entries)
        case _:
            return _was(value)


def _was(value: Any) -> Was:
    if isinstance(value, str):
        said = json.loads(value)
        for line in said if isinstance(said, list) else [said]:
            _text(line)
        return value
    at = 0
    for edit in value if isinstance(value, list) else [value]:
        match edit:
            case [int(start), str(text), str()] if start >= at:
                at = start + len(text)
            case _:
                raise ValueError("not an edit")
    return list(value)


def _member(value: Any) -> tuple[str | None, str]:
    match value:
        case [str() | None as was, str(now)]:
            json.loads("null" if was is None else was)
            json.loads(now)
            return was, now
        case _:
            raise ValueError("not a member")


def _whole(value: Any) -> tuple[str, str] | None:
    match value:
        case None:
            return None
        case [str(text), str(of)] if isinstance(json.loads(text), dict):
            return text, of
        case _:
            raise ValueError("not the text of an object")
