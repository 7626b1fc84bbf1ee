"""Ruling: which rules are applied, and how far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.applied import Policy
from colabify.own_rules import every_rule
from colabify.rules.since import is_gone
from colabify.runtime import load_runtime, runtime_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.findings import Finding
    from colabify.modules.given import GivenModules
    from colabify.rules import Rule
    from colabify.runtime import Runtime
    from colabify.settings import Settings


@dataclass(frozen=True)
class Ruling:
    """The rules that are wanted, and that mend what is broken on a runtime; and what they may do."""

    rules: tuple[Rule, ...]
    policy: Policy


def ruling_for(runtime: Runtime, settings: Settings) -> Ruling:
    """The rules that the settings let have their say on ``runtime``."""
    rules = (one for one in every_rule() if settings.allows(one.code) and one.applies(runtime))
    policy = Policy(unsafe=settings.unsafe_fixes, keep=settings.compat == "shim")
    return Ruling(tuple(rules), policy)


@dataclass(frozen=True)
class Rulings:
    """The rulings on ``runtime`` for a notebook, by its ``settings``, and for each module, by its own."""

    runtime: Runtime
    settings: Settings
    given: GivenModules

    @cached_property
    def of_cells(self) -> Ruling:
        """The ruling for the notebook's cells."""
        return ruling_for(self.runtime, self.settings)

    def of_module(self, path: str) -> Ruling:
        """The ruling for the module at ``path``."""
        settings = self.given.settings(path, self.settings)
        return self.of_cells if settings is self.settings else ruling_for(self.runtime, settings)


@dataclass(frozen=True, slots=True)
class Broken:
    """What surely fails and cannot be mended; ``since`` says since when, as rules do."""

    since: str
    finding: Finding


def runtime_without(broken: Sequence[Broken]) -> str:
    """The newest pinned runtime on which none of ``broken`` fails; empty if there is none.

    A runtime that only has some of it is no help: the notebook would fail there as well.
    """
    if not broken or not all(one.since for one in broken):
        return ""
    for name in runtime_names():
        if name != "latest":
            runtime = load_runtime(name)
            if not any(is_gone(one.since, runtime) for one in broken):
                return name
    return ""
