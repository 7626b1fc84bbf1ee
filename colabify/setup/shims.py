"""The step of the setup cell that provides what libraries have dropped, for code that stays as it is.

What it does is said by tables in the cell, a row for each thing; a library is imported only if a row is
of it. A second run of the cell changes nothing, and what a library still has is left alone.
"""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Any

from colabify.setup import shim_texts as texts
from colabify.setup.literals import filled
from colabify.setup.stand_ins import SHORT, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.steps import Setup, Shim


def shim_blocks(setup: Setup) -> list[str]:
    """The lines that make code run which nobody rewrites; none if all runs as it is."""
    by_kind: dict[str, list[Shim]] = {}
    for one in setup.shims:
        by_kind.setdefault(one.kind, []).append(one)
    functions = [one.old for one in by_kind.get("function", ())]
    short = [f'        ("{old}", {SHORT[old]}),' for old in functions if old in SHORT]
    longer = {TEXTS[old]: [one for one in functions if TEXTS.get(one) == TEXTS[old]]
              for old in functions if old in TEXTS}  # fmt: skip
    blocks = [
        *_table(
            texts.NAMES, names=[(one.old, _in_full(one.new)) for one in by_kind.get("name", ())]
        ),
        *_table(
            texts.CALLS, calls=[(one.old, one.new, _given(one)) for one in by_kind.get("call", ())]
        ),
        *_table(texts.METHODS, methods=list(map(_method, by_kind.get("method", ())))),
        *([texts.SHORT.replace("$short", "\n".join(short))] if short else []),
    ]
    wraps = [
        *(filled(text, names=names) for text, names in longer.items()),
        *_table(texts.ORDERS, orders=list(map(_order, by_kind.get("order", ())))),
        *_table(texts.KEYWORDS, keywords=list(map(_keyword, by_kind.get("keyword", ())))),
        *_table(texts.DEFAULTS, defaults=list(map(_default, by_kind.get("default", ())))),
    ]
    if any("wrap(" in one for one in wraps):
        blocks.append(texts.WRAP)
    blocks += wraps
    return [
        *([texts.REACH] if blocks else []),
        *blocks,
        *_table(texts.STYLES, styles=[(one.old, one.new) for one in by_kind.get("style", ())]),
        *_table(texts.MAPS, maps=[(one.old, one.new) for one in by_kind.get("map", ())]),
    ]


def environment_blocks(setup: Setup) -> list[str]:
    """The line that sets what libraries look for in the environment when they are imported."""
    if not setup.environment:
        return []
    return [filled(texts.ENVIRONMENT, variables=dict(setup.environment))]


def _table(text: str, **rows: Sequence[Any]) -> Iterable[str]:
    """The block with its rows; none if there are no rows."""
    return [filled(text, **rows)] if any(rows.values()) else []


def _in_full(name: str) -> str:
    """A builtin with its module; modules and other names as they are."""
    return f"builtins.{name}" if hasattr(builtins, name) else name


def _given(shim: Shim) -> dict[str, Any]:
    return {name: ast.literal_eval(value) for name, value in shim.values}


def _method(shim: Shim) -> tuple[str, str, str]:
    kind, _, old = shim.old.rpartition(".")
    return kind, old, shim.new


def _order(shim: Shim) -> tuple[str, int, str]:
    taken, _, names = shim.new.partition(" ")
    return shim.old, int(taken), names


def _keyword(shim: Shim) -> tuple[Any, ...]:
    function, _, old = shim.old.rstrip(")").partition("(")
    row = (function, old, shim.new or None)
    values = {ast.literal_eval(old): ast.literal_eval(new) for old, new in shim.values}
    return (*row, values) if values else row


def _default(shim: Shim) -> tuple[str, str, Any]:
    function, _, name = shim.old.rstrip(")").partition("(")
    return function, name, ast.literal_eval(shim.new)
