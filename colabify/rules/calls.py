"""Calls: whose they are, and their arguments."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.rules.base import SAFETIES, Remedy, Safety
from colabify.rules.provided import keyword_shims
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.families import Keyword
    from colabify.runtime import Runtime
    from colabify.steps import Shim


def functions_of(call: cst.Call, context: Context) -> tuple[str, ...]:
    """What a call may call: full names, or the kind and the method, ``pandas.DataFrame.drop``."""
    found = context.full_names(call.func)
    if found or type(call.func).__name__ != "Attribute":
        return found
    kind = context.kind(call.func.value)  # type: ignore[attr-defined]
    return (f"{kind}.{call.func.attr.value}",) if kind else ()  # type: ignore[attr-defined]


def argument(
    call: cst.Call, keyword: str, position: int | None = None
) -> cst.BaseExpression | None:
    """The value of an argument by its keyword, or by its position (from 0) before any star."""
    for index, one in enumerate(call.args):
        if one.keyword is not None and one.keyword.value == keyword:
            return one.value
        if one.star:
            position = None
        elif one.keyword is None and index == position:
            return one.value
    return None


def text_of(node: cst.BaseExpression | None) -> str | None:
    """The text of a string literal; None for anything else."""
    value = constant_of(node)
    return value if isinstance(value, str) else None


def constant_of(node: cst.BaseExpression | None) -> object:
    """The value of a literal (a string, a number, None, a list of them); ``...`` for anything else."""
    import libcst as cst

    if node is None:
        return ...
    try:
        value: object = ast.literal_eval(cst.Module([]).code_for_node(node))
    except (ValueError, SyntaxError):
        return ...
    return value


def has_star(call: cst.Call) -> bool:
    """Whether arguments are unpacked into the call, so that what it is given is not known."""
    return any(one.star for one in call.args)


def named(arg: cst.Arg, keyword: str) -> cst.Arg:
    """The argument by keyword, with the comma and spaces that it has."""
    import libcst as cst

    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return arg.with_changes(keyword=cst.Name(keyword), equal=equal)


def with_keyword(call: cst.Call, keyword: str, code: str) -> cst.Call:
    """The call with one more keyword argument, behind the others; ``code`` is its value."""
    import libcst as cst

    added = named(cst.Arg(cst.parse_expression(code)), keyword)
    args = list(call.args)
    if args and args[-1].star == "**":
        return call.with_changes(args=[*args[:-1], added.with_changes(comma=comma()), args[-1]])
    if args:
        last = args[-1]
        trailing = last.comma
        if isinstance(trailing, cst.Comma):
            added = added.with_changes(comma=trailing)
            previous = args[-2].comma if len(args) > 1 else comma()
            args[-1] = last.with_changes(comma=previous)
        else:
            space = last.whitespace_after_arg
            added = added.with_changes(whitespace_after_arg=space)
            args[-1] = last.with_changes(
                comma=comma(), whitespace_after_arg=cst.SimpleWhitespace("")
            )
    return call.with_changes(args=[*args, added])


def without_argument(call: cst.Call, index: int) -> cst.Call:
    """The call less its argument at ``index``."""
    import libcst as cst

    args = list(call.args)
    taken = args.pop(index)
    if args and index == len(args):
        args[-1] = args[-1].with_changes(
            comma=taken.comma, whitespace_after_arg=taken.whitespace_after_arg
        )
        if not isinstance(taken.comma, cst.Comma):
            args[-1] = args[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return call.with_changes(args=args)


def without_keyword(call: cst.Call, keyword: str) -> Remedy | None:
    """The call without a keyword argument that is gone; None if it has none of that name."""
    for index, one in enumerate(call.args):
        if one.keyword is not None and one.keyword.value == keyword:
            text = f"there is no {keyword}= any more"
            return Remedy(without_argument(call, index), text=text)
    return None


def mended_call(
    call: cst.Call, functions: Sequence[str], rows: Mapping[str, Keyword], runtime: Runtime
) -> Remedy | None:
    """What becomes of a call of one of ``functions`` by the rows of its keywords; see ``Keywords``."""
    import libcst as cst

    new, said, told = call, [], None
    safety: Safety = "safe"
    fails = False
    found: list[tuple[Shim, ...]] = []
    for index in reversed(range(len(call.args))):
        one = call.args[index]
        if one.keyword is None:
            continue
        function, row = _row(functions, one.keyword.value, rows, runtime)
        if row is None:
            continue
        mended = _mended(new, index, row)
        if mended is None:
            continue
        text = row.text or _in_words(one.keyword.value, row)
        found.append(keyword_shims(function, one.keyword.value, row))
        if isinstance(mended, str) or row.safety == "report":
            told = Remedy(text=text, safety="report", fails=row.fails, since=row.since)
            continue
        new, fails = mended, fails or row.fails
        safety = max(safety, row.safety, key=SAFETIES.index)
        said.append(text)
    shims = tuple(shim for each in reversed(found) for shim in each) if all(found) else ()
    if said and isinstance(new, cst.Call):
        text = "; ".join(reversed(said))
        return Remedy(new, text=text, safety=safety, fails=fails, shims=shims)
    return replace(told, shims=shims) if told else None


def _row(
    functions: Sequence[str], keyword: str, rows: Mapping[str, Keyword], runtime: Runtime
) -> tuple[str, Keyword | None]:
    for function in functions:
        row = rows.get(f"{function}({keyword})")
        if row is not None and is_gone(row.since, runtime):
            return function, row
    return "", None


def _mended(call: cst.Call, index: int, row: Keyword) -> cst.Call | str | None:
    """The call with one argument mended; None if it is right as it is, text if it cannot be mended."""
    import libcst as cst

    one = call.args[index]
    value = cst.Module([]).code_for_node(one.value)
    changed = (row.values or {}).get(value) or (row.values or {}).get(_canonical(value))
    if row.only and changed is None:
        return None
    if row.drop:
        return without_argument(call, index)
    if not row.new and changed is None:
        return "nothing stands for it"
    if changed is not None:
        changed = _in_quotes_of(value, changed)
        one = one.with_changes(value=cst.parse_expression(changed))
    if row.new:
        if any(other.keyword and other.keyword.value == row.new for other in call.args):
            return None  # both are given: the author knows of it
        one = one.with_changes(keyword=cst.Name(row.new))
    args = list(call.args)
    args[index] = one
    return call.with_changes(args=args)


def _canonical(code: str) -> str:
    """A string literal as ``repr`` writes it, so that quotes do not matter."""
    try:
        return repr(ast.literal_eval(code))
    except (ValueError, SyntaxError):
        return code


def _in_quotes_of(old: str, new: str) -> str:
    """A string literal in double quotes, if it stands for one in double quotes."""
    quoted = old[:1] == old[-1:] == '"' and new[:1] == new[-1:] == "'" and '"' not in new
    return f'"{new[1:-1]}"' if quoted else new


def _in_words(keyword: str, row: Keyword) -> str:
    if row.drop:
        return f"there is no {keyword}= any more"
    return f"{keyword}= is {row.new}= now" if row.new else f"{keyword}= takes other values now"


def comma() -> cst.Comma:
    """A comma with a space behind it."""
    import libcst as cst

    return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
