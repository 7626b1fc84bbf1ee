"""What matplotlib's functions are called: pyplot's stand in three modules, and as methods of axes."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeGuard

    import libcst as cst

    from colabify.rules.base import Remedy
    from colabify.rules.context import Context

MODULES = ("matplotlib.pyplot", "matplotlib.pylab", "pylab")
"""All that pyplot has is in ``pylab`` too, from where old notebooks take it."""
PACKAGES = frozenset({"matplotlib", "mpl_toolkits", "pandas", "pylab", "seaborn"})
"""The packages whose objects plot with matplotlib."""
_MADE = frozenset({"matplotlib.Axes", "matplotlib.Figure", "matplotlib.subplots"})


def in_pyplot(*names: str) -> tuple[str, ...]:
    """The full names of functions of pyplot, in each of its modules."""
    return tuple(f"{module}.{name}" for module in MODULES for name in names)


def unsure_method(node: cst.CSTNode, context: Context) -> str:
    """The name of a method that is called of an object of which nothing is known; else empty.

    The program is not to define such a method by itself, nor to use the package ``datascience``, whose
    tables have methods, and arguments, like those of matplotlib's axes.
    """
    import libcst as cst

    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return ""
    name = node.func.attr.value
    if context.full_names(node.func) or name in context.bound or "datascience" in context.packages:
        return ""
    return "" if context.kind(node.func.value) else name


def in_place(found: Remedy | None, node: cst.CSTNode, old: str, new: str) -> Remedy | None:
    """The remedy for a name, of which what it is an attribute of stays as written if it has the new one."""
    import libcst as cst

    same = new.rpartition(".")[0] == old.rpartition(".")[0]
    if found is None or found.new is None or not same or not isinstance(node, cst.Attribute):
        return found
    return replace(found, new=node.with_changes(attr=cst.Name(new.rpartition(".")[2])), imports=())


def unsure(remedy: Remedy | None, owner: cst.CSTNode, context: Context) -> Remedy | None:
    """The remedy for what is an old use only if ``owner``, of no sure kind, is the one it looks like.

    It is, if the program makes axes, or a figure, under that name anywhere: the method is no other's.
    """
    if remedy is None or is_made(owner, context):
        return remedy
    safety = "unsafe" if remedy.safety == "safe" else remedy.safety
    return replace(remedy, safety=safety, fails=False)


def is_made(owner: cst.CSTNode, context: Context) -> bool:
    """Whether the program assigns axes, or a figure, to a name, besides what else it assigns to it."""
    name = getattr(owner, "value", None)
    if type(owner).__name__ != "Name" or not isinstance(name, str):
        return False
    for unit in context.units:
        for node in unit.nodes:
            if not isinstance(node, ast.Assign):
                continue
            names = {
                one.id for target in node.targets for one in ast.walk(target) if _is_stored(one)
            }
            if name in names and context.kinds.of(node.value) in _MADE:
                return True
    return False


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
