"""What local modules do with paths: their own, and those that they are given."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.constants import Constants
from colabify.analysis.paths.functions import exported
from colabify.analysis.paths.uses import PathFinder
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from colabify.analysis.paths.functions import Template
    from colabify.analysis.paths.uses import PathUse
    from colabify.unit import Unit


@dataclass(frozen=True)
class SaidByModule:
    """The paths that a module uses, and what its functions use of their arguments, by their names."""

    uses: tuple[PathUse, ...]
    functions: Mapping[str, Sequence[Template]]


@once
def said_by_module(module: Unit) -> SaidByModule:
    """What a local module says of paths, going by itself alone."""
    finder = PathFinder([module], Constants([module], module.names))
    return SaidByModule(tuple(finder.uses()), exported(module, finder.templates))


class Exports:
    """The functions of the local modules that a notebook reaches, by their full names."""

    def __init__(self, modules: Iterable[Unit], units: Iterable[Unit]) -> None:
        """``units`` are the notebook's cells, which may import all names of a module."""
        self._modules: dict[str, Unit | None] = {}
        for module in modules:
            parts = (module.path or "").removesuffix(".py").removesuffix("/__init__").split("/")
            for start in range(len(parts)):
                name = ".".join(parts[start:])
                known = self._modules.setdefault(name, module)
                if known is not module:
                    self._modules[name] = None
        stars = [
            node.module
            for unit in units
            for node in (unit.of(ast.ImportFrom) if self._modules else ())
            if node.names[0].name == "*" and node.module
        ]
        self._answered: set[int] = set()
        self._stars = [one for one in map(self._modules.get, stars) if one is not None]

    def of(self, name: str) -> Sequence[Template]:
        """What the function of that full name uses of its arguments; nothing if it is none of them."""
        place, _, function = name.rpartition(".")
        own = self._modules.get(place) if place else None
        several = self._stars if not place else [own] if own is not None else []
        for one in several:
            found = self._said(one, place, function)
            if found:
                self._answered.update(id(template.found.node) for template in found)
                return found
        return ()

    def _said(self, module: Unit, place: str, function: str, depth: int = 3) -> Sequence[Template]:
        """What a function of a module uses, or one that the module imports from another."""
        found = said_by_module(module).functions.get(function, ())
        if found or depth == 0:
            return found
        for node in module.tree.body:
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            if any(function == (one.asname or one.name) or one.name == "*" for one in node.names):
                name = f"{place}.{node.module}" if node.level else node.module
                other = self._modules.get(name)
                found = self._said(other, name, function, depth - 1) if other is not None else ()
                if found:
                    return found
        return ()

    def uses_of(self, module: Unit) -> list[PathUse]:
        """The paths that a module uses; not those that the calls seen by :meth:`of` say."""
        uses = said_by_module(module).uses
        return [use for use in uses if use.text or id(use.node) not in self._answered]
