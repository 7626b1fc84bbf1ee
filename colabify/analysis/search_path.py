"""Edits of ``sys.path``: the folders that code adds to where Python looks for modules."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.analysis.constants import Constants, Value
from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.unit import Unit

_ADDERS = ("sys.path.append", "sys.path.insert", "site.addsitedir")
_MANY = ("sys.path.extend",)


def path_edits(units: Sequence[Unit], names: Mapping[str, str]) -> list[Value]:
    """The folders that ``units`` add to ``sys.path``, as far as what they say is known.

    ``names`` is the import table of ``units``.
    """
    added = [
        node
        for unit in units
        for call in unit.of(ast.Call, ast.AugAssign)
        for node in _added(call, names)
    ]
    if not added:
        return []
    constants = Constants(units, names)
    values = (constants.value(node) for node in added)
    return [value for value in values if value is not None]


def _added(node: ast.AST, names: Mapping[str, str]) -> Sequence[ast.expr]:
    match node:
        case ast.Call(func=func, args=[*_, last]) if qualified(func, names) in _ADDERS:
            return [last]
        case ast.Call(func=func, args=[ast.List(elts=items) | ast.Tuple(elts=items)]) if (
            qualified(func, names) in _MANY
        ):
            return items
        case ast.AugAssign(target=target, value=ast.List(elts=items)) if (
            qualified(target, names) == "sys.path"
        ):
            return items
        case _:
            return ()
