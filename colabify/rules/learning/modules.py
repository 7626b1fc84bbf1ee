"""A family of its own: modules that moved, which the program has under a name of their own.

After ``from sklearn import cross_validation`` has become ``from sklearn import model_selection as
cross_validation``, ``cross_validation.train_test_split`` is right as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.families import Renamed
from colabify.rules.spelling import code_of
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.families import Row


class MovedModules(Renamed):
    """Base of rules for names in modules that moved; what is reached through such a module stays."""

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name that ``node`` uses or imports."""
        import libcst as cst

        if isinstance(node, cst.ImportFrom):
            return self._top_imported(node, context) or super().check(node, context)
        if isinstance(node, cst.Attribute) and self._stays(node, context):
            return None
        return super().check(node, context)

    def _stays(self, node: cst.Attribute, context: Context) -> bool:
        """Whether ``module.name`` is right once the import of ``module`` is."""
        import libcst as cst

        if not isinstance(node.value, cst.Name):
            return False
        module = context.names.get(node.value.value, "")
        owner = self.row_for(module, context.runtime) if "." in module else None
        member = self.row_for(f"{module}.{node.attr.value}", context.runtime)
        if owner is None or member is None or not owner[1]:
            return False
        return member[1] == f"{owner[1]}.{node.attr.value}"

    def _top_imported(self, node: cst.ImportFrom, context: Context) -> Remedy | None:
        """``import joblib`` for ``from a import joblib``, if that is a module of its own now."""
        import libcst as cst

        if isinstance(node.names, cst.ImportStar) or node.module is None or node.relative:
            return None
        moved: list[tuple[cst.ImportAlias, Row, str]] = []
        staying: list[cst.ImportAlias] = []
        for alias in node.names:
            full = f"{code_of(node.module)}.{code_of(alias.name)}"
            found = self.row_for(full, context.runtime)
            if found is not None and found[0].module and found[1] and "." not in found[1]:
                moved.append((alias, *found))
            else:
                staying.append(alias.with_changes(comma=cst.MaybeSentinel.DEFAULT))
        if not moved:
            return None
        made: list[cst.BaseSmallStatement] = [
            cst.Import([_called(alias, new)]) for alias, _, new in moved
        ]
        if staying:
            made.append(node.with_changes(names=staying, lpar=None, rpar=None))
        shims = tuple(
            Shim(f"{code_of(node.module)}.{code_of(alias.name)}", new) for alias, _, new in moved
        )
        return Remedy(tuple(made), text=f"{moved[0][2]} is a package of its own now", shims=shims)


def _called(alias: cst.ImportAlias, module: str) -> cst.ImportAlias:
    """The import of ``module`` under the name that it had."""
    import libcst as cst

    name = code_of(alias.asname.name) if alias.asname else code_of(alias.name)
    asname = None if name == module else cst.AsName(cst.Name(name))
    return cst.ImportAlias(cst.Name(module), asname=asname)
