"""What is known about each path that the code uses, and what brings those that git does not hold."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.analysis.paths.verdict import Judge
from colabify.findings import Finding
from colabify.plans import PathRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from colabify.analysis.paths.uses import PathUse
    from colabify.analysis.paths.verdict import Verdict
    from colabify.course import Course
    from colabify.facts import Facts
    from colabify.project import Project
    from colabify.settings import Settings
    from colabify.steps import Fetch
    from colabify.supply import Supply


@dataclass(frozen=True, slots=True)
class DataPlan:
    """What is known about the paths that the code uses, and what is done about those that are not there.

    ``rows`` tell each path; the others are as in :class:`~colabify.steps.Setup`.
    """

    rows: tuple[PathRow, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    supplies: tuple[Supply, ...] = ()
    folders: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def plan_data(facts: Facts, course: Course, settings: Settings) -> DataPlan:
    """What brings each file that the code reads and git does not hold; a finding where nothing does."""
    judge = Judge(facts, course, settings.data)
    judged = [(use, judge.of(use)) for use in facts.paths]
    found = [(use, verdict) for use, verdict in judged if verdict is not None]
    verdicts = [verdict for _, verdict in found]
    fetches = _fetches(verdicts)
    declared = {one.supply.path: one.supply for one in verdicts if one.supply is not None}
    supplies = [path for path, one in declared.items() if _stays_inside(one, course.project)]
    brought = [*supplies, *(path for one in fetches.values() for path in one.paths)]
    findings = {one.finding.message: one.finding for one in reversed(verdicts) if one.finding}
    return DataPlan(
        rows=tuple(_rows(found)),
        fetches=tuple(fetches.values()),
        supplies=tuple(one for path, one in settings.data.items() if path in supplies),
        folders=tuple(_folders_to_make(facts, course.project, brought)),
        findings=(
            *reversed(findings.values()),
            *_about_supplies(declared, course.project),
        ),
    )


def _rows(found: Iterable[tuple[PathUse, Verdict]]) -> Iterable[PathRow]:
    """A row for each path and line; where it is used there, that counts, not that it is said."""
    rows: dict[tuple[str, str, int], PathRow] = {}
    for use, one in found:
        place = use.unit.label
        row = PathRow(one.text, place, use.line, use.use, one.state, one.path, one.why)
        before = rows.setdefault((row.text, place, row.line), row)
        if before.use == "mention":
            rows[row.text, place, row.line] = row
    return rows.values()


def _fetches(verdicts: Iterable[Verdict]) -> dict[tuple[str, ...], Fetch]:
    """What is run, each once, for all the paths that it brings."""
    found: dict[tuple[str, ...], Fetch] = {}
    for verdict in verdicts:
        fetch = verdict.fetch
        if fetch is not None:
            key = (fetch.script, *fetch.words)
            before = found.get(key, fetch)
            found[key] = replace(before, paths=_with(before.paths, fetch.paths[0]))
    return found


def _with(paths: tuple[str, ...], path: str) -> tuple[str, ...]:
    """``paths`` and ``path``, less what only begins the name of another.

    ``squeezenet.ckpt`` is no file of its own where ``squeezenet.ckpt.index`` is one.
    """
    every = dict.fromkeys([*paths, path])
    return tuple(one for one in every if not any(o.startswith(f"{one}.") for o in every))


def _folders_to_make(facts: Facts, project: Project, brought: Iterable[str]) -> list[str]:
    """The folders that the code writes into and that nobody makes: git does not keep empty ones.

    Not where the code makes a folder of which the name is not known (it may mind that it is there), nor
    what is brought: it would be taken for done.
    """
    if any(
        one.path is None and one.making.done == "may make a folder" for one in facts.makers.every
    ):
        return []
    parents = {
        posixpath.dirname(use.path)
        for use in facts.paths
        if use.use == "write" and use.path and "\\" not in use.text
    }
    making = [one for one in facts.makers.every if one.making.done != "writes"]
    wanted = {
        one
        for one in parents
        if one
        and not project.files.holds(one)
        and not set(one) & set("*?[")
        and not any(maker.makes(one) for maker in making)
        and not any(one == path or one.startswith(f"{path}/") for path in brought)
    }
    return sorted(one for one in wanted if not any(o.startswith(f"{one}/") for o in wanted))


def _stays_inside(supply: Supply, project: Project) -> bool:
    """Whether neither what is brought, nor the script that does, is beyond a link out of the repository."""
    return not any(project.files.leads_out(path) for path in (supply.path, supply.run) if path)


def _about_supplies(supplies: Mapping[str, Supply], project: Project) -> Iterator[Finding]:
    """The scripts that the configuration names and the repository lacks."""
    for path, supply in supplies.items():
        if supply.run and supply.run not in project.files.files:
            text = f"[tool.colabify.data] says that {supply.run} brings {path}, but there is no such file"
            yield Finding("COL325", text, "error")
