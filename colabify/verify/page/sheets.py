"""What the page says of each notebook, ready for the template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from colabify.verify.page.diff import Alike, CellDiff, cell_diffs
from colabify.verify.page.outputs import Room, Shown, shown_outputs
from colabify.verify.page.plan import Finding, Table, deeds, findings, tables
from colabify.verify.page.text import code_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from colabify.verify.outcome import CellRun, NotebookVerdict, StepRun

_PAGE = 3_000_000
"""About how many bytes the outputs of all notebooks may take."""
_FEW = 10
"""A page of fewer notebooks gives each no more room than a page of so many."""
_MOST_SOURCE = 8_000

Look = Literal["passed", "failed", "as at home", "skipped"]


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell with its source coloured, its outputs, and the findings that foresaw its error.

    ``unsaid`` are the codes that foresaw it and that the plan says nothing about.
    """

    run: CellRun
    anchor: str
    source: Markup
    outputs: tuple[Shown, ...]
    findings: tuple[Finding, ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepView:
    """A step, and how it is shown: a step that fails only in cells that fail at home too is told apart."""

    run: StepRun
    look: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan in words and tables."""

    deeds: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One notebook's part of the page. ``failures`` are the cells that failed, ``others`` have outputs."""

    verdict: NotebookVerdict
    anchor: str
    look: Look
    steps: tuple[StepView, ...]
    failures: tuple[CellView, ...]
    others: tuple[CellView, ...]
    plan: PlanView | None
    diff: tuple[CellDiff | Alike, ...]

    @property
    def changed(self) -> int:
        """How many cells changed, came or went."""
        return sum(isinstance(one, CellDiff) for one in self.diff)


def sheets(verdicts: Sequence[NotebookVerdict]) -> list[Sheet]:
    """The parts of the page, in the order of the notebooks; each has an anchor of its own."""
    room = _PAGE // max(len(verdicts), _FEW)
    taken: set[str] = set()
    return [_sheet(one, _anchor(one.notebook, taken), Room(room)) for one in verdicts]


def _anchor(name: str, taken: set[str]) -> str:
    """A name for links that says which notebook it is: ``nb-01-step-1-ipynb``."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80]
    anchor, number = f"nb-{slug}", 2
    while anchor in taken:
        anchor, number = f"nb-{slug}_{number}", number + 1
    taken.add(anchor)
    return anchor


def _sheet(verdict: NotebookVerdict, anchor: str, room: Room) -> Sheet:
    told = findings(verdict.plan) if verdict.plan else []
    failed = [one for one in verdict.cells if one.state == "failed"]
    others = [one for one in verdict.cells if one.state != "failed" and one.outputs]
    as_at_home = bool(failed) and all(one.fails_at_home for one in failed)
    steps = tuple(StepView(one, _step_look(one, as_at_home=as_at_home)) for one in verdict.steps)
    plain = {one.look for one in steps}
    look: Look = verdict.state
    if look == "failed" and as_at_home and "failed" not in plain:
        look = "as at home"
    return Sheet(
        verdict,
        anchor,
        look,
        steps,
        tuple(_view(one, anchor, room, told) for one in failed),
        tuple(_view(one, anchor, room) for one in others),
        _plan(verdict.plan, told) if verdict.plan else None,
        tuple(cell_diffs(verdict.diff)),
    )


def _step_look(step: StepRun, *, as_at_home: bool) -> str:
    """The class of a step in ``page.css``: its state, or ``as at home``."""
    if step.state == "failed" and as_at_home and step.step in ("imports", "runs"):
        return "as at home"
    return step.state


def _view(cell: CellRun, anchor: str, room: Room, told: Iterable[Finding] = ()) -> CellView:
    foresaw = tuple(one for one in told if one.code in cell.foreseen)
    said = {one.code for one in foresaw}
    return CellView(
        cell,
        f"{anchor}.c{cell.cell}",
        code_block(cell.source, _MOST_SOURCE),
        tuple(room.fit(shown_outputs(cell))),
        foresaw,
        tuple(code for code in cell.foreseen if code not in said),
    )


def _plan(plan: dict[str, Any], told: Iterator[Finding] | Sequence[Finding]) -> PlanView:
    return PlanView(tuple(deeds(plan)), tuple(tables(plan)), tuple(told))
