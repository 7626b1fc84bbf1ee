"""Text that strangers wrote, made fit for a page: cut where it is long, coloured, never markup of its own."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from colabify.report.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

Piece = tuple[str, str]
"""A class of ``page.css``, or nothing, and the text that it colours."""
Span = tuple[int, int]

_LONGEST_TO_COLOUR = 40_000


def visible(text: str) -> str:
    """``text`` with its lines, and an escape for each character that does not show or cannot be written."""
    return "\n".join(printable(line) for line in text.split("\n"))


def shortened(text: str, most: int) -> str:
    """``text``, or its beginning and its end with a line between them that says what is left out."""
    if len(text) <= most:
        return text
    head = text[: most * 2 // 3]
    tail = text[len(text) - most // 3 :]
    head = head[: head.rfind("\n") + 1] or head
    tail = tail[tail.find("\n") + 1 :] or tail
    gone = text[len(head) : len(text) - len(tail)]
    lines = gone.count("\n")
    what = f"{lines:,} lines" if lines > 1 else f"{len(gone):,} characters"
    return f"{head.removesuffix(chr(10))}\n… {what} are left out here …\n{tail}"


def overwritten(text: str) -> str:
    """What is left on the screen of lines that go back to their start, as progress bars do."""
    return "\n".join(_last(line) for line in text.replace("\r\n", "\n").split("\n"))


def _last(line: str) -> str:
    return line.rstrip("\r").rpartition("\r")[2]


def coloured(text: str) -> Markup:
    """The text of a terminal, its colours as classes ``ansi-…-fg``, other commands to it taken out."""
    from markupsafe import Markup
    from nbconvert.filters.ansi import ansi2html

    # Escaped by ansi2html; what is made visible after it holds no "<", "&" or quote
    return Markup(visible(ansi2html(text)))  # noqa: S704


@lru_cache(maxsize=64)
def colour_lines(source: str, language: str) -> tuple[tuple[Piece, ...], ...]:
    """The lines of ``source`` in pieces: Python's coloured, of another ``language`` each line in one.

    The setup cells of a course are much the same: what is read once is kept.
    """
    if language != "code" or len(source) > _LONGEST_TO_COLOUR:
        return tuple((("", line),) for line in source.split("\n"))
    from pygments.lexers.python import PythonLexer

    lines: list[list[Piece]] = [[]]
    # Unprocessed: else it would take away carriage returns and byte-order marks
    for _, kind, text in PythonLexer().get_tokens_unprocessed(source):
        letter = _class(kind)
        first, *more = text.split("\n")
        _append(lines[-1], letter, first)
        for part in more:
            lines.append([])
            _append(lines[-1], letter, part)
    return tuple(tuple(line) for line in lines)


def _append(line: list[Piece], letter: str, text: str) -> None:
    """Add a piece, to the one before it if they look alike."""
    if line and line[-1][0] == letter:
        line[-1] = letter, line[-1][1] + text
    elif text:
        line.append((letter, text))


@cache
def _class(kind: object) -> str:
    """Of the many kinds of tokens, the few that help to read."""
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    few = (
        ("c", Comment), ("s", String), ("k", Keyword), ("k", Operator.Word), ("n", Number),
        ("f", Name.Function), ("f", Name.Class), ("f", Name.Decorator),
    )  # fmt: skip
    return next((letter for letter, tokens in few if kind in tokens), "")


def marked(pieces: Iterable[Piece], spans: Sequence[Span] = (), tag: str = "") -> Markup:
    """A line as markup: its pieces in ``span``, and the characters that ``spans`` name in ``tag``."""
    from markupsafe import Markup, escape

    made = []
    for letter, text, inside in _split(pieces, spans):
        escaped = escape(visible(text))
        piece = f'<span class="{letter}">{escaped}</span>' if letter else str(escaped)
        made.append(f"<{tag}>{piece}</{tag}>" if inside else piece)
    return Markup("".join(made))  # noqa: S704  # each text in it is escaped


def _split(pieces: Iterable[Piece], spans: Sequence[Span]) -> Iterator[tuple[str, str, bool]]:
    """The pieces, cut where a span begins or ends; with each whether a span holds it."""
    at = 0
    edges = sorted({edge for span in spans for edge in span})
    for letter, text in pieces:
        end = at + len(text)
        cuts = [at, *(edge for edge in edges if at < edge < end), end]
        for start, stop in pairwise(cuts):
            inside = any(first <= start < last for first, last in spans)
            yield letter, text[start - at : stop - at], inside
        at = end


def code_block(source: str, most: int) -> Markup:
    """A cell's source, coloured, for a ``pre``."""
    from markupsafe import Markup

    lines = colour_lines(shortened(source, most), "code")
    return Markup("\n").join(marked(line) for line in lines)
