"""The report as JSON, for programs: what the table says, and every plan in full."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.findings import Finding
    from colabify.plan import Plan
    from colabify.run import Outcome

VERSION = 1
"""Of the shape: it rises when a member is renamed or taken away, not when one is added."""


def report_json(outcomes: Iterable[Outcome]) -> str:
    """``{"version": 1, "notebooks": [...]}``, a notebook each; cells count from 1, as in the table."""
    notebooks = [_notebook(one) for one in outcomes]
    return json.dumps({"version": VERSION, "notebooks": notebooks}, indent=2) + "\n"


def _notebook(outcome: Outcome) -> dict[str, Any]:
    said: dict[str, Any] = {"path": outcome.shown, "changed": outcome.changed}
    if outcome.error:
        said["error"] = outcome.error
    if outcome.plan is not None:
        said |= _plan(outcome.plan)
    return said


def _plan(plan: Plan) -> dict[str, Any]:
    setup = plan.setup
    return {
        "runtime": plan.runtime,
        "accelerator": asdict(plan.accelerator) if plan.accelerator else None,
        "done": list(plan.done),
        "clone": asdict(setup.clone) if setup.clone else None,
        "folder": setup.folder,
        "sys_path": list(setup.path_folders),
        "dependencies": [asdict(one) for one in plan.dependencies],
        "installs": [asdict(one) for one in setup.installs],
        "system": [asdict(one) for one in setup.system],
        "packages": list(setup.packages),
        "builds": [asdict(one) for one in setup.builds],
        "data": [asdict(one) for one in setup.data],
        "fetches": [asdict(one) for one in setup.fetches],
        "findings": [_finding(one) for one in plan.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    said = asdict(finding)
    said["cell"] = None if finding.cell is None else finding.cell + 1
    return said
