"""What calls of methods that pandas removed are now, as code: each by a function of its own.

A function gets a :class:`Called` and gives the code that stands for it; None where that is not clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.rules.calls import constant_of, text_of
from colabify.rules.frames.objects import FRAME, SERIES, kind_of, owner_code, sorted_out
from colabify.rules.frames.spelling import by_keyword
from colabify.rules.spelling import code_of
from colabify.setup.stand_ins import REDUCED

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from colabify.rules.context import Context

_REDUCED = frozenset(REDUCED)
_HOWS = _REDUCED - {"any", "all", "skew"} | {"first", "last", "ohlc", "size", "nunique"}
_FILLED = {"'ffill'": "ffill", "'pad'": "ffill", "'bfill'": "bfill", "'backfill'": "bfill"}


@dataclass(frozen=True)
class Called:
    """A call of a method: of what, of which kind that is, and where."""

    node: cst.Call
    owner: cst.BaseExpression
    kind: str
    method: str
    context: Context

    @property
    def code(self) -> str:
        """The owner's code, as a dot may follow it."""
        return owner_code(self.owner)

    def given(self, *parameters: str) -> dict[str, str] | None:
        """The code of the arguments, by parameter; None if there are others, or unpacked ones."""
        found = sorted_out(self.node, parameters)
        return None if found is None else {name: code_of(value) for name, value in found.items()}

    def value(self, keyword: str, *parameters: str) -> cst.BaseExpression | None:
        """The expression of one argument."""
        return (sorted_out(self.node, parameters) or {}).get(keyword)


def _as_matrix(call: Called) -> str | None:
    given, columns = call.given("columns"), call.value("columns", "columns")
    if given is None:
        return None
    if columns is None:
        return f"{call.code}.to_numpy()"
    known = kind_of(columns, call.context) in ("list", "pandas.Index")
    return (
        f"{call.code}[{given['columns'] if known else 'list(' + given['columns'] + ')'}].to_numpy()"
    )


def _get_value(call: Called) -> str | None:
    given = call.given("index", "col") if call.kind == FRAME else call.given("label")
    return f"{call.code}.at[{', '.join(given.values())}]" if given else None


def _sorted(call: Called) -> str | None:
    if call.kind != FRAME:
        return None  # a series was sorted in place: see PandasCalls
    given = call.given("columns", "axis", "ascending", "inplace", "kind", "na_position")
    if given is None:
        return None
    by = given.pop("columns", "None")
    if by == "None":
        return f"{call.code}.sort_index({by_keyword(given)})"
    return f"{call.code}.sort_values({', '.join(filter(None, [by, by_keyword(given)]))})"


def _ordered(call: Called) -> str | None:
    given = call.given("na_last", "ascending", "kind", "na_position", "inplace")
    if given is None or "na_last" in given or call.kind != SERIES:
        return None
    return f"{call.code}.sort_values({by_keyword(given)})"


def _sorted_index(call: Called) -> str | None:
    given = call.given("by", "axis", "ascending", "inplace", "kind", "na_position")
    if given is None or any(one.keyword is None for one in call.node.args):
        return None
    return f"{call.code}.sort_values({by_keyword(given)})"


def _sorted_level(call: Called) -> str | None:
    given = call.given("level", "axis", "ascending", "inplace", "sort_remaining")
    return (
        None if given is None else f"{call.code}.sort_index({by_keyword({'level': '0', **given})})"
    )


def _by_position(call: Called) -> str | None:
    given = call.given("i", "j") if call.method == "iget_value" else call.given("i")
    if not given:
        return None
    column = ":, " if call.method == "icol" else ""
    return f"{call.code}.iloc[{column}{', '.join(given.values())}]"


def _clipped(call: Called) -> str | None:
    given = call.given("threshold", "axis", "inplace")
    if not given or "threshold" not in given:
        return None
    side = "lower" if call.method == "clip_lower" else "upper"
    return f"{call.code}.clip({by_keyword({side: given.pop('threshold'), **given})})"


def _reindexed(call: Called) -> str | None:
    given = call.given("labels", "axis", "method", "level", "copy", "limit", "fill_value")
    if not given or "labels" not in given:
        return None
    labels = given.pop("labels")
    return f"{call.code}.reindex({', '.join(filter(None, [labels, by_keyword(given)]))})"


def _shifted(call: Called) -> str | None:
    given = call.given("periods", "freq", "axis")
    if given is None:
        return None
    periods = given.pop("periods", "1")
    return (
        f"{call.code}.shift({', '.join([periods, by_keyword({'freq': repr('infer'), **given})])})"
    )


def _nonzero(call: Called) -> str | None:
    return (
        f"{call.code}.to_numpy().nonzero()" if call.kind == SERIES and not call.node.args else None
    )


def _type_counts(call: Called) -> str | None:
    return (
        f"{call.code}.dtypes.value_counts()" if call.kind == FRAME and not call.node.args else None
    )


def _mad(call: Called) -> str | None:
    """Twice the owner: only if that is a name, or an item or attribute of one."""
    import libcst as cst

    owner = call.owner
    while isinstance(owner, cst.Attribute | cst.Subscript):
        owner = owner.value
    if call.kind != SERIES or call.node.args or not isinstance(owner, cst.Name):
        return None
    return f"({call.code} - {call.code}.mean()).abs().mean()"


def _by_level(call: Called) -> str | None:
    """Groups along columns are deprecated: of the transposed frame they are along rows."""
    parameters = ("axis", "skipna", "level")
    given, axis = call.given(*parameters), call.value("axis", *parameters)
    if given is None or "level" not in given or "skipna" in given:
        return None
    turned = ".T" if constant_of(axis) in (1, "columns") else ""
    if not turned and axis is not None and constant_of(axis) not in (0, "index"):
        return None
    groups = f"groupby(level={given['level']}, sort=False)"
    return f"{call.code}{turned}.{groups}.{call.method}(){turned}"


def _resampled(call: Called) -> str | None:
    order = ("rule", "how", "axis", "fill_method", "closed", "label", "convention", "kind", "limit")
    given, how = call.given(*order), call.value("how", *order)
    if given is None or "rule" not in given or "limit" in given:
        return None
    fill, rule = _FILLED.get(repr(text_of(call.value("fill_method", *order)))), given.pop("rule")
    if ("fill_method" in given) != (fill is not None):
        return None
    kept = {name: code for name, code in given.items() if name not in ("how", "fill_method")}
    code = f"{call.code}.resample({', '.join(filter(None, [rule, by_keyword(kept)]))})"
    if how is not None and constant_of(how) is not None:
        name = text_of(how)
        code += f".{name}()" if name in _HOWS else f".agg({given['how']})"
    elif fill is None:
        code += ".mean()"
    return f"{code}.{fill}()" if fill else code


def _as_category(call: Called) -> str | None:
    given = call.given("dtype", "categories", "ordered")
    if (
        given is None
        or text_of(call.value("dtype", "dtype", "categories", "ordered")) != "category"
    ):
        return None
    spelled, imports = call.context.spell("pandas.CategoricalDtype")
    given.pop("dtype")
    return None if imports else f"{call.code}.astype({spelled}({by_keyword(given)}))"


REWRITTEN: dict[str, Callable[[Called], str | None]] = {
    "as_matrix": _as_matrix,
    "get_value": _get_value,
    "sort": _sorted,
    "order": _ordered,
    "sortlevel": _sorted_level,
    "irow": _by_position,
    "icol": _by_position,
    "iget": _by_position,
    "iget_value": _by_position,
    "clip_lower": _clipped,
    "clip_upper": _clipped,
    "reindex_axis": _reindexed,
    "tshift": _shifted,
    "nonzero": _nonzero,
    "get_dtype_counts": _type_counts,
    "mad": _mad,
}
"""What became of methods that are gone, by name."""

WITH_KEYWORD: dict[str, tuple[frozenset[str], Callable[[Called], str | None]]] = {
    **dict.fromkeys(_REDUCED, (frozenset({"level"}), _by_level)),
    "resample": (frozenset({"how", "fill_method"}), _resampled),
    "sort_index": (frozenset({"by"}), _sorted_index),
    "astype": (frozenset({"categories", "ordered"}), _as_category),
}
"""What became of methods, by name, where one of these keywords is given."""
