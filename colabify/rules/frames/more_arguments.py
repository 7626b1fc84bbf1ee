"""Keyword arguments of pandas that became something else than a keyword, or several of them one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.calls import (
    argument,
    constant_of,
    functions_of,
    named,
    without_argument,
)
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from colabify.rules.context import Context

_READERS = frozenset({"pandas.read_csv", "pandas.read_table"})
_EXCEL = frozenset({"pandas.read_excel", "pandas.ExcelFile.parse"})
_SQUEEZED = _READERS | _EXCEL
MENDED = frozenset(
    {"error_bad_lines", "warn_bad_lines", "squeeze", "prefix", "parse_cols", "join_axes"}
)
"""The keywords that :func:`mended_further` knows."""


def mended_further(node: cst.CSTNode, context: Context) -> Remedy | None:
    """What a call becomes by one of the keywords of ``MENDED``; None if it has none, or may keep it."""
    import libcst as cst

    if not isinstance(node, cst.Call):
        return None
    keywords = {one.keyword.value for one in node.args if one.keyword is not None}
    if not keywords & MENDED:
        return None
    functions = frozenset(functions_of(node, context))
    for keyword, of, since, mend in _MENDS:
        if keyword in keywords and functions & of and is_gone(since, context.runtime):
            found = mend(node)
            if found is not None:
                return found
    return None


def _bad_lines(call: cst.Call) -> Remedy | None:
    """``error_bad_lines=False`` left out bad lines, and told so unless ``warn_bad_lines=False``."""
    import libcst as cst

    text = "what is done with bad lines is on_bad_lines='error', 'warn' or 'skip' now"
    fails, warns = (_flag(call, one) for one in ("error_bad_lines", "warn_bad_lines"))
    if ... in (fails, warns):
        return Remedy(text=text, safety="report")
    new = _less(call, "warn_bad_lines")
    at = _place(new, "error_bad_lines")
    if fails is not False or argument(new, "on_bad_lines") is not None:
        return Remedy(_less(new, "error_bad_lines"), text=text)
    args = list(new.args)
    value = cst.SimpleString("'warn'" if warns else "'skip'")
    args[at] = named(args[at].with_changes(value=value), "on_bad_lines")
    return Remedy(new.with_changes(args=args), text=text)


def _squeeze(call: cst.Call) -> Remedy | None:
    text = "squeeze=True is .squeeze('columns') behind the call now"
    given = _flag(call, "squeeze")
    if given is False:
        return None
    if given is ...:
        return Remedy(text=text, safety="report")
    return _followed(call, "squeeze", ".squeeze('columns')", text)


def _prefix(call: cst.Call) -> Remedy:
    """Columns that have no names are numbers; other arguments may mean them by the names with the prefix."""
    text = "prefix= is .add_prefix(...) behind the call now"
    keywords = {one.keyword.value for one in call.args if one.keyword is not None}
    value = argument(call, "prefix")
    plain = keywords <= {"prefix", "header", "sep", "delimiter", "encoding", "skiprows", "nrows", "comment",
                         "na_values", "delim_whitespace", "engine", "low_memory"}  # fmt: skip
    if value is None or not plain or constant_of(argument(call, "header")) is not None:
        return Remedy(text=text, safety="report")
    return _followed(call, "prefix", f".add_prefix({code_of(value)})", text)


def _parse_cols(call: cst.Call) -> Remedy:
    text = "parse_cols= is usecols= now, and takes a list instead of the number of the last column"
    value = constant_of(argument(call, "parse_cols"))
    if not isinstance(value, str | list):
        return Remedy(text=text, safety="report")
    at = _place(call, "parse_cols")
    args = list(call.args)
    args[at] = named(args[at], "usecols")
    return Remedy(call.with_changes(args=args), text=text)


def _join_axes(call: cst.Call) -> Remedy:
    """The whole is taken to the index, not each part: integers that miss rows on the way become floats."""
    import libcst as cst

    text = "join_axes=[index] is .reindex(index) behind the call now"
    axes, axis = argument(call, "join_axes"), argument(call, "axis", 1)
    across = constant_of(axis) in (1, "columns")
    if not isinstance(axes, cst.List) or len(axes.elements) != 1 or not (axis is None or across):
        return Remedy(text=text, safety="report")
    index = code_of(axes.elements[0].value)
    return _followed(call, "join_axes", f".reindex({'' if across else 'columns='}{index})", text)


def _followed(call: cst.Call, keyword: str, code: str, text: str) -> Remedy:
    """The call less ``keyword``, with ``code`` behind it."""
    import libcst as cst

    inner = _less(call, keyword).with_changes(lpar=[], rpar=[])
    new = cst.parse_expression(f"x{code}")
    func = cst.ensure_type(cst.ensure_type(new, cst.Call).func, cst.Attribute)
    new = new.with_changes(func=func.with_changes(value=inner), lpar=call.lpar, rpar=call.rpar)
    return Remedy(new, text=text)


def _flag(call: cst.Call, keyword: str) -> object:
    """True, False, None if it is not given, ``...`` if it is something else."""
    value = argument(call, keyword)
    if value is None:
        return None
    found = constant_of(value)
    return found if isinstance(found, bool) else ...


def _place(call: cst.Call, keyword: str) -> int:
    names = [one.keyword.value if one.keyword is not None else "" for one in call.args]
    return names.index(keyword) if keyword in names else -1


def _less(call: cst.Call, keyword: str) -> cst.Call:
    at = _place(call, keyword)
    return call if at < 0 else without_argument(call, at)


_MENDS: tuple[tuple[str, frozenset[str], str, Callable[[cst.Call], Remedy | None]], ...] = (
    ("error_bad_lines", _READERS, "pandas 2.0", _bad_lines),
    ("warn_bad_lines", _READERS, "pandas 2.0", _bad_lines),
    ("squeeze", _SQUEEZED, "pandas 2.0", _squeeze),
    ("prefix", _READERS, "pandas 2.0", _prefix),
    ("parse_cols", _EXCEL, "pandas 1.0", _parse_cols),
    ("join_axes", frozenset({"pandas.concat"}), "pandas 1.0", _join_axes),
)
