"""From a notebook and its project to the Plan."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from colabify.advice import about_cells, about_project, set_up_by_hand
from colabify.analysis.badges import badge_source
from colabify.analysis.foreign_cells import about_foreign_cells
from colabify.analysis.links import Links, find_links
from colabify.analysis.local_links import about_local_links
from colabify.analysis.paths.reruns import folder_findings
from colabify.analysis.shown import find_shown
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
from colabify.plans import Dependency, PathRow, Plan, SourceChange
from colabify.python2.modules import about_modules
from colabify.python2.notebook import OLD_CELL, read_old
from colabify.rewrite.code import rewrite_code
from colabify.rewrite.ruling import runtime_without
from colabify.rules.keras.legacy import legacy_keras
from colabify.setup_plan import plan_setup
from colabify.silence.silences import UNUSED, Silences
from colabify.steps import Setup
from colabify.study import Study, make_study, needs_imp

if TYPE_CHECKING:
    from collections.abc import Callable

    from colabify.course import Course
    from colabify.facts import Facts
    from colabify.modules.given import MendedModule
    from colabify.notebook import Document
    from colabify.project import Project
    from colabify.rewrite.code import Rewritten
    from colabify.settings import Settings


@dataclass
class Draft:
    """A plan in the making."""

    findings: list[Finding] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    sources: list[SourceChange] = field(default_factory=list)
    modules: list[MendedModule] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)
    paths: list[PathRow] = field(default_factory=list)
    setup: Setup = field(default_factory=Setup)


def make_plan(document: Document, course: Course, notebook: str, settings: Settings) -> Plan:
    """The plan for ``document``, which stands at ``notebook`` below the repository's root.

    Reads the repository through ``course``; writes nothing.
    """
    project, draft = course.project, Draft()
    language = language_of(document)
    silences = Silences(document.cells, course.given, python=language.is_python)
    old = read_old(document, language, settings, partial(silences.stop_cell, OLD_CELL))
    draft.findings += old.findings
    if old.stops:
        return _finished(Plan(notebook), draft, course, settings, silences)
    document = old.done.document
    silences = silences.converted(document.cells)
    ask = partial(make_study, document, course, notebook, settings, silences)
    study = ask() if language.is_python else None
    if study is None:
        text = f"the kernel is {language.name}: badge, metadata and Markdown only"
        draft.findings.append(Finding("COL431", text))
    elif not old.done.cells and _is_native(document, study.facts, project):
        return _native(study, notebook, course, settings)
    studied = None if study is None else _with_code(study, ask, course, settings)
    if settings.source == "clone":
        needs = studied is not None and needs_files(studied[0].facts, project)
        draft.findings += about_project(project, notebook, needs_files=needs)
    links = find_links(document.cells, project, notebook, settings, partial(silences.stop_cell, ()))
    _add_links(draft, links)
    if studied is None:
        accelerator, found = choose_accelerator(document, (), settings)
        runtime, found_too = choose_runtime(document, settings)
        draft.findings += [*found, *found_too]
    else:
        study = studied[0]
        draft.findings += find_shown(
            study.facts.program.units, study.facts.names, project, notebook
        )
        draft.findings += about_local_links(document.cells)
        accelerator, runtime = study.accelerator, study.choice
        _plan_python(draft, *studied, course, settings, notebook)
        draft.findings = about_modules(draft.findings, study.facts.imports, course.given)
    draft.sources = old.sources(draft.sources, settings)
    badge = _badge(project, notebook, links)
    corrected = links.badge_is_colabs and any(edit.badges for edit in links.edits)
    metadata = metadata_changes(
        document, language, accelerator, runtime.pin, settings,
        has_badge=bool(badge) or corrected, has_setup=bool(draft.setup),
    )  # fmt: skip
    metadata += (*old.metadata, *widget_changes(document))
    draft.findings += about_widgets(document)
    plan = Plan(
        notebook, badge=badge, metadata=metadata, accelerator=accelerator, runtime=runtime.name
    )
    plan = _finished(plan, draft, course, settings, silences)
    return replace(plan, findings=(*plan.findings, *_unused(study, silences, course, settings)))


def _with_code(
    study: Study, ask: Callable[[tuple[str, str]], Study], course: Course, settings: Settings
) -> tuple[Study, Rewritten]:
    """The study, and the code as it has to be, on the runtime that suits the notebook.

    That is the latest, unless what fails there and cannot be mended all runs on one that can be pinned:
    ``ask`` makes the study for that one.
    """
    code = rewrite_code(study.facts, course, study.runtime, settings)
    name = runtime_without(code.broken) if study.choice.free else ""
    if name:
        first = code.broken[0].finding
        study = ask((name, f"{first.place}: {first.message}"))
        code = rewrite_code(study.facts, course, study.runtime, settings)
    return study, code


def _plan_python(
    draft: Draft, study: Study, code: Rewritten, course: Course, settings: Settings, notebook: str
) -> None:
    project, facts, found = course.project, study.facts, study.dependencies
    draft.findings += [*study.findings, *about_cells(facts), *about_foreign_cells(facts.program)]
    by_hand = set_up_by_hand(facts, project)
    if by_hand:
        draft.findings += by_hand
        draft.setup = Setup(imp=needs_imp(study))
    else:
        planned = plan_setup(study, course, settings, notebook)
        draft.findings += [*planned.findings, *folder_findings(facts)]
        draft.paths += planned.paths
        expects = study.accelerator.kind if study.accelerator and facts.hints else ""
        draft.setup = replace(planned.setup, expects=expects if planned.setup else "")
        draft.dependencies += found.rows.values()
    draft.setup = replace(draft.setup, shims=code.shims)
    why = legacy_keras(facts.wholes, study.runtime)
    if why:
        draft.setup = replace(draft.setup, environment=(("TF_USE_LEGACY_KERAS", "1"),))
        draft.findings.append(Finding("COL424", f"Keras 2 is asked for on Colab: {why}"))
    draft.done += _setup_in_words(draft.setup)
    draft.sources += code.cells
    draft.modules += code.modules
    draft.findings += code.findings


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


def _unused(
    study: Study | None, silences: Silences, course: Course, settings: Settings
) -> list[Finding]:
    """The comments and tags that stopped nothing: of a module, only if it is one that was given."""
    units = study.facts.imports.modules if study is not None else ()
    modules = [one.path for one in units if one.path and course.given.holds(one.path)]
    return list(silences.unused(settings, modules)) if settings.allows(UNUSED) else []


def _native(study: Study, notebook: str, course: Course, settings: Settings) -> Plan:
    """The plan for a notebook made on Colab and for Colab: what is there stays as it is."""
    draft, facts = Draft(), study.facts
    first = facts.colab[0]
    text = f"it {first.said}: made for Colab, left as it is"
    draft.findings.append(Finding("COL433", text, cell=first.cell))
    if needs_imp(study):
        draft.setup = Setup(imp=True)
        draft.done.append("autoreload")
    return _finished(Plan(notebook), draft, course, settings, study.facts.silences)


def _finished(
    plan: Plan, draft: Draft, course: Course, settings: Settings, silences: Silences
) -> Plan:
    def allows(finding: Finding) -> bool:
        path = finding.path
        held = settings if path is None else course.given.settings(path, settings)
        return held.allows(finding.code) and not silences.stop_finding(finding)

    allowed = tuple(one for one in draft.findings if allows(one))
    sources = tuple(
        one for one in draft.sources if all(settings.allows(code) for code in one.codes)
    )
    done = [*(["badge"] if plan.badge else []), *draft.done]
    if plan.accelerator and plan.accelerator.why:
        done.append(plan.accelerator.why)
    return replace(
        plan,
        setup=draft.setup,
        dependencies=tuple(draft.dependencies),
        paths=tuple(draft.paths),
        sources=sources,
        modules=tuple(draft.modules),
        done=tuple(done),
        findings=allowed,
    )
