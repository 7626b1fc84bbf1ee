"""The step of the setup cell that provides what libraries have dropped, for code that stays as it is.

What it does is said by tables in the cell, a row for each thing; a library is imported only if a row is
of it. A second run of the cell changes nothing, and what a library still has is left alone.
"""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Any

from colabify.setup.literals import filled
from colabify.setup.stand_ins import SHORT, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.steps import Setup, Shim

_REACH = '''\
    # What libraries have dropped, for code of the course that still uses it
    import importlib
    import types

    def reach(name, make=False):
        """What has that full name; on request an empty module if there is none any more."""
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            above, _, last = name.rpartition(".")
            if not f"{name}.".startswith(f"{error.name}.") or not (above or make):
                raise
        if above and (hasattr(reach(above, make), last) or not make):
            found = getattr(reach(above), last)
            if isinstance(found, types.ModuleType):
                sys.modules.setdefault(name, found)  # so that it can be imported from
            return found
        made = sys.modules[name] = types.ModuleType(name)
        if above:
            setattr(reach(above), last, made)
        return made

    def provide(old, made):
        """Put what was made under that full name, unless a library has one."""
        above, _, last = old.rpartition(".")
        if isinstance(made, types.ModuleType):
            sys.modules.setdefault(old, made)
        if above and not hasattr(reach(above, make=True), last):
            setattr(reach(above), last, made)
            if isinstance(getattr(reach(above), "__all__", None), list):
                reach(above).__all__.append(last)  # for import *

    def missing(old, error):
        print(f"This machine has nothing that could stand for {old} ({error}).")
'''
_NAMES = """\
    # Names: the old one, and the one that stands for it
    for old, new in $names:
        try:
            provide(old, reach(new))
        except (ImportError, AttributeError) as error:
            missing(old, error)
"""
_CALLS = """\
    # Names of what is called with more arguments now: the old one, the new one, the arguments
    import functools

    for old, new, more in $calls:
        try:
            provide(old, functools.partial(reach(new), **more))
        except (ImportError, AttributeError) as error:
            missing(old, error)
"""
_METHODS = """\
    # Methods and attributes: the class, the old name, the present one
    import operator

    for kind, old, new in $methods:
        try:
            reach(kind)
            provide(f"{kind}.{old}", property(operator.attrgetter(new)))
        except (ImportError, AttributeError) as error:
            missing(f"{kind}.{old}", error)
"""
_SHORT = """\
    # Functions and methods that are short to write with what there is
    for old, made in [
$short
    ]:
        try:
            reach(old.partition(".")[0])
            provide(old, made)
        except (ImportError, AttributeError) as error:
            missing(old, error)
"""
_WRAP = '''\
    import functools
    import inspect

    def wrap(row, made):
        """Put made(function, its signature, *what the row says) in the place of the row's function, once.

        Of a class it is what makes its objects. None is made if there is nothing to do.
        """
        above, _, last = row[0].rpartition(".")
        try:
            owner, found = reach(above), reach(row[0])
            if isinstance(found, type):
                last = "__new__" if found.__init__ is object.__init__ else "__init__"
                owner, found = found, getattr(found, last)
            signature = inspect.signature(found)
        except (ImportError, AttributeError, ValueError) as error:
            return missing(row[0], error)
        call = None if row in getattr(found, "rows", ()) else made(found, signature, *row[1:])
        if call is not None:
            call = functools.wraps(found)(call)
            call.rows = [*getattr(found, "rows", ()), row]
            call.__signature__ = signature
            home = sys.modules.get(found.__module__)
            if getattr(home, last, None) is found:  # where it is looked for when it is pickled
                setattr(home, last, call)
            setattr(owner, last, staticmethod(call) if last == "__new__" else call)
'''
_ORDERS = """\
    # Arguments that are given by keyword alone now: the function, how many are taken by position,
    # and the names of the others
    def by_name(found, signature, taken, names):
        taken += next(iter(signature.parameters), "") == "self"

        def call(*args, **given):
            try:
                signature.bind(*args, **given)
            except TypeError:
                given = {**dict(zip(names.split(), args[taken:])), **given}
                args = args[:taken]
            return found(*args, **given)

        return call

    for row in $orders:
        wrap(row, by_name)
"""
_KEYWORDS = """\
    # Arguments: the function, the name that it had, its name now (None: it is left out); where values
    # follow, these alone, each with what it is now
    def accepting(found, signature, old, new, values=None):
        if old in signature.parameters and (old != new if values is None else new not in (old, None)):
            return None  # it is taken as it is

        def call(*args, **given):
            if old in given and (old == new or new not in given):
                value = given[old]
                plain = isinstance(value, (str, int, float, type(None)))
                if values is None or (plain and value in values):
                    del given[old]
                    if new is not None:
                        given[new] = value if values is None else values[value]
            return found(*args, **given)

        return call

    for row in $keywords:
        wrap(row, accepting)
"""
_DEFAULTS = """\
    # Arguments that had other defaults: the function, the argument, the value that it had
    def defaulting(found, signature, name, value):
        def call(*args, **given):
            if name not in signature.bind_partial(*args, **given).arguments:
                given[name] = value
            return found(*args, **given)

        return call

    for row in $defaults:
        wrap(row, defaulting)
"""
_STYLES = """\
    # matplotlib's styles under the names that they had
    from matplotlib import style

    for old, new in $styles:
        style.library.setdefault(old, style.library[new])
"""
_MAPS = """\
    # matplotlib's colour maps under the names that they had
    from matplotlib import colormaps

    for old, new in $maps:
        if old not in colormaps:
            colormaps.register(colormaps[new], name=old)
"""
_ENVIRONMENT = """\
    import os

    os.environ.update($variables)
"""


def shim_blocks(setup: Setup) -> list[str]:
    """The lines that make code run which nobody rewrites; none if all runs as it is."""
    by_kind: dict[str, list[Shim]] = {}
    for one in setup.shims:
        by_kind.setdefault(one.kind, []).append(one)
    functions = [one.old for one in by_kind.get("function", ())]
    short = [f'        ("{old}", {SHORT[old]}),' for old in functions if old in SHORT]
    texts = {TEXTS[old]: [one for one in functions if TEXTS.get(one) == TEXTS[old]]
             for old in functions if old in TEXTS}  # fmt: skip
    blocks = [
        *_table(_NAMES, names=[(one.old, _in_full(one.new)) for one in by_kind.get("name", ())]),
        *_table(_CALLS, calls=[(one.old, one.new, _given(one)) for one in by_kind.get("call", ())]),
        *_table(_METHODS, methods=list(map(_method, by_kind.get("method", ())))),
        *([_SHORT.replace("$short", "\n".join(short))] if short else []),
    ]
    wraps = [
        *(filled(text, names=names) for text, names in texts.items()),
        *_table(_ORDERS, orders=list(map(_order, by_kind.get("order", ())))),
        *_table(_KEYWORDS, keywords=list(map(_keyword, by_kind.get("keyword", ())))),
        *_table(_DEFAULTS, defaults=list(map(_default, by_kind.get("default", ())))),
    ]
    if any("wrap(" in one for one in wraps):
        blocks.append(_WRAP)
    blocks += wraps
    return [
        *([_REACH] if blocks else []),
        *blocks,
        *_table(_STYLES, styles=[(one.old, one.new) for one in by_kind.get("style", ())]),
        *_table(_MAPS, maps=[(one.old, one.new) for one in by_kind.get("map", ())]),
    ]


def environment_blocks(setup: Setup) -> list[str]:
    """The line that sets what libraries look for in the environment when they are imported."""
    if not setup.environment:
        return []
    return [filled(_ENVIRONMENT, variables=dict(setup.environment))]


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
