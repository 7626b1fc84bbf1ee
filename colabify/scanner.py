"""Logical lines of a cell: what a Python tokenizer would call one statement line, found without one.

Python's own tokenizer refuses what IPython adds. Three facts are enough to know where an escape can
begin: an open string, the depth of brackets, and a continued line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_ESCAPES = frozenset("%!?,;/")
_STOPS = frozenset("'\"#\\\n?=([{)]}")
_COMPARES = frozenset("!<>=+-*/%@&|^:")
"""Before a ``=``, they make an operator that is no assignment, as far as IPython is concerned."""
_HELP = re.compile(r"%{0,2}(?!\d)[\w*]+(\.(?!\d)[\w*]+|\[-?\d+\])*\?\??$")
_FORMATTED = re.compile(r"(?<!\w)(?:[rR]?[fFtT]|[fFtT][rR])$")


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


def comments(source: str) -> Iterator[tuple[int, str]]:
    """The comments of Python, each with where it begins."""
    at = 0
    while at < len(source):
        if source[at] in "'\"":
            at = _string_end(source, at)
        elif source[at] == "#":
            end = _find(source, "\n", at)
            yield at, source[at:end]
            at = end
        else:
            at += 1


def _line_at(source: str, at: int, number: int) -> LogicalLine:
    start = at
    while at < len(source) and source[at] in " \t":
        at += 1
    if at < len(source) and source[at] in _ESCAPES:
        end = _escape_end(source, at)
        return LogicalLine(source[start:end], number, escape=source[at])
    end, assigned, asked = _python_end(source, at)
    text = source[start:end]
    if assigned is not None:
        return LogicalLine(text, number, assigned=assigned - start)
    asks = asked is not None and _asks(text, asked - start)
    return LogicalLine(text, number, help=asks)


def _asks(text: str, last: int) -> bool:
    """Whether a line whose last bare ``?`` is at ``last`` is a question to IPython."""
    line = text.rstrip("\r\n")
    return last == len(line) - 1 and _HELP.search(line) is not None


def _escape_end(source: str, at: int) -> int:
    """Where the escape that begins at ``at`` ends: a backslash at a line's end continues it."""
    while True:
        end = source.find("\n", at)
        if end < 0:
            return len(source)
        if not source[at:end].endswith("\\"):
            return end + 1
        at = end + 1


def _python_end(source: str, at: int) -> tuple[int, int | None, int | None]:
    """``(end, where an assigned escape begins, where the last bare ? is)`` of a line of Python."""
    depth, assigns, asked = 0, True, None
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
            at += 3 if source.startswith("\r\n", at + 1) else 2
        elif char == "\n":
            at += 1
            if depth == 0:
                return at, None, asked
        elif char == "=" and depth == 0 and assigns:
            assigns = source.startswith("=", at + 1) or source[at - 1] in _COMPARES
            begin = None if assigns else _assigned(source, at)
            if begin is not None:
                return _escape_end(source, begin), begin, None
            at += 2 if source.startswith("=", at + 1) else 1
        else:
            depth = max(depth + (char in _OPEN) - (char in _CLOSE), 0)
            asked = at if char == "?" and depth == 0 else asked
            at += 1
    return min(at, size), None, asked


def _assigned(source: str, at: int) -> int | None:
    """Where the escape begins that stands behind the ``=`` at ``at``, if one does."""
    begin = _code(source, at + 1)
    if source.startswith("!", begin):
        return None if source.startswith("!=", begin) else begin
    if source.startswith("%", begin):
        name = source[_code(source, begin + 1) :][:1]
        return begin if name.isidentifier() else None
    return None


def _code(source: str, at: int) -> int:
    """The first position from ``at`` on that is neither blank nor a continued line's end."""
    while at < len(source):
        if source[at] in " \t":
            at += 1
        elif source.startswith("\\\n", at):
            at += 2
        else:
            break
    return at


def _string_end(source: str, at: int) -> int:
    """Where the string that begins at ``at`` ends; one that is not closed ends with its line."""
    quote = source[at]
    if source.startswith(quote * 3, at):
        return _closed(source, quote * 3, at + 3)
    end = None
    if _FORMATTED.search(source, max(at - 2, 0), at):
        end = _formatted_end(source, quote, at + 1)
    return end or _plain_end(source, quote, at + 1)


def _plain_end(source: str, quote: str, at: int) -> int:
    while at < len(source) and source[at] not in (quote, "\n"):
        at += 2 if source[at] == "\\" else 1
    return at + 1 if source[at : at + 1] == quote else at


def _formatted_end(source: str, quote: str, at: int) -> int | None:
    """Where an f-string ends whose fields may hold its own quote (PEP 701); None if not on this line."""
    depths: list[int] = []  # of brackets, for each field that is open; -1 in its format
    while at < len(source) and source[at] != "\n":
        char, in_text = source[at], not depths or depths[-1] < 0
        if char == "\\" or (source.startswith("{{", at) and not depths):
            at += 2
            continue
        if in_text and char == quote:
            return None if depths else at + 1
        if in_text and char == "{":
            depths.append(0)
        elif depths and char == "}" and depths[-1] <= 0:
            depths.pop()
        elif not in_text and char in "'\"":
            at = _plain_end(source, char, at + 1)
            continue
        elif not in_text:
            depths[-1] += (char in _OPEN) - (char in _CLOSE)
            if char == ":" and depths[-1] == 0:
                depths[-1] = -1
        at += 1
    return None


def _closed(source: str, quotes: str, at: int) -> int:
    while at < len(source) and not source.startswith(quotes, at):
        at += 2 if source[at] == "\\" else 1
    return min(at + len(quotes), len(source))


def _find(source: str, what: str, at: int) -> int:
    found = source.find(what, at)
    return len(source) if found < 0 else found
