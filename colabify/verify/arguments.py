"""The arguments of ``--verify``, their help, and what they must not be combined with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = ("imports", "run", "image", "colab")
NETWORKS = ("on", "off", "record")
_FORMATS = ("text", "json")
_ITS_OWN = ("timeout", "cells", "network", "network_store", "report")


def with_level(words: Sequence[str] | None) -> list[str]:
    """The command's words, in which ``--verify a.ipynb`` verifies a.ipynb: only ``=`` gives a level."""
    given = list(sys.argv[1:] if words is None else words)
    end = given.index("--") if "--" in given else len(given)
    options = [f"--verify={LEVELS[0]}" if one == "--verify" else one for one in given[:end]]
    return [*options, *given[end:]]


def add_verify(parser: argparse.ArgumentParser, modes: argparse._MutuallyExclusiveGroup) -> None:
    """Add the mode ``--verify`` to the modes, and a group of what goes with it."""
    modes.add_argument(
        "--verify", nargs="?", choices=LEVELS, metavar="LEVEL",
        help="execute the notebooks, ported in memory, on a stand-in for Colab: what they import and the "
        "paths they read; =run: all cells; =image: in Colab's image; =colab: on Colab",
    )  # fmt: skip
    group = parser.add_argument_group("with --verify")
    group.add_argument(
        "--timeout", metavar="SECONDS", type=_positive, help="for each cell (default: 600)"
    )
    group.add_argument(
        "--cells", metavar="NUMBERS", type=_numbers,
        help="only these cells, counted from 1 in the file, such as 1-5,8 (default: all)",
    )  # fmt: skip
    group.add_argument(
        "--network", choices=NETWORKS,
        help="on (default): the machine's; record: answers are kept; off: only those that were kept",
    )  # fmt: skip
    group.add_argument(
        "--network-store",
        metavar="DIR",
        type=Path,
        help="where answers are kept (default: the cache)",
    )
    group.add_argument(
        "--report", metavar="FILE", type=Path, action="append",
        help="write a report too, by its name .html, .json or .xml (JUnit); may be given again",
    )  # fmt: skip


def misuse_of_verify(args: argparse.Namespace) -> str:
    """What is wrong with how the arguments of ``--verify`` are used; empty if nothing is."""
    if args.verify is None:
        given = next((name for name in _ITS_OWN if getattr(args, name) is not None), None)
        if given is not None:
            return f"argument --{given.replace('_', '-')}: only allowed with --verify"
    elif "-" in args.places:
        return "argument --verify: not allowed with -, which is in no course"
    elif args.badges is not None:
        return "argument --verify: not allowed with --badges"
    elif args.format not in _FORMATS:
        return f"argument --format: with --verify it is one of {', '.join(_FORMATS)}"
    elif args.commit or args.branch is not None or args.push:
        return "argument --verify: not allowed with --commit, --branch or --push: it writes nothing"
    return ""


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return int(text)


def _numbers(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        numbers = (first, last) if dash else (first, first)
        if not all(one.isascii() and one.isdigit() and 0 < int(one) < 10**6 for one in numbers):
            shown = part.strip()
            raise argparse.ArgumentTypeError(
                f"{shown!r} is no cell, such as 3, or cells, such as 3-5"
            )
        found |= set(range(int(numbers[0]), int(numbers[1]) + 1))
    return frozenset(found)
