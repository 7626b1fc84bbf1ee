"""``colabify --verify``: the command's arguments in, an exit code out."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from colabify.courses import Courses
from colabify.errors import ColabifyError
from colabify.places import find_notebooks
from colabify.report.terminal import Terminal, progress, reader_may_leave
from colabify.verify.options import Options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import FrameType

    from colabify.config.configuration import Configuration
    from colabify.verify.outcome import NotebookVerdict, Verification
    from colabify.verify.verification import Verifier

PASSED, FAILED, UNREADABLE = 0, 1, 2


def verify_command(args: argparse.Namespace, configuration: Configuration) -> int:
    """Verify the notebooks that the arguments name, and tell what came of it.

    Raises:
        ColabifyError: a report cannot be written, or this system cannot run notebooks.

    """
    from colabify.verify.reports import check_reports, write_reports

    if sys.platform == "win32":
        raise ColabifyError("--verify needs Linux or macOS (on Windows: WSL)")
    reports = args.report or []
    check_reports(reports)
    terminal, quiet = Terminal(sys.stderr), args.quiet
    courses = Courses(configuration, args.places)
    found = find_notebooks(args.places, courses.project_of)
    places, wrong = configuration.sort_out(found.places.values())
    if not quiet:
        terminal.say("colabify: executing notebooks", "yellow")
        for name, why in (*found.notes, *configuration.notes.items()):
            terminal.say(f"{name}: {why}", "yellow")
    with (
        ends_when_told(),
        _steps(len(places), quiet=quiet) as step,
    ):
        verifier = _verifier(args, courses)
        verifier.after_each = lambda _: step()
        verifier.environments.say = lambda text: (
            None if quiet else terminal.say(f"colabify: {text} ...")
        )
        verification = verifier.run(places, (*found.problems, *wrong))
    write_reports(verification, reports)
    _show(args, verification)
    return _exit_code(verification)


def _verifier(args: argparse.Namespace, courses: Courses) -> Verifier:
    from colabify.verify.environments import Environments
    from colabify.verify.verification import Verifier

    default = Options()
    options = Options(
        level=args.verify,
        timeout=args.timeout or default.timeout,
        cells=args.cells,
        network=args.network or default.network,
        store=args.network_store,
    )
    return Verifier(courses, options, Environments())


def _steps(count: int, *, quiet: bool) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None) if quiet else progress(count)


@contextmanager
def ends_when_told() -> Iterator[None]:
    """Take being told to end, or the loss of the terminal, as Ctrl-C is taken: machines are put away."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {one: signal.signal(one, end) for one in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _show(args: argparse.Namespace, verification: Verification) -> None:
    from colabify.verify.reports import as_json
    from colabify.verify.text import print_verification

    with reader_may_leave(sys.stdout):
        if args.format == "json":
            sys.stdout.write(as_json(verification))
        else:
            print_verification(
                Terminal(sys.stdout), verification, verbose=args.verbose, quiet=args.quiet
            )


def _exit_code(verification: Verification) -> int:
    if any(_is_unreadable(one) for one in verification.notebooks):
        return UNREADABLE
    return FAILED if verification.failed else PASSED


def _is_unreadable(verdict: NotebookVerdict) -> bool:
    """Whether it could not even be opened."""
    return bool(verdict.steps) and verdict.steps[0].state == "failed"
