"""What the rules of pandas ask of an expression, and the calls that they put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy, Safety
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from colabify.rules.context import Context

FRAME, SERIES = "pandas.DataFrame", "pandas.Series"
FRAMES = frozenset({FRAME, SERIES})
_OWN = frozenset(
    {"T", "at", "attrs", "axes", "columns", "dtypes", "empty", "flags", "ftypes", "iat", "iloc", "index",
     "ix", "loc", "ndim", "plot", "shape", "size", "sparse", "style", "values"}
)  # fmt: skip


def kind_of(node: cst.BaseExpression, context: Context) -> str:
    """The kind of an expression; what a frame has as an attribute that is none of its own is a column."""
    import libcst as cst

    kind = context.kind(node)
    if not kind and isinstance(node, cst.Attribute) and node.attr.value not in _OWN:
        return SERIES if context.kind(node.value) == FRAME else ""
    return kind


def method_of(node: cst.CSTNode, context: Context) -> tuple[cst.BaseExpression, str, str] | None:
    """The object, its kind and the method that a call calls; None for a function, or a class's own."""
    import libcst as cst

    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return None
    owner = node.func.value
    if context.full_names(owner):
        return None
    return owner, kind_of(owner, context), node.func.attr.value


def sorted_out(call: cst.Call, parameters: Sequence[str]) -> dict[str, cst.BaseExpression] | None:
    """The arguments by the names of ``parameters``; None where that is not known, or others are given."""
    found: dict[str, cst.BaseExpression] = {}
    for index, one in enumerate(call.args):
        if one.star or (one.keyword is None and index >= len(parameters)):
            return None
        name = one.keyword.value if one.keyword is not None else parameters[index]
        if name not in parameters:
            return None
        found[name] = one.value
    return found


def made(node: cst.BaseExpression, code: str, text: str, safety: Safety = "safe") -> Remedy:
    """The remedy that puts the expression of ``code`` in the place of ``node``, in its brackets."""
    import libcst as cst

    new = cst.parse_expression(f"({code})")
    new = new.with_changes(lpar=node.lpar, rpar=node.rpar)
    return Remedy(new, text=text, safety=safety)


def owner_code(node: cst.BaseExpression) -> str:
    """The code of an expression that a dot or an index may follow."""
    import libcst as cst

    code = code_of(node)
    plain = isinstance(node, cst.Name | cst.Attribute | cst.Subscript | cst.Call) or node.lpar
    return code if plain else f"({code})"


def has_comment(node: cst.CSTNode) -> bool:
    """Whether a node holds a comment, which writing it anew might lose."""
    import libcst as cst

    waiting: list[cst.CSTNode] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, cst.Comment):
            return True
        waiting += one.children
    return False
