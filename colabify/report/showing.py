"""What comes of a run: the report in the form that was asked for, and the exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import TextIO

    from colabify.outcomes import Mode, ModuleOutcome, Outcome

DONE, LEFT, FAILED, INTERRUPTED = 0, 1, 2, 130
"""The exit codes; see :mod:`colabify.cli`."""


def show(
    args: argparse.Namespace,
    outcomes: Sequence[Outcome],
    mode: Mode,
    modules: Sequence[ModuleOutcome] = (),
    report_to: TextIO | None = None,
) -> None:
    """Write the report in the form that was asked for, and on standard error what could not be done."""
    from colabify.report.modules import print_module_problems
    from colabify.report.table import print_problems
    from colabify.report.terminal import Terminal, reader_may_leave

    if args.format != "text":
        from colabify.report.formats import write_report

        stream = report_to or sys.stdout
        with reader_may_leave(stream):
            write_report(stream, args.format, outcomes, modules, mode)
    else:
        _show_text(args, outcomes, mode, modules, report_to)
    with reader_may_leave(sys.stderr):
        print_problems(Terminal(sys.stderr), outcomes, verbose=args.verbose)
        print_module_problems(Terminal(sys.stderr), modules)


def _show_text(
    args: argparse.Namespace,
    outcomes: Sequence[Outcome],
    mode: Mode,
    modules: Sequence[ModuleOutcome],
    report_to: TextIO | None,
) -> None:
    from colabify.outcomes import Mode
    from colabify.report import table
    from colabify.report.terminal import Terminal, reader_may_leave

    if mode is Mode.DIFF:
        with reader_may_leave(sys.stdout):
            table.print_diff(Terminal(sys.stdout), [*outcomes, *modules])
    stream = report_to or (sys.stderr if mode is Mode.DIFF or args.quiet else sys.stdout)
    with reader_may_leave(stream):
        if args.quiet:
            table.print_errors(Terminal(stream), outcomes)
        elif any(one.plan is not None for one in outcomes):
            table.print_report(Terminal(stream), outcomes, mode, modules, verbose=args.verbose)


def exit_code(
    outcomes: Sequence[Outcome], mode: Mode, modules: Sequence[ModuleOutcome] = ()
) -> int:
    """The exit code of a run."""
    from colabify.outcomes import Mode

    every: list[Outcome | ModuleOutcome] = [*outcomes, *modules]
    if any(one.error for one in every):
        return FAILED
    if any(one.errors for one in every):
        return LEFT
    return LEFT if mode is Mode.CHECK and any(one.changed for one in every) else DONE
