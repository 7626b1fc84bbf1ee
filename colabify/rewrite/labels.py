"""Literals that are paths and plain text as well: compared, looked up, or shown to the reader."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from colabify.unit import Unit

_SHOWING = frozenset(
    {"print", "display", "title", "suptitle", "xlabel", "ylabel", "legend", "text", "annotate", "figtext",
     "set_title", "set_xlabel", "set_ylabel", "set_label"}
)  # fmt: skip
"""Last names of functions that show a text."""
_KEYWORDS = frozenset({"label", "title", "xlabel", "ylabel", "desc"})
_ITERATING = frozenset(
    {"enumerate", "sorted", "list", "tuple", "set", "reversed", "zip", "items", "values"}
)
_STEPS = 3
"""Through how many names a text is followed."""


class Labels:
    """Which literals of some code are plain text as well as paths, going by the names they are bound to."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Note what ``units`` compare and show, and what their names are bound to."""
        self._compared: set[int | str] = set()
        self._shown: set[int | str] = set()
        self._bound: list[tuple[frozenset[int | str], frozenset[int | str]]] = []
        for unit in units:
            for node in unit.nodes:
                self._note(node)

    def compared(self, literal: ast.Constant) -> bool:
        """Whether the code asks for this very text, so that it would do something else with another."""
        return bool(self._names(literal) & self._compared)

    def shown(self, literal: ast.Constant) -> bool:
        """Whether a reader sees the text."""
        return bool(self._names(literal) & self._shown)

    def _names(self, literal: ast.Constant) -> set[int | str]:
        """The literal's id, and the names that stand for it."""
        known: set[int | str] = {id(literal)}
        for _ in range(_STEPS):
            for carried, targets in self._bound:
                if carried & known:
                    known |= targets
        return known

    def _note(self, node: ast.AST) -> None:
        self._compared |= set(_carried(_compared(node)))
        self._shown |= set(_carried(_shown(node)))
        for value, target in _bindings(node):
            carried = frozenset(_carried([value]))
            if carried:
                names = (one.id for one in ast.walk(target) if isinstance(one, ast.Name))
                self._bound.append((carried, frozenset(names)))


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((value, target) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield value, target
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield value, target


def _carried(nodes: Iterable[ast.expr]) -> Iterator[int | str]:
    """The literals, by their ids, and the names whose text expressions hand on as it is."""
    for node in nodes:
        match node:
            case ast.Constant(value=str()):
                yield id(node)
            case ast.Name(id=name):
                yield name
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                yield from _carried(parts)
            case ast.Dict(values=parts):
                yield from _carried(parts)
            case ast.Subscript(value=inner):
                yield from _carried([inner])
            case ast.Call(func=ast.Name(id=name), args=parts) if name in _ITERATING:
                yield from _carried(parts)
            case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in _ITERATING:
                yield from _carried([inner])


def _compared(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left=left, comparators=others):
            yield from (left, *others)
        case ast.Dict(keys=keys):
            yield from (key for key in keys if key is not None)
        case ast.Subscript(slice=key):
            yield key


def _shown(node: ast.AST) -> Iterator[ast.expr]:
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    given = [one.value for one in node.keywords if name in _SHOWING or one.arg in _KEYWORDS]
    for argument in (*(node.args if name in _SHOWING else ()), *given):
        yield from _parts(argument)


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """A text, and those that it is put together from."""
    match node:
        case ast.JoinedStr(values=values):
            for value in values:
                yield from _parts(value)
        case ast.FormattedValue(value=inner):
            yield from _parts(inner)
        case ast.BinOp(left=left, right=right):
            yield from _parts(left)
            yield from _parts(right)
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from _parts(part)
        case ast.Call(func=ast.Attribute(attr="format"), args=parts):
            for part in parts:
                yield from _parts(part)
        case _:
            yield node
