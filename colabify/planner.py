"""From a notebook and its project to the Plan."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.advice import about_cells, about_project, about_unpushed, set_up_by_hand
from colabify.analysis.dependencies import Dependencies, plan_dependencies
from colabify.analysis.links import Links, badge_source, find_links
from colabify.analysis.missing import plan_data
from colabify.facts import Course, Facts, gather_facts, needs_files
from colabify.findings import Finding
from colabify.kernel import language_of
from colabify.metadata import choose_accelerator, choose_runtime, metadata_changes
from colabify.plan import Accelerator, Clone, Plan, Setup, SourceChange
from colabify.rewrite.cells import rewrite_cells
from colabify.runtime import Image, Runtime, load_runtime

if TYPE_CHECKING:
    from colabify.notebook import Document
    from colabify.program import Program
    from colabify.project import Project
    from colabify.settings import Settings


@dataclass
class Draft:
    """A plan in the making."""

    findings: list[Finding] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    sources: list[SourceChange] = field(default_factory=list)
    setup: Setup = field(default_factory=Setup)


@dataclass(frozen=True)
class _Study:
    """A Python notebook's facts, and what follows from them for the machine it is to run on."""

    facts: Facts
    accelerator: Accelerator | None
    runtime: Runtime
    dependencies: Dependencies
    findings: tuple[Finding, ...]


def make_plan(document: Document, course: Course, notebook: str, settings: Settings) -> Plan:
    """The plan for ``document``, which stands at ``notebook`` below the repository's root.

    Reads the repository through ``course``; writes nothing.
    """
    project, draft = course.project, Draft()
    language = language_of(document)
    if language.python_2:
        draft.findings.append(
            Finding("COL432", "written in Python 2, which Colab does not have", "error")
        )
        return _finished(Plan(notebook), draft, settings)
    study = _study(document, course, notebook, settings) if language.is_python else None
    if study is None:
        text = f"the kernel is {language.name}: badge, metadata and Markdown only"
        draft.findings.append(Finding("COL431", text))
    elif _is_native(document, study.facts, project):
        return _native(study, notebook, settings)
    needs = study is not None and needs_files(study.facts, project)
    draft.findings += about_project(project, notebook, needs_files=needs)
    links = find_links(document.cells, project, notebook)
    _add_links(draft, links)
    _, pin, runtime_findings = choose_runtime(document, settings)
    draft.findings += runtime_findings
    if study is None:
        accelerator, found = choose_accelerator(document, (), settings)
        draft.findings += found
    else:
        accelerator = study.accelerator
        _plan_python(draft, study, course, settings)
    badge = _badge(project, notebook, links)
    metadata = metadata_changes(
        document, language, accelerator, pin, settings,
        has_badge=bool(badge) or links.badge_is_colabs, has_setup=bool(draft.setup),
    )  # fmt: skip
    plan = Plan(notebook, badge=badge, metadata=metadata, accelerator=accelerator)
    return _finished(plan, draft, settings)


def _study(document: Document, course: Course, notebook: str, settings: Settings) -> _Study:
    """Modules that lie elsewhere are looked into once their folders are known, and so on."""
    name, _, _ = choose_runtime(document, settings)
    folders: dict[str, Finding] = {}
    while True:
        facts = gather_facts(document, course, notebook, tuple(folders))
        accelerator, found = choose_accelerator(document, facts.hints, settings)
        runtime = load_runtime(name, _image(accelerator))
        requirements = course.requirements.nearest(facts.stand)
        dependencies = plan_dependencies(
            facts.program, facts.imports, requirements, runtime, course.modules
        )
        if dependencies.folders.keys() <= folders.keys():
            dependencies = replace(dependencies, folders=folders)
            return _Study(facts, accelerator, runtime, dependencies, tuple(found))
        folders = dependencies.folders | folders


def _plan_python(draft: Draft, study: _Study, course: Course, settings: Settings) -> None:
    project, facts, found = course.project, study.facts, study.dependencies
    draft.findings += [*study.findings, *about_cells(facts)]
    by_hand = set_up_by_hand(facts, project)
    autoreload = _loads_autoreload(facts.program) and study.runtime.python_minor >= (3, 12)
    if by_hand:
        draft.findings += by_hand
        draft.setup = Setup(autoreload=autoreload)
    else:
        fetches, unfetched = plan_data(facts, course)
        draft.findings += [*found.folders.values(), *found.findings, *unfetched]
        draft.findings += about_unpushed(facts, project)
        needed = bool(fetches or found.folders) or needs_files(facts, project)
        setup = Setup(
            clone=_clone(project) if needed else None,
            folder=facts.stand,
            installs=found.installs,
            autoreload=autoreload,
        )
        if setup.clone:
            setup = replace(setup, path_folders=tuple(found.folders), fetches=fetches)
        expects = study.accelerator.kind if study.accelerator and facts.hints else ""
        draft.setup = replace(setup, expects=expects) if setup else setup
    draft.done += _setup_in_words(draft.setup)
    sources, findings = rewrite_cells(facts, project, study.runtime, settings)
    draft.sources += sources
    draft.findings += findings


def _clone(project: Project) -> Clone | None:
    """What to clone; None where there is nothing that Colab could clone."""
    if project.remote is None or not project.is_repository or not project.ref:
        return None
    return Clone(project.remote.clone_url, project.ref, project.remote.name)


def _loads_autoreload(program: Program) -> bool:
    return any(
        escape.name in ("load_ext", "reload_ext") and escape.args.split()[:1] == ["autoreload"]
        for _, escape in program.escapes
    )


def _image(accelerator: Accelerator | None) -> Image:
    if accelerator is None:
        return "cpu"
    return "tpu" if accelerator.kind == "TPU" else "gpu"


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
        draft.sources.append(SourceChange(edit.cell, edit.source, said))


def _setup_in_words(setup: Setup) -> list[str]:
    words = ["clone"] if setup.clone else []
    words += [one.requirement for one in setup.installs]
    words += [posixpath.basename(one.script) for one in setup.fetches]
    return [*words, "autoreload"] if setup.autoreload else words


def _is_native(document: Document, facts: Facts, project: Project) -> bool:
    """Whether a notebook was made on Colab, for Colab, and needs nothing else."""
    made_there = bool(facts.colab) and "colab" in document.metadata
    return made_there and not needs_files(facts, project)


def _native(study: _Study, notebook: str, settings: Settings) -> Plan:
    """The plan for a notebook made on Colab and for Colab: what is there stays as it is."""
    draft, facts = Draft(), study.facts
    first = facts.colab[0]
    text = f"it {first.said}: made for Colab, left as it is"
    draft.findings.append(Finding("COL433", text, cell=first.cell))
    if _loads_autoreload(facts.program) and study.runtime.python_minor >= (3, 12):
        draft.setup = Setup(autoreload=True)
        draft.done.append("autoreload")
    return _finished(Plan(notebook), draft, settings)


def _finished(plan: Plan, draft: Draft, settings: Settings) -> Plan:
    allowed = tuple(one for one in draft.findings if settings.allows(one.code))
    sources = tuple(
        one for one in draft.sources if all(settings.allows(code) for code in one.codes)
    )
    done = [*(["badge"] if plan.badge else []), *draft.done]
    if plan.accelerator and plan.accelerator.why:
        done.append(plan.accelerator.why)
    return replace(plan, setup=draft.setup, sources=sources, done=tuple(done), findings=allowed)
