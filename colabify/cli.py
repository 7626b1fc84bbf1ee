"""The command: arguments in, an exit code out.

Exit codes: 0 done and nothing left, 1 an error is left (or, under ``--check``, something would change),
2 wrong usage, wrong configuration or a notebook that cannot be read; 2 outranks 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify import __version__
from colabify.errors import ColabifyError
from colabify.settings import ACCELERATORS, load_settings, with_flags

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from colabify.run import Courses, Mode, Outcome

DONE, LEFT, FAILED = 0, 1, 2
_EPILOG = """\
exit codes: 0 done and nothing left; 1 an error is left, or under --check something would change;
2 wrong usage, wrong configuration, or a notebook that cannot be read"""


def make_parser() -> argparse.ArgumentParser:
    """The parser; its help is the reference of the command."""
    parser = argparse.ArgumentParser(
        prog="colabify",
        description="Make a course's Jupyter notebooks run on Google Colab, and still run at home. "
        "Without a mode, nothing is written: the plan for each notebook is shown.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="*", metavar="PATH",
        help="notebooks and folders of notebooks; - reads one from standard input and writes it to "
        "standard output",
    )  # fmt: skip
    modes = parser.add_argument_group("modes (one of them)").add_mutually_exclusive_group()
    modes.add_argument("--inplace", action="store_true", help="write the ported notebooks back")
    modes.add_argument(
        "--check", action="store_true", help="exit with 1 if any would change; for CI"
    )
    modes.add_argument("--diff", action="store_true", help="show what would change, cell by cell")
    modes.add_argument("--undo", action="store_true", help="give back the notebooks as they were")
    modes.add_argument("--output-dir", metavar="DIR", type=Path, help="write ported copies there")
    modes.add_argument("--list-rules", action="store_true", help="list all codes and exit")
    modes.add_argument("--explain", metavar="CODE", help="say what a code means and exit")
    modes.add_argument("--version", action="version", version=f"colabify {__version__}")
    what = parser.add_argument_group("what to port to")
    what.add_argument(
        "--repo", metavar="URL", help="repository that Colab clones (default: git's remote)"
    )
    what.add_argument("--ref", help="branch or tag that Colab clones (default: the current branch)")
    what.add_argument(
        "--accelerator", choices=ACCELERATORS, help="default: auto, what the code says"
    )
    what.add_argument("--runtime", metavar="VERSION", help="latest, auto, or one such as 2025.07")
    how = parser.add_argument_group("how")
    how.add_argument("--config", metavar="FILE", type=Path, help="TOML file with [tool.colabify]")
    how.add_argument(
        "--select", metavar="CODES", type=_codes, help="only these codes, comma-separated"
    )
    how.add_argument("--ignore", metavar="CODES", type=_codes, help="not these codes")
    how.add_argument(
        "--stdin-filename", metavar="PATH", type=Path,
        help="where the notebook from standard input stands",
    )  # fmt: skip
    how.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    how.add_argument("-v", "--verbose", action="store_true", help="say why, too")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code comes out."""
    parser = make_parser()
    args = parser.parse_args(argv)
    try:
        if args.list_rules or args.explain:
            return _explain(args.explain, parser)
        if not args.paths:
            parser.error("name a notebook or a folder, such as: colabify assignment1/")
        if args.quiet and args.verbose:
            parser.error("argument --verbose: not allowed with argument --quiet")
        return _run(args, parser)
    except ColabifyError as error:
        print(f"colabify: {error}", file=sys.stderr)  # noqa: T201
        return FAILED
    except BrokenPipeError:  # the reader of a pipe, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except KeyboardInterrupt:
        print("colabify: interrupted; every notebook is whole", file=sys.stderr)  # noqa: T201
        return 130


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def _mode(args: argparse.Namespace) -> Mode:
    from colabify.run import Mode

    if args.output_dir is not None:
        return Mode.OUTPUT
    named = [mode for mode in Mode if getattr(args, mode.value.replace("-", "_"), None) is True]
    return named[0] if named else Mode.PLAN


def _flags(args: argparse.Namespace) -> dict[str, Any]:
    names = ("repo", "ref", "accelerator", "runtime", "select", "ignore")
    return {name: getattr(args, name) for name in names}


def _run(args: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from colabify.files import find_notebooks
    from colabify.metadata import check_runtime
    from colabify.run import Courses, Outcome, run

    first = Path(args.paths[0]) if args.paths[0] != "-" else Path()
    settings = load_settings(first if first.is_dir() else first.parent, config=args.config)
    settings = with_flags(settings, _flags(args))
    check_runtime(settings)
    courses, mode = Courses(settings), _mode(args)
    if "-" in args.paths:
        if len(args.paths) > 1:
            parser.error("- stands alone: it is one notebook from standard input")
        return _run_stdin(args, courses, mode)
    places, problems = find_notebooks(args.paths, courses.project_of)
    outcomes = [Outcome(name, error=why) for name, why in problems]
    with _progress(len(places)) as step:
        outcomes += run(places, courses, mode, output=args.output_dir, after_each=step)
    _show(args, outcomes, mode)
    return _exit_code(outcomes, mode)


def _run_stdin(args: argparse.Namespace, courses: Courses, mode: Mode) -> int:
    from colabify.report import make_console, print_report
    from colabify.run import Mode, Outcome, transform

    path = args.stdin_filename or Path("standard input")
    raw = sys.stdin.buffer.read()
    try:
        ported = transform(raw, path, courses, mode, named=args.stdin_filename is not None)
    except ColabifyError as error:
        raise type(error)(f"standard input: {error}") from None
    outcome = Outcome(str(path), ported)
    if mode is Mode.DIFF:
        _show(args, [outcome], mode)
    elif mode is not Mode.CHECK:
        sys.stdout.buffer.write(ported.raw)
        sys.stdout.buffer.flush()
    if mode is not Mode.DIFF and not args.quiet:
        print_report(make_console(stderr=True), [outcome], mode, verbose=args.verbose)
    return _exit_code([outcome], mode)


def _show(args: argparse.Namespace, outcomes: Sequence[Outcome], mode: Mode) -> None:
    from colabify.run import Mode

    failed = any(one.error for one in outcomes)
    if args.quiet and not failed and mode is not Mode.DIFF:
        return
    from colabify.report import make_console, print_diff, print_problems, print_report

    if mode is Mode.DIFF:
        print_diff(make_console(), outcomes)
    if not args.quiet:
        stream = make_console(stderr=mode is Mode.DIFF)
        print_report(stream, outcomes, mode, verbose=args.verbose)
    if failed:
        print_problems(make_console(stderr=True), outcomes, verbose=args.verbose)


def _exit_code(outcomes: Sequence[Outcome], mode: Mode) -> int:
    from colabify.run import Mode

    if any(one.error for one in outcomes):
        return FAILED
    if any(one.errors for one in outcomes):
        return LEFT
    return LEFT if mode is Mode.CHECK and any(one.changed for one in outcomes) else DONE


def _explain(code: str | None, parser: argparse.ArgumentParser) -> int:
    from colabify.report import pages

    known = pages()
    if code is None:
        for name, page in known.items():
            print(f"{name}  {page.name}")  # noqa: T201
        return DONE
    if code.upper() not in known:
        parser.error(f"there is no code {code}; --list-rules lists them")
    page = known[code.upper()]
    print(f"{code.upper()} {page.name}\n\n{page.text}")  # noqa: T201
    return DONE


def _progress(count: int) -> AbstractContextManager[Callable[[], None]]:
    """A bar that moves by one at each call, on a terminal and for long work; else nothing."""
    from colabify.report import progress, wants_progress

    return progress(count) if wants_progress(count) else nullcontext(lambda: None)
