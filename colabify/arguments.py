"""The command's arguments; their help is the reference of the command."""

from __future__ import annotations

import argparse
from pathlib import Path

from colabify import __version__
from colabify.report.formats import FORMATS
from colabify.settings import ACCELERATORS, CHOICES, HELP, accelerator_named
from colabify.verify.arguments import add_verify

_EPILOG = """\
exit codes: 0 done and nothing left; 1 an error is left, or under --check something would change;
2 wrong usage, wrong configuration, or a notebook that cannot be read"""


def make_parser() -> argparse.ArgumentParser:
    """The parser; its help is the reference of the command."""
    parser = argparse.ArgumentParser(
        prog="colabify",
        usage="%(prog)s [OPTION...] PATH...\n       %(prog)s --help",
        description="Make a course's Jupyter notebooks run on Google Colab, and still run at home.\n"
        "Without a mode, nothing is written: the plan for each notebook is shown.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,  # --in must not write by accident
    )
    parser.add_argument(
        "places", nargs="*", metavar="PATH",
        help="notebooks and folders of notebooks; - reads one from standard input and writes it to "
        "standard output",
    )  # fmt: skip
    modes = _add_modes(parser)
    parser.add_argument(
        "--badges", metavar="FILE", type=Path,
        help="instead of porting, keep the table of the notebooks' Colab links in this README, between "
        "<!-- colabify badges --> and <!-- /colabify badges --> (default PATH: its folder)",
    )  # fmt: skip
    add_verify(parser, modes)
    _add_commit(parser)
    _add_target(parser)
    _add_files(parser)
    _add_how(parser)
    return parser


def _add_modes(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    modes = parser.add_argument_group("modes (one of them)").add_mutually_exclusive_group()
    modes.add_argument("--inplace", action="store_true", help="write the ported notebooks back")
    modes.add_argument("--check", action="store_true", help="exit 1 if any would change; for CI")
    modes.add_argument("--diff", action="store_true", help="show what would change, cell by cell")
    modes.add_argument("--undo", action="store_true", help="give back the notebooks as they were")
    modes.add_argument("--output-dir", metavar="DIR", type=Path, help="write ported copies there")
    modes.add_argument(
        "--show-config",
        action="store_true",
        help="print what holds for PATH, and where it was said",
    )
    modes.add_argument(
        "--init", action="store_true",
        help="write a section with what was found into pyproject.toml if there is one, else colabify.toml",
    )  # fmt: skip
    modes.add_argument("--list-rules", action="store_true", help="list all codes and exit")
    modes.add_argument("--explain", metavar="CODE", help="say what a code means and exit")
    modes.add_argument("--version", action="version", version=f"colabify {__version__}")
    return modes


def _add_commit(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("committing (with --inplace, which it implies, or --undo)")
    group.add_argument(
        "--commit", action="store_true",
        help="commit what colabify changed, and nothing else; not with a person's changes mixed in",
    )  # fmt: skip
    group.add_argument("-m", "--message", help="the commit's message (default: what was done)")
    group.add_argument(
        "--branch", metavar="NAME",
        help="port what is committed onto that branch, which Colab then clones; the work tree stays as it is",
    )  # fmt: skip
    group.add_argument(
        "--push", action="store_true", help="push what was committed, never by force"
    )


def _add_target(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to port to")
    group.add_argument("--repo", metavar="URL", help=HELP["repo"])
    group.add_argument("--ref", help=HELP["ref"])
    group.add_argument(
        "--accelerator", choices=ACCELERATORS, type=accelerator_named, help=HELP["accelerator"]
    )
    group.add_argument("--runtime", metavar="VERSION", help=HELP["runtime"])
    group.add_argument("--pins", choices=CHOICES["pins"], help=HELP["pins"])
    group.add_argument("--requirements", metavar="FILE", action="append", help=HELP["requirements"])
    group.add_argument("--online", action="store_true", default=None, help=HELP["online"])


def _add_files(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("paths, data and results")
    group.add_argument("--paths", choices=CHOICES["paths"], help=HELP["paths"])
    group.add_argument(
        "--no-modules", dest="modules", action="store_false", default=None,
        help="do not mend local modules, only notebooks",
    )  # fmt: skip
    group.add_argument("--markdown", choices=CHOICES["markdown"], help=HELP["markdown"])
    group.add_argument("--private", action="store_true", default=None, help=HELP["private"])
    group.add_argument("--source", choices=CHOICES["source"], help=HELP["source"])
    group.add_argument("--drive-folder", metavar="FOLDER", help=HELP["drive_folder"])
    group.add_argument("--clone", choices=CHOICES["clone"], help=HELP["clone"])
    group.add_argument("--persist", choices=CHOICES["persist"], help=HELP["persist"])


def _add_how(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how")
    group.add_argument(
        "--config", metavar="FILE", type=Path,
        help="take the settings from this TOML file (default: the nearest to each notebook)",
    )  # fmt: skip
    group.add_argument(
        "--jobs", metavar="N", type=_count, default=0,
        help="port in so many processes at once (default: a core each, if there are notebooks enough)",
    )  # fmt: skip
    group.add_argument(
        "--cache-dir", metavar="DIR", type=Path,
        help="where is kept what was planned, until something changes (default: COLABIFY_CACHE_DIR, or "
        "the system's folder for caches)",
    )  # fmt: skip
    group.add_argument(
        "--no-cache", action="store_true", help="look at everything anew; keep nothing"
    )
    group.add_argument("--select", metavar="CODES", type=_codes, help=HELP["select"])
    group.add_argument("--ignore", metavar="CODES", type=_codes, help=HELP["ignore"])
    group.add_argument(
        "--unsafe-fixes", action="store_true", default=None, help=HELP["unsafe_fixes"]
    )
    group.add_argument("--compat", choices=CHOICES["compat"], help=HELP["compat"])
    group.add_argument(
        "--stdin-filename", metavar="PATH", type=Path, help="where the notebook given as - stands"
    )
    group.add_argument(
        "--format", choices=FORMATS, default="text",
        help="of the report: text, or for programs json, github (annotations) or sarif",
    )  # fmt: skip
    loudness = group.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    loudness.add_argument("-v", "--verbose", action="store_true", help="say why, too")


def _count(text: str) -> int:
    count = int(text) if text.isdecimal() else 0
    if not count:
        raise argparse.ArgumentTypeError("it is a number from 1 on")
    return count


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    if not codes:
        raise argparse.ArgumentTypeError("it names no code")
    return codes
