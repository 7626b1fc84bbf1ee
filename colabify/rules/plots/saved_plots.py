"""``savefig()`` has no ``frameon=`` since matplotlib 3.6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.calls import argument, constant_of, with_keyword, without_keyword
from colabify.rules.plots.pyplot import in_pyplot

if TYPE_CHECKING:
    import libcst as cst

SAVES = (*in_pyplot("savefig"), "matplotlib.Figure.savefig")


def framed(call: cst.Call) -> Remedy | None:
    """``savefig()`` without ``frameon=``: no frame is no colour behind the plot."""
    import libcst as cst

    value = constant_of(argument(call, "frameon"))
    text = "savefig() has no frameon= any more: facecolor='none' leaves the background out"
    if argument(call, "frameon") is None:
        return None
    without = without_keyword(call, "frameon")
    if without is None or not isinstance(without.new, cst.Call) or value not in (True, False):
        return Remedy(text=text, safety="report")
    if value or argument(call, "facecolor") is not None:
        return without
    return Remedy(with_keyword(without.new, "facecolor", "'none'"), text=text)
