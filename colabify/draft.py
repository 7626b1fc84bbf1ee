"""Draft: a plan in the making."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.steps import Setup

if TYPE_CHECKING:
    from colabify.course import Course
    from colabify.findings import Finding
    from colabify.modules.given import MendedModule
    from colabify.plans import Dependency, PathRow, Plan, SourceChange
    from colabify.settings import Settings
    from colabify.silence.silences import Silences


@dataclass
class Draft:
    """What a plan says so far; nothing of it is left out yet."""

    findings: list[Finding] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    sources: list[SourceChange] = field(default_factory=list)
    modules: list[MendedModule] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)
    paths: list[PathRow] = field(default_factory=list)
    setup: Setup = field(default_factory=Setup)

    def finished(self, plan: Plan, course: Course, settings: Settings, silences: Silences) -> Plan:
        """``plan`` with all that the settings and the silences allow."""

        def allows(finding: Finding) -> bool:
            path = finding.path
            held = settings if path is None else course.given.settings(path, settings)
            return held.allows(finding.code) and not silences.stop_finding(finding)

        allowed = tuple(one for one in self.findings if allows(one))
        sources = tuple(
            one for one in self.sources if all(settings.allows(code) for code in one.codes)
        )
        done = [*(["badge"] if plan.badge else []), *self.done]
        if plan.accelerator and plan.accelerator.why:
            done.append(plan.accelerator.why)
        return replace(
            plan,
            setup=self.setup,
            dependencies=tuple(self.dependencies),
            paths=tuple(self.paths),
            sources=sources,
            modules=tuple(self.modules),
            done=tuple(done),
            findings=allowed,
        )
