"""Spelling: expressions as text, and dotted names as expressions."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst


def first_name(node: cst.CSTNode) -> str:
    """``np`` of ``np.random.rand``; empty for what is no dotted name."""
    while type(node).__name__ == "Attribute":
        node = node.value  # type: ignore[attr-defined]
    return str(node.value) if type(node).__name__ == "Name" else ""  # type: ignore[attr-defined]


def dotted(name: str) -> cst.Name | cst.Attribute:
    """The expression that a dotted name is."""
    import libcst as cst

    first, *rest = name.split(".")
    found: cst.Name | cst.Attribute = cst.Name(first)
    for part in rest:
        found = cst.Attribute(found, cst.Name(part))
    return found


def code_of(node: cst.CSTNode) -> str:
    """A node's code; an expression that only the brackets round it let go on over lines gets its own."""
    import libcst as cst

    code = cst.Module([]).code_for_node(node).strip()
    return f"({code})" if "\n" in code and _hangs(node, code) else code


def _hangs(node: cst.CSTNode, code: str) -> bool:
    """Whether the code, an expression's, is none where it stands alone."""
    import libcst as cst

    if not isinstance(node, cst.BaseExpression) or isinstance(node, cst.StarredElement):
        return False
    try:
        ast.parse(code, mode="eval")
    except SyntaxError:
        return True
    return False
