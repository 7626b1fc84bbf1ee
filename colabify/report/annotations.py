"""Annotations: what a run has to say, each at a line of a file, for programs that show it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.explain import pages
from colabify.locations import below_root
from colabify.outcomes import Mode, ModuleOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from colabify.findings import Finding
    from colabify.outcomes import Outcome
    from colabify.plans import SourceChange

Level = Literal["error", "warning"]
UNREADABLE, NOT_PORTED = "unreadable", "not-ported"
"""What is said without a code: a file that could not be read or written; one that would change."""
_LOOKING = (Mode.PLAN, Mode.CHECK, Mode.DIFF)
"""The modes that write nothing, so that what would change is to be told."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing to say. ``code`` is a finding's, or one of the words above.

    ``file`` is below the root of its repository, ``line`` counts from 1 in it. Of a notebook's cell,
    ``cell`` and ``cell_line`` count from 1 as a person does.
    """

    level: Level
    code: str
    message: str
    file: str
    line: int = 1
    cell: int | None = None
    cell_line: int | None = None


def annotate(
    outcomes: Iterable[Outcome], modules: Iterable[ModuleOutcome], mode: Mode
) -> Iterator[Annotation]:
    """All there is to say of the notebooks and modules of a run."""
    every: list[Outcome | ModuleOutcome] = [*outcomes, *modules]
    for one in every:
        file = below_root(one.shown)
        if one.error:
            yield Annotation("error", UNREADABLE, one.error, file)
        if one.changed and mode in _LOOKING:
            yield _would_change(file, one, mode)
        yield from _of_module(file, one) if isinstance(one, ModuleOutcome) else _of(file, one, mode)


def _of(file: str, outcome: Outcome, mode: Mode) -> Iterator[Annotation]:
    plan = outcome.plan
    if plan is None:
        return
    for change in plan.sources if outcome.changed and mode in _LOOKING else ():
        yield from _rewrites(file, change)
    for finding in plan.findings:
        yield _found(file, finding)


def _of_module(file: str, module: ModuleOutcome) -> Iterator[Annotation]:
    if module.finding is not None:
        yield _found(file, module.finding)


def _would_change(file: str, one: Outcome | ModuleOutcome, mode: Mode) -> Annotation:
    level: Level = "error" if mode is Mode.CHECK else "warning"
    done = [one.done] if isinstance(one, ModuleOutcome) else one.plan.done if one.plan else ()
    what = f" ({', '.join(done)})" if done else ""
    return Annotation(level, NOT_PORTED, f"colabify --inplace would change it{what}", file)


def _rewrites(file: str, change: SourceChange) -> Iterator[Annotation]:
    for code in change.codes:
        text = f"{pages()[code].name}: colabify --inplace rewrites it"
        yield Annotation("warning", code, text, file, change.file_line or 1, change.cell + 1)


def _found(file: str, finding: Finding) -> Annotation:
    level: Level = "error" if finding.severity == "error" else "warning"
    if finding.path is not None:
        return Annotation(level, finding.code, finding.message, finding.path, finding.line or 1)
    cell = None if finding.cell is None else finding.cell + 1
    line = finding.file_line or 1
    return Annotation(level, finding.code, finding.message, file, line, cell, finding.line)
