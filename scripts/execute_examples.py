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
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import IO, Any, cast

from colabify.engine import Policy, apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import RULES, Context, Example, Rule
from colabify.runtime import load_runtime
from colabify.setup.cell import setup_source
from colabify.steps import Setup

SERVE = r"""
import importlib, io, json, os, select, signal, sys, tempfile, traceback, types, warnings

LIMIT = int(sys.argv[1])
warnings.simplefilter("ignore")
for name in sys.argv[2:]:  # what is loaded once need not be loaded for every example
    try:
        importlib.import_module(name)
    except Exception:
        pass


def plain(value):
    if type(value).__module__ == "numpy":
        value = value.tolist()
    if isinstance(value, float):
        return round(value, 6) + 0.0
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def execute(setup, source, shows):
    space = {"__name__": "__main__"}
    if setup:
        sys.modules["google.colab"] = types.ModuleType("google.colab")
        exec(compile(setup, "setup", "exec"), {})
        exec(compile(setup, "setup", "exec"), {})  # again: it is to change nothing
    escapes = any(line.lstrip()[:1] in ("%", "!") or "= !" in line for line in source.splitlines())
    if escapes or "get_ipython" in source:
        from IPython.testing.globalipapp import start_ipython

        shell = start_ipython()
        shell.run_cell(source).raise_error()
        space = shell.user_ns
    else:
        exec(compile(source, "cell", "exec"), space)
    return repr(plain(eval(shows, space))) if shows else ""


def answer(job, pipe):
    os.setpgid(0, 0)
    os.chdir(tempfile.mkdtemp())
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(quiet, number)
    try:
        said = ["", execute(*job)]
    except BaseException as error:
        lines = traceback.format_exception_only(type(error), error)
        said = [" ".join(lines[-1].split()) or "?", ""]
    os.write(pipe, json.dumps(said).encode())
    os._exit(0)


def hear(pipe):
    ready, _, _ = select.select([pipe], [], [], LIMIT)
    if not ready:
        return [f"no end after {LIMIT} seconds", ""]
    found = os.read(pipe, 1 << 16)  # it is written at once
    return json.loads(found.decode()) if found else ["the interpreter ended", ""]


for line in sys.stdin:
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        answer(json.loads(line), theirs)
    os.close(theirs)
    said = hear(ours)
    os.close(ours)
    for kill, number in ((os.kill, child), (os.killpg, child)):  # and what it has started and left
        try:
            kill(number, signal.SIGKILL)
        except OSError:
            pass
    os.waitpid(child, 0)
    print(json.dumps(said))
    sys.stdout.flush()
"""
LIMIT = 120
"""Seconds that an example may take."""
LOADED = ("numpy", "scipy.stats", "pandas", "matplotlib.pyplot", "sklearn.ensemble", "seaborn", "networkx",
          "skimage.transform", "statsmodels.api", "PIL.Image", "IPython")  # fmt: skip
"""What most examples import; no library that starts threads, which a process that is forked off lacks."""
HEAVY = {
    "tensorflow": ("numpy", "tensorflow", "keras"),
    "keras": ("numpy", "tensorflow", "keras"),
    "torch": ("numpy", "torch", "torchvision", "PIL.Image"),
}
"""What examples of a library that takes many seconds to import are forked off from, by a word of theirs."""
ALONE = "TF_USE_LEGACY_KERAS"
"""What has to be set before TensorFlow is imported: nothing heavy is loaded for an example with it."""
QUIET = {"MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a piece of code: whether it ran, the last line of its error, and the value it shows."""

    runs: bool
    error: str = ""
    value: str = ""


class Server:
    """An interpreter that runs each piece of code in a process of its own, forked off from one."""

    def __init__(self, python: str, loaded: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            [python, "-c", SERVE, str(LIMIT), *loaded], text=True, env={**os.environ, **QUIET},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._asks = cast("IO[str]", self._process.stdin)
        self._answers = cast("IO[str]", self._process.stdout)

    def run(self, source: str, shows: str, setup: str) -> Outcome:
        """Run ``source``, after a ``setup`` cell."""
        self._asks.write(json.dumps([setup, source, shows]) + "\n")
        self._asks.flush()
        error, value = json.loads(self._answers.readline())
        return Outcome(runs=not error, error=error[:100], value=value)

    def close(self) -> None:
        """End the interpreter."""
        self._asks.close()
        self._process.wait()


class Python:
    """A Python with its libraries; what examples are forked off from is started when one needs it."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._servers: dict[tuple[str, ...], Server] = {}
        self._turn = Lock()

    def run(self, source: str, shows: str, setup: str = "") -> Outcome:
        """Run ``source``, after a ``setup`` cell; it may take ``LIMIT`` seconds."""
        loaded = _loaded(source + setup)
        with self._turn:
            if loaded not in self._servers:
                self._servers[loaded] = Server(self._python, loaded)
            return self._servers[loaded].run(source, shows, setup)

    def close(self) -> None:
        """End what was started."""
        for server in self._servers.values():
            server.close()


def _loaded(source: str) -> tuple[str, ...]:
    if ALONE in source:
        return LOADED
    return next((names for word, names in HEAVY.items() if word in source), LOADED)


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
