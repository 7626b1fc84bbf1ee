"""What the setup cell can provide for code that stays as it is, if that is faithful."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.setup.stand_ins import MEANS, NAMED_TRANSFORMERS, SHORT, TEXTS
from colabify.steps import Shim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.rules.base import Remedy
    from colabify.rules.families import Keyword, Row

_CLASSES = {
    "?": "matplotlib.axes.Axes",  # of an object that is not known, see rules.plots.pyplot
    "matplotlib.Axes": "matplotlib.axes.Axes",
    "matplotlib.Axis": "matplotlib.axis.Axis",
    "matplotlib.Canvas": "matplotlib.backend_bases.FigureCanvasBase",
    "matplotlib.Figure": "matplotlib.figure.Figure",
    "matplotlib.Legend": "matplotlib.legend.Legend",
    "pandas.DataFrameGroupBy": "pandas.core.groupby.DataFrameGroupBy",
    "pandas.SeriesGroupBy": "pandas.core.groupby.SeriesGroupBy",
}
"""The classes of kinds that are called otherwise."""
_FUNCTIONS = {
    "pandas.DataFrame.plot": "pandas.plotting.PlotAccessor.__call__",
    "pandas.Series.plot": "pandas.plotting.PlotAccessor.__call__",
}
_IN_C = frozenset({"array.array", "xml.etree.ElementTree.Element"})
"""Classes that nothing can be added to."""
_CALLED = {
    "seaborn.factorplot": (("kind", "'point'"),),
    "sklearn.decomposition.RandomizedPCA": (("svd_solver", "'randomized'"),),
}
"""What is called with more arguments now."""


def providing(remedy: Remedy | None, shims: tuple[Shim, ...]) -> Remedy | None:
    """The remedy, with more that the setup cell can provide instead."""
    return replace(remedy, shims=(*remedy.shims, *shims)) if remedy is not None else None


def name_shims(full: str, new: str, *, allowed: bool = True) -> tuple[Shim, ...]:
    """What stands for a name that is ``new`` now (or nothing, if empty); ``allowed``: under the old one."""
    if full in _CALLED:
        return (Shim(full, new, "call", _CALLED[full]),)
    found = stand_in(full)
    return found or ((Shim(full, new),) if new and allowed else ())


def stand_in(full: str) -> tuple[Shim, ...]:
    """What the setup cell itself has under a full name, or for a kind's method; none if it has nothing."""
    full = in_full(full)
    if full.startswith("sklearn.named_transformer."):
        method = full.rpartition(".")[2]
        return tuple(one for each in NAMED_TRANSFORMERS for one in stand_in(f"{each}.{method}"))
    if full in TEXTS or full in SHORT:
        return (Shim(full, MEANS.get(full, ""), "function"),)
    return ()


def keyword_shims(function: str, keyword: str, row: Keyword) -> tuple[Shim, ...]:
    """What has a function take the keyword argument of a row; none if that is not faithful."""
    if not row.shim or row.safety == "report" or not (row.new or row.drop or row.values):
        return ()
    new = "" if row.drop else row.new or keyword
    values = tuple((row.values or {}).items())
    if not all(_is_literal(old) and (row.drop or _is_literal(now)) for old, now in values):
        return ()
    name = f"{in_full(function)}({keyword})"
    pairs = tuple((old, "None" if row.drop else now) for old, now in values)
    some = (Shim(name, new, "keyword", pairs),) if pairs else ()
    if (pairs and row.only) or (not row.new and not row.drop):
        return some
    return (*some, Shim(name, new, "keyword"))


def method_shims(kind: str, name: str, row: Row) -> tuple[Shim, ...]:
    """What gives objects of a kind an attribute under its old name; none if that is not faithful."""
    found = stand_in(f"{kind}.{name}")
    if found or not row.new or not row.shim or "(" in row.new or kind in _IN_C:
        return found
    return (Shim(in_full(f"{kind}.{name}"), row.new, "method"),)


def order_shims(function: str, taken: int, names: Sequence[str]) -> tuple[Shim, ...]:
    """What has a function take by position what is given by keyword alone now."""
    return (Shim(in_full(function), " ".join([str(taken), *names]), "order"),)


def default_shims(function: str, name: str, value: str) -> tuple[Shim, ...]:
    """What gives an argument the default that it had."""
    return (Shim(f"{in_full(function)}({name})", value, "default"),)


def in_full(name: str) -> str:
    """The full name of a function, or of a kind's method, as it can be imported."""
    if name in _FUNCTIONS:
        return _FUNCTIONS[name]
    kind, _, last = name.rpartition(".")
    return f"{_CLASSES[kind]}.{last}" if kind in _CLASSES else name


def _is_literal(code: str) -> bool:
    try:
        ast.literal_eval(code)
    except (ValueError, SyntaxError):
        return False
    return True
