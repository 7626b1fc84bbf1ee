"""The characters of string literals, each with the place in the source that spells it.

Whatever the Python that runs this, f-strings are read alike: :mod:`ast` and :mod:`tokenize` place what is
in them only since Python 3.12.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

_LENGTHS = {"x": 2, "u": 4, "U": 8}
_OCTAL = frozenset("01234567")
_PLAIN_ESCAPES = frozenset("\\'\"abfnrtv")


@dataclass(frozen=True, slots=True)
class Token:
    """One string token: whether it is raw or an f-string, and the sign of its quotes."""

    raw: bool
    fields: bool
    quotes: str
    start: int


@dataclass(frozen=True, slots=True)
class Char:
    """A character of a literal's value, the stretch of the source that spells it, and in which token."""

    value: str
    start: int
    end: int
    token: Token


def read_run(source: str, at: int, end: int) -> list[list[Char]] | None:
    """The characters of adjacent string tokens, divided where an f-string has its fields."""
    parts: list[list[Char]] = [[]]
    while at < end:
        if source[at] in " \t\f\r\n\\":
            at += 1
        elif source[at] == "#":
            line_end = source.find("\n", at, end)
            at = end if line_end < 0 else line_end
        else:
            token = _token_at(source, at)
            after = None if token is None else _read_body(source, token, end, parts)
            if after is None:
                return None
            at = after
    return parts if at == end else None


def _token_at(source: str, at: int) -> Token | None:
    start = at
    while at < len(source) and source[at].isalpha():
        at += 1
    prefix = source[start:at].lower()
    quotes = source[at : at + 3]
    quotes = quotes if quotes in ("'''", '"""') else quotes[:1]
    if quotes not in ("'", '"', "'''", '"""') or set(prefix) - set("rfu"):
        return None
    return Token("r" in prefix, "f" in prefix, quotes, at + len(quotes))


def _read_body(source: str, token: Token, end: int, parts: list[list[Char]]) -> int | None:
    """Add the characters of ``token`` to ``parts``; where it ends, or None."""
    at = token.start
    while not source.startswith(token.quotes, at):
        if at >= end:
            return None
        sign = source[at]
        length, value = 1, sign
        if token.fields and sign in "{}" and source.startswith(sign * 2, at):
            length = 2
        elif token.fields and sign == "{":
            after = _field_end(source, at + 1, end)
            if after is None:
                return None
            parts.append([])
            at = after
            continue
        elif sign == "\\" and token.raw:
            if source[at + 1 : at + 2] in ("\\", token.quotes[0]):
                parts[-1].append(Char(sign, at, at + 1, token))
                at += 1  # the sign behind it is one of the text, whatever it is
                value = source[at]
        elif sign == "\\":
            length, value = _escape(source, at)
        elif sign == "\r":
            length, value = (2 if source.startswith("\r\n", at) else 1), "\n"
        parts[-1] += [Char(one, at, at + length, token) for one in value]
        at += length
    return at + len(token.quotes)


def _escape(source: str, at: int) -> tuple[int, str]:
    """How long the escape sequence is that begins at ``at``, and what it says; a mere backslash itself."""
    sign = source[at + 1 : at + 2]
    if sign in ("\n", "\r"):
        return (3 if source.startswith("\r\n", at + 1) else 2), ""
    length = 2
    if sign in _OCTAL:
        while length < 4 and source[at + length : at + length + 1] in _OCTAL:
            length += 1
        return length, chr(int(source[at + 1 : at + length], 8))
    if sign == "N":
        length = source.find("}", at) + 1 - at
    elif sign not in _PLAIN_ESCAPES:
        if sign not in _LENGTHS:
            return 1, "\\"
        length += _LENGTHS[sign]
    try:
        return length, str(ast.literal_eval(f'"{source[at : at + length]}"'))
    except (SyntaxError, ValueError):
        return 1, "\\"


def _field_end(source: str, at: int, end: int) -> int | None:
    """Where the field of an f-string ends whose brace is just before ``at``."""
    depth, in_format = 0, False
    while at < end:
        sign = source[at]
        if sign == "}" and depth == 0:
            return at + 1
        if sign in "'\"" and not in_format:
            token = _token_at(source, at)
            after = None if token is None else _read_body(source, token, end, [[]])
            if after is None:
                return None
            at = after
            continue
        depth += (sign in "([{") - (sign in ")]}")
        in_format = in_format or (sign == ":" and depth == 0)
        at += 1
    return None
