"""Names: which of its bindings a name has at a place, when cells are run from top to bottom."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.paths.scopes import Binding, Block, Scope, Statement, outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.unit import Unit


class Names:
    """The names of units that share one module: the cells of a notebook, or a module alone."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """``units`` in the order in which they are run."""
        self._units = list(units)

    @cached_property
    def _places(self) -> dict[int, int]:
        """The unit that each node is in."""
        return {id(node): at for at, unit in enumerate(self._units) for node in unit.nodes}

    @cached_property
    def _orders(self) -> dict[int, int]:
        return {id(unit): at for at, unit in enumerate(self._units)}

    @cached_property
    def _shared(self) -> dict[str, list[Binding]]:
        """The bindings of the module that all units are."""
        found: dict[str, list[Binding]] = {}
        for unit in self._units:
            for name, bindings in outline(unit).module.bindings.items():
                found.setdefault(name, []).extend(bindings)
        return found

    def unit_of(self, node: ast.AST) -> Unit | None:
        """The unit that a node is in."""
        if len(self._units) == 1:
            return self._units[0]
        at = self._places.get(id(node))
        return None if at is None else self._units[at]

    def statement_of(self, node: ast.AST) -> Statement | None:
        """The innermost statement that a node stands in."""
        unit = self.unit_of(node)
        return None if unit is None else outline(unit).statement_of(node)

    def of(self, name: str, node: ast.AST) -> list[Binding]:
        """All bindings that ``name`` has in the scope that it comes from."""
        return next((found for _, found in self._scopes(name, node)), [])

    def reaching(self, name: str, node: ast.AST) -> list[Binding]:
        """The bindings that ``name`` may have where ``node`` stands; one, if that is certain."""
        unit = self.unit_of(node)
        if unit is None:
            return []
        inside = self._in_expression(name, node, unit)
        if inside is not None:
            return inside
        statement = outline(unit).statement_of(node)
        for scope, bindings in self._scopes(name, node):
            if statement is None or scope is not statement.block.scope:
                return bindings
            return self._ordered(bindings, statement, unit) or bindings
        return []

    def of_class(self, name: str, attribute: str, node: ast.AST) -> list[Binding]:
        """The bindings of a class's attribute, if ``name`` is a class where ``node`` stands."""
        found = self.reaching(name, node)
        if len(found) != 1 or not isinstance(found[0].node, ast.ClassDef):
            return []
        scope = outline(found[0].unit).classes[id(found[0].node)]
        return scope.bindings.get(attribute, [])

    def _scopes(self, name: str, node: ast.AST) -> Iterator[tuple[Scope, list[Binding]]]:
        """The scopes that bind a name, inner before outer."""
        unit = self.unit_of(node)
        statement = None if unit is None else outline(unit).statement_of(node)
        scope = statement.block.scope if statement else None
        first = scope
        of_self = name.startswith("self.")
        while scope is not None:
            is_class = isinstance(scope.node, ast.ClassDef)
            if isinstance(scope.node, ast.Module):
                found = self._shared.get(name, [])
            elif is_class and of_self:
                found = [
                    *scope.bindings.get(name, []),
                    *scope.bindings.get(name.removeprefix("self."), []),
                ]
            elif is_class and scope is not first:
                found = []
            else:
                found = scope.bindings.get(name, [])
            if found:
                yield scope, found
            scope = scope.outer

    def _in_expression(self, name: str, node: ast.AST, unit: Unit) -> list[Binding] | None:
        """What a comprehension or a lambda round ``node`` binds ``name`` to."""
        position = _start(node)
        outlined = outline(unit)
        for around in reversed(outlined.ranges):
            if not _start(around) <= position < _end(around):
                continue
            for part in reversed(around.generators):
                if _start(part.iter) <= position < _end(part.iter):
                    continue
                steps = _steps_to(part.target, name)
                if steps is not None:
                    block = outlined.top
                    return [Binding("item", part.iter, unit, 0, block, steps, name)]
        for function in outlined.lambdas:
            if _start(function) <= position < _end(function):
                arguments = function.args
                several = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
                if any(one.arg == name for one in several):
                    return [Binding("other", None, unit, 0, outlined.top, (), name)]
        return None

    def _ordered(
        self, bindings: Sequence[Binding], statement: Statement, unit: Unit
    ) -> list[Binding]:
        """Those of ``bindings`` that may hold at ``statement``: the last certain one and later ones."""
        here = (self._orders[id(unit)], statement.order)
        forks = {block.fork: block.arm for block in statement.block.all if block.fork}
        found: list[Binding] = []
        for one in reversed(bindings):
            if self._key(one) >= here or _is_elsewhere(one.block, forks):
                continue
            found.append(one)
            if _is_round(one.block, statement.block) or _is_at_top(one, unit):
                break
        loops = [block for block in statement.block.all if block.loops]
        again = [
            one
            for one in bindings
            if self._key(one) >= here and any(loop in one.block.all for loop in loops)
        ]
        return [*reversed(found), *again]

    def _key(self, binding: Binding) -> tuple[int, int]:
        return self._orders[id(binding.unit)], binding.order


def _is_round(outer: Block, inner: Block) -> bool:
    return any(block is outer for block in inner.all)


def _is_at_top(binding: Binding, unit: Unit) -> bool:
    """Whether a binding surely took place in an earlier cell."""
    block = binding.block
    at_top = not block.chain and isinstance(block.scope.node, ast.Module)
    return at_top and binding.unit is not unit


def _is_elsewhere(block: Block, forks: dict[int, int]) -> bool:
    """Whether a block is not run where one of the alternatives ``forks`` is."""
    return any(one.fork in forks and forks[one.fork] != one.arm for one in block.all)


def _steps_to(target: ast.AST, name: str) -> tuple[int, ...] | None:
    if isinstance(target, ast.Name):
        return () if target.id == name else None
    if isinstance(target, ast.Tuple | ast.List):
        for index, one in enumerate(target.elts):
            steps = _steps_to(one, name)
            if steps is not None:
                return (index, *steps)
    return None


def _start(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _end(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "end_lineno", 0), getattr(node, "end_col_offset", 0)
