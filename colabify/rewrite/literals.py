"""String literals with another text: the smallest edit that keeps prefix, quotes and raw-ness."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def literal_span(source: str, node: ast.Constant) -> tuple[int, int] | None:
    """Where the one string token that ``node`` is stands in ``source``.

    None for a run of adjacent literals, for a part of an f-string, and for bytes.
    """
    if node.end_lineno is None or node.end_col_offset is None:
        return None
    start = _offset(source, node.lineno, node.col_offset)
    end = _offset(source, node.end_lineno, node.end_col_offset)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source[start:end]).readline))
    except (tokenize.TokenError, SyntaxError):
        return None
    strings = [token for token in tokens if token.type == tokenize.STRING]
    if len(strings) != 1 or strings[0].string != source[start:end]:
        return None
    return start, end


def rewritten(literal: str, text: str) -> str | None:
    """The literal (its source) saying ``text``; None if its form cannot say that."""
    quote_at = min(at for at in (literal.find("'"), literal.find('"')) if at >= 0)
    prefix, body = literal[:quote_at], literal[quote_at:]
    quotes = body[:3] if body[:3] in ("'''", '"""') and len(body) >= 6 else body[0]
    escaped = text.replace("\\", "\\\\").replace(quotes[0], "\\" + quotes[0])
    said = text if "r" in prefix.lower() else escaped
    new = f"{prefix}{quotes}{said}{quotes}"
    try:
        return new if ast.literal_eval(new) == text else None
    except (SyntaxError, ValueError):
        return None


def shared_out(texts: Sequence[str], path: str) -> list[str] | None:
    """``path`` divided among the literals ``texts``, which were joined to another path.

    The last literals keep their number of components, the first one takes what is left. None if the
    path is too short for that.
    """
    parts = path.split("/")
    shares: list[str] = []
    for text in reversed(texts[1:]):
        size = len([part for part in text.replace("\\", "/").split("/") if part])
        if size > len(parts):
            return None
        shares.insert(0, "/".join(parts[len(parts) - size :]))
        parts = parts[: len(parts) - size]
    return ["/".join(parts) or ".", *shares]


def _offset(source: str, line: int, column: int) -> int:
    """A position counted as :mod:`ast` does (line from 1, column in UTF-8 bytes) as an index."""
    lines = source.split("\n")
    before = sum(len(text) + 1 for text in lines[: line - 1])
    return before + len(lines[line - 1].encode("utf-8")[:column].decode("utf-8"))
