"""The family of methods and attributes of objects that are called otherwise, or are gone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Remedy, Rule, looks_further
from colabify.rules.provided import method_shims, stand_in
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.families.rows import Row
    from colabify.runtime import Runtime


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
