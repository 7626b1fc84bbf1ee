"""Spans of JSON text: where members, elements and characters stand, and what they say."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in typeshed
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Read: TypeAlias = Callable[[str, int], tuple[Any, int]]
    """Reads the value that begins at a place of a text; what it says, and where it ends."""

value_at: Read = json.JSONDecoder().raw_decode
_SPACE = re.compile(r"[ \t\r\n]*")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_BEHIND_MEMBER = re.compile(r"[ \t\r\n]*([,}])[ \t\r\n]*")
_BEHIND_ELEMENT = re.compile(r"[ \t\r\n]*([,\]])[ \t\r\n]*")
_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.")


class Span(NamedTuple):
    """``text[start:end]``."""

    start: int
    end: int


class Member(NamedTuple):
    """A member of an object: its key, where the key begins and ends, the span of its value, and the value."""

    key: str
    key_start: int
    key_end: int
    start: int
    end: int
    value: Any

    @property
    def span(self) -> Span:
        """Where its value stands."""
        return Span(self.start, self.end)


class Element(NamedTuple):
    """An element of an array: where it stands, and what it says."""

    start: int
    end: int
    value: Any


class Raw(str):
    """JSON text to be written as it is."""

    __slots__ = ()


def skip_space(text: str, at: int) -> int:
    """The first position from ``at`` on that is not white space."""
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def space_before(text: str, at: int) -> str:
    """The white space that ends at ``at``."""
    return text[len(text[:at].rstrip(" \t\r\n")) : at]


def read_object(text: str, start: int, readers: Mapping[str, Read]) -> tuple[list[Member], int]:
    """The members of the object that begins at ``start``, in order, duplicates included, and its end.

    ``readers`` read the values of members, by key; the others' are read as JSON is.

    Raises:
        ValueError: it is not JSON.

    """
    found: list[Member] = []
    at = skip_space(text, start + 1)
    if text[at : at + 1] == "}":
        return found, at + 1
    while text[at : at + 1] == '"':
        key, key_end = scanstring(text, at + 1)
        if (colon := _COLON.match(text, key_end)) is None:
            break
        value, end = readers.get(key, value_at)(text, colon.end())
        found.append(Member(key, at, key_end, colon.end(), end, value))
        if (behind := _BEHIND_MEMBER.match(text, end)) is None:
            break
        if behind[1] == "}":
            return found, behind.end(1)
        at = behind.end()
    raise ValueError("not an object")


def read_array(text: str, start: int, read: Read) -> tuple[list[Element], int]:
    """The elements of the array that begins at ``start``, in order, each read by ``read``, and its end.

    Raises:
        ValueError: it is not JSON.

    """
    found: list[Element] = []
    at = skip_space(text, start + 1)
    if text[at : at + 1] == "]":
        return found, at + 1
    while True:
        value, end = read(text, at)
        found.append(Element(at, end, value))
        if (behind := _BEHIND_ELEMENT.match(text, end)) is None:
            raise ValueError("not an array")
        if behind[1] == "]":
            return found, behind.end(1)
        at = behind.end()


def members(text: str, start: int) -> list[Member]:
    """The members of the object that begins at ``start``, in order, duplicates included."""
    return read_object(text, start, {})[0]


def elements(text: str, start: int) -> list[Element]:
    """The elements of the array that begins at ``start``."""
    return read_array(text, start, value_at)[0]


def place_in(text: str, string: Element, index: int) -> int:
    """Where in ``text`` the character begins that a string says at ``index``; its last may be behind it."""
    at = string.start + 1
    for escape in _ESCAPE.finditer(text, at, string.end - 1):
        plain = escape.start() - at
        if index <= plain:
            break
        index, at = index - plain - 1, escape.end()
    return at + index
