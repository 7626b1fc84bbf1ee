"""Arguments that are put into a dictionary first, and then spread over calls: ``plt.hist(x, **kwargs)``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Remedy
from colabify.rules.calls import text_of
from colabify.rules.families import Keyword
from colabify.rules.provided import keyword_shims

if TYPE_CHECKING:
    from collections.abc import Collection

    import libcst as cst

    from colabify.rules.context import Context


def renamed_key(
    node: cst.Assign, old: str, new: str, functions: Collection[str], context: Context
) -> Remedy | None:
    """``name = dict(old=…)``, or ``{"old": …}``, with the key renamed.

    That is if the program spreads ``name`` over one of ``functions``, full names or kinds with their method.
    """
    import libcst as cst

    match node:
        case cst.Assign(
            targets=[cst.AssignTarget(target=cst.Name(value=name))],
            value=cst.Call(func=cst.Name("dict"), args=given) | cst.Dict(elements=given) as value,
        ):
            pass
        case _:
            return None
    keys = [_key(one) for one in given]
    called = _spread_over(name, functions, context)
    if old not in keys or new in keys or not called:
        return None
    index = keys.index(old)
    made = list(given)
    one = made[index]
    if isinstance(one, cst.DictElement):
        text = cst.ensure_type(one.key, cst.SimpleString)
        made[index] = one.with_changes(key=text.with_changes(value=text.value.replace(old, new)))
        changed: cst.BaseExpression = cst.ensure_type(value, cst.Dict).with_changes(elements=made)
    else:
        made[index] = cst.ensure_type(one, cst.Arg).with_changes(keyword=cst.Name(new))
        changed = cst.ensure_type(value, cst.Call).with_changes(args=made)
    row = Keyword(new)
    shims = tuple(shim for one in sorted(called) for shim in keyword_shims(one, old, row))
    return Remedy((node.with_changes(value=changed),), text=f"{old}= is {new}= now", shims=shims)


def _key(one: cst.CSTNode) -> str:
    import libcst as cst

    if isinstance(one, cst.Arg):
        return one.keyword.value if one.keyword else ""
    if isinstance(one, cst.DictElement) and isinstance(one.key, cst.SimpleString):
        return text_of(one.key) or ""
    return ""


def _spread_over(name: str, functions: Collection[str], context: Context) -> set[str]:
    """Those of the functions over which the program spreads ``name``."""
    return {
        _called(node, context)
        for unit in context.units
        for node in unit.of(ast.Call)
        if any(_is_name(one, name) for one in node.keywords)
    } & set(functions)


def _is_name(keyword: ast.keyword, name: str) -> bool:
    return keyword.arg is None and isinstance(keyword.value, ast.Name) and keyword.value.id == name


def _called(call: ast.Call, context: Context) -> str:
    full = qualified(call.func, context.names)
    if full or not isinstance(call.func, ast.Attribute):
        return full
    return f"{context.kinds.of(call.func.value)}.{call.func.attr}"
