"""The source of a cell or module as it is edited: literal by literal, each edit proved."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.rewrite.checked import says
from colabify.rewrite.literals import Offsets, edits_to, read_joined, read_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from colabify.rewrite.literals import Edit
    from colabify.rewrite.string_tokens import Char


class Source:
    """The Python ``text`` that ``tree`` was parsed from; ``twins`` are its literals by those of another tree.

    Another tree has to be there for a module that was read in the wrong encoding.
    """

    def __init__(
        self, text: str, tree: ast.Module, twins: Mapping[int, ast.Constant] | None = None
    ) -> None:
        """Nothing is read before it is asked for."""
        self.text = text
        self.tree = tree
        self._twins = twins or {}

    def twin(self, literal: ast.Constant) -> ast.Constant:
        """The literal of :attr:`tree` that stands for ``literal``."""
        return self._twins.get(id(literal), literal)

    def edits(self, literal: ast.Constant, new: str) -> list[Edit] | None:
        """What makes ``literal`` say ``new`` and changes nothing else; None if its form cannot say that."""
        own = self.twin(literal)
        chars = self._chars(own)
        edits = None if chars is None else edits_to(chars, new)
        if edits is None or not says(self.tree, applied(self.text, edits), {id(own): new}):
            return None
        return edits

    def span(self, literal: ast.Constant) -> tuple[int, int] | None:
        """The stretch of the text that says what ``literal`` says."""
        chars = self._chars(self.twin(literal))
        return (chars[0].start, chars[-1].end) if chars else None

    def _chars(self, literal: ast.Constant) -> list[Char] | None:
        joined = self._joined.get(id(literal))
        if joined is None:
            return read_literal(self.text, self._offsets, literal)
        found = read_joined(self.text, self._offsets, joined)
        return None if found is None else found.get(id(literal))

    @cached_property
    def _offsets(self) -> Offsets:
        return Offsets(self.text)

    @cached_property
    def _joined(self) -> dict[int, ast.JoinedStr]:
        """The f-string that each of its constants is in."""
        return {
            id(value): node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.JoinedStr)
            for value in node.values
            if isinstance(value, ast.Constant)
        }


def applied(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ``edits`` made, which do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
