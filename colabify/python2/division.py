"""Division: ``a / b`` becomes ``a // b`` where Python 2 surely divided ints, and stays elsewhere."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.rewrite.literals import Offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.python2.numbers import Numbers
    from colabify.rewrite.literals import Edit


@dataclass(frozen=True, slots=True)
class Divisions:
    """The edits that make divisions whole, and the lines (from 1) of those that a person has to judge."""

    edits: tuple[Edit, ...]
    left: tuple[int, ...]


def divide(tree: ast.Module, text: str, numbers: Numbers) -> Divisions:
    """What becomes of the divisions in ``tree``, which is one of the trees of ``numbers``."""
    offsets, quiet = Offsets(text), _quiet(tree)
    doubtful = any(_is_fraction(node) for one in numbers.trees for node in ast.walk(one))
    edits: list[Edit] = []
    left: set[int] = set()
    for node, one, other in _divisions(tree):
        if numbers.is_float(one) or numbers.is_float(other):
            continue
        whole = numbers.is_int(one) and numbers.is_int(other) and not doubtful
        if whole or id(node) in numbers.demanded:
            edit = _edit(text, offsets, one, other)
            if edit is not None:
                edits.append(edit)
                continue
        if id(node) not in quiet:
            left.add(node.lineno)
    return Divisions(tuple(edits), tuple(sorted(left)))


def _is_fraction(node: ast.AST) -> bool:
    """Whether a node is a fraction such as ``1 / 6``: who writes that does not mean 0.

    Such code ran where IPython was told to divide as Python 3 does, or its author did not see the mistake.
    """
    match node:
        case ast.BinOp(
            left=ast.Constant(value=int(one)), op=ast.Div(), right=ast.Constant(value=int(other))
        ):
            return other == 0 or one % other != 0
        case _:
            return False


def _divisions(tree: ast.Module) -> Iterator[tuple[ast.BinOp | ast.AugAssign, ast.expr, ast.expr]]:
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(left=one, op=ast.Div(), right=other):
                yield node, one, other
            case ast.AugAssign(target=one, op=ast.Div(), value=other):
                yield node, one, other


def _quiet(tree: ast.Module) -> set[int]:
    """The divisions that give the same either way, as far as can be told: ``int(a / b)``."""
    return {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "int"
        and len(node.args) == 1
    }


def _edit(text: str, offsets: Offsets, one: ast.expr, other: ast.expr) -> Edit | None:
    """The edit that doubles the stroke between two operands."""
    before, after = offsets.span(one), offsets.span(other)
    if before is None or after is None:
        return None
    at = before[1]
    for line in text[before[1] : after[0]].splitlines(keepends=True):
        stroke = line.partition("#")[0].find("/")
        if stroke >= 0:
            return at + stroke, at + stroke, "/"
        at += len(line)
    return None
