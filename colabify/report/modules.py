"""What the person sees of local modules: a line each below the notebooks, and their diffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.outcomes import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.outcomes import ModuleOutcome
    from colabify.report.terminal import Terminal


def print_modules(terminal: Terminal, modules: Sequence[ModuleOutcome], mode: Mode) -> None:
    """A line for each module that is, or would be, changed or given back; and why another is not."""
    done = [one for one in modules if one.changed]
    names = max((len(one.shown) for one in done), default=0)
    for one in done:
        codes = f"{', '.join(one.codes)} " if one.codes else ""
        by = f"{one.notebooks} notebook{'s' * (one.notebooks != 1)}"
        users = f"used by {by}" if mode is not Mode.UNDO else f"mended with {by}"
        terminal.say(f"{one.shown.ljust(names)}  {codes}{one.done}  {users}")
    for one in modules:
        if one.finding is not None:
            terminal.say(f"{one.shown}: {one.finding.code} {one.finding.message}", "red")


def print_module_problems(terminal: Terminal, modules: Sequence[ModuleOutcome]) -> None:
    """One line for each module that could not be read or written."""
    for one in modules:
        if one.error:
            terminal.say(f"{one.shown}: {one.error}", "red")


def counted(modules: Sequence[ModuleOutcome]) -> str:
    """``2 modules`` that are, or would be, changed; empty for none."""
    count = sum(one.changed for one in modules)
    return f"{count} module{'s' * (count != 1)}" if count else ""
