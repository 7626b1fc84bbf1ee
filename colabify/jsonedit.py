"""JSON text changed in place: a member set or deleted, a source that says something else."""

from __future__ import annotations

import difflib
import json
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any

from colabify.jsonspan import Raw, Span, characters, elements, members, space_before, string_at
from colabify.jsonstyle import Style, escape_surrogates, render, render_member, render_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.jsonspan import Member


def set_member(text: str, keys: Sequence[str], value: Any, style: Style, indent: str = "") -> str:
    """The object ``text`` with ``value`` at the path ``keys``; None deletes; parents are made.

    ``indent`` is that of the line on which the object begins. A new member stands where the order of
    the keys asks for it if they are sorted, else last.
    """
    if not keys:
        return render(value, style, indent)
    key, *rest = keys
    found = list(members(text, 0))
    here = next((member for member in reversed(found) if member.key == key), None)
    deeper = indent + (style.step or "")
    if found:
        lead = space_before(text, found[0].key_start)
        style, deeper = (
            (style, lead.rpartition("\n")[2]) if "\n" in lead else (style.on_one_line, "")
        )
    if rest:
        old = text[here.start : here.end] if here is not None else ""
        if value is None and not old.startswith("{"):
            return text
        old = old if old.startswith("{") else "{}"
        value = Raw(set_member(old, rest, value, style, deeper))
    if value is None:
        return text if here is None else _without(text, found, here)
    if here is not None:
        return text[: here.start] + render(value, style, deeper) + text[here.end :]
    if not found:
        return render_member(key, value, style, indent)
    return _with(text, found, key, render(value, style, deeper), style)


def _with(text: str, found: list[Member], key: str, value: str, style: Style) -> str:
    first = found[0]
    lead = space_before(text, first.key_start)
    separator = space_before(text, found[1].key_start) if len(found) > 1 else lead
    if len(found) == 1 and "\n" not in lead:
        separator = " "
    colon = text[first.key_end : first.start]
    member = render(key, style, "") + colon + value
    names = [one.key for one in found]
    later = next((one for one in found if one.key > key), None) if names == sorted(names) else None
    if later is None:
        end = found[-1].end
        return f"{text[:end]},{separator}{member}{text[end:]}"
    return f"{text[: later.key_start]}{member},{separator}{text[later.key_start :]}"


def _without(text: str, found: list[Member], member: Member) -> str:
    at = found.index(member)
    if len(found) == 1:
        return "{}"
    if at + 1 < len(found):
        return text[: member.key_start] + text[found[at + 1].key_start :]
    return text[: found[at - 1].end] + text[member.end :]


def replace_text(raw: str, new: str, style: Style, indent: str = "") -> str:
    """The JSON text ``raw`` of a source (a string or a list of strings), saying ``new`` instead.

    Only the lines that differ are written anew, and of a line only the characters: the other lines'
    bytes, and escapes, stay. ``indent`` is that of the line on which ``raw`` begins.
    """
    escape = style.ascii and raw.isascii()
    if not raw.startswith("["):
        return _saying(raw, [Span(0, len(raw))], new, "", escape=escape)
    spans = list(elements(raw, 0))
    old = [string_at(raw, span) for span in spans]
    if not spans or not new:
        return render(render_source(new, as_list=True), style, indent) if new else "[]"
    if old == "".join(old).splitlines(keepends=True):
        return _with_lines(raw, spans, new.splitlines(keepends=True), escape=escape)
    return _saying(raw, spans, new, f'"{_between(raw, spans)}"', escape=escape)


def text_edits(old: str, new: str) -> list[tuple[int, int, str]]:
    """``(start, end, text)`` for each stretch of lines of ``old`` that differs, trimmed to the characters."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    edits, at = [], 0
    for i1, i2, j1, j2 in _stretches(before, after):
        was, text = "".join(before[i1:i2]), "".join(after[j1:j2])
        if was != text:
            edits.append(_trimmed(at, was, text))
        at += len(was)
    return edits


def _stretches(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """``(i1, i2, j1, j2)``: ``old[i1:i2]`` becomes ``new[j1:j2]``, which is the same or all different."""
    head, tail = _common(old, new)
    i, j = len(old) - tail, len(new) - tail
    matcher = difflib.SequenceMatcher(None, old[head:i], new[head:j], autojunk=False)
    middle = [[place + head for place in opcode[1:]] for opcode in matcher.get_opcodes()]
    return [
        (0, head, 0, head),
        *((i1, i2, j1, j2) for i1, i2, j1, j2 in middle),
        (i, len(old), j, len(new)),
    ]


def _trimmed(start: int, old: str, new: str) -> tuple[int, int, str]:
    head, tail = _common(old, new)
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How long the beginning is that two sequences share, and the end behind it."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    return head, next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)


def _with_lines(raw: str, spans: list[Span], new: list[str], *, escape: bool) -> str:
    """The list ``raw``, whose elements are lines, with the lines ``new``."""
    lines: list[tuple[str, int | None]] = []
    for i1, i2, j1, j2 in _stretches([string_at(raw, span) for span in spans], new):
        for index, line in zip_longest(range(i1, i2), new[j1:j2]):
            if line is None:
                continue
            text = '""' if index is None else raw[spans[index].start : spans[index].end]
            lines.append((_saying(text, [Span(0, len(text))], line, "", escape=escape), index))
    between = _between(raw, spans)
    pieces = [raw[: spans[0].start], lines[0][0]]
    for (_, before), (text, index) in pairwise(lines):
        kept = index is not None and before == index - 1
        gap = raw[spans[index - 1].end : spans[index].start] if index and kept else between
        pieces += [gap, text]
    return "".join([*pieces, raw[spans[-1].end :]])


def _saying(raw: str, spans: list[Span], new: str, joint: str, *, escape: bool) -> str:
    """``raw``, whose strings stand at ``spans``, saying ``new``; ``joint`` goes between new lines."""
    said, places = "", list[tuple[int, int]]()
    for span in spans:
        text, found = characters(raw, span)
        said += text
        places += found
    end = places[-1][1] if places else spans[0].start + 1
    pieces, at = [], 0
    for start, stop, text in text_edits(said, new):
        first = places[start][0] if start < len(places) else end
        pieces += [raw[at:first], _encoded(text, joint, escape=escape)]
        at = places[stop][0] if stop < len(places) else end
        if joint and stop < len(places) and text.endswith("\n"):
            pieces.append(joint)
    return "".join([*pieces, raw[at:]])


def _between(raw: str, spans: list[Span]) -> str:
    """What parts two elements of a list: a comma and white space."""
    if len(spans) > 1:
        return raw[spans[0].end : spans[1].start]
    return f",{space_before(raw, spans[0].start) or ' '}"


def _encoded(text: str, joint: str, *, escape: bool) -> str:
    lines = text.splitlines(keepends=True) if joint else [text]
    encoded = (json.dumps(line, ensure_ascii=escape)[1:-1] for line in lines)
    return escape_surrogates(joint.join(encoded))
