"""Unit: a piece of Python that is read as a whole, and its nodes."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, overload

from colabify.full_names import import_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.escapes import Escape

_PLACELESS = ast.expr_context | ast.operator | ast.unaryop | ast.cmpop | ast.boolop
_LEAVES = frozenset(
    {ast.Name, ast.Constant, ast.alias, ast.Pass, ast.Break, ast.Continue, ast.Global}
)
"""What nothing stands below: more than half of all nodes."""

K = TypeVar("K", bound=ast.AST)
L = TypeVar("L", bound=ast.AST)
M = TypeVar("M", bound=ast.AST)
N = TypeVar("N", bound=ast.AST)


@dataclass(frozen=True)
class Unit:
    """A piece of Python that is read as a whole: a code cell, or a local module.

    ``path`` is a module's path in the repository, None for a cell; ``cell`` counts cells from 0. ``head`` is
    how many lines of the cell stand above the tree (those of a cell magic). ``text`` is what the tree was
    read from, where somebody may ask whether it still is that.
    """

    tree: ast.Module
    cell: int | None = None
    path: str | None = None
    escapes: tuple[Escape, ...] = ()
    head: int = 0
    text: str | None = None

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes that stand somewhere, outer before inner: neither operators nor contexts do."""
        return tuple(walk(self.tree))

    @overload
    def of(self, first: type[N], /) -> Sequence[N]: ...
    @overload
    def of(self, first: type[N], second: type[M], /) -> Sequence[N | M]: ...
    @overload
    def of(self, first: type[N], second: type[M], third: type[L], /) -> Sequence[N | M | L]: ...
    @overload
    def of(
        self, first: type[N], second: type[M], third: type[L], fourth: type[K], /
    ) -> Sequence[N | M | L | K]: ...
    @overload
    def of(self, *kinds: type[ast.AST]) -> Sequence[ast.AST]: ...

    def of(self, *kinds: type[ast.AST]) -> Sequence[ast.AST]:
        """The nodes of exactly these types, outer before inner: sought once."""
        if kinds not in self._of:
            self._of[kinds] = [node for node in self.nodes if type(node) in kinds]
        return self._of[kinds]

    @cached_property
    def _of(self) -> dict[tuple[type[ast.AST], ...], Sequence[ast.AST]]:
        by_type: dict[type[ast.AST], list[ast.AST]] = {}
        for node in self.nodes:
            by_type.setdefault(type(node), []).append(node)
        return {(kind,): nodes for kind, nodes in by_type.items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each name that it imports stands for (:func:`import_names`), going by itself alone."""
        return import_names([self])

    @property
    def label(self) -> str:
        """How a person would call it: ``cell 3``, or the module's path."""
        return self.path if self.path is not None else f"cell {(self.cell or 0) + 1}"


def walk(tree: ast.AST) -> list[ast.AST]:
    """A node and all below it that stand somewhere, outer before inner, as :func:`ast.walk` goes."""
    found = [tree]
    for node in found:
        for name in () if type(node) in _LEAVES else node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found += [one for one in value if isinstance(one, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, _PLACELESS):
                found.append(value)
    return found
