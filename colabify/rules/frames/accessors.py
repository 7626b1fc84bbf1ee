"""What dates told of themselves by an attribute: ``weekday_name``, ``week``.

Source: pandas' release notes of 0.23, 1.0, 1.1 and 2.0; run with pandas 0.23, 1.5 and 2.2. The weeks of
``isocalendar()`` are unsigned, and wrap round below zero: ``astype(int)`` makes them what they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.frames.objects import SERIES, kind_of, made
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_DATES = frozenset({"pandas.Series.dt", "pandas.DatetimeIndex", "pandas.Index", "pandas.Timestamp"})
WORDS = frozenset({"weekday_name", "week", "weekofyear"})
"""The attributes that :func:`of_dates` knows."""
_NAME = "there is no .weekday_name any more: .day_name() gives it"
_WEEK = "there is no .week of dates any more: .isocalendar().week gives it"


def of_dates(node: cst.Attribute, context: Context) -> Remedy | None:
    """What stands for the attribute now, if its owner surely is of dates."""
    import libcst as cst

    name, owner = node.attr.value, node.value
    accessor = isinstance(owner, cst.Attribute) and owner.attr.value == "dt"
    kind = context.kind(owner)
    if accessor and isinstance(owner, cst.Attribute) and kind_of(owner.value, context) == SERIES:
        kind = f"{SERIES}.dt"
    if name == "weekday_name" and is_gone("pandas 1.0", context.runtime):
        if kind in _DATES:
            return made(node, f"{code_of(owner)}.day_name()", _NAME)
        return None if kind else Remedy(text=_NAME, safety="report", fails=False)
    if name == "weekday_name" or not is_gone("pandas 2.0", context.runtime):
        return None
    if kind == f"{SERIES}.dt":
        return made(node, f"{code_of(owner)}.isocalendar().week.astype(int)", _WEEK)
    if kind == "pandas.DatetimeIndex":
        return Remedy(text=_WEEK, safety="report")
    unknown = accessor and not kind and "polars" not in context.packages
    return Remedy(text=_WEEK, safety="report", fails=False) if unknown else None
