"""Sharing: what is the same in the plans of many notebooks is held once.

Notebooks of a course import the same, are told the same, and want the same of its modules. A run keeps the
plans of all of them for its report, and there may be more of them than there is memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from colabify.plans import ModuleChange, Plan

    Value = TypeVar("Value", bound=Hashable)


@dataclass
class Shared:
    """The values of the plans that were seen; of those that are equal, the first."""

    _first: dict[Any, Any] = field(default_factory=dict)
    _modules: dict[str, ModuleChange] = field(default_factory=dict)
    """What the last notebook wanted of each module."""

    def plan(self, plan: Plan) -> Plan:
        """The same plan, made of values that were seen before as far as they are equal."""
        return replace(
            plan,
            setup=self._one(plan.setup),
            dependencies=self._every(plan.dependencies),
            paths=self._every(plan.paths),
            runtime=self._one(plan.runtime),
            modules=tuple(map(self._module, plan.modules)),
            accelerator=self._one(plan.accelerator),
            done=self._every(plan.done),
            findings=self._every(plan.findings),
        )

    def _one(self, value: Value) -> Value:
        found: Value = self._first.setdefault(value, value)
        return found

    def _every(self, values: Iterable[Value]) -> tuple[Value, ...]:
        return self._one(tuple(map(self._one, values)))

    def _module(self, module: ModuleChange) -> ModuleChange:
        last = self._modules.get(module.path)
        if last != module:
            self._modules[module.path] = last = module
        return last
