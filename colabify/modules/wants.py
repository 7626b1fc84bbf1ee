"""What the notebooks of a course want of its modules, and what is decided where they see them differently."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.applied import RuleFailed
from colabify.findings import Finding
from colabify.modules.given import Decision, MendedModule
from colabify.rewrite.modules import mend_module

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.modules.given import GivenModules, Want
    from colabify.plans import ModuleChange


@dataclass
class Wanted:
    """What the notebooks of one repository want of its modules, by their paths."""

    given: GivenModules
    modules: dict[str, list[MendedModule]] = field(default_factory=dict)

    def add(self, modules: Sequence[ModuleChange]) -> bool:
        """Note what a notebook wants; whether it uses any module that was given."""
        given = [
            one for one in modules if isinstance(one, MendedModule) and self.given.holds(one.path)
        ]
        for one in given:
            self.modules.setdefault(one.path, []).append(one)
        return bool(given)

    def decide(self) -> None:
        """Decide about each module that some notebook wants changed."""
        for path, every in self.modules.items():
            asked = next((one for one in every if one.codes), None)
            if asked is not None:
                self.given.decided[path] = self._decision(path, every, asked)

    def differ(self, modules: Sequence[ModuleChange]) -> bool:
        """Whether modules were decided about otherwise than a notebook wanted."""
        for one in modules:
            decision = self.given.decided.get(one.path)
            if decision is None or not isinstance(one, MendedModule):
                continue
            change = decision.change
            if decision.findings or (change.source, change.entry) != (one.source, one.entry):
                return True
        return False

    def refuse(self, path: str, why: str) -> None:
        """Leave a module as it is after all, since it could not be written."""
        finding = Finding("COL319", f"not mended: {why}", "error", path=path)
        entry = self.given.entry_of(path)
        change = MendedModule(path, "", "", entry=entry)
        self.given.decided[path] = Decision(change, (finding,))

    def _decision(self, path: str, every: Sequence[MendedModule], asked: MendedModule) -> Decision:
        given, findings = self.given, []
        by_place: dict[tuple[int, int], dict[str, Want]] = {}
        for want in (want for one in every for want in one.wants):
            texts = by_place.setdefault((want.start, want.end), {})
            texts[want.new] = want if want.code else texts.get(want.new, want)
        agreed: list[Want] = []
        for texts in by_place.values():
            if len(texts) == 1:
                agreed += texts.values()
            else:
                findings.append(_disagreement(path, given.python(path) or "", list(texts.values())))
        codes = {code for one in every for code in one.codes}
        if set(asked.codes) == codes and _changing(asked.wants) == _changing(agreed):
            return Decision(asked, tuple(findings))  # as that notebook has found already
        runtime, ruling = asked.runtime, asked.ruling
        try:
            if runtime is None or ruling is None:
                raise RuleFailed("it is not known for which runtime")
            rules = tuple(one for one in ruling.rules if one.code in codes)
            change = mend_module(given, path, agreed, runtime, replace(ruling, rules=rules))
        except RuleFailed as error:
            change = MendedModule(path, "", "", entry=given.entry_of(path))
            findings.append(Finding("COL902", str(error), path=path))
        return Decision(change, tuple(findings))


def _changing(wants: Iterable[Want]) -> set[Want]:
    return {one for one in wants if one.code}


def _disagreement(path: str, before: str, wants: Sequence[Want]) -> Finding:
    first = wants[0]
    says = " or ".join(sorted(one.new for one in wants))
    line = before.count("\n", 0, first.start) + 1
    message = f"{before[first.start : first.end]} stays: notebooks that use it need {says}"
    return Finding("COL319", message, "error", line=line, path=path)
