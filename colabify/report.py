"""What the person sees: the table of what was done, what is left, and why."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from colabify.findings import PAGES, Page
from colabify.rules import RULES
from colabify.run import Mode, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

    from colabify.findings import Finding

_WIDE = 10_000


def make_console(*, stderr: bool = False) -> Console:
    """A console with colour on a terminal only, and not under ``NO_COLOR``; piped lines are not wrapped."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, emoji=False, soft_wrap=True, markup=False)
    if not console.is_terminal:
        console = Console(
            stderr=stderr, highlight=False, emoji=False, markup=False, width=_WIDE, no_color=True
        )
    return console


def print_report(
    console: Console, outcomes: Sequence[Outcome], mode: Mode, *, verbose: bool
) -> None:
    """The table of notebooks, the findings below it, and a line that sums up."""
    shared = _shared(outcomes)
    width = max((_width(one.shown) for one in outcomes), default=0)
    done_width = max((_width(_done(one)) for one in outcomes), default=0)
    for outcome in outcomes:
        if outcome.ported is None:
            continue
        row = f"{_padded(outcome.shown, width)}  {_padded(_done(outcome), done_width)}  "
        state = _state(outcome)
        console.print(row, end="")
        console.print(state, style="red" if outcome.errors else "green")
        for finding in outcome.ported.plan.findings:
            if (finding.code, finding.message) not in shared or finding.cell is not None:
                _print_finding(console, finding)
        if verbose:
            _print_reasons(console, outcome)
    for (code, message), count in shared.items():
        console.print(f"{count} notebooks: {code} {message}", style="yellow")
    console.print(_summary(outcomes, mode))


def print_problems(console: Console, outcomes: Iterable[Outcome], *, verbose: bool) -> None:
    """One line for each notebook that could not be done, and its traceback if that is wanted."""
    for outcome in outcomes:
        if outcome.error:
            console.print(f"{outcome.shown}: {outcome.error}", style="red")
            if verbose and outcome.trace:
                console.print(outcome.trace)


def print_diff(console: Console, outcomes: Iterable[Outcome]) -> None:
    """What changes in each notebook, cell by cell."""
    from colabify.diff import diff_lines

    styles = {"---": "bold", "+": "green", "-": "red", "@": "cyan"}
    for outcome in outcomes:
        if outcome.ported is None:
            continue
        for line in diff_lines(outcome.shown, outcome.ported.before, outcome.ported.after):
            style = next((styles[sign] for sign in styles if line.startswith(sign)), "")
            console.print(line, style=style)


def pages() -> dict[str, Page]:
    """Every code with its page, those of rules included, by code."""
    of_rules = {rule.code: Page(rule.name, _rule_text(rule)) for rule in RULES}
    return dict(sorted({**PAGES, **of_rules}.items()))


def _rule_text(rule: object) -> str:
    import inspect

    lines = [inspect.cleandoc(type(rule).__doc__ or "")]
    module = inspect.getmodule(type(rule))
    lines += ["", inspect.cleandoc(module.__doc__ or "") if module else ""]
    for example in getattr(rule, "examples", ()):
        if example.after is not None:
            lines += ["", "Before:", _indented(example.before), "After:", _indented(example.after)]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines())


def _print_finding(console: Console, finding: Finding) -> None:
    place = f"{finding.place}: " if finding.place else ""
    style = "red" if finding.severity == "error" else "yellow"
    console.print(f"  {place}{finding.code} {finding.message}", style=style)


def _print_reasons(console: Console, outcome: Outcome) -> None:
    for line in _reasons(outcome):
        console.print(f"  {line}", style="dim")


def _reasons(outcome: Outcome) -> Iterator[str]:
    plan = outcome.ported.plan if outcome.ported else None
    if plan is None:
        return
    if plan.setup.clone:
        where = plan.setup.folder or "its root"
        yield f"clones {plan.setup.clone.url} at {plan.setup.clone.ref}, stands in {where}"
    yield from (f"installs {one.requirement}: {one.why}" for one in plan.setup.installs)
    yield from (f"adds {one or 'the root'} to sys.path" for one in plan.setup.path_folders)
    for fetch in plan.setup.fetches:
        yield f"runs {fetch.script} for {', '.join(fetch.paths)}: {fetch.why}"
    if plan.accelerator:
        yield f"accelerator {plan.accelerator.kind} {plan.accelerator.type}"
    yield from (f"cell {change.cell + 1}: {change.done}" for change in plan.sources)
    yield from (f"metadata {'.'.join(change.keys)}: {change.value}" for change in plan.metadata)


def _done(outcome: Outcome) -> str:
    plan = outcome.ported.plan if outcome.ported else None
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
    if not (plan.done or said) and plan.metadata:
        said = ["metadata"]
    return ", ".join([*plan.done, *said]) or "nothing to do"


def _state(outcome: Outcome) -> str:
    return f"{outcome.errors} left" if outcome.errors else "ready"


def _shared(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], int]:
    """Findings about no cell that several notebooks have: said once."""
    counts: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        findings = outcome.ported.plan.findings if outcome.ported else ()
        counts.update({(one.code, one.message) for one in findings if one.cell is None})
    return {key: count for key, count in counts.items() if count > 1}


def _summary(outcomes: Sequence[Outcome], mode: Mode) -> str:
    changed = sum(one.changed for one in outcomes)
    failed = sum(bool(one.error) for one in outcomes)
    what = f"{changed} notebook{'s' * (changed != 1)}"
    said = {
        Mode.PLAN: f"Nothing is written. {what} would change: --inplace writes, --diff shows.",
        Mode.CHECK: f"{what} would change.",
        Mode.DIFF: f"Nothing is written. {what} would change.",
        Mode.INPLACE: f"{what} changed. git diff shows it, colabify --undo takes it back.",
        Mode.UNDO: f"{what} given back as they were.",
        Mode.OUTPUT: f"{len(outcomes) - failed} notebooks written.",
    }[mode]
    return f"{said} {failed} could not be read or written." if failed else said


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def wants_progress(count: int) -> bool:
    """Whether a progress bar is of use: on a terminal, when it takes a while."""
    return count >= 20 and os.isatty(2) and shutil.get_terminal_size().columns >= 40


@contextmanager
def progress(count: int) -> Iterator[Callable[[], None]]:
    """A bar of ``count`` notebooks on standard error; what comes out moves it by one."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("notebooks", total=count)
        yield lambda: bar.advance(task)
