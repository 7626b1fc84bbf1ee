"""From a notebook and its project to the Plan."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from colabify.advice import about_cells, about_project, set_up_by_hand
from colabify.analysis.badges import badge_source
from colabify.analysis.foreign_cells import about_foreign_cells
from colabify.analysis.links import Links, find_links
from colabify.analysis.local_links import about_local_links
from colabify.analysis.paths.reruns import folder_findings
from colabify.analysis.shown import find_shown
from colabify.draft import Draft
from colabify.findings import Finding
from colabify.kernel import language_of
from colabify.metadata import (
    about_widgets,
    choose_accelerator,
    choose_runtime,
    metadata_changes,
    widget_changes,
)
from colabify.needs import needs_files
from colabify.parts import Part
from colabify.plans import Plan, SourceChange
from colabify.python2.modules import about_modules
from colabify.python2.notebook import OLD_CELL, read_old
from colabify.rewrite.code import rewrite_code
from colabify.rewrite.ruling import runtime_without
from colabify.rules.keras.legacy import legacy_keras
from colabify.setup_plan import plan_setup
from colabify.silence.silences import UNUSED, Silences
from colabify.steps import Setup
from colabify.study import Study, make_study, needs_imp
from colabify.tags import without_meant

if TYPE_CHECKING:
    from colabify.course import Course
    from colabify.facts import Facts
    from colabify.kernel import Language
    from colabify.notebook import Document
    from colabify.project import Project
    from colabify.python2.notebook import Old
    from colabify.rewrite.code import Rewritten
    from colabify.settings import Settings


@dataclass(frozen=True)
class _Task:
    """What is planned: a notebook in Python 3, if it was in Python 2, and what it is planned by."""

    document: Document
    language: Language
    course: Course
    notebook: str
    settings: Settings
    silences: Silences

    @property
    def project(self) -> Project:
        return self.course.project

    def study(self, asked: tuple[str, str] | None = None) -> Study:
        """The study; ``asked`` as in :func:`make_study`."""
        return make_study(
            self.document, self.course, self.notebook, self.settings, self.silences, asked
        )

    def finished(self, plan: Plan, draft: Draft) -> Plan:
        return draft.finished(plan, self.course, self.settings, self.silences)


def make_plan(document: Document, course: Course, notebook: str, settings: Settings) -> Plan:
    """The plan for ``document``, which stands at ``notebook`` below the repository's root.

    Reads the repository through ``course``; writes nothing.
    """
    plan = _decide(document, course, notebook, settings)
    return replace(plan, findings=tuple(without_meant(plan.findings, document.cells)))


def _decide(document: Document, course: Course, notebook: str, settings: Settings) -> Plan:
    """The plan, as if no cell were meant to fail."""
    language = language_of(document)
    silences = Silences(document.cells, course.given, python=language.is_python)
    old = read_old(document, language, settings, partial(silences.stop_cell, OLD_CELL))
    draft = Draft([*old.findings])
    if old.stops:
        return draft.finished(Plan(notebook), course, settings, silences)
    document = old.done.document
    silences = silences.converted(document.cells)
    task = _Task(document, language, course, notebook, settings, silences)
    study = task.study() if language.is_python else None
    if study is None:
        text = f"the kernel is {language.name}: badge, metadata and Markdown only"
        draft.findings.append(Finding("COL431", text))
    elif not old.done.cells and _is_native(document, study.facts, course.project):
        return _native(study, task)
    return _plan(task, draft, study, old)


def _plan(task: _Task, draft: Draft, study: Study | None, old: Old) -> Plan:
    """The plan for a notebook that is ported; ``study`` is None if it is not in Python."""
    studied = None if study is None else _with_code(study, task)
    if task.settings.source == "clone":
        needs = studied is not None and needs_files(studied[0].facts, task.project)
        draft.findings += about_project(task.project, task.notebook, needs_files=needs)
    links = find_links(
        task.document.cells, task.project, task.notebook, task.settings,
        partial(task.silences.stop_cell, ()),
    )  # fmt: skip
    _add_links(draft, links)
    if studied is None:
        accelerator, found = choose_accelerator(task.document, (), task.settings)
        runtime, found_too = choose_runtime(task.document, task.settings)
        draft.findings += [*found, *found_too]
    else:
        study, code = studied
        accelerator, runtime = study.accelerator, study.choice
        _plan_python(draft, study, code, task)
    draft.sources = old.sources(draft.sources, task.settings)
    badge = _badge(task.project, task.notebook, links)
    corrected = links.badge_is_colabs and any(edit.badges for edit in links.edits)
    metadata = metadata_changes(
        task.document, task.language, accelerator, runtime.pin, task.settings,
        has_badge=bool(badge) or corrected, has_setup=bool(draft.setup),
    )  # fmt: skip
    metadata += (*old.metadata, *widget_changes(task.document))
    draft.findings += about_widgets(task.document)
    plan = Plan(
        task.notebook, badge=badge, metadata=metadata, accelerator=accelerator, runtime=runtime.name
    )
    plan = task.finished(plan, draft)
    return replace(plan, findings=(*plan.findings, *_unused(study, task)))


def _with_code(study: Study, task: _Task) -> tuple[Study, Rewritten]:
    """The study, and the code as it has to be, on the runtime that suits the notebook.

    That is the latest, unless what fails there and cannot be mended all runs on one that can be pinned.
    """
    code = rewrite_code(study.facts, task.course, study.runtime, task.settings)
    name = runtime_without(code.broken) if study.choice.free else ""
    if name:
        first = code.broken[0].finding
        study = task.study((name, f"{first.place}: {first.message}"))
        code = rewrite_code(study.facts, task.course, study.runtime, task.settings)
    return study, code


def _plan_python(draft: Draft, study: Study, code: Rewritten, task: _Task) -> None:
    project, facts = task.project, study.facts
    units, cells = facts.program.units, task.document.cells
    draft.findings += find_shown(units, facts.names, project, task.notebook)
    draft.findings += about_local_links(cells)
    draft.findings += [*study.findings, *about_cells(facts), *about_foreign_cells(facts.program)]
    by_hand = set_up_by_hand(facts, project)
    if by_hand:
        draft.findings += by_hand
        draft.setup = Setup(imp=needs_imp(study))
    else:
        planned = plan_setup(study, task.course, task.settings, task.notebook)
        draft.findings += [*planned.findings, *folder_findings(facts)]
        draft.paths += planned.paths
        expects = study.accelerator.kind if study.accelerator and facts.hints else ""
        draft.setup = replace(planned.setup, expects=expects if planned.setup else "")
        draft.dependencies += study.dependencies.rows.values()
    draft.setup = replace(draft.setup, shims=code.shims)
    why = legacy_keras(facts.wholes, study.runtime)
    if why:
        draft.setup = replace(draft.setup, environment=(("TF_USE_LEGACY_KERAS", "1"),))
        draft.findings.append(Finding("COL424", f"Keras 2 is asked for on Colab: {why}"))
    draft.done += _setup_in_words(draft.setup)
    draft.sources += code.cells
    draft.modules += code.modules
    draft.findings += code.findings
    draft.findings = about_modules(draft.findings, facts.imports, task.course.given)


def _badge(project: Project, notebook: str, links: Links) -> str:
    if links.has_badge or project.remote is None or not project.is_repository:
        return ""
    url = project.remote.colab_url(project.ref, notebook)
    return badge_source(url) if url else ""


def _add_links(draft: Draft, links: Links) -> None:
    draft.findings += links.findings
    for edit in links.edits:
        counts = ((edit.badges, "badge"), (edit.images, "image"), (edit.links, "link"))
        said = ", ".join(f"{n} {what}{'s' * (n > 1)}" for n, what in counts if n)
        alone = [(Part.BADGE, edit.only_badges)] if edit.badges else []
        alone += [(Part.MARKDOWN, edit.no_badges)] if edit.images or edit.links else []
        draft.sources.append(SourceChange(edit.cell, edit.source, said, alone=tuple(alone)))


def _setup_in_words(setup: Setup) -> list[str]:
    words = [type(setup.source).__name__.lower()] if setup.source else []
    words += [one.package for one in setup.system]
    words += [one.requirement for one in setup.installs]
    words += ["own package"] if setup.packages else []
    words += [posixpath.basename(one.product) for one in setup.builds]
    words += [one.name for one in setup.data]
    words += [posixpath.basename(one.script) for one in setup.fetches]
    words += [posixpath.basename(one.path) for one in setup.supplies]
    words += [f"results ({setup.results.persist})"] if setup.results else []
    words += ["autoreload"] if setup.imp else []
    words += ["Keras 2"] if setup.environment else []
    shims = len(setup.shims)
    return [*words, f"{shims} shim{'s' * (shims > 1)}"] if shims else words


def _is_native(document: Document, facts: Facts, project: Project) -> bool:
    """Whether a notebook was made on Colab, for Colab, and needs nothing else."""
    made_there = bool(facts.colab) and "colab" in document.metadata
    return made_there and not needs_files(facts, project)


def _unused(study: Study | None, task: _Task) -> list[Finding]:
    """The comments and tags that stopped nothing: of a module, only if it is one that was given."""
    units, given = study.facts.imports.modules if study is not None else (), task.course.given
    modules = [one.path for one in units if one.path and given.holds(one.path)]
    allowed = task.settings.allows(UNUSED)
    return list(task.silences.unused(task.settings, modules)) if allowed else []


def _native(study: Study, task: _Task) -> Plan:
    """The plan for a notebook made on Colab and for Colab: what is there stays as it is."""
    draft, facts = Draft(), study.facts
    first = facts.colab[0]
    text = f"it {first.said}: made for Colab, left as it is"
    draft.findings.append(Finding("COL433", text, cell=first.cell))
    if needs_imp(study):
        draft.setup = Setup(imp=True)
        draft.done.append("autoreload")
    return task.finished(Plan(task.notebook), draft)
