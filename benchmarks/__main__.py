"""``python -m benchmarks [FOLDER]``: the table; ``--help`` lists its sections."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.sections import SECTIONS


def main() -> None:
    """Print the sections that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, help="measure on its notebooks, not on a generated course"
    )
    parser.add_argument(
        "--section",
        action="append",
        choices=SECTIONS,
        help="only this one (default: all; with FOLDER: course)",
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="of all sizes: 0.1 is quick, and says less"
    )
    parser.add_argument("--runs", type=int, default=1, help="the cheapest of so many counts")
    args = parser.parse_args()
    for name in args.section or (["course"] if args.folder else SECTIONS):
        print(f"\n{name}: {SECTIONS[name].__doc__}\n")
        for row in SECTIONS[name](args.folder, args.scale, args.runs):
            print(row, flush=True)


if __name__ == "__main__":
    main()
