"""Patches, which take less by position than they did, and what ``subplots()`` hands on to its axes.

Source: the API changes of matplotlib 2.2, 3.6 and 3.8; seen on Python 3.13 with matplotlib 3.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.calls import named, text_of
from colabify.rules.families import Keyword
from colabify.rules.provided import keyword_shims, order_shims

if TYPE_CHECKING:
    import libcst as cst

PATCHES: dict[str, tuple[int, tuple[str, ...]]] = {
    "matplotlib.patches.Arc": (3, ("angle", "theta1", "theta2")),
    "matplotlib.patches.Ellipse": (3, ("angle",)),
    "matplotlib.patches.Rectangle": (3, ("angle",)),
    "matplotlib.patches.RegularPolygon": (2, ("radius", "orientation")),
}
"""How many arguments are taken by position, and the names of those that followed."""


def named_patch(call: cst.Call, function: str) -> Remedy | None:
    """The call with the names of what is no longer taken by position; None if it gives nothing so."""
    taken, names = PATCHES[function]
    places = [n for n, one in enumerate(call.args) if one.keyword is None and one.star != "**"]
    if len(places) <= taken:
        return None
    text = f"{function.rpartition('.')[2]} takes {', '.join(names)} by keyword alone"
    shims = order_shims(function, taken, names)
    if len(places) > taken + len(names) or any(call.args[n].star for n in places):
        return Remedy(text=text, safety="report", shims=shims)
    args = list(call.args)
    for place, name in zip(places[taken:], names, strict=False):
        args[place] = named(args[place], name)
    return Remedy(call.with_changes(args=args), text=text, shims=shims)


def of_subplots(call: cst.Call) -> Remedy | None:
    """``subplots(subplot_kw=dict(facecolor=…))`` for ``axisbg``; None if none is handed on as written."""
    for index, one in enumerate(call.args):
        if one.keyword is None or one.keyword.value != "subplot_kw":
            continue
        value = _renamed(one.value)
        if value is None:
            return None
        args = list(call.args)
        args[index] = one.with_changes(value=value)
        shims = keyword_shims("matplotlib.Figure.add_subplot", "axisbg", Keyword("facecolor"))
        return Remedy(call.with_changes(args=args), text="axisbg= is facecolor= now", shims=shims)
    return None


def _renamed(node: cst.BaseExpression) -> cst.BaseExpression | None:
    import libcst as cst

    match node:
        case cst.Call(func=cst.Name("dict"), args=given):
            args = [
                one.with_changes(keyword=cst.Name("facecolor"))
                if one.keyword is not None and one.keyword.value == "axisbg"
                else one
                for one in given
            ]
            new: cst.BaseExpression = node.with_changes(args=args)
        case cst.Dict(elements=elements):
            made = [
                one.with_changes(
                    key=one.key.with_changes(value=one.key.value.replace("axisbg", "facecolor"))
                )
                if isinstance(one, cst.DictElement)
                and isinstance(one.key, cst.SimpleString)
                and text_of(one.key) == "axisbg"
                else one
                for one in elements
            ]
            new = node.with_changes(elements=made)
        case _:
            return None
    return None if new.deep_equals(node) else new
