"""String literals with another text: the smallest edit that keeps prefix, quotes and raw-ness.

A literal is read character by character, so that each character of its value is known by the place that
spells it: in one token or in a run of adjacent ones, plain, raw, or between the fields of an f-string
(which :mod:`ast` places only since Python 3.12). What does not read as :mod:`ast` reads it is not edited.
"""

from __future__ import annotations

import ast
import io
from typing import TYPE_CHECKING

from colabify.rewrite.string_tokens import read_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.rewrite.string_tokens import Char, Token

Edit = tuple[int, int, str]
"""A stretch of a source, from start to end, and the text that takes its place."""


class Offsets:
    """Positions in a source as :mod:`ast` counts (lines from 1, columns in UTF-8 bytes), as indexes."""

    def __init__(self, source: str) -> None:
        """Find the lines of ``source``, at whatever Python takes for a line's end."""
        self._lines = list(io.StringIO(source, newline=""))
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.expr) -> tuple[int, int] | None:
        """Where ``node`` stands; None if that is not known."""
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        start = self._index(node.lineno, node.col_offset)
        end = self._index(node.end_lineno, node.end_col_offset)
        return None if start is None or end is None else (start, end)

    def _index(self, line: int, column: int) -> int | None:
        if not 0 < line <= len(self._lines):
            return None
        before = self._lines[line - 1].encode("utf-8", "surrogatepass")[:column]
        return self._starts[line - 1] + len(before.decode("utf-8", "surrogatepass"))


def read_literal(source: str, offsets: Offsets, node: ast.Constant) -> list[Char] | None:
    """The characters of the plain string literal ``node`` of ``source``; None if it is not read so."""
    span = offsets.span(node)
    parts = None if span is None else read_run(source, *span)
    if parts is None or len(parts) != 1 or "".join(one.value for one in parts[0]) != node.value:
        return None
    return parts[0]


def read_joined(source: str, offsets: Offsets, node: ast.JoinedStr) -> dict[int, list[Char]] | None:
    """The characters of each constant of an f-string, by the constant's id; None if it is not read so."""
    span = offsets.span(node)
    parts = None if span is None else read_run(source, *span)
    wanted: list[list[ast.Constant]] = [[]]
    for value in node.values:
        if isinstance(value, ast.Constant):
            wanted[-1].append(value)
        else:
            wanted.append([])
    if parts is None or len(parts) != len(wanted):
        return None
    found = {}
    for chars, constants in zip(parts, wanted, strict=True):
        if "".join(one.value for one in chars) != "".join(str(one.value) for one in constants):
            return None
        if len(constants) == 1:
            found[id(constants[0])] = chars
    return found


def edits_to(chars: Sequence[Char], new: str) -> list[Edit] | None:
    """What makes a literal of ``chars`` say ``new``; None if there is no place for it."""
    old = "".join(one.value for one in chars)
    if not chars or old == new:
        return [] if old == new else None
    if len(old) == len(new):
        stretches = list(_differences(old, new))
    else:
        shorter = min(len(old), len(new))
        head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
        rest = shorter - head
        tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
        stretches = [(head, len(old) - tail, new[head : len(new) - tail])]
    return [edit for stretch in stretches for edit in _edits(chars, *stretch)]


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """``(start, end, text)`` for each run of places where two texts of one length differ."""
    at = 0
    while at < len(old):
        end = at
        while end < len(old) and old[end] != new[end]:
            end += 1
        if end > at:
            yield at, end, new[at:end]
        at = max(end, at + 1)


def _edits(chars: Sequence[Char], start: int, end: int, text: str) -> Iterator[Edit]:
    """The edits that put ``text`` in the place of ``chars[start:end]``.

    Of a text as long, each token gets its share; else the first token gets all of it.
    """
    if start == end:
        beside = chars[start] if start < len(chars) else chars[-1]
        at = beside.start if start < len(chars) else beside.end
        yield at, at, _spelled(text, beside.token)
        return
    shared = len(text) == end - start
    while start < end:
        token = chars[start].token
        stop = start
        while stop < end and chars[stop].token is token:
            stop += 1
        share = text[: stop - start] if shared else text
        yield chars[start].start, chars[stop - 1].end, _spelled(share, token)
        text, start = text[len(share) :], stop


def _spelled(text: str, token: Token) -> str:
    """``text`` as it is written in ``token``; what a raw token cannot say comes out wrong, and is noticed."""
    if not token.raw:
        quote = token.quotes[0]
        text = "".join(_escaped(sign, quote) for sign in text)
    return text.replace("{", "{{").replace("}", "}}") if token.fields else text


def _escaped(sign: str, quote: str) -> str:
    if sign in ("\\", quote):
        return f"\\{sign}"
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")
