"""Full names: what the names of a program stand for, by its imports."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.both_pythons import one_target
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.unit import Unit


def import_names(units: Sequence[Unit]) -> dict[str, str]:
    """What each imported name stands for, over all units: ``{"np": "numpy", "imread": "imageio.imread"}``.

    A name that is bound to two different things, or assigned to as well, is left out; unless they are
    one thing in Python 2 and in Python 3.
    """
    found: dict[str, set[str]] = {}
    for unit in units:
        for name, target in _bindings(unit):
            found.setdefault(name, set()).add(target)
    known = {name: one_target(targets) for name, targets in found.items()}
    return {name: target for name, target in known.items() if target is not None}


@once
def _bindings(unit: Unit) -> tuple[tuple[str, str], ...]:
    """The names that a unit binds, each with what it imports under it; empty for whatever else."""
    found: dict[tuple[str, str], None] = {}
    for node in unit.of(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            found |= {(a.asname or a.name.split(".")[0], _bound(a)): None for a in node.names}
        elif node.module is not None and not node.level:
            found |= {(a.asname or a.name, f"{node.module}.{a.name}"): None for a in node.names}
    return (*found, *((name, "") for name in sorted(bound_names(unit))))


@once
def bound_names(unit: Unit) -> frozenset[str]:
    """The names that a unit binds otherwise than by importing."""
    found = {one.id for one in unit.of(ast.Name) if isinstance(one.ctx, ast.Store)}
    found |= {one.arg for one in unit.of(ast.arg)}
    return frozenset(found.union(one.name for one in unit.of(ast.FunctionDef, ast.ClassDef)))


def _bound(alias: ast.alias) -> str:
    return alias.name if alias.asname else alias.name.split(".")[0]


def dotted(node: ast.AST) -> str:
    """``np.random.rand`` for the expression that says so; empty for any other."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def qualified(node: ast.AST, names: Mapping[str, str]) -> str:
    """The full name that ``node`` stands for, by the table of :func:`import_names`; else its own."""
    name = dotted(node)
    first, dot, rest = name.partition(".")
    return names.get(first, "") + dot + rest if names.get(first) else name
