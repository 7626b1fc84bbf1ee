"""The last layer of a model that a program makes layer by layer."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.rules.context import Context


def last_activation(model: str, context: Context) -> str:
    """``softmax``, or ``sigmoid`` of a single unit, if that is how every ``Sequential`` of this name ends.

    Empty if it is not known, or anything else.
    """
    found = set()
    last: ast.expr | None = None
    begun = False
    for node in _in_order(context):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as value) if (
                name == model
            ):
                if begun:
                    found.add(_end(last, context))
                begun, last = True, _last_of(value)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="add"), args=[layer]):
                if name == model:
                    last = _after(last, layer, context)
    found.add(_end(last, context))
    return found.pop() if begun and len(found) == 1 else ""


def _in_order(context: Context) -> Iterator[ast.AST]:
    """The nodes of the program in the order of its lines."""
    for unit in context.units:
        yield from sorted(
            (node for node in unit.of(ast.Assign, ast.Call)),
            key=lambda node: (node.lineno, node.col_offset),
        )


def _last_of(call: ast.Call) -> ast.expr | None:
    """The last layer that ``Sequential([...])`` is given."""
    match call.args:
        case [ast.List(elts=[*_, last])]:
            return last
    return None


def _after(last: ast.expr | None, layer: ast.expr, context: Context) -> ast.expr:
    """The layer that counts as the last after ``layer``: an activation is part of the one before it."""
    if not isinstance(layer, ast.Call) or not isinstance(last, ast.Call) or not layer.args:
        return layer
    if not qualified(layer.func, context.names).endswith(".Activation"):
        return layer
    activation = ast.keyword("activation", layer.args[0])
    return ast.Call(last.func, last.args, [*last.keywords, activation])


def _end(last: ast.expr | None, context: Context) -> str:
    if not isinstance(last, ast.Call):
        return ""
    if not qualified(last.func, context.names).endswith(".layers.Dense"):
        return ""
    given = {one.arg: one.value for one in last.keywords}
    activation = given.get("activation", last.args[1] if len(last.args) > 1 else None)
    units = last.args[0] if last.args else given.get("units", given.get("output_dim"))
    if not isinstance(activation, ast.Constant):
        return ""
    if activation.value == "softmax":
        return "softmax"
    single = isinstance(units, ast.Constant) and units.value == 1
    return "sigmoid" if activation.value == "sigmoid" and single else ""
