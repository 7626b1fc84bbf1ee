"""Whether the code names a file before it reads it, and so may well make it."""

from __future__ import annotations

import ast
import itertools
import posixpath
from typing import TYPE_CHECKING

from colabify.full_names import qualified

if TYPE_CHECKING:
    from colabify.analysis.paths.uses import PathUse
    from colabify.facts import Facts

_MAKE_NOTHING = frozenset({"bool", "isinstance", "len", "open", "print", "repr", "set", "str"})


def is_named_before(use: PathUse, facts: Facts) -> bool:
    """Whether the code names the file before it reads it.

    ``ModelCheckpoint("net.h5")`` comes before ``load_model("net.h5")``; the ending may differ, as that
    of ``np.save("x", x)`` does. So does ``Runner(model, name)`` before ``open(name)``.
    """
    stem = posixpath.splitext(use.text)[0]
    unread = (cell.source for cell in facts.program.cells if cell.unit is None)
    if any(stem in source for source in unread):
        return True
    reads = {id(one) for other in facts.paths if other.use == "read" for one in other.literals}
    before = _nodes_before(use, facts)
    named = any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in reads
        and posixpath.splitext(node.value)[0] == stem
        for node in before
    )
    return named or (isinstance(use.node, ast.Name) and _is_handed_on(use.node.id, before, facts))


def _nodes_before(use: PathUse, facts: Facts) -> list[ast.AST]:
    units = itertools.takewhile(lambda unit: unit is not use.unit, facts.program.units)
    before = [node for unit in units for node in sorted(unit.nodes, key=_line)]
    inside = [node for node in use.unit.nodes if getattr(node, "lineno", use.line) < use.line]
    return before + sorted(inside, key=_line)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _is_handed_on(name: str, before: list[ast.AST], facts: Facts) -> bool:
    """Whether some call that may make a file is given the variable, since it has its value."""
    stored = [
        at
        for at, node in enumerate(before)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    reads = {id(one.node) for one in facts.paths if one.use != "write"}
    calls = (one for one in before[stored[-1] :] if isinstance(one, ast.Call)) if stored else ()
    return any(
        isinstance(one, ast.Name) and one.id == name and id(one) not in reads
        for call in calls
        if not _makes_nothing(call, facts)
        for one in (*call.args, *(word.value for word in call.keywords))
    )


def _makes_nothing(call: ast.Call, facts: Facts) -> bool:
    called = qualified(call.func, facts.names)
    return called in _MAKE_NOTHING or called.startswith(("os.", "pathlib."))
