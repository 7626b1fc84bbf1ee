"""Functions of pandas that make something, and are another call now: ``DataFrame.from_csv``, ``TimeGrouper``.

Source: pandas' release notes of 0.21 to 2.0; run with pandas 0.23 or 1.5, and 2.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.frames.objects import has_comment, made, sorted_out
from colabify.rules.frames.spelling import by_keyword
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_CSV = ("path", "header", "sep", "index_col", "parse_dates", "encoding")
_RANGES = {
    "pandas.DatetimeIndex": "pandas.date_range",
    "pandas.PeriodIndex": "pandas.period_range",
    "pandas.TimedeltaIndex": "pandas.timedelta_range",
}
_RANGE = frozenset({"start", "end", "periods", "freq", "tz", "normalize", "name", "closed"})
_INDEXES = {
    "pandas.Int64Index": "'int64'",
    "pandas.UInt64Index": "'uint64'",
    "pandas.Float64Index": "'float64'",
}
WORDS = frozenset(
    {
        "from_csv",
        "from_items",
        "TimeGrouper",
        "start",
        "end",
        "Int64Index",
        "UInt64Index",
        "Float64Index",
    }
)
"""The words without one of which there is nothing for :func:`constructed`."""


def constructed(node: cst.Call, context: Context) -> Remedy | None:
    """The call of the function that makes the same now; None if ``node`` calls none of the old ones."""
    full = context.qualified(node.func)
    for start, since, write in _WRITERS:
        if full in start and is_gone(since, context.runtime):
            found = write(node, full)
            if found is None:
                return None
            new, args, text = found
            if new is None or has_comment(node):
                return Remedy(text=text, safety="report")
            top, *rest = new.removeprefix("pandas.").split(".")
            spelled, imports = context.spell(f"pandas.{top}")
            remedy = made(node, f"{'.'.join([spelled, *rest])}({args})", text)
            return Remedy(remedy.new, imports, text)
    return None


_Written = tuple[str | None, str, str] | None
"""The full name of what is called now (None: no telling), its arguments, and what to tell."""


def _from_csv(call: cst.Call, full: str) -> _Written:  # noqa: ARG001
    given = sorted_out(call, _CSV)
    text = "DataFrame.from_csv is pd.read_csv(path, index_col=0, parse_dates=True) now"
    if given is None or "path" not in given:
        return None, "", text
    codes = {name: code_of(value) for name, value in given.items()}
    path = codes.pop("path")
    codes = {"index_col": "0", "parse_dates": "True", **codes}
    return "pandas.read_csv", f"{path}, {by_keyword(codes)}", text


def _series_from_csv(call: cst.Call, full: str) -> _Written:  # noqa: ARG001
    return (
        None,
        "",
        "Series.from_csv is pd.read_csv(path, index_col=0, header=None).squeeze('columns') now",
    )


def _from_items(call: cst.Call, full: str) -> _Written:  # noqa: ARG001
    text = "DataFrame.from_items(items) is DataFrame.from_dict(dict(items)) now"
    given = sorted_out(call, ("items", "columns", "orient"))
    if given is None or "items" not in given or ("columns" in given and "orient" not in given):
        return None, "", text
    codes = {name: code_of(value) for name, value in given.items()}
    items = f"dict({codes.pop('items')})"
    return "pandas.DataFrame.from_dict", ", ".join(filter(None, [items, by_keyword(codes)])), text


def _grouper(call: cst.Call, full: str) -> _Written:  # noqa: ARG001
    text = "pd.TimeGrouper(freq) is pd.Grouper(freq=freq) now"
    given = sorted_out(call, ("freq", "closed", "label", "key", "sort", "convention"))
    if given is None:
        return None, "", text
    return (
        "pandas.Grouper",
        by_keyword({name: code_of(value) for name, value in given.items()}),
        text,
    )


def _range(call: cst.Call, full: str) -> _Written:
    """An index was made of a start and an end, too; a range is."""
    new = _RANGES[full]
    keywords = {one.keyword.value for one in call.args if one.keyword is not None}
    if not keywords & {"start", "end"}:
        return None
    text = f"{full} is made of values alone: {new} makes it of start=, end= and periods="
    plain = keywords <= _RANGE and len(keywords) == len(call.args)
    given = sorted_out(call, tuple(keywords)) if plain else None
    if given is None:
        return None, "", text
    codes = {name: code_of(value) for name, value in given.items()}
    if new == "pandas.date_range" and "closed" in codes:
        codes["inclusive"] = codes.pop("closed")
    return new, by_keyword(codes), text


def _typed_index(call: cst.Call, full: str) -> _Written:
    text = f"{full} is a pd.Index whose dtype is {_INDEXES[full]}"
    given = sorted_out(call, ("data", "dtype", "copy", "name"))
    if given is None or "data" not in given:
        return None, "", text
    codes = {name: code_of(value) for name, value in given.items()}
    return (
        "pandas.Index",
        f"{codes.pop('data')}, {by_keyword({**codes, 'dtype': _INDEXES[full]})}",
        text,
    )


_WRITERS = (
    (frozenset({"pandas.DataFrame.from_csv"}), "pandas 1.0", _from_csv),
    (frozenset({"pandas.Series.from_csv"}), "pandas 1.0", _series_from_csv),
    (frozenset({"pandas.DataFrame.from_items"}), "pandas 1.0", _from_items),
    (frozenset({"pandas.TimeGrouper"}), "pandas 1.0", _grouper),
    (frozenset(_RANGES), "pandas 1.0", _range),
    (frozenset(_INDEXES), "pandas 2.0", _typed_index),
)
CONSTRUCTED = frozenset(name for start, _, _ in _WRITERS for name in start)
"""The full names of what :func:`constructed` knows."""
