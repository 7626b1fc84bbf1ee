"""Execute the examples of the rules, before and after, with today's libraries and those of their time.

``execute_examples.py --now PYTHON [--old PYTHON ...] [CODE ...]`` prints a line for each example: what
the old code does with the runtime's libraries (it should fail), what the new code does with them (it
should run), what the old code does with what the setup cell provides for it (``shim``, where that is all
that is needed), what it does with the first old Python that runs it, and whether all show the same value.
Each runs in an empty folder, in a process that is forked off from one that has loaded what it uses, and has
two minutes.
The exit code is 1 if code fails that should run, or shows another value than the old did.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from example_pythons import Outcome, Python  # beside this file

from colabify.applied import Policy
from colabify.engine import apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import RULES, Context, Example, Rule
from colabify.runtime import load_runtime
from colabify.setup.cell import setup_source
from colabify.steps import Setup


@dataclass(frozen=True, slots=True)
class Row:
    """An example, and what came of it."""

    name: str
    example: Example
    before: Outcome
    after: Outcome
    shim: Outcome | None
    old: Outcome | None

    @property
    def same(self) -> str:
        """Whether old code with old libraries shows what new code with new ones does."""
        if not self.example.shows or self.old is None or not self.old.runs:
            return "not compared"
        return "same" if self.old.value == self.after.value else "differs"

    @property
    def same_shim(self) -> bool:
        """Whether old code shows with a shim what new code does."""
        return self.shim is None or (self.shim.runs and self.shim.value == self.after.value)

    @property
    def line(self) -> str:
        """The row as it is printed."""
        said = [f"before {_said(self.before)}", f"after {_said(self.after)}"]
        if self.shim is not None:
            said.append(f"shim {_said(self.shim)}")
        if self.old is not None:
            said.append(f"old {_said(self.old)}")
        values = (
            f": {self.old.value} | {self.after.value}"
            if self.old and self.same == "differs"
            else ""
        )
        if self.shim and self.shim.runs and not self.same_shim:
            values += f": shim {self.shim.value} | {self.after.value}"
        return f"{self.name}: {' | '.join([*said, self.same])}{values}"


def _said(outcome: Outcome) -> str:
    return "runs" if outcome.runs else f"fails ({outcome.error})"


def examples(codes: tuple[str, ...]) -> list[tuple[str, Rule, Example]]:
    """The examples that rewrite something, of the rules whose codes begin with one of ``codes``."""
    return [
        (f"{rule.code}-{number}", rule, one)
        for rule in RULES
        for number, one in enumerate(rule.examples)
        if one.after is not None and rule.code.startswith(codes or ("COL",))
    ]


def execute(name: str, example: Example, now: Python, olds: list[Python]) -> Row:
    """Run one example every way."""
    found: Outcome | None = None
    for python in olds:
        found = python.run(example.before, example.shows)
        if found.runs:
            break
    before = now.run(example.before, example.shows)
    setup = provided(example.before)
    shim = now.run(example.before, example.shows, setup) if setup else None
    return Row(name, example, before, now.run(example.after or "", example.shows), shim, found)


def provided(source: str) -> str:
    """The setup cell that has all that a cell needs which stays as it is; empty if there is none."""
    cell: dict[str, Any] = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    notebook = {"cells": [cell | {"execution_count": None}], "metadata": {}, "nbformat": 4}
    raw = json.dumps(notebook | {"nbformat_minor": 4}).encode()
    (read,) = read_program(Document.parse(raw)).cells
    units = [read.unit] if read.unit else []
    context = Context(units, load_runtime(), read.unit, read.masked.escapes)
    done = apply_rules(read.masked, RULES, context, Policy(keep=True))
    return setup_source(Setup(shims=done.shims)) if done.shims and not done.told else ""


def main() -> int:
    """Execute what the arguments ask for."""
    parser = argparse.ArgumentParser(description="Execute the examples of the rules.")
    parser.add_argument("--now", required=True, help="Python with the runtime's libraries")
    parser.add_argument("--old", action="append", default=[], help="Python with old ones; again")
    parser.add_argument("codes", nargs="*", metavar="CODE")
    args = parser.parse_args()
    chosen = examples(tuple(args.codes))
    now, olds = Python(args.now), [Python(one) for one in args.old]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting = [
            pool.submit(execute, name, one, now, olds) for name, _, one in chosen if not one.not_run
        ]
        rows = []
        for each in waiting:
            rows.append(each.result())
            print(rows[-1].line, flush=True)
    for server in (now, *olds):
        server.close()
    left = [(name, one.not_run) for name, _, one in chosen if one.not_run]
    for name, why in left:
        print(f"{name}: not run: {why}")
    same = Counter(row.same for row in rows)
    print(
        f"{len(rows)} executed: {sum(not row.before.runs for row in rows)} fail before, "
        f"{sum(row.after.runs for row in rows)} run after; "
        f"{sum(bool(row.shim) for row in rows)} have shims, with which "
        f"{sum(bool(row.shim and row.shim.runs) for row in rows)} run, "
        f"{sum(bool(row.shim) and row.same_shim for row in rows)} of them like the new code; "
        f"{sum(bool(row.old and row.old.runs) for row in rows)} ran with old libraries, "
        f"{same['same']} of them show the same, {same['differs']} another value; {len(left)} not run"
    )
    return int(
        any(not row.after.runs or row.same == "differs" or not row.same_shim for row in rows)
    )


if __name__ == "__main__":
    sys.exit(main())
