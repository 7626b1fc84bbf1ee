"""The command: arguments in, an exit code out.

Exit codes: 0 done and nothing left, 1 an error is left (or, under ``--check``, something would change),
2 wrong usage, wrong configuration or a notebook that cannot be read; 2 outranks 1.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from colabify import __version__
from colabify.errors import ColabifyError
from colabify.report.showing import DONE, FAILED, INTERRUPTED, exit_code, show

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from colabify.cache import Cache
    from colabify.config.configuration import Configuration
    from colabify.courses import Courses
    from colabify.outcomes import Mode, Result
    from colabify.porting import Ported
    from colabify.workplace import Workplace

_FLAGS = (
    "repo", "ref", "accelerator", "runtime", "select", "ignore", "pins", "online", "modules", "markdown",
    "private", "source", "drive_folder", "clone", "persist", "paths",
    "unsafe_fixes", "compat",
)  # fmt: skip
"""The flags that are settings of the same name."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code comes out.

    Raises:
        SystemExit: the arguments are wrong (code 2), or ask for help or the version (code 0).

    """
    if list(sys.argv[1:] if argv is None else argv) == ["--version"]:
        print(f"colabify {__version__}")  # noqa: T201 - needs nothing of what follows
        raise SystemExit(DONE)
    from colabify.arguments import make_parser
    from colabify.usage import check_usage
    from colabify.verify.arguments import with_level

    parser = make_parser()
    args = parser.parse_args(with_level(argv))
    try:
        if args.list_rules or args.explain is not None:
            return _explain(args.explain, parser)
        if args.show_config or args.init:
            return _configure(args, parser)
        check_usage(args, parser)
        return _run(args)
    except ColabifyError as error:
        return _fail(str(error), FAILED, error.said if args.verbose else "")
    except OSError as error:
        return _fail(f"{error.filename or 'the output'}: {error.strerror or error}", FAILED)
    except KeyboardInterrupt:
        text = "interrupted: every notebook is whole, the last ones are not done"
        return _fail(text, INTERRUPTED)


def _fail(text: str, code: int, more: str = "") -> int:
    from colabify.report.terminal import Terminal

    Terminal(sys.stderr).say(f"colabify: {text}", "red")
    for line in more.splitlines():
        Terminal(sys.stderr).say(f"  {line}", "dim")
    return code


def _mode(args: argparse.Namespace) -> Mode:
    from colabify.outcomes import Mode

    if args.branch is not None:
        return Mode.BRANCH
    if args.output_dir is not None:
        return Mode.OUTPUT
    named = [mode for mode in Mode if getattr(args, mode.value.replace("-", "_"), None) is True]
    return named[0] if named else Mode.INPLACE if args.commit else Mode.PLAN


def _configuration(args: argparse.Namespace) -> Configuration:
    """The settings that hold for each file, with what the command line says."""
    from colabify.config.configuration import Configuration

    flags = {name: getattr(args, name) for name in _FLAGS}
    flags["requirements"] = None if args.requirements is None else tuple(args.requirements)
    return Configuration(flags, args.config)


def _configure(args: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Show what is configured, or begin a file for it."""
    from pathlib import Path

    from colabify.config.init import write_config
    from colabify.config.show import show_config
    from colabify.places import folder_of
    from colabify.report.terminal import Terminal, reader_may_leave

    places = args.places or ["."]
    if args.init and len(places) > 1:
        parser.error("argument --init: it takes one PATH, in the repository that it is for")
    if args.show_config:
        text = show_config(places, _configuration(args), as_json=args.format == "json")
    else:
        file = write_config(folder_of(Path(places[0])), _configuration(args))
        text = f"{file}: written; take away the # of what is to be otherwise\n"
    with reader_may_leave(sys.stdout):
        for line in text.splitlines():
            Terminal(sys.stdout).say(line)
    return DONE


def _run(args: argparse.Namespace) -> int:
    from colabify.cache import cache_for

    cache = cache_for(args)
    whole = args.format != "text" or not args.quiet
    kept = cache.kept(whole=whole) if cache is not None else None
    if kept is not None:
        return _tell(args, kept, _mode(args))
    from colabify.courses import Courses
    from colabify.jobs import collect_seldom
    from colabify.own_rules import every_rule

    collect_seldom()
    every_rule()  # raises before anything is done, if a package's cannot be used
    if args.verify is not None:
        from colabify.verify.command import verify_command

        return verify_command(args, _configuration(args))
    if args.places == ["-"]:
        return _run_stdin(args, Courses(_configuration(args), args.places), _mode(args))
    if args.badges is not None:
        from colabify.badge_run import keep_badges

        courses = Courses(_configuration(args), args.places)
        return keep_badges(args.badges, args.places, courses, _mode(args), quiet=args.quiet)
    from colabify.workplace import chosen_workplace

    with chosen_workplace(args) as work:
        args.places = work.given
        return _run_in(work, args, cache)


def _run_in(work: Workplace, args: argparse.Namespace, cache: Cache | None) -> int:
    """Do what the arguments say at the workplace; nothing is told before it is committed."""
    from colabify.courses import Courses
    from colabify.jobs import jobs_for
    from colabify.notebook_cache import NotebookCache
    from colabify.outcomes import Outcome, Result
    from colabify.places import find_notebooks
    from colabify.report.terminal import progress
    from colabify.run import run

    configuration, mode = _configuration(args), _mode(args)
    target = work.target(configuration.of)
    courses = Courses(configuration, work.given, target)
    found = find_notebooks(work.given, courses.project_of, skip=args.output_dir)
    places, wrong = configuration.sort_out(found.places.values())
    outcomes = [Outcome(name, error=why) for name, why in (*found.problems, *wrong)]
    with nullcontext(lambda: None) if args.quiet else progress(len(places)) as step:
        output = args.output_dir
        outcomes += run(
            places, courses, mode, output=output, write=work.write, after_each=step,
            jobs=jobs_for(len(places), args.jobs),
            cache=None if cache is None else NotebookCache(cache, courses, mode),
        )  # fmt: skip
    modules = courses.modules.outcomes
    said = work.finish(outcomes, modules)
    outcomes = [work.as_known(one) for one in outcomes]
    modules = [work.as_known(one) for one in modules]
    notes = [*found.notes, *configuration.notes.items(), *work.notes]
    named = tuple((work.named(name), why) for name, why in notes)
    result = Result(tuple(outcomes), tuple(modules), named)
    if cache is not None and not any(configuration.of(one.path).online for one in places):
        cache.keep(result)  # what the package index says may be other tomorrow
    return _tell(args, result, mode, said)


def _tell(args: argparse.Namespace, result: Result, mode: Mode, said: str = "") -> int:
    """Report what a run came to, and what was committed in a sentence; the exit code comes out."""
    from colabify.report.terminal import Terminal, reader_may_leave

    show(args, result.outcomes, mode, result.modules)
    if said and not args.quiet:
        stream = sys.stdout if args.format == "text" else sys.stderr
        with reader_may_leave(stream):
            Terminal(stream).say(said)
    with reader_may_leave(sys.stderr):
        for name, why in result.notes if not args.quiet else ():
            Terminal(sys.stderr).say(f"{name}: {why}", "yellow")
    return exit_code(result.outcomes, mode, result.modules)


def _run_stdin(args: argparse.Namespace, courses: Courses, mode: Mode) -> int:
    from colabify.outcomes import Mode
    from colabify.report.terminal import reader_may_leave
    from colabify.run_one import attempt, transform

    if sys.stdin is None:
        raise ColabifyError("there is no standard input to read the notebook from")
    raw = sys.stdin.buffer.read()
    written: list[bytes] = []

    def work() -> Ported:
        ported = transform(raw, args.stdin_filename, courses, mode)
        written.append(ported.raw)
        return ported

    outcome = attempt(str(args.stdin_filename or "standard input"), mode, work)
    if mode not in (Mode.DIFF, Mode.CHECK):
        with reader_may_leave(sys.stdout):
            sys.stdout.buffer.write(b"".join(written))
            sys.stdout.buffer.flush()
    # What is written to standard output is the notebook: the report says what was done to it
    show(args, [outcome], Mode.INPLACE if mode is Mode.PLAN else mode, report_to=sys.stderr)
    return exit_code([outcome], mode)


def _explain(code: str | None, parser: argparse.ArgumentParser) -> int:
    from colabify.explain import pages
    from colabify.report.terminal import reader_may_leave

    known = pages()
    if code is not None and code.strip().upper() not in known:
        parser.error(f"argument --explain: there is no code {code!r}; --list-rules lists them")
    with reader_may_leave(sys.stdout):
        if code is None:
            for name, page in known.items():
                print(f"{name}  {page.name}")  # noqa: T201
        else:
            name = code.strip().upper()
            print(f"{name} {known[name].name}\n\n{known[name].text}")  # noqa: T201
    return DONE
