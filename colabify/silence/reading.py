"""Comments and tags that say what is left alone, read from one cell or module.

A comment holds for its line; at the first or the last line of a statement, for the whole statement, of
which, if it holds others (``if``, ``def``), only the head counts. Comments are found as a tokenizer finds
them: what looks like one in a string is none.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.program import parse
from colabify.scanner import comments
from colabify.shell_line import comments_of_shell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from colabify.escapes import Masked

MARK, TAG = "colabify:", "colabify-ignore"
_OURS = re.compile(r"#\s*colabify:\s*(.*)")
_IGNORE = re.compile(r"ignore(?:\s*\[(?P<codes>[^\[\]]*)\])?(?=[\s#]|$)")
_SHELLS = frozenset({"bash", "sh", "system", "sx", "!"})
"""The cell magics whose body is read by a shell."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What one comment or tag leaves alone: ``codes``, or beginnings of codes; none: all.

    It holds from line ``first`` to line ``last``, counting from 1 where it was read; 0: for a whole cell.
    ``line`` is where it stands. ``problem`` says why it leaves nothing alone.
    """

    said: str
    codes: tuple[str, ...] = ()
    line: int = 0
    first: int = 0
    last: int = 0
    problem: str = ""

    def names(self, code: str) -> bool:
        """Whether it is about ``code``."""
        return not self.problem and (not self.codes or code.startswith(self.codes))

    def holds(self, code: str, line: int) -> bool:
        """Whether it leaves ``code`` alone at ``line``."""
        return self.names(code) and (not self.first or self.first <= line <= self.last)

    def below(self, lines: int) -> Silence:
        """The same, with ``lines`` above where it was read."""
        return replace(
            self, line=self.line + lines, first=self.first + lines, last=self.last + lines
        )


def read_comments(masked: Masked) -> tuple[Silence, ...]:
    """The comments of a cell or module: those of its Python in order, then those of its escapes."""
    if MARK not in masked.text and not any(MARK in one.raw for one in masked.escapes):
        return ()
    found: list[Silence] = []
    if masked.foreign:
        shell = masked.foreign in _SHELLS
        lines = comments_of_shell(masked.text) if shell else ()
        return tuple(one for line, text in lines if (one := _silence(text, line, line, line)))
    edges = _edges(masked.text)
    for at, text in comments(masked.text):
        if MARK in text:
            line = masked.text.count("\n", 0, at) + 1
            first, last = edges.get(line, (line, line))
            found += [one] if (one := _silence(text, line, first, last)) else []
    for escape in masked.escapes:
        first, last = escape.line + 1, escape.line + 1 + escape.breaks
        for _, text in comments_of_shell(escape.raw):
            found += [one] if (one := _silence(text, last, first, last)) else []
    return tuple(found)


def read_tags(metadata: Mapping[str, Any]) -> tuple[Silence, ...]:
    """The tags of a cell: ``colabify-ignore``, or with a code, ``colabify-ignore-COL104``."""
    tags = metadata.get("tags")
    if not isinstance(tags, list):
        return ()
    names = [one for one in tags if isinstance(one, str) and one.startswith(TAG)]
    ours = [one for one in names if one == TAG or one.startswith(f"{TAG}-")]
    return tuple(_checked(one, _codes(one[len(TAG) + 1 :]), 0, 0, 0) for one in ours)


def _silence(comment: str, line: int, first: int, last: int) -> Silence | None:
    """What a comment says to colabify; None if it says nothing to it."""
    ours = _OURS.search(comment)
    if ours is None:
        return None
    said = _IGNORE.match(ours[1])
    if said is None:
        text = "it is not read: write # colabify: ignore, or # colabify: ignore[COL104]"
        return Silence(ours[0].strip(), (), line, first, last, text)
    codes = said["codes"]
    shown = f"# colabify: {said[0]}"
    if codes is not None and not _codes(codes):
        return Silence(shown, (), line, first, last, "it names no code")
    return _checked(shown, _codes(codes or ""), line, first, last)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(one.strip().upper() for one in text.split(",") if one.strip())


def _checked(said: str, codes: tuple[str, ...], line: int, first: int, last: int) -> Silence:
    from colabify.explain import unknown_codes

    unknown = unknown_codes(codes) if codes else []
    problem = f"no code begins with {unknown[0]}" if unknown else ""
    return Silence(said, codes, line, first, last, problem)


def _edges(text: str) -> dict[int, tuple[int, int]]:
    """The stretch of lines that a comment holds for, by its line, if that is the edge of a statement."""
    tree, _ = parse(text)
    found: dict[int, tuple[int, int]] = {}
    for first, last in _spans(tree) if tree is not None else ():
        for line in (first, last):
            above, below = found.get(line, (first, last))
            found[line] = (min(above, first), max(below, last))
    return found


def _spans(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """The lines of statements, from the first to the last; of those that hold others, of their heads."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        inner: Sequence[ast.stmt] = getattr(node, "body", ())
        last = node.end_lineno or node.lineno
        if inner:
            last = max(node.lineno, _first_line(inner[0]) - 1)
        elif isinstance(node, ast.Match):
            last = node.lineno
        if last > node.lineno:
            yield node.lineno, last


def _first_line(node: ast.stmt) -> int:
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", ())
    return min(node.lineno, *(one.lineno for one in decorators)) if decorators else node.lineno
