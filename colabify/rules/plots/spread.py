"""Arguments that are put into a dictionary first, and then spread over calls: ``plt.hist(x, **kwargs)``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.program import qualified
from colabify.rules.base import Remedy
from colabify.rules.calls import text_of

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
    if old not in keys or new in keys or not _is_spread(name, functions, context):
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
    return Remedy((node.with_changes(value=changed),), text=f"{old}= is {new}= now")


def _key(one: cst.CSTNode) -> str:
    import libcst as cst

    if isinstance(one, cst.Arg):
        return one.keyword.value if one.keyword else ""
    if isinstance(one, cst.DictElement) and isinstance(one.key, cst.SimpleString):
        return text_of(one.key) or ""
    return ""


def _is_spread(name: str, functions: Collection[str], context: Context) -> bool:
    return any(
        isinstance(node, ast.Call)
        and any(_is_name(one, name) for one in node.keywords)
        and _called(node, context) in functions
        for unit in context.units
        for node in unit.nodes
    )


def _is_name(keyword: ast.keyword, name: str) -> bool:
    return keyword.arg is None and isinstance(keyword.value, ast.Name) and keyword.value.id == name


def _called(call: ast.Call, context: Context) -> str:
    full = qualified(call.func, context.names)
    if full or not isinstance(call.func, ast.Attribute):
        return full
    return f"{context.kinds.of(call.func.value)}.{call.func.attr}"
