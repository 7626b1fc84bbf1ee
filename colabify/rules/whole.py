"""What the code of a whole notebook, or of a module, imports, binds and uses."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.kinds import Kinds
from colabify.full_names import bound_names, import_names, qualified
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from colabify.unit import Unit


@dataclass(frozen=True, slots=True)
class Here:
    """What a unit uses: full names, attributes of whatever else, and the keywords of its calls.

    ``keywords`` go by what is called: its full name, or what stands behind the last dot. ``calls`` are all
    calls with the last part of the full name of what is called; ``said`` what strings say.
    """

    names: frozenset[str]
    attributes: frozenset[str]
    keywords: frozenset[tuple[str, str]]
    calls: tuple[tuple[str, ast.Call], ...] = ()
    said: frozenset[str] = frozenset()

    def gives_more(self, least: Mapping[str, int]) -> bool:
        """Whether a call gives more by position than one of that name takes at least."""
        return any(len(call.args) > least.get(last, len(call.args)) for last, call in self.calls)


@dataclass(frozen=True)
class Whole:
    """All cells of a notebook, or one module. What is asked for is found once."""

    units: Sequence[Unit]
    _here: dict[int, Here] = field(default_factory=dict)

    def here(self, unit: Unit) -> Here:
        """What one of the units uses."""
        if id(unit) not in self._here:
            self._here[id(unit)] = _look(unit, self)
        return self._here[id(unit)]

    @cached_property
    def names(self) -> dict[str, str]:
        """What each imported name stands for, if it is nothing else anywhere."""
        return {name: full for name, full in import_names(self.units).items() if full}

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names that the program binds by itself, other than by importing."""
        return frozenset[str]().union(*(bound_names(unit) for unit in self.units))

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules of which everything is imported: ``from pylab import *``."""
        return tuple(dict.fromkeys(_stars(self.units)))

    @cached_property
    def imported(self) -> frozenset[str]:
        """The modules, dotted, that plain ``import a.b`` statements load."""
        return frozenset(
            alias.name
            for unit in self.units
            for node in unit.of(ast.Import)
            for alias in node.names
            if alias.asname is None
        )

    @cached_property
    def tried(self) -> frozenset[str]:
        """The full names that are imported in a ``try``, of which the rules leave imports alone."""
        return frozenset(
            f"{one.module}.{alias.name}"
            for unit in self.units
            for each in unit.of(ast.Try)
            for body in each.body
            for one in ast.walk(body)
            if isinstance(one, ast.ImportFrom)
            for alias in one.names
        )

    @cached_property
    def packages(self) -> frozenset[str]:
        """The top-level packages that the program imports anything from."""
        return frozenset[str]().union(*(_packages(unit) for unit in self.units))

    @cached_property
    def used(self) -> frozenset[str]:
        """The full names of all that the program uses: ``tensorflow.Session`` for ``tf.Session``."""
        return frozenset(name for unit in self.units for name in used_names(unit, self.names))

    @cached_property
    def kinds(self) -> Kinds:
        """What is known about what the program's names hold."""
        return Kinds(self.units, self.names)


@once
def whole_of(module: Unit) -> Whole:
    """What a local module says by itself."""
    return Whole([module])


@once
def _packages(unit: Unit) -> frozenset[str]:
    names = {alias.name for node in unit.of(ast.Import) for alias in node.names}
    names |= {node.module for node in unit.of(ast.ImportFrom) if node.module and not node.level}
    return frozenset(name.partition(".")[0] for name in names)


def _stars(units: Sequence[Unit]) -> Iterator[str]:
    for unit in units:
        for node in unit.of(ast.ImportFrom):
            if node.names[0].name == "*" and not node.level:
                yield node.module or ""


def _look(unit: Unit, whole: Whole) -> Here:
    names, keywords = set(used_names(unit, whole.names)), set[tuple[str, str]]()
    calls: list[tuple[str, ast.Call]] = []
    if whole.stars:
        bare = {node.id for node in unit.of(ast.Name)} - whole.bound
        names |= {f"{module}.{name}" for module in whole.stars for name in bare}
    attributes = {node.attr for node in unit.of(ast.Attribute)}
    said = {one.value for one in unit.of(ast.Constant) if isinstance(one.value, str)}
    for node in unit.of(ast.Call):
        full = qualified(node.func, whole.names)
        last = node.func.attr if isinstance(node.func, ast.Attribute) else full
        calls.append((last.rpartition(".")[2], node))
        if not node.keywords:
            continue
        called = {full}
        called |= {node.func.attr} if isinstance(node.func, ast.Attribute) else set()
        if isinstance(node.func, ast.Name):
            called |= {f"{module}.{node.func.id}" for module in whole.stars}
        keywords |= {(name, one.arg) for name in called for one in node.keywords if one.arg}
    return Here(
        frozenset(names), frozenset(attributes), frozenset(keywords), tuple(calls), frozenset(said)
    )


def least(taken: Iterable[tuple[str, int]]) -> dict[str, int]:
    """How many arguments by position one of each name takes at least, by the last part of full names."""
    found: dict[str, int] = {}
    for name, count in taken:
        last = name.rpartition(".")[2]
        found[last] = min(count, found.get(last, count))
    return found


def used_names(unit: Unit, names: Mapping[str, str]) -> Iterator[str]:
    """The full names of all that a unit uses or imports; one that no import brought is as it stands."""
    for node in unit.of(ast.Attribute):
        yield qualified(node, names)
    for name in _loaded(unit):
        yield names.get(name) or name
    for one in unit.of(ast.ImportFrom):
        if one.module is not None and not one.level:
            yield from (f"{one.module}.{alias.name}".removesuffix(".*") for alias in one.names)
    for each in unit.of(ast.Import):
        yield from (alias.name for alias in each.names)


@once
def _loaded(unit: Unit) -> frozenset[str]:
    return frozenset(one.id for one in unit.of(ast.Name) if isinstance(one.ctx, ast.Load))
