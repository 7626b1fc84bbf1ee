"""Calls of methods of matplotlib's axes that are other calls today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.calls import constant_of, named
from colabify.rules.provided import stand_in
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SHARED = {"matplotlib.SharedX": "sharex", "matplotlib.SharedY": "sharey"}


def present_call(call: cst.Call, context: Context) -> Remedy | None:
    """What a call of ``set_color_cycle``, or of the ``join`` of shared axes, should be."""
    import libcst as cst

    if not isinstance(call.func, cst.Attribute):
        return None
    name, kind = call.func.attr.value, context.kind(call.func.value)
    if name == "set_color_cycle" and is_gone("matplotlib 3.0", context.runtime):
        return _cycled(call, kind)
    if name == "join" and kind in _SHARED and is_gone("matplotlib 3.8", context.runtime):
        return _joined(call, _SHARED[kind])
    return None


def _cycled(call: cst.Call, kind: str) -> Remedy | None:
    """``ax.set_prop_cycle(color=…)`` for ``ax.set_color_cycle(…)``."""
    import libcst as cst

    text = "ax.set_color_cycle(colours) is ax.set_prop_cycle(color=colours) now"
    shims = stand_in("matplotlib.Axes.set_color_cycle")
    if not kind:
        return Remedy(text=text, safety="report", fails=False, shims=shims)
    if (
        kind != "matplotlib.Axes"
        or len(call.args) != 1
        or call.args[0].star
        or call.args[0].keyword
    ):
        return None
    args = list(call.args)
    if constant_of(args[0].value) is not None:
        args = [named(args[0], "color")]
    func = cst.ensure_type(call.func, cst.Attribute).with_changes(attr=cst.Name("set_prop_cycle"))
    return Remedy(call.with_changes(func=func, args=args), text=text, shims=shims)


def _joined(call: cst.Call, method: str) -> Remedy:
    """``b.sharex(a)`` for ``a.get_shared_x_axes().join(a, b)``."""
    import libcst as cst

    text = f"shared axes cannot be joined any more: {method}() makes one share the axis of another"
    match call.args:
        case [cst.Arg(keyword=None, star="") as one, cst.Arg(keyword=None, star="") as other]:
            code = f"{code_of(other.value)}.{method}({code_of(one.value)})"
            return Remedy(cst.parse_expression(code), text=text, safety="unsafe")
    return Remedy(text=text, safety="report")
