"""Logical lines of a cell: what a Python tokenizer would call one statement line, found without one.

Python's own tokenizer refuses what IPython adds. Three facts are enough to know where an escape can
begin: an open string, the depth of brackets, and a continued line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_ESCAPES = frozenset("%!?,;/")
_STOPS = frozenset("'\"#\\\n?=([{)]}")


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """One logical line, line break included, and what of IPython's it holds.

    ``escape`` is the character it begins with, if that makes it a magic, a shell line, help or an
    automatic call; ``assigned`` is where an escape begins behind a ``=``; ``help`` says that it ends in
    ``?``. ``number`` counts lines from 0.
    """

    text: str
    number: int
    escape: str = ""
    assigned: int | None = None
    help: bool = False


def logical_lines(source: str) -> Iterator[LogicalLine]:
    """The logical lines of Python that may hold IPython's escapes; joined, they are ``source``."""
    at = number = 0
    while at < len(source):
        line = _line_at(source, at, number)
        yield line
        at += len(line.text)
        number += line.text.count("\n")


def _line_at(source: str, at: int, number: int) -> LogicalLine:
    start = at
    while at < len(source) and source[at] in " \t":
        at += 1
    if at < len(source) and source[at] in _ESCAPES:
        end = _escape_end(source, at)
        return LogicalLine(source[start:end], number, escape=source[at])
    end, assigned, asks = _python_end(source, at)
    text = source[start:end]
    if assigned is not None:
        return LogicalLine(text, number, assigned=assigned - start)
    return LogicalLine(text, number, help=asks and text.rstrip().endswith("?"))


def _escape_end(source: str, at: int) -> int:
    """Where the escape that begins at ``at`` ends: a backslash at a line's end continues it."""
    while True:
        end = source.find("\n", at)
        if end < 0:
            return len(source)
        if not source[at:end].endswith("\\"):
            return end + 1
        at = end + 1


def _python_end(source: str, at: int) -> tuple[int, int | None, bool]:
    """``(end, where an assigned escape begins, whether a bare ? occurs)`` of a line of Python."""
    depth, asks = 0, False
    size = len(source)
    while at < size:
        char = source[at]
        if char not in _STOPS:
            at += 1
        elif char in "'\"":
            at = _string_end(source, at)
        elif char == "#":
            at = _find(source, "\n", at)
        elif char == "\\":
            at += 2
        elif char == "\n":
            at += 1
            if depth <= 0:
                return at, None, asks
        elif char == "=" and depth == 0 and (begin := _assigned(source, at)) is not None:
            return _escape_end(source, begin), begin, asks
        else:
            depth += (char in _OPEN) - (char in _CLOSE)
            asks = asks or (char == "?" and depth == 0)
            at += 1
    return min(at, size), None, asks


def _assigned(source: str, at: int) -> int | None:
    """Where the escape begins that stands behind the ``=`` at ``at``, if one does."""
    at += 1
    while at < len(source) and source[at] in " \t":
        at += 1
    sign = source[at : at + 1]
    following = source[at + 1 : at + 2]
    if sign == "!" and following not in ("=", "", "\n"):
        return at
    return at if sign == "%" and (following.isalpha() or following == "_") else None


def _string_end(source: str, at: int) -> int:
    quote = source[at]
    if source.startswith(quote * 3, at):
        return _closed(source, quote * 3, at + 3)
    at += 1
    while at < len(source) and source[at] not in (quote, "\n"):
        at += 2 if source[at] == "\\" else 1
    return at + 1 if source[at : at + 1] == quote else at


def _closed(source: str, quotes: str, at: int) -> int:
    while at < len(source) and not source.startswith(quotes, at):
        at += 2 if source[at] == "\\" else 1
    return min(at + len(quotes), len(source))


def _find(source: str, what: str, at: int) -> int:
    found = source.find(what, at)
    return len(source) if found < 0 else found
