"""Notebooks for the tests, made of a few cells, in a repository of a few files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from colabify.course import Course
from colabify.facts import Facts, gather_facts
from colabify.notebook import Document
from colabify.planner import make_plan
from colabify.plans import Plan
from colabify.porting import port
from colabify.program import Program, parse, read_program
from colabify.project_finder import find_project
from colabify.settings import Settings
from colabify.unit import Unit
from tests.courses import ADDRESS, make_repository

Cell = str | dict[str, Any]
Files = Mapping[str, str | bytes]
PYTHON = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "version": "3.11.4"},
}

_COURSES: dict[object, Course] = {}


def markdown(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def code(source: str) -> dict[str, Any]:
    empty = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", **empty, "source": source}


def tagged(cell: Cell, *tags: str) -> dict[str, Any]:
    """A cell with these tags."""
    made = code(cell) if isinstance(cell, str) else dict(cell)
    return {**made, "metadata": {"tags": list(tags)}}


def notebook(*cells: Cell, metadata: Mapping[str, Any] = PYTHON, minor: int = 4) -> bytes:
    """The bytes of a notebook; a plain string is a code cell."""
    made = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    data = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}
    return (json.dumps(data, indent=1) + "\n").encode()


def joined(data: dict[str, Any]) -> dict[str, Any]:
    """A notebook's JSON, its sources one text each."""
    cells = [{**cell, "source": "".join(cell["source"])} for cell in data["cells"]]
    return {**data, "cells": cells}


def course_for(
    folder: Path, files: Files, *, remote: str = ADDRESS, at: str = "nb.ipynb"
) -> Course:
    """The course of a repository of ``files`` and a notebook ``at`` a path of it.

    Porting reads a repository and never writes it: tests with the same files share one.
    """
    key = (frozenset(files.items()), remote, at)
    if key not in _COURSES:
        made = make_repository(folder, {at: "{}", **files}, remote)
        _COURSES[key] = Course(find_project(made))
    return _COURSES[key]


def plan_for(
    folder: Path,
    files: Files,
    cells: Sequence[Cell],
    *,
    at: str = "nb.ipynb",
    settings: Settings = Settings(),  # noqa: B008
    remote: str = ADDRESS,
    metadata: Mapping[str, Any] = PYTHON,
    disk: Files | None = None,
) -> Plan:
    """The plan for a notebook of ``cells`` at ``at`` beside ``files``; ``disk`` is what git lacks."""
    raw = notebook(*cells, metadata=metadata)
    course = course_for(folder, files, remote=remote, at=at)
    for name, content in (disk or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(str(content))
    return make_plan(Document.parse(raw), course, at, settings)


def facts_for(folder: Path, files: Files, cells: Sequence[Cell], *, at: str = "nb.ipynb") -> Facts:
    raw = notebook(*cells)
    return gather_facts(Document.parse(raw), course_for(folder, files, at=at), at)


def ported_cells(
    folder: Path,
    files: Files,
    cells: Sequence[Cell],
    *,
    at: str = "nb.ipynb",
    remote: str = ADDRESS,
) -> list[str]:
    """The sources after porting, those of the badge and the setup cell left out."""
    raw = notebook(*cells)
    course = course_for(folder, files, remote=remote, at=at)
    ported = port(raw, course, at, Settings())
    assert port(ported.raw, course, at, Settings()).raw == ported.raw
    added = len(ported.after.cells) - len(cells)
    return [cell.source for cell in ported.after.cells[added:]]


def codes(plan: Plan) -> list[str]:
    """The codes of the findings, those about the repository left out; an error's with an ``!``."""
    return [
        one.code + "!" * (one.severity == "error")
        for one in plan.findings
        if not one.code.startswith("COL41")
    ]


def read_cells(cells: Sequence[Cell], modules: Sequence[str] = ()) -> tuple[Program, list[Unit]]:
    """The program of these cells, and its units with those of modules of these texts."""
    program = read_program(Document.parse(notebook(*cells)))
    units = list(program.units)
    for number, text in enumerate(modules):
        tree, _ = parse(text)
        assert tree is not None
        units.append(Unit(tree, path=f"m{number}.py"))
    return program, units
