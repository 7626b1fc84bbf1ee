"""Packages of Ubuntu's that are needed for what a call says: a solver's name, TeX in Matplotlib."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.analysis.flow import outermost_functions
from colabify.analysis.given import said
from colabify.analysis.system_table import need_of, system_table
from colabify.full_names import qualified
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.steps import SystemNeed
    from colabify.unit import Unit


def needs_of_arguments(unit: Unit, names: Mapping[str, str]) -> Sequence[tuple[str, SystemNeed]]:
    """What the calls of a unit need, each with the function of a module that it stands in."""
    return _of_module(unit) if unit.path else list(_of_arguments(unit, names))


@once
def _of_module(unit: Unit) -> Sequence[tuple[str, SystemNeed]]:
    return list(_of_arguments(unit, unit.names))


def _of_arguments(unit: Unit, names: Mapping[str, str]) -> Iterator[tuple[str, SystemNeed]]:
    """The packages of solvers that are called by name, and of TeX where Matplotlib is told to use it."""
    calls: dict[str, dict[str, str]] = system_table()["arguments"]
    functions = outermost_functions(unit) if unit.path else {}
    for node in unit.of(ast.Call, ast.Assign, ast.Dict):
        where = (unit.cell, unit.path, node.lineno)
        function = functions.get(id(node), "")
        if _sets_usetex(node):
            for package in system_table()["usetex"]:
                yield function, need_of(package, "Matplotlib's text.usetex", *where, "")
        elif isinstance(node, ast.Call) and node.args:
            solvers = calls.get(qualified(node.func, names), {})
            argument = said(node.args[0])
            if argument in solvers:
                yield function, need_of(solvers[argument], f"the solver {argument}", *where, "")


def _sets_usetex(node: ast.AST) -> bool:
    """Whether it is ``rc("text", usetex=True)``, ``rcParams["text.usetex"] = True``, or a dict with that."""
    match node:
        case ast.Call(args=[ast.Constant(value="text"), *_], keywords=keywords):
            return any(one.arg == "usetex" and _is_true(one.value) for one in keywords)
        case ast.Assign(targets=[ast.Subscript(slice=ast.Constant(value="text.usetex"))]):
            return _is_true(node.value)
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return any(
                isinstance(key, ast.Constant) and key.value == "text.usetex" and _is_true(value)
                for key, value in pairs
            )
    return False


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True
