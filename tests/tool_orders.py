"""Colabify and other programs on one notebook, in many orders, until it comes to rest.

The orders are those in which each stands in each place: what is at rest is so in every order, since then none
of them changes anything.

A process of its own for each program would take minutes: those in Python run in this one, which
is not that of the tests, since they do to their standard streams what they like.

``python -m tests.tool_orders NOTEBOOK PROGRAM...`` prints each order that does not come to rest in three rounds.
"""

from __future__ import annotations

import contextlib
import io
import runpy
import subprocess
import sys
from pathlib import Path

from colabify.cli import main as colabify

ROUNDS = 3


def run(program: str, path: Path) -> None:
    if program == "colabify":
        with contextlib.redirect_stdout(io.StringIO()):
            assert colabify([str(path), "--inplace"]) == 0
    elif Path(program).is_absolute():
        subprocess.run([program, "clean", str(path)], check=True)
    else:
        sys.argv = [program, str(path)]
        # nbstripout takes what is below standard output for itself, and closes it
        output, errors = io.TextIOWrapper(io.BytesIO()), io.StringIO()
        streams = contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors)
        with streams[0], streams[1], contextlib.suppress(SystemExit):
            runpy.run_module(program, run_name="__main__", alter_sys=True)


def rests(path: Path, order: tuple[str, ...]) -> bool:
    for _ in range(ROUNDS):
        before = path.read_bytes()
        for program in order:
            run(program, path)
        if path.read_bytes() == before:
            return b"Set up Google Colab" in before
    return False


def rotations(programs: list[str]) -> list[tuple[str, ...]]:
    return [(*programs[at:], *programs[:at]) for at in range(len(programs))]


def restless(path: Path, programs: list[str]) -> list[tuple[str, ...]]:
    raw, found = path.read_bytes(), []
    for order in rotations(programs) + rotations(programs[::-1]):
        path.write_bytes(raw)
        if not rests(path, order):
            found.append(order)
    return found


if __name__ == "__main__":
    sys.stdin = None  # type: ignore[assignment]  # nbstripout would close it
    for order in restless(Path(sys.argv[1]), ["colabify", *sys.argv[2:]]):
        print(*order)  # noqa: T201
