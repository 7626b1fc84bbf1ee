"""How many cells of notebooks run on Colab: alone, with a first cell that only clones, and ported.

Usage: python scripts/measure_ports.py OUT.jsonl NOTEBOOK... (in git repositories; they are executed!)

Each notebook adds a line to OUT.jsonl; those that have one are left out, so that a run can be gone on with.
``--table OUT.jsonl...`` prints what the lines say, by repository.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.courses import Courses
from colabify.notebook import Changes
from colabify.places import Place
from colabify.settings import Settings
from colabify.verify.command import ends_when_told
from colabify.verify.engine import verify_subject
from colabify.verify.environments import Environments
from colabify.verify.options import Options
from colabify.verify.packages import wanted_for
from colabify.verify.published import publish
from colabify.verify.subject import Subject, modules_of, port_all, subject_of
from colabify.verify.verification import scratch_folder
from colabify.verify.work import Stage

if TYPE_CHECKING:
    from colabify.verify.outcome import NotebookVerdict

WAYS = ("alone", "clone", "ported")
TIMEOUT = 60
CLONE = "!git clone -q"


def main() -> None:
    """Measure, or print what was measured."""
    first, *rest = sys.argv[1:]
    if first == "--table":
        print_table([Path(name) for name in rest])
        return
    out = Path(first)
    done = {one["notebook"] for one in read_lines([out])}
    with ends_when_told():
        measure(out, [Path(name) for name in rest if str(Path(name).resolve()) not in done])


def measure(out: Path, notebooks: list[Path]) -> None:
    """Measure each notebook in the three ways; the packages are those of all together."""
    plans, courses = {}, {}
    for notebook in notebooks:
        place = Place(notebook.resolve(), str(notebook), Path(notebook.name))
        courses[place] = Courses(Settings(), [str(notebook.parent)])
        plans.update(port_all([place], courses[place]))
    good = [
        plan for plan in plans.values() if not isinstance(plan, str) and plan.runtime == "latest"
    ]
    environments = Environments(say=print)
    environment = environments.of(wanted_for("latest", good))
    for place, course in courses.items():
        remote = course.project_of(place.path.parent).remote
        repository = remote.path if remote else str(place.path.parent)
        said: dict[str, Any] = {"notebook": str(place.path), "repository": repository}
        for way in WAYS:
            with scratch_folder() as folder, suppress_errors(said, way):
                subject = subject_of(place, course, as_is=way != "ported")
                subject = with_clone(subject) if way == "clone" else subject
                modules = modules_of(subject.course) if way == "ported" else {}
                published = publish(folder / "forge", subject.course.project, modules)
                options = Options("run", TIMEOUT, as_is=way != "ported", home=False, probes=False)
                stage = Stage(folder, environment, published, options)
                said[way] = told(verify_subject(subject, stage))
        with out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")
        counts = {way: said[way]["passed"] for way in WAYS if "passed" in said.get(way, {})}
        print(place.shown, counts, flush=True)


def suppress_errors(said: dict[str, Any], way: str) -> suppress:
    """Go on with the next notebook where one cannot be opened."""
    said[way] = {"error": "it could not be opened"}
    return suppress(OSError, ValueError)


def with_clone(subject: Subject) -> Subject:
    """The notebook with a first cell that clones the repository and changes into its folder."""
    project = subject.course.project
    if project.remote is None:
        return subject
    folder = Path(project.remote.name, subject.notebook).parent
    source = f"{CLONE} {project.remote.clone_url}\n%cd {folder}"
    cell: dict[str, Any] = {
        "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source,
    }  # fmt: skip
    after = subject.after.apply(Changes(insert=((0, cell),)))
    places = {one.index: one.index - 1 for one in after.cells if one.index}
    return replace(subject, after=after, places=places)


def told(verdict: NotebookVerdict) -> dict[str, Any]:
    """What is kept of a verdict: the cells of the notebook's own, and why some fail."""
    own = [
        cell
        for cell in verdict.cells
        if cell.place.startswith("cell")
        and cell.source.strip()
        and not cell.source.startswith(CLONE)
    ]
    bad = [cell for cell in own if cell.state not in ("passed", "skipped")]
    return {
        "state": verdict.state,
        "why": verdict.why,
        "steps": {one.step: [one.state, one.why] for one in verdict.steps},
        "passed": sum(cell.state in ("passed", "skipped") for cell in own),
        "cells": len(own),
        "failures": [
            [cell.place, cell.state, cell.error[:300], cell.why, cell.fails_at_home, cell.foreseen]
            for cell in bad
        ],
        "seconds": round(verdict.seconds, 1),
    }


def read_lines(files: list[Path]) -> list[dict[str, Any]]:
    """The lines of the files that are there."""
    return [
        json.loads(line)
        for file in files
        if file.is_file()
        for line in file.read_text("utf-8").splitlines()
    ]


def print_table(files: list[Path]) -> None:
    """A row for each repository: notebooks, and of their cells how many run in each way."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in read_lines(files):
        if all("cells" in line.get(way, {}) for way in WAYS):
            rows[line["repository"]].append(line)
    print("| repository | notebooks | cells | alone | with a clone | ported |")
    print("|---|---|---|---|---|---|")
    for name, lines in sorted(rows.items()):
        print(row(name, lines))
    print(row("all", [line for lines in rows.values() for line in lines]))


def row(name: str, lines: list[dict[str, Any]]) -> str:
    """Cells that run, and in brackets notebooks of which all do."""
    total = sum(line["ported"]["cells"] for line in lines)
    said = []
    for way in WAYS:
        passed = sum(line[way]["passed"] for line in lines)
        whole = sum(line[way]["passed"] == line[way]["cells"] for line in lines)
        said.append(f"{passed} ({whole})")
    return f"| {name} | {len(lines)} | {total} | {' | '.join(said)} |"


if __name__ == "__main__":
    main()
