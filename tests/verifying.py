"""Verification for the tests: on the packages of the Python that runs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from colabify.cli import main
from colabify.verify.environments import Environment, Environments
from colabify.verify.machine import running_base
from colabify.verify.outcome import CellRun, NotebookVerdict, StepRun, Verification
from tests.courses import make_repository
from tests.notebooks import Cell, notebook


class Here(Environments):
    """No cache: the environment is that of the tests."""

    def of(self, wanted: object) -> Environment:  # noqa: ARG002 - there is but one
        return Environment(running_base())


def course(
    folder: Path, files: Mapping[str, str], *cells: Cell, at: str = "week1/lab.ipynb"
) -> Path:
    """A repository of ``files`` and a notebook of ``cells``; the notebook."""
    make_repository(folder, {**files, at: notebook(*cells)})
    return folder / at


def verified(monkeypatch: pytest.MonkeyPatch, *words: str | Path, code: int = 0) -> dict[str, Any]:
    """What the command with these words says in JSON; ``code`` is what it ends with."""
    monkeypatch.setattr("colabify.verify.environments.Environments.of", Here.of)
    report = Path(str(words[-1])).parent / "report.json"
    report.unlink(missing_ok=True)
    assert main([*map(str, words), "--quiet", "--report", str(report)]) == code
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def steps_of(verdict: dict[str, Any]) -> dict[str, str]:
    """The state of each step."""
    return {one["step"]: one["state"] for one in verdict["steps"]}


def cell_run(cell: int, **more: Any) -> CellRun:
    """What came of a cell."""
    return CellRun(cell, f"cell {cell + 1}", "x", **{"state": "passed", **more})


def verification(*cells: CellRun, state: str = "failed", why: str = "") -> Verification:
    """A verification of one notebook."""
    runs = StepRun("runs", state, why)  # type: ignore[arg-type]
    steps = (StepRun("opens", "passed"), runs, StepRun("home", "not reached"))
    one = NotebookVerdict("labs/a.ipynb", state, why, steps, cells, differs=("there is no GPU",))  # type: ignore[arg-type]
    return Verification("labs", "run", (one,), {}, {}, "2026-11-28T10:00:00+00:00", 3.0, "1")
