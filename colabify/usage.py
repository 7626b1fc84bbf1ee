"""Wrong usage: arguments that do not go together, each with what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.verify.arguments import misuse_of_verify
from colabify.workplace import misuse_of_commit

if TYPE_CHECKING:
    import argparse


def check_usage(args: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Refuse arguments that do not go together; ``--badges`` gets the folder of its file as PATH.

    Raises:
        SystemExit: they do not (code 2).

    """
    if args.badges is not None:
        _check_badges(args, parser)
    if not args.places:
        parser.error("name a notebook or a folder, such as: colabify assignment1/")
    if "-" in args.places and len(args.places) > 1:
        parser.error("- stands alone: it is one notebook from standard input")
    if "-" in args.places and args.output_dir is not None:
        parser.error("argument --output-dir: not allowed with -, which writes to standard output")
    if args.stdin_filename is not None and "-" not in args.places:
        parser.error("argument --stdin-filename: only allowed with - for PATH")
    misuse = misuse_of_commit(args) or misuse_of_verify(args)
    if misuse:
        parser.error(misuse)
    if args.output_dir is not None and args.output_dir.exists() and not args.output_dir.is_dir():
        parser.error(f"argument --output-dir: {args.output_dir} is a file, not a folder")


def _check_badges(args: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    for name in ("inplace", "undo", "output_dir", "commit", "branch", "push"):
        if getattr(args, name):
            parser.error(f"argument --badges: not allowed with --{name.replace('_', '-')}")
    if "-" in args.places or args.format != "text":
        parser.error("argument --badges: not allowed with - or --format")
    args.places = args.places or [str(args.badges.parent)]
