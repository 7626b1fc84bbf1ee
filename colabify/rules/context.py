"""What a rule may ask about the program round a node."""

from __future__ import annotations

import ast
import builtins
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.rules.names import up_to_class
from colabify.rules.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import libcst as cst

    from colabify.analysis.kinds import Kinds
    from colabify.escapes import Escape
    from colabify.rules.whole import Here
    from colabify.runtime import Runtime
    from colabify.unit import Unit

_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Context:
    """A program (all cells of a notebook, or one module), and the runtime on which it is to run.

    ``unit`` is the cell, or the module, whose nodes a rule is shown; ``escapes`` are every magic and shell
    line of the program.
    """

    units: Sequence[Unit]
    runtime: Runtime
    unit: Unit | None = None
    escapes: Sequence[Escape] = ()
    whole: Whole = field(init=False)
    _kinds: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """What is known of the whole is shared by the contexts of all its units.

        ``%pylab`` is read as the imports that it stands for.
        """
        magics = [one for one in self.escapes if one.kind == "%" and one.name == "pylab"]
        if magics:
            object.__setattr__(self, "units", (_pylab(magics), *self.units))
        object.__setattr__(self, "whole", Whole(self.units))

    def at(self, unit: Unit | None) -> Context:
        """The same program, seen from another unit of it."""
        other = copy(self)
        object.__setattr__(other, "unit", unit)
        return other

    @property
    def names(self) -> dict[str, str]:
        """What each imported name stands for (:func:`colabify.full_names.import_names`)."""
        return self.whole.names

    @property
    def bound(self) -> frozenset[str]:
        """The names that the program binds by itself, other than by importing."""
        return self.whole.bound

    @property
    def stars(self) -> tuple[str, ...]:
        """The modules of which everything is imported: ``from pylab import *``."""
        return self.whole.stars

    @property
    def imported(self) -> frozenset[str]:
        """The modules, dotted, that plain ``import a.b`` statements load."""
        return self.whole.imported

    @property
    def tried(self) -> frozenset[str]:
        """The full names that are imported in a ``try``, of which the rules leave imports alone."""
        return self.whole.tried

    @property
    def packages(self) -> frozenset[str]:
        """The top-level packages that the program imports anything from."""
        return self.whole.packages

    @property
    def used(self) -> frozenset[str]:
        """The full names of all that the program uses: ``tensorflow.Session`` for ``tf.Session``."""
        return self.whole.used

    @property
    def here(self) -> Here | None:
        """What the unit at hand uses; None if there is no unit."""
        return self.whole.here(self.unit) if self.unit is not None else None

    @property
    def kinds(self) -> Kinds:
        """What is known about what the program's names hold."""
        return self.whole.kinds

    def qualified(self, node: cst.CSTNode) -> str:
        """``numpy.int`` for the expression ``np.int`` after ``import numpy as np``; else empty."""
        names = self.full_names(node)
        return names[0] if len(names) == 1 else ""

    def full_names(self, node: cst.CSTNode) -> tuple[str, ...]:
        """The full names that an expression may have: several only where ``import *`` leaves it open."""
        parts: list[str] = []
        while type(node).__name__ == "Attribute":
            parts.append(node.attr.value)  # type: ignore[attr-defined]
            node = node.value  # type: ignore[attr-defined]
        name = getattr(node, "value", None)
        if type(node).__name__ != "Name" or not isinstance(name, str):
            return ()
        rest = reversed(parts)
        if name in self.names:
            return (".".join([self.names[name], *rest]),)
        if not self.stars or name in self.bound or name in _BUILTINS:
            return ()
        end = ".".join([name, *rest])
        return tuple(f"{module}.{end}" for module in self.stars)

    def kind(self, node: cst.CSTNode) -> str:
        """What an expression gives: ``pandas.DataFrame``, ``list``; empty if that is not known."""
        import libcst as cst

        code = cst.Module([]).code_for_node(node).strip()
        if code not in self._kinds:
            try:
                tree = ast.parse(code, mode="eval").body
            except (SyntaxError, ValueError, RecursionError):
                return ""
            self._kinds[code] = self.kinds.of(tree)
        return self._kinds[code]

    def spell(self, full: str, *, binding: str = "") -> tuple[str, tuple[str, ...]]:
        """How to write ``full`` (module and name) here, and the import statements that this needs.

        A name that the program has for it, or for its module, is used; else the module is imported,
        under ``binding`` if that is given and free. A builtin needs no module.
        """
        full, tail = up_to_class(full)
        spelled, imports = self._spell(full, binding)
        return spelled + tail, imports

    def _spell(self, full: str, binding: str) -> tuple[str, tuple[str, ...]]:
        module, _, name = full.rpartition(".")
        if not module:
            return full, ()
        known = self._name_of(full)
        if known:
            renamed = "" if known == name else f" as {known}"
            return known, self._again(known, f"from {module} import {name}{renamed}")
        known = self._name_of(module)
        if known:
            renamed = "" if known == module else f" as {known}"
            return f"{known}.{name}", self._again(known, f"import {module}{renamed}")
        top = module.partition(".")[0]
        statement = f"import {module}"
        if module in self.imported and self.names.get(top) == top:
            return f"{module}.{name}", () if self._is_loaded(statement) else (statement,)
        if binding and self._is_free(binding):
            return f"{binding}.{name}", (f"{statement} as {binding}",)
        if self.names.get(top) == top or self._is_free(top):
            return f"{module}.{name}", (statement,)
        free = module.replace(".", "_")
        return f"{free}.{name}", (f"{statement} as {free}",)

    def _name_of(self, target: str) -> str:
        """The name that the program has for ``target``; one that is bound before this unit, if any is."""
        known = [name for name, full in self.names.items() if full == target]
        return next((one for one in known if one in self._above), known[0] if known else "")

    def _again(self, name: str, statement: str) -> tuple[str, ...]:
        """The statement that binds ``name``, unless a statement above has done that."""
        return () if name in self._above else (statement,)

    def _is_free(self, name: str) -> bool:
        return name not in self.names and name not in self.bound and name not in _BUILTINS

    def _is_loaded(self, statement: str) -> bool:
        return any(ast.unparse(one) == statement for one in self._statements)

    @property
    def _above(self) -> frozenset[str]:
        """The names that imports bind for sure in this unit, or before it."""
        return frozenset(
            alias.asname or alias.name.partition(".")[0]
            for one in self._statements
            if isinstance(one, ast.Import | ast.ImportFrom)
            for alias in one.names
        )

    @property
    def _statements(self) -> tuple[ast.stmt, ...]:
        """The statements outside functions and classes that run in this unit or before it."""
        found: list[ast.stmt] = []
        for unit in self.units:
            found += _always(unit.tree.body)
            if unit is self.unit:
                break
        return tuple(found)


def _pylab(magics: Sequence[Escape]) -> Unit:
    """The imports of ``%pylab``; with ``--no-import-all`` those of the modules alone."""
    from colabify.unit import Unit

    code = "import numpy as np\nimport matplotlib.pyplot as plt\nimport numpy, matplotlib\n"
    code += "from matplotlib import pylab, mlab, pyplot\n"
    if not all("--no-import-all" in one.args for one in magics):
        code += "from pylab import *\nfrom numpy import *\n"
    return Unit(ast.parse(code))


def _always(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body that run whenever it does: those of ``with`` and ``try`` included."""
    for one in body:
        yield one
        if isinstance(one, ast.With | ast.Try):
            yield from _always(one.body)
