"""The report as JSON, for programs: what the table says, and every plan in full."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.plan import Plan, SourceChange
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
    if outcome.diff:
        said["diff"] = list(outcome.diff)
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
        "system": [_placed(asdict(one)) for one in setup.system],
        "packages": list(setup.packages),
        "builds": [asdict(one) for one in setup.builds],
        "data": [_placed(asdict(one)) for one in setup.data],
        "fetches": [asdict(one) for one in setup.fetches],
        "keeps_loaded": setup.keeps_loaded,
        "provides_imp": setup.imp,
        "expects": setup.expects,
        "badge": plan.badge,
        "sources": [_changed(one) for one in plan.sources],
        "metadata": {".".join(one.keys): one.value for one in plan.metadata},
        "findings": [_placed(asdict(one)) for one in plan.findings],
    }


def _changed(change: SourceChange) -> dict[str, Any]:
    return {"cell": change.cell + 1, "done": change.done, "codes": list(change.codes)}


def _placed(said: dict[str, Any]) -> dict[str, Any]:
    """The same with its cell counted as a person counts."""
    return said | {"cell": None if said["cell"] is None else said["cell"] + 1}
