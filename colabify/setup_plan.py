"""From what is known about a notebook to what its setup cell does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.advice import about_unpushed
from colabify.analysis.clone_plan import plan_clone
from colabify.analysis.keeping import keep_results
from colabify.analysis.missing import DataPlan, plan_data
from colabify.analysis.results import find_results, needed_files
from colabify.needs import needs_files
from colabify.steps import Drive, Setup, Upload
from colabify.study import merged_builds, needs_imp

if TYPE_CHECKING:
    from collections.abc import Collection

    from colabify.course import Course
    from colabify.findings import Finding
    from colabify.plans import PathRow
    from colabify.project import Project
    from colabify.settings import Settings
    from colabify.steps import Clone
    from colabify.study import Study


@dataclass
class SetupPlan:
    """What the setup cell does, what is known about the paths, and what a person should know."""

    setup: Setup = field(default_factory=Setup)
    paths: tuple[PathRow, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def plan_setup(study: Study, course: Course, settings: Settings, notebook: str) -> SetupPlan:
    """What the setup cell does for the notebook at ``notebook`` (below the root)."""
    project, facts, found = course.project, study.facts, study.dependencies
    data = plan_data(facts, course, settings)
    findings = [*found.folders.values(), *found.findings.values(), *data.findings]
    brought = bool(data.fetches or data.supplies or found.folders or study.packages)
    results = find_results(facts, project)
    kept_in_course = bool(results) and settings.persist in ("drive", "git")
    source: Clone | Drive | Upload | None = None
    if brought or kept_in_course or needs_files(facts, project):
        extra = _touched_by_steps(study, data)
        source, more = _source(study, project, settings, extra, notebook)
        findings += more
    if settings.source == "clone":
        findings += about_unpushed(facts, project)
    keeping = keep_results(results, settings, source)
    findings += keeping.findings
    setup = Setup(
        source=source,
        folder=facts.stand,
        system=study.system,
        installs=tuple(found.installs.values()),
        data=study.data,
        folders=data.folders,
        results=keeping.results,
        keeps_loaded=study.by_hand.keeps_loaded,
        imp=needs_imp(study),
    )
    if source:
        setup = replace(
            setup, path_folders=tuple(found.folders), packages=study.packages,
            builds=merged_builds(facts.imports.builds), fetches=data.fetches,
            supplies=data.supplies,
        )  # fmt: skip
    return SetupPlan(setup, data.rows, findings)


def _source(
    study: Study, project: Project, settings: Settings, extra: Collection[str], notebook: str
) -> tuple[Clone | Drive | Upload | None, list[Finding]]:
    """Where the course's files come from on Colab, and what a person should know about that."""
    if settings.source == "clone":
        return plan_clone(study.facts, project, settings, extra, notebook)
    name = project.remote.name if project.remote else (project.root.name if project.root else "")
    name = name or "course"
    files = tuple(sorted({*needed_files(study.facts, project), *extra} - {""}))
    if settings.source == "drive":
        return Drive(name, settings.drive_folder or name, files), []
    return Upload(name, files), []


def _touched_by_steps(study: Study, data: DataPlan) -> tuple[str, ...]:
    """The files and folders below the root that the steps of the setup cell themselves need."""
    scripts = (one.script for one in data.fetches)
    runs = (one.run for one in data.supplies)
    builds = (build.folder for _, build in study.facts.imports.builds)
    found = (*study.dependencies.folders, *study.packages, *builds)
    return tuple(dict.fromkeys([*found, *scripts, *(one for one in runs if one)]))
