"""Families: rules whose members are rows of a table, because each is the same rewrite.

A row's ``since`` is the distribution, and the version of it, that no longer has the old name
(``"numpy 1.24"``, ``"python 3.12"``): on a runtime with an older one there is nothing to do.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Remedy, Rule, Safety
from colabify.rules.calls import functions_of, mended_call
from colabify.rules.imports import all_move, code_of, first_name, moved_import
from colabify.rules.names import is_of_class
from colabify.rules.provided import method_shims, name_shims, stand_in
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a name.

    ``new`` is the full name that stands for it now, empty if none does; ``text`` what to tell where it is
    not rewritten. ``module``: it is a module, of which the members keep their names. ``binding`` is the
    name under which the new module is imported where it has none (``"np"``). ``shim``: the new name may be
    provided under the old one for code that stays as it is.
    """

    new: str = ""
    since: str = ""
    text: str = ""
    safety: Safety = "safe"
    module: bool = False
    binding: str = ""
    shim: bool = True
    fails: bool = True


def looks_further(cls: type[Rule]) -> None:
    """Have a rule see all units that hold its words, if it looks at more than its family does."""
    if "check" in cls.__dict__ and "concerns" not in cls.__dict__:
        cls.concerns = Rule.concerns  # type: ignore[method-assign]


class Renamed(Rule):
    """Base of rules for names that stand elsewhere now, or are called otherwise, or are gone.

    ``rows`` go by full name. In an import the name is taken from where it is now, and keeps being called
    what the program calls it; where it is reached by dots, it is spelled anew.
    """

    nodes: ClassVar[tuple[str, ...]] = ("Attribute", "ImportFrom", "Import", "Name")
    rows: ClassVar[Mapping[str, Row]] = {}

    def __init_subclass__(cls) -> None:
        """A rule's words and packages are those of its rows."""
        if "rows" in cls.__dict__:
            cls.needles = frozenset(name.rpartition(".")[2] for name in cls.rows)
            cls.packages = frozenset(name.partition(".")[0] for name in cls.rows)

    def concerns(self, context: Context) -> bool:
        """Whether a name of the rows, or of a module among them, is used here."""
        names = context.here.names if context.here else ()
        return any(self.row_for(name, context.runtime) is not None for name in names)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name that ``node`` uses or imports."""
        kind = type(node).__name__
        if kind in ("Import", "ImportFrom"):
            return moved_import(node, context, self.row_for)
        for full in context.full_names(node):
            found = self.row_for(full, context.runtime)
            if found is None or self._comes_along(node, full, found[1], context):
                continue
            return _respelled(node, full, *found, context)
        return None

    def _comes_along(self, node: cst.CSTNode, full: str, new: str, context: Context) -> bool:
        """Whether a name stays as it is since the import that binds it is mended: ``moved_import``."""
        name = first_name(node)
        target = context.names.get(name)
        if target is None:
            return self._came_with_all(node, full, new, context)
        if target == full:
            renamed = "." not in full and name == full and new.rpartition(".")[2] != full
            if renamed and all_move(full, context, self.row_for):
                return False  # its import binds the new module's own name
            return not is_of_class(new) or full in context.tried
        found = self.row_for(target, context.runtime)
        if found is None or f"{found[1]}{full[len(target) :]}" != new:
            return False
        return name != target or found[1].rpartition(".")[2] == name

    def _came_with_all(self, node: cst.CSTNode, full: str, new: str, context: Context) -> bool:
        """Whether an ``import *``, mended or told, is all there is to a name: who knows if it brought it."""
        name = code_of(node)
        found = self.row_for(full.removesuffix(f".{name}"), context.runtime)
        return found is not None and (full not in self.rows or f"{found[1]}.{name}" == new)

    def row_for(self, full: str, runtime: Runtime) -> tuple[Row, str] | None:
        """The row for a full name, and the new full name; its module's row stands for a member."""
        row = self.rows.get(full)
        if row is not None:
            return (row, row.new) if is_gone(row.since, runtime) else None
        module, _, name = full.rpartition(".")
        while module:
            row = self.rows.get(module)
            if row is not None and row.module:
                new = f"{row.new}.{name}" if row.new else ""
                return (row, new) if is_gone(row.since, runtime) else None
            module, _, above = module.rpartition(".")
            name = f"{above}.{name}"
        return None


def _respelled(node: cst.CSTNode, full: str, row: Row, new: str, context: Context) -> Remedy | None:
    """The remedy for a name that is reached by dots, or that no import can bring under the old name."""
    import libcst as cst

    shims = name_shims(full, new, allowed=row.shim)
    text = row.text or f"{full} is {new} now"
    if not new or ("." not in new and new in context.bound):
        return Remedy(text=text, safety="report", fails=row.fails, shims=shims, since=row.since)
    imports: tuple[str, ...] = ()
    if is_of_class(new) and context.names.get(first_name(node)) == full:
        owner, _, name = new.rpartition(".")
        spelled = f"{owner.rpartition('.')[2]}.{name}"  # its import brings the class
    else:
        spelled, imports = context.spell(new, binding=row.binding)
    if spelled == code_of(node):
        return None
    expression = cst.parse_expression(spelled)
    if isinstance(node, cst.Attribute | cst.Name):
        expression = expression.with_changes(lpar=node.lpar, rpar=node.rpar)
    return Remedy(expression, imports, text, row.safety, row.fails, shims, row.since)


@dataclass(frozen=True, slots=True)
class Keyword:
    """What became of a keyword argument.

    ``new`` is its name now, empty if the call is right without it. ``values`` says what a value became
    (both as Python writes them: ``"'auto'"``, ``"None"``); ``only``: nothing but these values is mended.
    ``shim``: the setup cell may have the function take it as it is.
    """

    new: str = ""
    since: str = ""
    text: str = ""
    safety: Safety = "safe"
    values: Mapping[str, str] | None = None
    only: bool = False
    drop: bool = False
    fails: bool = True
    shim: bool = True


class Keywords(Rule):
    """Base of rules for keyword arguments that are called otherwise, or that no longer exist.

    ``rows`` go by ``function(keyword)``: a full name, or a kind and its method, as in
    ``sklearn.preprocessing.OneHotEncoder(sparse)`` and ``pandas.DataFrame.to_csv(line_terminator)``.
    """

    nodes: ClassVar[tuple[str, ...]] = ("Call",)
    rows: ClassVar[Mapping[str, Keyword]]

    def __init_subclass__(cls) -> None:
        """A rule's words are the keywords of its rows, its packages those of the functions."""
        looks_further(cls)
        if "rows" in cls.__dict__:
            cls.needles = frozenset(name.partition("(")[2].rstrip(")") for name in cls.rows)
            cls.packages = frozenset(name.partition(".")[0] for name in cls.rows)

    def concerns(self, context: Context) -> bool:
        """Whether a call here has a keyword of the rows."""
        keywords = context.here.keywords if context.here else ()
        if any(f"{function}({keyword})" in self.rows for function, keyword in keywords):
            return True
        rows = {one.rpartition(".")[2] for one in self.rows}
        return any(f"{name}({keyword})" in rows for name, keyword in keywords)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with all its keywords brought up to date."""
        import libcst as cst

        if not isinstance(node, cst.Call) or not any(one.keyword for one in node.args):
            return None
        functions = functions_of(node, context)
        return mended_call(node, functions, self.rows, context.runtime) if functions else None


class Methods(Rule):
    """Base of rules for methods and attributes of objects that are called otherwise, or are gone.

    ``rows`` go by kind and name, ``pandas.DataFrame.as_matrix``; ``new`` is the new name alone, and
    ``rare`` names of which no other library has the like: they are told of where the kind is not known.
    """

    nodes: ClassVar[tuple[str, ...]] = ("Attribute",)
    rows: ClassVar[Mapping[str, Row]]
    rare: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """A rule's words and packages are those of its rows."""
        looks_further(cls)
        if "rows" in cls.__dict__:
            cls.needles = frozenset(name.rpartition(".")[2] for name in cls.rows)
            cls.packages = frozenset(name.partition(".")[0] for name in cls.rows)

    def concerns(self, context: Context) -> bool:
        """Whether an attribute here is called as one of the rows is, and may belong to its kind."""
        if context.unit is None or context.here is None:
            return True
        if context.here.attributes.isdisjoint(self.needles):
            return False
        return any(
            one.attr in self.needles and self._may_be_of(context.kinds.of(one.value), one.attr)
            for one in context.unit.of(ast.Attribute)
        )

    def _may_be_of(self, kind: str, name: str) -> bool:
        return f"{kind}.{name}" in self.rows or (not kind and name in self.rare)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The attribute under its new name, if what it belongs to is known for sure."""
        import libcst as cst

        if not isinstance(node, cst.Attribute) or node.attr.value not in self.needles:
            return None
        if context.full_names(node.value):
            return None  # a module's, or a class's own
        name, kind = node.attr.value, context.kind(node.value)
        row = self.rows.get(f"{kind}.{name}")
        if row is None and not kind and name in self.rare:
            return self._rare(name, context.runtime)
        if row is None or not is_gone(row.since, context.runtime):
            return None
        text = row.text or f".{name} is .{row.new} now"
        shims = method_shims(kind, name, row)
        if not row.new:
            return Remedy(None, (), text, "report", row.fails, shims, row.since, stand_in(kind))
        new = node.with_changes(attr=cst.Name(row.new))
        return Remedy(new, (), text, row.safety, row.fails, shims, row.since, stand_in(kind))

    def _rare(self, name: str, runtime: Runtime) -> Remedy | None:
        """What is said of a name that no other library has, and provided for all that had it."""
        rows = {full: row for full, row in self.rows.items() if full.rpartition(".")[2] == name}
        first = next(iter(rows.values()))
        if not is_gone(first.since, runtime):
            return None
        shims = [method_shims(full.rpartition(".")[0], name, row) for full, row in rows.items()]
        every = tuple(shim for each in shims for shim in each) if all(shims) else ()
        text = first.text or f".{name} is .{first.new} now"
        return Remedy(text=text, safety="report", fails=False, shims=every)
