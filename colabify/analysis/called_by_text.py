"""Functions that code may call by a name that it puts together: ``getattr(tasks, f"task_{n}")()``."""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from colabify.analysis.made_by_calls import defined_names
from colabify.full_names import dotted, qualified
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.unit import Unit

_TABLES = frozenset({"globals", "locals", "vars"})


def called_by_text(calling: Sequence[Unit], units: Sequence[Unit]) -> frozenset[str]:
    """The names of the functions and methods in ``units`` that those in ``calling`` may call so.

    Those of a module that is asked for a name which is not written out; those of the code itself, if it asks
    its own table of names; the methods of all classes, if something is asked of which no more is known.
    """
    cells: dict[str, str] = {}
    for unit in calling:
        cells.update(unit.names if unit.path is None else {})
    found: set[str] = set()
    for unit in calling:
        for asked in _asked(unit):
            names = cells if unit.path is None else unit.names
            found.update(_answering(asked, unit, names, units))
    return frozenset(found)


def _answering(
    asked: ast.expr | None, unit: Unit, names: Mapping[str, str], units: Sequence[Unit]
) -> Iterator[str]:
    """The functions that what is asked may have; None is the code's own table of names."""
    if asked is None:
        for one in units:
            if one is unit or (one.path is None and unit.path is None):
                yield from defined_names(one)
        return
    parts = set(qualified(asked, names).split("."))
    if names.get(dotted(asked).partition(".")[0]):
        yield from (name for one in units if _module(one) in parts for name in defined_names(one))
    else:
        yield from (name for one in units for name in _methods(one))


@once
def _asked(unit: Unit) -> list[ast.expr | None]:
    """What the unit asks for a name that is not written out."""
    found: list[ast.expr | None] = []
    for call in unit.of(ast.Call):
        match call:
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(), *_]):
                pass
            case ast.Call(func=ast.Name(id="getattr"), args=[asked, _, *_]):
                found.append(None if _is_itself(asked) else asked)
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[name, *_]):
                found += _of_table(table, name)
    for item in unit.of(ast.Subscript):
        found += _of_table(item.value, item.slice)
    return found


def _of_table(table: ast.expr, name: ast.expr) -> Iterator[ast.expr | None]:
    """What a table of names, ``globals()`` or ``vars(module)``, is asked of."""
    if isinstance(name, ast.Constant):
        return
    match table:
        case ast.Call(func=ast.Name(id=called), args=args) if called in _TABLES:
            yield args[0] if args else None
        case ast.Attribute(value=owner, attr="__dict__"):
            yield owner


def _is_itself(asked: ast.expr) -> bool:
    """Whether it is ``sys.modules[__name__]``, the module that the code is in."""
    match asked:
        case ast.Subscript(value=ast.Attribute(attr="modules"), slice=ast.Name(id="__name__")):
            return True
    return False


def _module(unit: Unit) -> str:
    """The last name of a module, as an import says it; empty for a cell."""
    path = unit.path or ""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    return posixpath.basename(posixpath.dirname(path)) if stem == "__init__" else stem


@once
def _methods(unit: Unit) -> frozenset[str]:
    found = (one for node in unit.of(ast.ClassDef) for one in node.body)
    return frozenset(
        one.name for one in found if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    )
