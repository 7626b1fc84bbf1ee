"""What the person sees of a verification: a line for each notebook, below it what failed and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from colabify.verify.junit import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.report.terminal import Terminal
    from colabify.verify.outcome import (
        CellRun,
        NotebookState,
        NotebookVerdict,
        StepRun,
        Verification,
    )

_STYLES: dict[NotebookState, str] = {"passed": "green", "failed": "red", "skipped": "yellow"}


def print_verification(
    terminal: Terminal, verification: Verification, *, verbose: bool, quiet: bool
) -> None:
    """The notebooks, what failed in each, in what the machine differed from Colab's, and a summary."""
    names = max((len(one.notebook) for one in verification.notebooks), default=0)
    for verdict in verification.notebooks:
        if quiet and verdict.state != "failed":
            continue
        passed = ", ".join(one.step for one in verdict.steps if one.state == "passed") or "-"
        terminal.say(f"{verdict.notebook:<{names}}  {passed}  ", end="")
        terminal.say(verdict.state, _STYLES[verdict.state])
        _print_why(terminal, verdict, verbose=verbose)
    if not quiet:
        _print_differences(terminal, verification)
        terminal.say(_summary(verification))


def _print_why(terminal: Terminal, verdict: NotebookVerdict, *, verbose: bool) -> None:
    failed = [cell for cell in verdict.cells if cell.state == "failed"]
    for step in verdict.steps:
        if step.state == "failed" and not _is_told_below(step, failed):
            terminal.say(f"  {step.step}: {step.why}", "red")
        elif step.why and step.state in ("skipped", "passed") and verbose:
            terminal.say(f"  {step.step}: {step.state}: {step.why}", "dim")
    for cell in failed:
        terminal.say(f"  {cell.place}: {told(cell)}", "red")
    for cell in verdict.cells if verbose else ():
        if cell.state in ("skipped", "not run") and cell.why:
            terminal.say(f"  {cell.place}: {cell.state}: {cell.why}", "dim")
    if verdict.state == "skipped":
        terminal.say(f"  {verdict.why}", "yellow")


def _is_told_below(step: StepRun, failed: Sequence[CellRun]) -> bool:
    """Whether one of the cells that failed says why the step did."""
    return (step.step == "runs" and bool(failed)) or any(
        cell.why and step.why.endswith(cell.why) for cell in failed
    )


def _print_differences(terminal: Terminal, verification: Verification) -> None:
    """What was not as on Colab, once, with how many notebooks it concerns if not all."""
    counts = Counter(one for verdict in verification.notebooks for one in verdict.differs)
    for text, count in counts.items():
        concerns = "" if count == len(verification.notebooks) else f" ({count} notebooks)"
        terminal.say(f"not as on Colab: {text}{concerns}", "dim")


def _summary(verification: Verification) -> str:
    states = Counter(one.state for one in verification.notebooks)
    parts = [f"{states[one]} {one}" for one in _STYLES if states[one]]
    count = len(verification.notebooks)
    notebooks = "notebook" if count == 1 else "notebooks"
    said = f"{count} {notebooks} verified in {verification.seconds:.0f} s: {', '.join(parts)}."
    alone = sum(cell.fails_at_home is False for one in verification.notebooks for cell in one.cells)
    alike = sum(cell.fails_at_home is True for one in verification.notebooks for cell in one.cells)
    if alone or alike:
        said += f" Cells that fail only on Colab: {alone}; at home as well: {alike}."
    return said
