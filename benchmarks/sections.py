"""What is measured, by name: each section gives the rows of its table."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from benchmarks.course import make_course
from benchmarks.git_calls import count_git
from benchmarks.measure import Cost, cost

Section: TypeAlias = Callable[[Path | None, float, int], Iterator[str]]
PYTHON = sys.executable
_ROUND_TRIP = """
import json, sys
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.ipynb")):
    try:
        json.dumps(json.loads(path.read_bytes()), indent=1, ensure_ascii=False)
    except ValueError:
        pass
"""
_NBCONVERT = """
import sys
from pathlib import Path
from nbconvert import NotebookExporter
from nbconvert.preprocessors import Preprocessor
class Nothing(Preprocessor):
    def preprocess(self, nb, resources):
        return nb, resources
exporter = NotebookExporter()
exporter.register_preprocessor(Nothing(), enabled=True)
for path in sorted(Path(sys.argv[1]).rglob("*.ipynb")):
    exporter.from_filename(str(path))
"""
CHECK = (PYTHON, "-m", "colabify", "--check", "-q", "--no-cache")
KEEPING = CHECK[:-1]


def row(name: str, found: Cost, base: Cost) -> str:
    """A line of a table: seconds of CPU and of the clock, megabytes, and how many times the base."""
    times = found.cpu / base.cpu
    return f"{name:44}{found.cpu:9.2f} s CPU{found.wall:9.2f} s{found.peak:8.0f} MB{times:8.2f} x"


@contextmanager
def course(
    notebooks: float, *, each: int = 190_000, cells: int = 20, native: bool = False
) -> Iterator[Path]:
    """A generated course, for as long as it is measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "course"
        # In a process of its own: what is measured begins as a copy of this one, and of its memory
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            other.submit(
                make_course,
                folder,
                max(1, int(notebooks)),
                each=each,
                code_cells=cells,
                native=native,
            ).result()
        yield folder


def round_trip(folder: Path, runs: int = 1) -> Cost:
    """What JSON takes for the notebooks of a folder, read and written again, all else aside."""
    whole = cost([PYTHON, "-c", _ROUND_TRIP, str(folder)], folder, runs=runs)
    with tempfile.TemporaryDirectory() as empty:
        bare = cost([PYTHON, "-c", _ROUND_TRIP, empty], folder, runs=runs)
    return Cost(max(whole.cpu - bare.cpu, 0.001), whole.wall, whole.peak)


def compare(folder: Path, runs: int) -> Iterator[str]:
    """Peers, and colabify with one process and with two, on the same files."""
    base = round_trip(folder, runs)
    yield row("JSON read and written", base, base)
    yield row(
        "colabify --check --jobs 1", cost([*CHECK, "--jobs", "1", "."], folder, runs=runs), base
    )
    yield row(
        "colabify --check --jobs 2", cost([*CHECK, "--jobs", "2", "."], folder, runs=runs), base
    )
    with tempfile.TemporaryDirectory() as name:
        words = [*KEEPING, "--cache-dir", name, "."]
        cost(words, folder)
        yield row("colabify --check, nothing changed since", cost(words, folder, runs=runs), base)
        yield row("colabify --check, one edited since", cost_of_edited(words, folder, runs), base)
    for name, words in peers(folder).items():
        yield row(name, cost(words, folder, runs=runs, expected=(0, 1, 123)), base)


def cost_of_edited(words: list[str], folder: Path, runs: int) -> Cost:
    """What a command takes after one notebook was edited; the notebook is given back."""
    edited = min(folder.rglob("*.ipynb"))
    was = edited.read_bytes()
    found = []
    for number in range(1, runs + 1):
        edited.write_bytes(was + b" " * number)
        found.append(cost(words, folder))
    edited.write_bytes(was)
    return min(found, key=lambda one: one.cpu)


def peers(folder: Path) -> dict[str, list[str]]:
    """The programs beside which colabify is measured, as far as they are here; none of them writes."""
    every = [str(one) for one in sorted(folder.rglob("*.ipynb"))]
    modules = {
        "nbstripout --dry-run": ("nbstripout", ["--dry-run", *every]),
        "black --check": ("black", ["--check", "-q", "--workers", "1", *every]),
        "ruff check": ("ruff", ["check", "-q", "--no-cache", "--isolated", "--select", "E,F", "."]),
    }
    found = {
        name: [PYTHON, "-m", module, *words]
        for name, (module, words) in modules.items()
        if importlib.util.find_spec(module) is not None
    }
    return {"nbconvert that does nothing": [PYTHON, "-c", _NBCONVERT, str(folder)], **found}


def measure_course(folder: Path | None, scale: float, runs: int) -> Iterator[str]:
    """400 notebooks (80 MB), of which all are ported, and of which none has to be; or those of FOLDER"""
    if folder is not None:
        with tempfile.TemporaryDirectory() as name:  # nothing beside the person's files is written
            copy = Path(name) / "folder"
            shutil.copytree(folder, copy, symlinks=True)
            yield from compare(copy, runs)
        return
    for native in (False, True):
        with course(400 * scale, native=native) as made:
            yield "none has to change" if native else "all are ported"
            yield from compare(made, runs)


def measure_start(_folder: Path | None, _scale: float, runs: int) -> Iterator[str]:
    """Start-up, beside Python's own: --version, and a hook on one small notebook that needs nothing"""
    runs = max(runs, 5)
    with course(1, each=3_000, cells=2, native=True) as made:
        bare = cost([PYTHON, "-c", "pass"], made, runs=runs)
        yield row("python -c pass", bare, bare)
        yield row(
            "colabify --version",
            cost([PYTHON, "-m", "colabify", "--version"], made, runs=runs),
            bare,
        )
        some = cost([PYTHON, "-c", "import json, ast, argparse"], made, runs=runs)
        yield row("python -c 'import json, ast, argparse'", some, some)
        yield row("colabify --check", cost([*CHECK, "lecture_0.ipynb"], made, runs=runs), some)


def measure_large(_folder: Path | None, scale: float, runs: int) -> Iterator[str]:
    """A notebook of 50 MB"""
    with course(1, each=int(50_000_000 * scale)) as made:
        base = round_trip(made, runs)
        yield row("JSON read and written", base, base)
        yield row("colabify --check", cost([*CHECK, "."], made, runs=runs), base)


def measure_cells(_folder: Path | None, scale: float, runs: int) -> Iterator[str]:
    """A notebook of 1,250, 2,500 and 5,000 code cells"""
    for cells in (1_250, 2_500, 5_000):
        count = max(2, int(cells * scale))
        with course(1, each=0, cells=count) as made:
            base = round_trip(made, runs)
            yield row(f"JSON, {count} cells", base, base)
            yield row(
                f"colabify --check, {count} cells", cost([*CHECK, "."], made, runs=runs), base
            )


def measure_many(_folder: Path | None, scale: float, runs: int) -> Iterator[str]:
    """2,500, 5,000 and 10,000 small notebooks: time and memory, and the processes of git"""
    for notebooks in (2_500, 5_000, 10_000):
        count = max(1, int(notebooks * scale))
        with course(count, each=0, cells=2) as made:
            base = round_trip(made, runs)
            yield row(f"JSON, {count} notebooks", base, base)
            words = [*CHECK, "--jobs", "1", "."]
            yield row(f"colabify --check, {count} notebooks", cost(words, made, runs=runs), base)
            yield f"processes of git: {count_git(words, made)}"


SECTIONS: dict[str, Section] = {
    "course": measure_course,
    "start": measure_start,
    "large": measure_large,
    "cells": measure_cells,
    "many": measure_many,
}
