"""From what the kernels said to what people read: the cells of one notebook, each with its verdict."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from colabify.program import read_program
from colabify.tags import meant_error
from colabify.verify.judging import ASKS, bound_by, foreseen_by, missing_name, needs_network, reason
from colabify.verify.outcome import CellRun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.notebook import Cell
    from colabify.verify.kernel import CellResult, Failure
    from colabify.verify.options import Options
    from colabify.verify.outcome import CellState
    from colabify.verify.subject import Subject


@dataclass(frozen=True)
class Results:
    """What kernels said: by cell, what came of it; why those that are left out did not run; and the like.

    ``home`` says of each cell that ran at home whether it failed there; ``ended`` why the machine was ended.
    """

    of: Mapping[int, CellResult]
    skipped: Mapping[int, str]
    home: Mapping[int, bool]
    ended: str = ""


def judge_cells(subject: Subject, results: Results, options: Options) -> tuple[CellRun, ...]:
    """The code cells in order, with what came of each and why."""
    judge = _Judge(subject, results, options)
    return tuple(judge.of(cell) for cell in subject.code)


class _Judge:
    def __init__(self, subject: Subject, results: Results, options: Options) -> None:
        self._subject, self._results, self._options = subject, results, options
        self._program = {cell.index: cell for cell in read_program(subject.after).cells}
        self._bad: list[CellRun] = []
        self._gone: CellRun | None = None

    def of(self, cell: Cell) -> CellRun:
        found = self._results.of.get(cell.index)
        base = CellRun(cell.index, self._subject.place(cell), cell.source, "not run")
        if cell.index in self._results.skipped:
            done = replace(base, state="skipped", why=self._results.skipped[cell.index])
        elif self._gone is not None:
            done = replace(base, why=f"the kernel was gone since {self._gone.place}")
        elif found is None:
            return base
        elif found.error is None:
            return replace(base, state="passed", outputs=_plain(found), seconds=found.seconds)
        else:
            ran = replace(base, outputs=_plain(found), seconds=found.seconds)
            done = self._failed(ran, cell, found.error)
        if done.state != "passed":
            self._bad.append(done)
        return done

    def _failed(self, base: CellRun, cell: Cell, failure: Failure) -> CellRun:
        error = f"{failure.ename}: {failure.evalue}"
        said = replace(base, error=error, traceback=failure.traceback)
        if failure.ename in ("CellTimeoutError", "DeadKernelError", "TooMuchOutput"):
            self._gone = said
        meant = meant_error(cell)
        if meant:
            return replace(said, state="passed", why=f"its error is meant ({meant})")
        if failure.ename == ASKS:
            return replace(said, state="skipped", why=reason(failure, self._options.timeout))
        home = self._results.home.get(cell.index)
        source = self._source_of(missing_name(failure))
        if source is not None:
            why = f"it needs `{missing_name(failure)}`, which {source.place} was to make"
            state: CellState = "skipped" if source.state == "skipped" else "failed"
            foreseen = source.foreseen
            return replace(said, state=state, why=why, fails_at_home=home, foreseen=foreseen)
        why = self._why(failure)
        number = self._subject.places.get(cell.index)
        codes = foreseen_by(failure, number, self._subject.plan.findings)
        return replace(said, state="failed", why=why, fails_at_home=home, foreseen=codes)

    def _why(self, failure: Failure) -> str:
        if self._results.ended and failure.ename == "DeadKernelError":
            return f"{self._results.ended}: it was ended"
        if needs_network(failure) and self._options.network == "off":
            return reason(failure, self._options.timeout) + " (--network off)"
        return reason(failure, self._options.timeout)

    def _source_of(self, name: str) -> CellRun | None:
        """The cell that did not pass, and was to make the name; the last of them."""
        if not name:
            return None
        makers = (one for one in reversed(self._bad) if name in bound_by(self._program[one.cell]))
        return next(makers, None)


def _plain(found: CellResult) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(json.dumps(output)) for output in found.outputs)
