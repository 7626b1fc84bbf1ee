"""What of a program surely runs when all cells are run from top to bottom."""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from colabify.analysis.called_by_text import called_by_text
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from colabify.unit import Unit


def used_names(units: Iterable[Unit]) -> frozenset[str]:
    """The names and attributes that are looked up anywhere: a function that is none is never called."""
    return frozenset[str]().union(*(_used_by(unit) for unit in units))


def called_names(units: Sequence[Unit]) -> frozenset[str]:
    """The names that cells use, and modules outside packages: a function of one of them may be called.

    So may one that the code calls by a name that it puts together (:mod:`called_by_text`).
    A package calls its own functions by many names, and does in them what few people need.
    """
    paths = [unit.path or "" for unit in units]
    inits = [path for path in paths if posixpath.basename(path) == "__init__.py"]
    packages = {posixpath.dirname(path) for path in inits}
    outside = [
        unit for unit in units if unit.path is None or posixpath.dirname(unit.path) not in packages
    ]
    return used_names(outside) | called_by_text(outside, units)


def is_called(function: str, called: frozenset[str]) -> bool:
    """Whether what stands in the outermost function of that name (empty: in none) may be run."""
    return not function or function.startswith("__") or function in called


@once
def outermost_functions(unit: Unit) -> dict[int, str]:
    """The name of the outermost function that each node is in, by the node's id."""
    found: dict[int, str] = {}
    for node in unit.of(ast.FunctionDef, ast.AsyncFunctionDef):
        if id(node) not in found:
            found.update((id(inner), node.name) for inner in ast.walk(node))
    return found


@once
def _used_by(unit: Unit) -> frozenset[str]:
    found = {node.id for node in unit.of(ast.Name) if isinstance(node.ctx, ast.Load)}
    return frozenset(found.union(node.attr for node in unit.of(ast.Attribute)))


def surely_run(unit: Unit, used: frozenset[str]) -> frozenset[int]:
    """The ids of the nodes that surely run.

    Not what stands under a condition or a ``try`` that may catch it, nor what a function does that
    nobody names. That a name is used is taken to mean that the function is called.
    """
    found: set[int] = set()
    waiting: list[tuple[ast.AST, str]] = [(unit.tree, "")]
    while waiting:
        node, owner = waiting.pop()
        found.add(id(node))
        owner = node.name if isinstance(node, ast.ClassDef) else owner
        waiting += [(child, owner) for child in _unconditional(node, owner, used)]
    return frozenset(found)


def lines_of(nodes: frozenset[int], unit: Unit) -> frozenset[int]:
    """The lines, from 1, of a unit's nodes with these ids."""
    lines = (getattr(node, "lineno", None) for node in unit.nodes if id(node) in nodes)
    return frozenset(line for line in lines if line is not None)


def _unconditional(node: ast.AST, owner: str, used: frozenset[str]) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=first) | ast.IfExp(test=first) | ast.While(test=first):
            yield first
        case ast.Match(subject=first):
            yield first
        case ast.BoolOp(values=[first, *_]):
            yield first
        case ast.Try(finalbody=last):
            yield from last
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            if (owner if name.startswith("__") else name) in used:
                yield from ast.iter_child_nodes(node)
        case _:
            yield from ast.iter_child_nodes(node)
