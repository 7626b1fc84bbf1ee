"""What the person sees: the table of what was done, what is left, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from colabify.outcomes import Mode, Outcome
from colabify.report.modules import counted, print_modules
from colabify.report.reasons import reasons
from colabify.report.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.findings import Finding
    from colabify.outcomes import ModuleOutcome
    from colabify.report.terminal import Terminal


def print_report(
    terminal: Terminal,
    outcomes: Sequence[Outcome],
    mode: Mode,
    modules: Sequence[ModuleOutcome] = (),
    *,
    verbose: bool,
) -> None:
    """The table of notebooks, the findings below it, the modules, and a line that sums up."""
    done = [one for one in outcomes if one.plan is not None]
    shared = _shared(done)
    names = max((_width(one.shown) for one in done), default=0)
    deeds = max((_width(done_in_words(one)) for one in done), default=0)
    if terminal.width is not None:  # "12 left" is to stand behind what was done, on the same line
        deeds = max(min(deeds, terminal.width - names - 11), 12)
    for outcome in done:
        row = f"{_padded(outcome.shown, names)}  {_padded(done_in_words(outcome), deeds)}  "
        terminal.say(row, end="")
        terminal.say(_state(outcome), "red" if outcome.errors else "green")
        for finding in outcome.plan.findings if outcome.plan else ():
            if _key(finding) not in shared:
                terminal.say(f"  {_line(finding)}", _style(finding))
        for reason in reasons(outcome.plan) if verbose and outcome.plan else ():
            terminal.say(f"  {reason}", "dim")
    for finding, count in shared.values():
        number = f"all {count}" if count == len(done) > 1 else str(count)
        terminal.say(f"{number} notebooks: {_line(finding)}", _style(finding))
    print_modules(terminal, modules, mode)
    terminal.say(_summary(outcomes, modules, mode))


def print_errors(terminal: Terminal, outcomes: Iterable[Outcome]) -> None:
    """The findings that are errors, a line each, with the notebook's name: for quiet runs."""
    for outcome in outcomes:
        for finding in outcome.plan.findings if outcome.plan else ():
            if finding.severity == "error":
                terminal.say(f"{outcome.shown}: {_line(finding)}", "red")


def print_problems(terminal: Terminal, outcomes: Iterable[Outcome], *, verbose: bool) -> None:
    """One line for each notebook that could not be done, and its traceback if that is wanted."""
    for outcome in outcomes:
        if outcome.error:
            terminal.say(f"{outcome.shown}: {outcome.error}", "red")
            for line in outcome.trace.splitlines() if verbose else ():
                terminal.say(f"  {line}", "dim")


def print_diff(terminal: Terminal, outcomes: Iterable[Outcome | ModuleOutcome]) -> None:
    """What changes in each notebook, cell by cell, and in each module."""
    from colabify.diff import without_repeats

    styles = {"---": "bold", "+": "green", "-": "red", "@": "cyan"}
    for line in without_repeats(outcome.diff for outcome in outcomes):
        terminal.say(line, next((styles[one] for one in styles if line.startswith(one)), ""))


def _line(finding: Finding) -> str:
    place = f"{finding.place}: " if finding.place else ""
    return f"{place}{finding.code} {finding.message}"


def _style(finding: Finding) -> str:
    return "red" if finding.severity == "error" else "yellow"


def done_in_words(outcome: Outcome) -> str:
    """What was done to a notebook, or would be."""
    if not outcome.changed:
        return "nothing to do"
    plan = outcome.plan
    if plan is None:
        return ""
    counts: Counter[str] = Counter()
    for change in plan.sources:
        for part in change.done.split(", "):
            number, _, what = part.partition(" ")
            if number.isdigit():
                counts[what.removesuffix("s")] += int(number)
            else:
                counts[part] += 0
    said = [f"{n} {what}{'s' * (n > 1)}" if n else what for what, n in counts.items()]
    return ", ".join([*plan.done, *said]) or "metadata"


def _state(outcome: Outcome) -> str:
    return f"{outcome.errors} left" if outcome.errors else "ready"


def _key(finding: Finding) -> tuple[str, str] | Finding:
    """What makes two findings the same to say; one about a cell is its notebook's own."""
    return finding if finding.cell is not None else (finding.code, _line(finding))


def _shared(outcomes: Iterable[Outcome]) -> dict[object, tuple[Finding, int]]:
    """Findings about no cell that several notebooks have: said once, errors first."""
    seen: dict[object, Finding] = {}
    counts: Counter[object] = Counter()
    for outcome in outcomes:
        own = {_key(one): one for one in (outcome.plan.findings if outcome.plan else ())}
        seen.update({key: one for key, one in own.items() if one.cell is None})
        counts.update(own.keys())
    kept = [(key, one) for key, one in seen.items() if counts[key] > 1]
    kept.sort(key=lambda pair: pair[1].severity != "error")
    return {key: (one, counts[key]) for key, one in kept}


def _summary(outcomes: Sequence[Outcome], modules: Sequence[ModuleOutcome], mode: Mode) -> str:
    changed = sum(one.changed for one in outcomes)
    written = sum(one.plan is not None for one in outcomes)
    count = changed + sum(one.changed for one in modules)
    notebooks = f"{changed} notebook{'s' * (changed != 1)}" if changed or not count else ""
    what = " and ".join(part for part in (notebooks, counted(modules)) if part)
    would = f"{what} would change" if count else "Nothing would change"
    said = {
        Mode.PLAN: f"Nothing is written yet. {would}: --inplace writes, --diff shows."
        if count
        else "Nothing to change.",
        Mode.CHECK: f"{would}.",
        Mode.DIFF: f"Nothing is written. {would}.",
        Mode.INPLACE: f"{what} changed. colabify --undo takes it back."
        if count
        else "Nothing to change.",
        Mode.UNDO: f"{what} given back as {'it was' if count == 1 else 'they were'}."
        if count
        else "Nothing to undo.",
        Mode.BRANCH: f"{what} changed for the branch, nothing here."
        if count
        else "Nothing to change.",
        Mode.OUTPUT: f"{written} {'copy' if written == 1 else 'copies'} written.",
    }[mode]
    every: list[Outcome | ModuleOutcome] = [*outcomes, *modules]
    left = sum(one.errors for one in every)
    if left:
        said += f" {left} {'error is' if left == 1 else 'errors are'} left for you."
    failed = sum(bool(one.error) for one in every)
    return f"{said} {failed} could not be done, see below." if failed else said


def _width(text: str) -> int:
    text = printable(text)
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
