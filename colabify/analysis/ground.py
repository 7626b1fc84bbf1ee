"""What decides about an import, and what follows from all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.analysis import dependency_findings as say
from colabify.analysis.pins import Policy, requirement_text
from colabify.plans import Dependency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.analysis.by_hand import ByHand, Place
    from colabify.analysis.imports import Import
    from colabify.analysis.modules import ModuleFinder
    from colabify.findings import Finding
    from colabify.plans import Action
    from colabify.requirements.wanted import Requirements, Wanted
    from colabify.runtime import Runtime
    from colabify.steps import Install


@dataclass(frozen=True)
class Ground:
    """What decides about an import besides itself.

    ``packages`` are the folders whose own package is installed from the clone; ``distributions`` maps
    import names to requirements that a person has settled. ``replaced`` are modules that Python no longer
    has and of which rules take all that is used from elsewhere. ``limits`` are what the code asks for by
    what it uses (:mod:`colabify.analysis.limits`).
    """

    requirements: Requirements
    runtime: Runtime
    by_hand: ByHand
    modules: ModuleFinder
    packages: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)
    distributions: Mapping[str, str] = field(default_factory=dict)
    replaced: frozenset[str] = frozenset()
    limits: Mapping[str, Wanted] = field(default_factory=dict)


@dataclass
class Dependencies:
    """What follows from the imports.

    ``folders`` are those that have to be added to ``sys.path``, each with what is said of it; ``unmet``
    says, for each distribution or module that is asked for and that this runtime cannot give, what it is;
    ``waived`` are the distributions that it could give as they are asked for, and does not.
    """

    rows: dict[str, Dependency] = field(default_factory=dict)
    installs: dict[str, Install] = field(default_factory=dict)
    folders: dict[str, Finding] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    unmet: dict[str, str] = field(default_factory=dict)
    waived: set[str] = field(default_factory=set)
    entry: Place = (0, 0)
    """Where the cells first import a local module: what modules import has to be there then."""

    def place(self, one: Import) -> Place:
        """Where an import is run, at the earliest."""
        return self.entry if one.unit.cell is None else (one.unit.cell, one.line)

    def note(
        self,
        one: Import,
        action: Action,
        distribution: str = "",
        wanted: Wanted | None = None,
        runtime: Runtime | None = None,
        why: str = "",
    ) -> None:
        """A row for the import, unless there is one; one that is needed stands above one that is optional."""
        first = distribution or one.module.partition(".")[0]
        before = self.rows.get(first)
        if before is not None and not (before.action == "optional" and action != "optional"):
            return
        asked = requirement_text(distribution, wanted.requirement) if wanted else ""
        self.rows[first] = Dependency(
            one.module,
            one.unit.label if one.unit.path is None else f"{one.unit.path}:{one.line}",
            action,
            distribution,
            asked,
            say.where(wanted) if wanted else "",
            (runtime.version(distribution) or "" if runtime and distribution else "").partition(
                "+"
            )[0],
            why,
        )
