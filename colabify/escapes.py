"""What IPython adds to Python (magics, shell lines, help), masked so that the rest parses as Python.

An escape becomes a name that the notebook does not use; it never becomes a string, and the number of
lines stays. The raw text is kept and put back verbatim. IPython 7.34, which Colab runs, defines what an
escape is: the tests compare with it. Colab also lets comment lines stand above a cell magic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from colabify.prompts import split_prompts, with_prompts
from colabify.scanner import LogicalLine, logical_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

PYTHON_CELL_MAGICS = frozenset(
    {"capture", "prun", "pypy", "python", "python3", "time", "timeit", "memit", "mprun", "snakeviz"}
)
"""Cell magics whose body is Python."""

AUTOMAGICS = frozenset(
    [
        "cat",
        "cd",
        "clear",
        "conda",
        "cp",
        "less",
        "ll",
        "ls",
        "man",
        "mkdir",
        "more",
        "mv",
        "pip",
        "pushd",
        "popd",
        "pwd",
        "rm",
        "rmdir",
        "run",
    ]
)
"""Line magics that people type without the percent sign."""

_MAGIC_HELP = re.compile(r"%%\w+\?")
_SIGNS = re.compile(r"^[ \t]*[%!?,;/]|=[ \t\\\n]*[!%]|\?\s*$", re.MULTILINE)
"""What no cell with an escape is without: lines are taken apart only where it is met."""


@dataclass(frozen=True, slots=True)
class Escape:
    """One escape: ``kind`` is ``%``, ``!``, ``!!``, ``?``, ``,``, ``;`` or ``/``.

    ``raw`` is its text, continuation lines included; ``line`` counts from 0 in the masked Python.
    """

    kind: str
    raw: str
    line: int
    placeholder: str
    assigned: bool = False
    breaks: int = 0
    """How many line breaks the placeholder spans: as many as ``raw`` had in the cell."""

    @property
    def name(self) -> str:
        """The magic's name; empty for a shell line or help."""
        return self._words[0] if self.kind == "%" else ""

    @property
    def args(self) -> str:
        """What follows the magic's name, or the whole shell command."""
        return self._words[1]

    @property
    def _words(self) -> tuple[str, str]:
        text = self.raw.replace("\\\n", " ").strip()
        if self.kind != "%":
            return "", text.removeprefix(self.kind).strip()
        name, _, args = text.lstrip("%").partition(" ")
        return name, args.strip()


@dataclass(frozen=True, slots=True)
class Masked:
    """A code cell taken apart: ``head`` (a cell magic's header), Python ``text``, and its escapes.

    ``foreign`` names the cell magic whose body is not Python; then ``text`` is that body, unmasked.
    ``prompts`` are those that its lines have in the cell, ``bare`` what the cell is without them.
    """

    head: str
    text: str
    escapes: tuple[Escape, ...] = ()
    foreign: str = ""
    prompts: tuple[str, ...] = ()
    bare: str = ""

    @property
    def cell_magic(self) -> str:
        """The line of the cell magic, such as ``%%time``; empty if there is none."""
        return self.head.strip().rpartition("\n")[2].strip()


def mask(source: str, avoid: str = "", *, automagic: bool = False) -> Masked:
    """Take a code cell apart; ``avoid`` is text whose names no placeholder may share.

    With ``automagic``, ``cd data`` and ``pip install x`` count as magics too, as they do in IPython: where
    they are the only line of a cell.
    """
    prompts, bare = split_prompts(source)
    if prompts:
        return replace(mask(bare, avoid), prompts=prompts, bare=bare)
    head, body = split_cell_magic(source)
    magic = head.rstrip().rpartition("\n")[2].lstrip()[2:].split(" ")[0] if head else ""
    if head and magic not in PYTHON_CELL_MAGICS:
        return Masked(head, body, foreign=magic or "%%")
    if not automagic and not _SIGNS.search(body):
        return Masked(head, body)
    prefix = _unused_prefix(source + avoid)
    alone = automagic and not head and len(body.lstrip().splitlines()) == 1
    names = AUTOMAGICS if alone else frozenset[str]()
    escapes: list[Escape] = []
    pieces, first = [], True
    for line in logical_lines(body):
        pieces.append(_mask_line(line, prefix, names, escapes, dedent=first))
        first = first and line.text.isspace()
    return Masked(head, "".join(pieces), tuple(escapes))


def unmask(masked: Masked, text: str | None = None) -> str:
    """The cell's source again, with ``text`` for its Python if that was rewritten.

    Raises:
        ValueError: an escape's placeholder is not there exactly once.

    """
    text = masked.text if text is None else text
    for escape in masked.escapes:
        padded = _padded(escape.placeholder, escape.breaks)
        if text.count(padded) != 1:
            raise ValueError(f"{escape.raw!r} was lost")
        text = text.replace(padded, escape.raw)
    return with_prompts(masked.prompts, masked.bare, masked.head + text)


def with_escapes(masked: Masked, raws: Mapping[str, str]) -> Masked:
    """``masked`` with other raw text for the escapes whose placeholders ``raws`` names."""
    escapes = tuple(
        replace(one, raw=raws[one.placeholder]) if one.placeholder in raws else one
        for one in masked.escapes
    )
    return replace(masked, escapes=escapes)


def split_cell_magic(source: str) -> tuple[str, str]:
    """``(head, body)``: the head ends with the ``%%`` line; empty if the cell has no cell magic."""
    at = 0
    for line in source.splitlines(keepends=True):
        at += len(line)
        stripped = line.strip()
        if stripped.startswith("%%") and not _MAGIC_HELP.match(stripped):
            return source[:at], source[at:]
        if stripped and not stripped.startswith("#"):
            break
    return "", source


def _unused_prefix(text: str) -> str:
    if "__escape_" not in text:
        return "__escape_"
    return next(name for n in count() if (name := f"__escape{n}_") not in text)


def _mask_line(
    line: LogicalLine,
    prefix: str,
    automagics: Collection[str],
    escapes: list[Escape],
    *,
    dedent: bool,
) -> str:
    """The line with its escape masked; ``dedent``: it is a cell's first, whose indent IPython drops."""
    found = _escape_at(line, automagics)
    if found is None:
        return line.text
    kind, start, end, assigned = found
    start = 0 if dedent and line.text[:start].isspace() else start
    raw = line.text[start:end]
    name = f"{prefix}{len(escapes)}__"
    escape = Escape(kind, raw, line.number, name, assigned, raw.count("\n"))
    escapes.append(escape)
    return line.text[:start] + _padded(name, escape.breaks) + line.text[end:]


def _padded(placeholder: str, breaks: int) -> str:
    """The placeholder over as many lines as the escape took."""
    return f"({placeholder}" + "\n" * breaks + ")" if breaks else placeholder


def _escape_at(line: LogicalLine, automagics: Collection[str]) -> tuple[str, int, int, bool] | None:
    """``(kind, start, end, assigned)`` of the escape in a logical line."""
    text = line.text
    end = len(text.rstrip("\r\n"))
    start = len(text) - len(text.lstrip(" \t"))
    if line.escape:
        kind = "!!" if line.escape == "!" and text.startswith("!!", start) else line.escape
        return kind, start, end, False
    if line.assigned is not None:
        return text[line.assigned], line.assigned, end, True
    if line.help:
        return "?", start, end, False
    words = text[start:end].split(None, 2)
    if words and words[0] in automagics and not _is_python(words):
        return "%", start, end, False
    return None


def _is_python(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[1][0] in "=,"
