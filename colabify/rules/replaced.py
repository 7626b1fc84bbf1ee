"""Functions for calls of which an expression stands now: ``np.msort(x)`` is ``np.sort(x, axis=0)``.

An import of such a function is dropped where every use of it in the program is rewritten.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from colabify.full_names import qualified
from colabify.rules.base import SAFETIES, Remedy, Rule, Safety, looks_further
from colabify.rules.imports import less_names
from colabify.rules.provided import stand_in
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.steps import Shim


@dataclass(frozen=True, slots=True)
class Written:
    """A call written anew: an expression that needs no brackets round it, and the imports it needs."""

    code: str
    imports: tuple[str, ...] = ()
    safety: Safety = "safe"


@dataclass(frozen=True, slots=True)
class Function:
    """What became of a function: how to write a call of it, None where that is not known.

    ``text`` is told where it is not rewritten, ``since`` as in the rows of families; ``shims`` are filled in.
    """

    write: Callable[[ast.Call, Context], Written | None]
    since: str
    text: str
    shims: tuple[Shim, ...] = ()


class Replaced(Rule):
    """Base of rules for functions that are gone, and for which an expression stands.

    ``functions`` go by full name.
    """

    nodes: ClassVar[tuple[str, ...]] = ("Call", "Attribute", "Name", "ImportFrom")
    functions: ClassVar[Mapping[str, Function]]

    def __init_subclass__(cls) -> None:
        """A rule's words and packages are those of its functions."""
        looks_further(cls)
        if "functions" in cls.__dict__:
            cls.needles = frozenset(name.rpartition(".")[2] for name in cls.functions)
            cls.packages = frozenset(name.partition(".")[0] for name in cls.functions)

    def concerns(self, context: Context) -> bool:
        """Whether one of the functions is used here."""
        return bool(context.here and not context.here.names.isdisjoint(self.functions))

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The expression for a call, the import less what is no longer used, or what is told."""
        import libcst as cst

        if isinstance(node, cst.ImportFrom):
            return self._import(node, context)
        if isinstance(node, cst.Call):
            function = self._function(node.func, context)
            return _called(node, function, context) if function else None
        function = self._function(node, context)
        if function is None or context.qualified(node) not in _uncalled(context):
            return None
        return _told(function)

    def _function(self, node: cst.CSTNode, context: Context) -> Function | None:
        for full in context.full_names(node):
            function = self.functions.get(full)
            if function is not None and is_gone(function.since, context.runtime):
                return replace(function, shims=stand_in(full))
        return None

    def _import(self, node: cst.ImportFrom, context: Context) -> Remedy | None:
        """The import without the functions that nothing uses once all calls are rewritten."""
        import libcst as cst

        if isinstance(node.names, cst.ImportStar) or node.relative or node.module is None:
            return None
        module = code_of(node.module)
        gone: dict[cst.ImportAlias, tuple[Function, Safety]] = {}
        for alias in node.names:
            full = f"{module}.{code_of(alias.name)}"
            function = self.functions.get(full)
            if function is not None and is_gone(function.since, context.runtime):
                gone[alias] = (function, _safety_of_uses(full, function, context))
        if not gone:
            return None
        safety = min((one for _, one in gone.values()), key=SAFETIES.index)
        first = next(function for function, one in gone.values() if one == safety)
        provided = [stand_in(f"{module}.{code_of(alias.name)}") for alias in gone]
        shims = tuple(shim for each in provided for shim in each) if all(provided) else ()
        text = first.text
        if safety == "report":
            return replace(_told(first), shims=shims)
        staying = [one for one in node.names if one not in gone or gone[one][1] != safety]
        if not staying:
            return Remedy((), text=text, safety=safety, shims=shims)
        return Remedy((less_names(node, staying),), text=text, safety=safety, shims=shims)


def _called(node: cst.Call, function: Function, context: Context) -> Remedy:
    """The expression for a call; it is looked at where it stands, since names may mean several things."""
    import libcst as cst

    call = ast.parse(code_of(node), mode="eval").body
    code = ast.unparse(call)
    alike = [one for one in _calls(context) if ast.unparse(one) == code]
    found = [_written(one, function, context) for one in alike or (call,)]
    news = [one for one in found if one is not None]
    if len(news) < len(found) or len({one.code for one in news}) > 1:
        return _told(function)
    written = max(news, key=lambda one: SAFETIES.index(one.safety))
    new = cst.parse_expression(written.code).with_changes(lpar=node.lpar, rpar=node.rpar)
    return Remedy(
        new, written.imports, function.text, written.safety,
        shims=function.shims, since=function.since,
    )  # fmt: skip


def _told(function: Function) -> Remedy:
    return Remedy(text=function.text, safety="report", shims=function.shims, since=function.since)


def _written(call: ast.expr, function: Function, context: Context) -> Written | None:
    """How to write a call; None if that is not known, nor what is unpacked into it."""
    if not isinstance(call, ast.Call) or any(isinstance(one, ast.Starred) for one in call.args):
        return None
    if any(one.arg is None for one in call.keywords):
        return None
    return function.write(call, context)


def _safety_of_uses(full: str, function: Function, context: Context) -> Safety:
    """How safe it is to rewrite all uses of a function: the least safe of them counts."""
    if full in _uncalled(context):
        return "report"
    calls = [one for one in _calls(context) if qualified(one.func, context.names) == full]
    written = [_written(one, function, context) for one in calls]
    safeties = [one.safety if one else "report" for one in written]
    return max(safeties, key=SAFETIES.index, default="safe")


def _calls(context: Context) -> Iterator[ast.Call]:
    for unit in context.units:
        yield from unit.of(ast.Call)


def _uncalled(context: Context) -> frozenset[str]:
    """The full names of what the program uses other than by calling it: ``map(imresize, images)``."""
    called = {id(one.func) for one in _calls(context)}
    return frozenset(
        qualified(node, context.names)
        for unit in context.units
        for node in unit.of(ast.Name, ast.Attribute)
        if isinstance(node.ctx, ast.Load) and id(node) not in called
    )


def is_put(full: str, context: Context) -> bool:
    """Whether the program puts something of its own under a full name: ``np.load = my_load``."""
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and qualified(node, context.names) == full
        for unit in context.units
        for node in unit.nodes
    )


def arguments(call: ast.Call, *names: str) -> dict[str, ast.expr] | None:
    """The arguments of a call by name, the positional ones by ``names``; None if one has no name there."""
    if len(call.args) > len(names):
        return None
    found = dict(zip(names, call.args, strict=False))
    for one in call.keywords:
        if one.arg not in names or one.arg in found:
            return None
        found[one.arg] = one.value
    return found


def atom(node: ast.expr) -> str:
    """An expression's code, in brackets if an attribute of it could not be taken otherwise."""
    code = ast.unparse(node)
    if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.List | ast.Tuple):
        return code
    return f"({code})"
