"""The family of names that stand elsewhere now, or are called otherwise, or are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Remedy, Rule
from colabify.rules.imports import all_move, moved_import
from colabify.rules.names import is_of_class
from colabify.rules.provided import name_shims
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of, first_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.families.rows import Row
    from colabify.runtime import Runtime


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
