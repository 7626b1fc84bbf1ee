"""From a notebook and its project to the Plan."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.advice import about_cells, about_project, set_up_by_hand
from colabify.analysis.data import Fetch, missing
from colabify.analysis.dependencies import Dependencies, plan_dependencies
from colabify.analysis.links import Links, badge_source, find_links
from colabify.analysis.resolve import is_absolute
from colabify.facts import Course, Facts, gather_facts, needs_files
from colabify.findings import Finding
from colabify.kernel import language_of
from colabify.metadata import choose_accelerator, choose_runtime, metadata_changes
from colabify.plan import Accelerator, Clone, Plan, Setup, SourceChange
from colabify.rewrite.cells import rewrite_cells
from colabify.runtime import Image, Runtime, load_runtime

if TYPE_CHECKING:
    from colabify.analysis.paths import PathUse
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
    facts = gather_facts(document, course, notebook) if language.is_python else None
    if facts is None:
        text = f"the kernel is {language.name}: badge, metadata and Markdown only"
        draft.findings.append(Finding("COL431", text))
    elif facts.colab and "colab" in document.metadata and not needs_files(facts, project):
        return _native(document, facts, notebook, settings)
    draft.findings += about_project(project, notebook)
    links = find_links(document.cells, project, notebook)
    _add_links(draft, links)
    runtime_name, pin, runtime_findings = choose_runtime(document, settings)
    draft.findings += runtime_findings
    accelerator, found = choose_accelerator(document, facts.hints if facts else (), settings)
    draft.findings += found
    if facts is not None:
        runtime = load_runtime(runtime_name, _image(accelerator))
        _plan_python(draft, facts, course, runtime, accelerator, settings)
    badge = _badge(project, notebook, links)
    metadata = metadata_changes(
        document, language, accelerator, pin, settings,
        has_badge=bool(badge) or links.badge_is_colabs, has_setup=bool(draft.setup),
    )  # fmt: skip
    plan = Plan(notebook, badge=badge, metadata=metadata, accelerator=accelerator)
    return _finished(plan, draft, settings)


def _plan_python(
    draft: Draft,
    facts: Facts,
    course: Course,
    runtime: Runtime,
    accelerator: Accelerator | None,
    settings: Settings,
) -> None:
    project = course.project
    draft.findings += about_cells(facts)
    by_hand = set_up_by_hand(facts, project)
    expects = accelerator.kind if accelerator and facts.hints else ""
    autoreload = _loads_autoreload(facts.program) and runtime.python_minor >= (3, 12)
    if by_hand:
        draft.findings += by_hand
        draft.setup = Setup(autoreload=autoreload)
    else:
        found = plan_dependencies(
            facts.program,
            facts.imports,
            course.requirements.nearest(facts.stand),
            runtime,
            course.modules,
        )
        fetches, unfetched = _plan_data(facts, course)
        draft.findings += [*found.findings, *unfetched]
        draft.setup = _setup(facts, project, found, fetches, autoreload, expects)
    draft.done += _setup_in_words(draft.setup)
    sources, findings = rewrite_cells(facts, project, runtime, settings)
    draft.sources += sources
    draft.findings += findings


def _setup(
    facts: Facts,
    project: Project,
    found: Dependencies,
    fetches: tuple[Fetch, ...],
    autoreload: bool,
    expects: str,
) -> Setup:
    needed = bool(fetches or found.folders) or needs_files(facts, project)
    clone = None
    if needed and project.remote is not None and project.root is not None:
        clone = Clone(project.remote.clone_url, project.ref, project.remote.name)
    setup = Setup(
        clone=clone,
        folder=facts.stand,
        path_folders=tuple(dict.fromkeys(found.folders)) if clone else (),
        installs=found.installs,
        fetches=fetches if clone else (),
        autoreload=autoreload,
    )
    return replace(setup, expects=expects) if setup else setup


def _plan_data(facts: Facts, course: Course) -> tuple[tuple[Fetch, ...], list[Finding]]:
    """The scripts that fetch what git does not hold, and the files that nothing brings."""
    project, stand = course.project, facts.stand
    found: dict[str, Fetch] = {}
    findings: dict[str, Finding] = {}
    for use in facts.paths:
        if not use.text or use.use == "write" or is_absolute(use.text):
            continue
        base = posixpath.dirname(use.unit.path or "") if use.of_module else stand
        for path in missing(project, base, [use.text]):
            if facts.is_made(path):
                continue
            fetch = course.fetchers.find(path, certain=use.use == "read")
            if fetch is not None:
                paths = found[fetch.script].paths if fetch.script in found else ()
                joined = tuple(dict.fromkeys([*paths, path]))
                found[fetch.script] = replace(fetch, paths=joined)
            elif use.use == "read" and facts.settled and not facts.may_come_by_itself(use):
                findings.setdefault(path, _missing_file(use, path, project))
    return tuple(found.values()), list(findings.values())


def _missing_file(use: PathUse, path: str, project: Project) -> Finding:
    here = project.root is not None and (project.root / path).exists()
    why = "git does not track it" if here else "it is not here either"
    near = project.files.by_name.get(posixpath.basename(path), [])[:2]
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    where = {"cell": use.unit.cell, "path": use.unit.path, "line": use.line}
    text = f"{use.text} is not in the repository at {project.ref or 'any ref'} ({why}){hint}"
    return Finding("COL311", text, "error", **where)  # type: ignore[arg-type]


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
    if links.has_badge or project.remote is None or project.root is None:
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


def _native(document: Document, facts: Facts, notebook: str, settings: Settings) -> Plan:
    """The plan for a notebook made on Colab and for Colab: what is there stays as it is."""
    draft = Draft()
    name, _, _ = choose_runtime(document, settings)
    first = facts.colab[0]
    text = f"it {first.said}: made for Colab, left as it is"
    draft.findings.append(Finding("COL433", text, cell=first.cell))
    if _loads_autoreload(facts.program) and load_runtime(name).python_minor >= (3, 12):
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
