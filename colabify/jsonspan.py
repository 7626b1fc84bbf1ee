"""Spans of JSON text: where members, elements and characters stand, and how to change one in place.

The functions take text that :func:`json.loads` has accepted: they find places, they do not validate.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, replace
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in typeshed
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # not in typeshed
_SPACE = " \t\r\n"
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: its key, where the key begins, and the span of its value."""

    key: str
    key_start: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where its value stands."""
        return Span(self.start, self.end)


class Raw(str):
    """JSON text to be written as it is."""

    __slots__ = ()


def skip_space(text: str, at: int) -> int:
    """The first position from ``at`` on that is not white space."""
    while text[at] in _SPACE:
        at += 1
    return at


def members(text: str, start: int) -> Iterator[Member]:
    """The members of the object that begins at ``start``, in order, duplicates included."""
    at = skip_space(text, start + 1)
    while text[at] != "}":
        key_start = at
        key, at = scanstring(text, at + 1)
        value = skip_space(text, skip_space(text, at) + 1)
        _, end = _scan(text, value)
        yield Member(key, key_start, value, end)
        at = skip_space(text, end)
        if text[at] == ",":
            at = skip_space(text, at + 1)


def elements(text: str, start: int) -> Iterator[Span]:
    """The spans of the elements of the array that begins at ``start``."""
    at = skip_space(text, start + 1)
    while text[at] != "]":
        _, end = _scan(text, at)
        yield Span(at, end)
        at = skip_space(text, end)
        if text[at] == ",":
            at = skip_space(text, at + 1)


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes JSON."""

    step: str | None
    """What one level is indented by; None when the file stands on one line."""
    newline: str
    ascii: bool
    """Whether characters beyond ASCII are written as escapes."""
    cell_indent: str
    cell_separator: str
    """What stands between the comma behind a cell and the next cell."""

    @classmethod
    def of(cls, text: str, first_cell: int | None) -> Style:
        """Read the style from a notebook's text, of which the first cell begins at ``first_cell``."""
        newline = "\r\n" if "\r\n" in text else "\n"
        escaped = text.isascii() and "\\u" in text
        root = skip_space(text, 0)
        outer = text[root + 1 : skip_space(text, root + 1)]
        if first_cell is None or "\n" not in outer:
            return cls(None, newline, escaped, "", " ")
        lead = _space_before(text, first_cell)
        if "\n" not in lead:
            return cls(None, newline, escaped, "", " ")
        indent = lead.rpartition("\n")[2]
        inner = text[first_cell + 1 : skip_space(text, first_cell + 1)]
        deeper = inner.rpartition("\n")[2] if "\n" in inner else indent + outer.rpartition("\n")[2]
        step = deeper.removeprefix(indent) if deeper.startswith(indent) else " "
        return cls(step, newline, escaped, indent, newline + indent)


def render(value: Any, style: Style, indent: str) -> str:
    """``value`` as JSON in ``style``, its first line to stand behind ``indent``."""
    if isinstance(value, Raw):
        return str(value)
    text = json.dumps(value, ensure_ascii=style.ascii, indent=style.step)
    text = _escape_surrogates(text)
    return text.replace("\n", style.newline + indent)


def render_source(source: str, *, as_list: bool) -> str | list[str]:
    """A cell's source as nbformat writes it: a list of lines, or one string."""
    return source.splitlines(keepends=True) if as_list else source


def set_member(text: str, keys: Sequence[str], value: Any, style: Style) -> str:
    """The object ``text`` with ``value`` at the path ``keys``; None deletes; parents are made.

    A new member stands where the order of the keys asks for it if they are sorted, else last.
    """
    key, *rest = keys
    found = list(members(text, 0))
    here = next((member for member in reversed(found) if member.key == key), None)
    if here is not None and rest and text[here.start] == "{":
        inner = set_member(text[here.start : here.end], rest, value, style)
        return text[: here.start] + inner + text[here.end :]
    if value is None:
        return text if here is None or rest else _without(text, found, here)
    for name in reversed(rest):
        value = {name: value}
    if here is not None:
        body = render(value, style, _space_before(text, here.key_start).rpartition("\n")[2])
        return text[: here.start] + body + text[here.end :]
    return _with(text, found, key, value, style) if found else _filled(key, value, style)


def _with(text: str, found: list[Member], key: str, value: Any, style: Style) -> str:
    first = found[0]
    lead = _space_before(text, first.key_start)
    separator = _space_before(text, found[1].key_start) if len(found) > 1 else lead
    if "\n" not in lead:
        separator = separator or ("" if len(found) > 1 else " ")
        style = replace(style, step=None)
    colon = text[scanstring(text, first.key_start + 1)[1] : first.start]
    indent = lead.rpartition("\n")[2] if "\n" in lead else ""
    member = json.dumps(key, ensure_ascii=style.ascii) + colon + render(value, style, indent)
    names = [one.key for one in found]
    later = next((one for one in found if one.key > key), None) if names == sorted(names) else None
    if later is None:
        end = found[-1].end
        return f"{text[:end]},{separator}{member}{text[end:]}"
    return f"{text[: later.key_start]}{member},{separator}{text[later.key_start :]}"


def _filled(key: str, value: Any, style: Style) -> str:
    """An object that had no member, one level below the root, with its first one."""
    if style.step is None:
        return json.dumps({key: value}, ensure_ascii=style.ascii)
    return render({key: value}, style, style.step)


def _without(text: str, found: list[Member], member: Member) -> str:
    at = found.index(member)
    if len(found) == 1:
        return "{}"
    if at + 1 < len(found):
        return text[: member.key_start] + text[found[at + 1].key_start :]
    return text[: found[at - 1].end] + text[member.end :]


def replace_text(raw: str, new: str, style: Style) -> str:
    """The JSON text ``raw`` of a source (a string or a list of strings), saying ``new`` instead.

    Only the characters that differ are written anew; escapes and the division into lines stay.
    """
    places, old = _characters(raw)
    as_list = raw.startswith("[")
    if as_list and not places:
        return render(render_source(new, as_list=True), style, "")
    end = places[-1][1] if places else 1
    escape = style.ascii if raw.isascii() else False
    between = _between(raw) if as_list else ""
    pieces, at = [], 0
    for start, stop, text in text_edits(old, new):
        first = places[start][0] if start < len(places) else end
        pieces += [raw[at:first], _encode(text, between, escape=escape)]
        at = places[stop][0] if stop < len(places) else end
        if as_list and stop < len(places) and text.endswith("\n"):
            pieces.append(between)
    return "".join([*pieces, raw[at:]])


def text_edits(old: str, new: str) -> list[tuple[int, int, str]]:
    """``(start, end, text)`` for each stretch of lines of ``old`` that differs, trimmed to the characters."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    edits = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            edits.append(_trimmed(starts[i1], "".join(before[i1:i2]), "".join(after[j1:j2])))
    return edits


def _trimmed(start: int, old: str, new: str) -> tuple[int, int, str]:
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _characters(raw: str) -> tuple[list[tuple[int, int]], str]:
    """For each character of the text that ``raw`` says, its place in ``raw``; and that text."""
    spans = list(elements(raw, 0)) if raw.startswith("[") else [Span(0, len(raw))]
    places: list[tuple[int, int]] = []
    said: list[str] = []
    for span in spans:
        said.append(scanstring(raw, span.start + 1)[0])
        found = _CHARACTER.finditer(raw, span.start + 1, span.end - 1)
        places += [match.span() for match in found]
    return places, "".join(said)


def _between(raw: str) -> str:
    """What parts two lines of a list: the end of a string, a comma, white space, the next string."""
    spans = list(elements(raw, 0))
    if len(spans) > 1:
        return raw[spans[0].end - 1 : spans[1].start + 1]
    return f'",{_space_before(raw, spans[0].start)}"'


def _encode(text: str, between: str, *, escape: bool) -> str:
    lines = text.splitlines(keepends=True) if between else [text]
    encoded = (json.dumps(line, ensure_ascii=escape)[1:-1] for line in lines)
    return _escape_surrogates(between.join(encoded))


def _escape_surrogates(text: str) -> str:
    """``text`` with lone surrogates, which UTF-8 cannot hold, as JSON escapes."""
    if text.isascii():
        return text
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def _space_before(text: str, at: int) -> str:
    start = at
    while start and text[start - 1] in _SPACE:
        start -= 1
    return text[start:at]
