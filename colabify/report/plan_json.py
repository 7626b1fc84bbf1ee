"""The report as JSON, for programs: what the table says, and every plan in full."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from colabify import __version__
from colabify.steps import Clone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.findings import Finding
    from colabify.outcomes import Mode, ModuleOutcome, Outcome
    from colabify.plans import ModuleChange, Plan, SourceChange
    from colabify.steps import Drive, Upload

VERSION = 1
"""Of the shape: it rises when a member is renamed or taken away, not when one is added."""


def report_json(outcomes: Iterable[Outcome], modules: Iterable[ModuleOutcome], mode: Mode) -> str:
    """``{"version": 1, "notebooks": [...], "modules": [...]}``; cells count from 1, as in the table.

    The modules are those that are, or would be, changed or given back, or that could not be. The members
    are described in ``docs/json.md``.
    """
    report = {
        "version": VERSION,
        "colabify": __version__,
        "mode": mode.value,
        "notebooks": [_notebook(one) for one in outcomes],
        "modules": [_module(one) for one in modules],
    }
    return json.dumps(report, indent=2) + "\n"


def _notebook(outcome: Outcome) -> dict[str, Any]:
    said: dict[str, Any] = {"path": outcome.shown, "changed": outcome.changed}
    if outcome.error:
        said["error"] = outcome.error
    if outcome.diff:
        said["diff"] = list(outcome.diff)
    if outcome.plan is not None:
        said |= plan_json(outcome.plan)
    return said


def plan_json(plan: Plan) -> dict[str, Any]:
    """One plan in full."""
    setup = plan.setup
    return {
        "runtime": plan.runtime,
        "accelerator": asdict(plan.accelerator) if plan.accelerator else None,
        "done": list(plan.done),
        "source": _source(setup.source),
        "clone": asdict(setup.source) if isinstance(setup.source, Clone) else None,
        "folder": setup.folder,
        "sys_path": list(setup.path_folders),
        "paths": [asdict(one) for one in plan.paths],
        "modules": [_mended(one) for one in plan.modules if one.done],
        "dependencies": [asdict(one) for one in plan.dependencies],
        "installs": [asdict(one) for one in setup.installs],
        "system": [_placed(asdict(one)) for one in setup.system],
        "packages": list(setup.packages),
        "builds": [asdict(one) for one in setup.builds],
        "data": [_placed(asdict(one)) for one in setup.data],
        "fetches": [asdict(one) for one in setup.fetches],
        "supplies": [asdict(one) for one in setup.supplies],
        "makes": list(setup.folders),
        "results": asdict(setup.results) if setup.results else None,
        "keeps_loaded": setup.keeps_loaded,
        "provides_imp": setup.imp,
        "shims": [asdict(one) for one in setup.shims],
        "environment": dict(setup.environment),
        "expects": setup.expects,
        "badge": plan.badge,
        "sources": [_changed(one) for one in plan.sources],
        "metadata": {".".join(one.keys): one.value for one in plan.metadata},
        "findings": [_finding(one) for one in plan.findings],
    }


def _module(outcome: ModuleOutcome) -> dict[str, Any]:
    said = asdict(outcome)
    finding = outcome.finding
    return {
        "path": said.pop("shown"),
        **said,
        "finding": None if finding is None else _finding(finding),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    said = _placed(asdict(finding))
    unsafe = said.pop("unsafe_fix")
    return said | {"fix": "unsafe" if unsafe else None}


def _source(source: Clone | Drive | Upload | None) -> dict[str, Any] | None:
    """``{"kind": "clone", ...}``, with what else there is to say of it."""
    return None if source is None else {"kind": type(source).__name__.lower(), **asdict(source)}


def _changed(change: SourceChange) -> dict[str, Any]:
    return {
        "cell": change.cell + 1,
        "file_line": change.file_line,
        "done": change.done,
        "codes": list(change.codes),
        "source": change.source,
    }


def _mended(change: ModuleChange) -> dict[str, Any]:
    return {"path": change.path, "done": change.done, "codes": list(change.codes)}


def _placed(said: dict[str, Any]) -> dict[str, Any]:
    """The same with its cell counted as a person counts."""
    return said | {"cell": None if said["cell"] is None else said["cell"] + 1}
