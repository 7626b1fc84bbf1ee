"""Where a notebook is verified, how far it has come, and the verdict."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.report.plan_json import plan_json
from colabify.verify.colab import Colab
from colabify.verify.outcome import STEPS, NotebookVerdict, StepRun
from colabify.verify.subject import diff_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from colabify.verify.environments import Environment
    from colabify.verify.kernel import CellResult
    from colabify.verify.options import Options
    from colabify.verify.outcome import CellRun, NotebookState, Step, StepState
    from colabify.verify.published import Published
    from colabify.verify.subject import Subject


@dataclass(frozen=True)
class Stage:
    """Where notebooks are verified: Colab's stand-in is made in new folders below ``folder``.

    ``open_machine`` makes a machine that stands for Colab; ``env`` are variables that lead its programs
    to the network, ``differs`` says in sentences what it is that is not Colab's.
    """

    folder: Path
    environment: Environment
    published: Published
    options: Options
    env: Mapping[str, str] = field(default_factory=dict)
    differs: tuple[str, ...] = ()
    open_machine: Callable[..., Colab] = Colab


@dataclass
class Work:
    """One notebook's way through the steps."""

    subject: Subject
    stage: Stage
    steps: dict[Step, StepRun] = field(default_factory=dict)
    results: dict[int, CellResult] = field(default_factory=dict)
    ended: str = ""
    ran: bool = False
    """Whether its cells were run."""

    def note(self, step: Step, state: StepState, why: str = "", seconds: float = 0.0) -> bool:
        """Note what came of a step; whether it did not fail."""
        self.steps[step] = StepRun(step, state, why, seconds)
        return state != "failed"


def runs_step(cells: tuple[CellRun, ...]) -> StepRun:
    """What the step ``runs`` comes to."""
    seconds = sum(cell.seconds for cell in cells)
    failed = [cell for cell in cells if cell.state == "failed"]
    left = [cell for cell in cells if cell.state == "skipped"]
    if not failed:
        why = f"{len(left)} of {len(cells)} cells were skipped" if left else ""
        return StepRun("runs", "passed", why, seconds)
    alike = sum(cell.fails_at_home is True for cell in failed)
    why = f"{len(failed)} of {len(cells)} cells fail"
    if alike == len(failed):
        why += ", all of them at home as well"
    elif alike:
        why += f", {alike} of them at home as well"
    return StepRun("runs", "failed", f"{why}; first {failed[0].place}: {failed[0].why}", seconds)


def verdict_of(
    work: Work, cells: tuple[CellRun, ...], started: float, why: str = ""
) -> NotebookVerdict:
    """The verdict on a notebook whose way has ended; ``why`` says why its cells were not run."""
    steps = tuple(work.steps.get(step) or _left_out(step, work, why) for step in STEPS)
    failed = next((one for one in steps if one.state == "failed"), None)
    ran = any(one.state == "passed" for one in steps[1:])
    state: NotebookState = "failed" if failed else "passed" if ran else "skipped"
    said = f"{failed.step}: {failed.why}" if failed else why
    skip = next((one for one in steps if one.step == "runs" and one.state == "skipped"), None)
    if not said and skip is not None and work.stage.options.runs:
        said = skip.why
    stage, subject = work.stage, work.subject
    return NotebookVerdict(
        subject.shown, state, said, steps, cells,
        plan_json(subject.plan), diff_rows(subject.before, subject.after),
        stage.environment.base.version, subject.plan.runtime,
        (*subject.notes, *stage.differs), time.monotonic() - started,
    )  # fmt: skip


def _left_out(step: Step, work: Work, why: str) -> StepRun:
    if why:
        return StepRun(step, "skipped", why)
    if step in ("runs", "home") and not work.stage.options.runs:
        return StepRun(step, "skipped", "--verify=run runs the cells")
    if step == "home" and not work.stage.options.home:
        return StepRun(step, "skipped", "it was not asked for")
    return StepRun(step, "not reached")
