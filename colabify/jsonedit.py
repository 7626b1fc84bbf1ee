"""JSON text changed in place: a member set or deleted, a source that says something else."""

from __future__ import annotations

import difflib
import json
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any

from colabify.jsonspan import Element, Raw, elements, members, place_in, space_before, value_at
from colabify.jsonstyle import Style, escape_surrogates, render, render_member, render_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.jsonspan import Member


def value_text(text: str, keys: Sequence[str]) -> str | None:
    """The JSON text of the value at the path ``keys`` of the value ``text``; None if there is none."""
    for key in keys:
        found = [one for one in members(text, 0) if one.key == key] if text.startswith("{") else []
        if not found:
            return None
        text = text[found[-1].start : found[-1].end]
    return text


def set_member(text: str, keys: Sequence[str], value: Any, style: Style, indent: str = "") -> str:
    """The object ``text`` with ``value`` at the path ``keys``; None deletes; parents are made.

    ``indent`` is that of the line on which the object begins. A new member stands where the order of
    the keys asks for it if they are sorted, else last.
    """
    if not keys:
        return render(value, style, indent)
    key, *rest = keys
    found = members(text, 0)
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
        return _string(raw, new, escape=escape)
    strings = elements(raw, 0)
    old = [one.value for one in strings]
    if not strings or not new:
        return render(render_source(new, as_list=True), style, indent) if new else "[]"
    if old == "".join(old).splitlines(keepends=True):
        return _with_lines(raw, strings, new.splitlines(keepends=True), escape=escape)
    return _saying(raw, strings, new, f'"{_between(raw, strings)}"', escape=escape)


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
    middle = [(head, i, head, j)]
    if not set(old[head:i]).isdisjoint(new[head:j]):
        matcher = difflib.SequenceMatcher(None, old[head:i], new[head:j], autojunk=False)
        middle = [
            (head + i1, head + i2, head + j1, head + j2)
            for _, i1, i2, j1, j2 in matcher.get_opcodes()
        ]
    return [(0, head, 0, head), *middle, (i, len(old), j, len(new))]


def _trimmed(start: int, old: str, new: str) -> tuple[int, int, str]:
    head, tail = _common(old, new)
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How long the beginning is that two sequences share, and the end behind it."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    return head, next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)


def _with_lines(raw: str, old: list[Element], new: list[str], *, escape: bool) -> str:
    """The list ``raw``, whose elements are lines, with the lines ``new``."""
    lines: list[tuple[str, int | None]] = []
    for i1, i2, j1, j2 in _stretches([one.value for one in old], new):
        for index, line in zip_longest(range(i1, i2), new[j1:j2]):
            if line is None:
                continue
            text = '""' if index is None else raw[old[index].start : old[index].end]
            if index is None or line != old[index].value:
                text = _string(text, line, escape=escape)
            lines.append((text, index))
    between = _between(raw, old)
    pieces = [raw[: old[0].start], lines[0][0]]
    for (_, before), (text, index) in pairwise(lines):
        kept = index is not None and before == index - 1
        gap = raw[old[index - 1].end : old[index].start] if index and kept else between
        pieces += [gap, text]
    return "".join([*pieces, raw[old[-1].end :]])


def _string(raw: str, new: str, *, escape: bool) -> str:
    """The JSON string ``raw``, saying ``new``."""
    return _saying(raw, [Element(0, len(raw), value_at(raw, 0)[0])], new, "", escape=escape)


def _saying(raw: str, old: list[Element], new: str, joint: str, *, escape: bool) -> str:
    """``raw``, in which strings stand, saying ``new``; ``joint`` goes between new lines."""
    said = "".join(one.value for one in old)
    pieces, at = [], 0
    for start, stop, text in text_edits(said, new):
        pieces += [raw[at : _place(raw, old, start)], _encoded(text, joint, escape=escape)]
        at = _place(raw, old, stop)
        if joint and stop < len(said) and text.endswith("\n"):
            pieces.append(joint)
    return "".join([*pieces, raw[at:]])


def _place(raw: str, strings: list[Element], index: int) -> int:
    """Where the character begins that the strings say at ``index``, or the last one ends."""
    last = strings[0]
    for one in strings:
        if index < len(one.value):
            return place_in(raw, one, index)
        index -= len(one.value)
        last = one if one.value else last
    return last.end - 1


def _between(raw: str, strings: list[Element]) -> str:
    """What parts two elements of a list: a comma and white space."""
    if len(strings) > 1:
        return raw[strings[0].end : strings[1].start]
    return f",{space_before(raw, strings[0].start) or ' '}"


def _encoded(text: str, joint: str, *, escape: bool) -> str:
    lines = text.splitlines(keepends=True) if joint else [text]
    encoded = (json.dumps(line, ensure_ascii=escape)[1:-1] for line in lines)
    return escape_surrogates(joint.join(encoded))
