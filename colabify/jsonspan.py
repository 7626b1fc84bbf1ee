"""Spans of JSON text: where members, elements and characters stand.

The functions take text that :func:`json.loads` has accepted: they find places, they do not validate.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in typeshed
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """A member of an object: its key, where the key begins and ends, and the span of its value."""

    key: str
    key_start: int
    key_end: int
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


def space_before(text: str, at: int) -> str:
    """The white space that ends at ``at``."""
    start = at
    while start and text[start - 1] in _SPACE:
        start -= 1
    return text[start:at]


def members(text: str, start: int) -> Iterator[Member]:
    """The members of the object that begins at ``start``, in order, duplicates included."""
    at = skip_space(text, start + 1)
    while text[at] != "}":
        key_start = at
        key, key_end = scanstring(text, at + 1)
        value = skip_space(text, skip_space(text, key_end) + 1)
        _, end = _scan(text, value)
        yield Member(key, key_start, key_end, value, end)
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


def characters(text: str, span: Span) -> tuple[str, list[tuple[int, int]]]:
    """What the string at ``span`` says, and for each character its place in ``text``."""
    found = _CHARACTER.finditer(text, span.start + 1, span.end - 1)
    return string_at(text, span), [match.span() for match in found]


def string_at(text: str, span: Span) -> str:
    """What the string at ``span`` says."""
    said: str = scanstring(text, span.start + 1)[0]
    return said
