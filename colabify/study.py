"""Study: a Python notebook's facts, and what follows from them for the machine it is to run on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.analysis import dependency_findings as say
from colabify.analysis.by_hand import ByHand, settle_by_hand
from colabify.analysis.dependencies import plan_dependencies
from colabify.analysis.ground import Dependencies, Ground
from colabify.analysis.language_data import find_language_data
from colabify.analysis.limits import limits_of
from colabify.analysis.needed import shadowed
from colabify.analysis.own_package import packages_to_install
from colabify.analysis.pins import Policy
from colabify.analysis.removed import is_provided
from colabify.analysis.system import find_system_needs
from colabify.facts import Facts, gather_facts
from colabify.findings import Finding
from colabify.metadata import RuntimeChoice, choose_accelerator, choose_runtime
from colabify.requirements.script import read_script
from colabify.rules.colab.install_lines import CondaInstall
from colabify.rules.context import Context
from colabify.rules.language.removed_modules import REPLACED, RemovedModules, replaced_modules
from colabify.runtime import Image, Runtime, load_runtime, runtime_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.imports import Import
    from colabify.course import Course
    from colabify.notebook import Document
    from colabify.plans import Accelerator
    from colabify.program import Program
    from colabify.requirements.wanted import Requirements
    from colabify.settings import Settings
    from colabify.silence.silences import Silences
    from colabify.steps import Build, DataNeed, SystemNeed


@dataclass(frozen=True)
class Study:
    """What is known about a notebook on one runtime. ``choice`` says how that runtime was come by."""

    facts: Facts
    accelerator: Accelerator | None
    choice: RuntimeChoice
    runtime: Runtime
    by_hand: ByHand
    dependencies: Dependencies
    packages: tuple[str, ...]
    system: tuple[SystemNeed, ...]
    data: tuple[DataNeed, ...]
    findings: tuple[Finding, ...]


def make_study(
    document: Document,
    course: Course,
    notebook: str,
    settings: Settings,
    silences: Silences,
    asked: tuple[str, str] | None = None,
) -> Study:
    """The study for the runtime that the settings or the author chose, else for the one that suits.

    That is the latest, unless something that the notebook needs can only be had on an older one: then
    the newest that has all of it. ``asked`` names another, and why.
    """
    choice, findings = choose_runtime(document, settings)
    if asked is not None:
        choice = RuntimeChoice(asked[0], asked[0])
        text = f"runtime {asked[0]} is asked for: {asked[1]}"
        findings = (*findings, Finding("COL423", text))
    study = _study(document, course, notebook, settings, silences, choice)
    unmet = study.dependencies.unmet
    if choice.free and unmet:
        name = _runtime_with_all(study, course, settings)
        if name:
            choice = RuntimeChoice(name, name)
            study = _study(document, course, notebook, settings, silences, choice)
            text = f"runtime {name} is asked for: {next(iter(unmet.values()))}"
            findings = (*findings, Finding("COL423", text))
    return replace(study, findings=(*findings, *study.findings))


def _runtime_with_all(study: Study, course: Course, settings: Settings) -> str:
    """The newest pinned runtime that has all that the notebook needs; empty if none has."""
    image = _image(study.accelerator)
    unmet = study.dependencies.unmet.keys()
    for name in runtime_names():
        if name != "latest":
            _, found = _dependencies(study.facts, course, settings, load_runtime(name, image))
            if not found.unmet and not found.waived & unmet:
                return name
    return ""


def _study(
    document: Document,
    course: Course,
    notebook: str,
    settings: Settings,
    silences: Silences,
    choice: RuntimeChoice,
) -> Study:
    """Modules that lie elsewhere are looked into once their folders are known, and so on."""
    folders: dict[str, Finding] = {}
    while True:
        facts = gather_facts(document, course, notebook, tuple(folders), silences)
        accelerator, found = choose_accelerator(document, facts.hints, settings)
        runtime = load_runtime(choice.name, _image(accelerator))
        ground, dependencies = _dependencies(facts, course, settings, runtime)
        if dependencies.folders.keys() <= folders.keys():
            break
        folders = dependencies.folders | folders
    dependencies.folders = folders
    by_hand, requirements = ground.by_hand, ground.requirements
    unknown = any(row.action == "unknown" for row in dependencies.rows.values())
    problems = [one for one in requirements.problems if unknown or not one.of_a_name]
    found += [*say.not_followed(problems), *by_hand.findings]
    found += shadowed(facts, runtime)
    imported = [row.distribution for row in dependencies.rows.values() if row.distribution]
    system = find_system_needs(
        facts.units, facts.program, imported, choice.name, requirements.system, facts.installs
    )
    if course.index is not None and course.index.unreached is not None:
        found.append(say.not_reached(course.index.unreached.message.rstrip(".")))
    data, more = find_language_data(
        facts.units, facts.program, facts.names, runtime, facts.installs
    )
    found += [*say.heavy(system), *more]
    return Study(
        facts, accelerator, choice, runtime, by_hand, dependencies, ground.packages,
        tuple(one for one in system if not one.heavy), data, tuple(found),
    )  # fmt: skip


def _dependencies(
    facts: Facts, course: Course, settings: Settings, runtime: Runtime
) -> tuple[Ground, Dependencies]:
    """What is done about each import on ``runtime``, and what decided about it."""
    policy = Policy(settings.pins == "strict", course.index)
    rewritten = _rewritten(facts, runtime) if settings.allows(CondaInstall.code) else ()
    by_hand = settle_by_hand(facts, course, runtime, policy, rewritten)
    ground = Ground(
        _requirements(course, facts), runtime, by_hand, course.modules,
        packages_to_install(facts.imports, course.project.files), policy, settings.distributions,
        _replaced(facts, runtime) if settings.allows(RemovedModules.code) else frozenset(),
        limits_of(name for one in facts.wholes for name in one.used),
    )  # fmt: skip
    return ground, plan_dependencies(facts, ground)


def _replaced(facts: Facts, runtime: Runtime) -> frozenset[str]:
    """The modules that Python no longer has, and that neither the cells nor a module need any more."""
    modules = {one.module.partition(".")[0] for one in facts.imports.foreign}
    found = (
        [
            replaced_modules(one.used, runtime)
            for one in facts.wholes
            if not one.used.isdisjoint(modules)
        ]
        if modules & REPLACED
        else []
    )
    return frozenset.intersection(*found) if found else frozenset()


def _rewritten(facts: Facts, runtime: Runtime) -> set[int]:
    """The cells with a conda line that a rule makes one of pip's."""
    rule, context = CondaInstall(), Context(facts.program.units, runtime)
    return {
        cell
        for cell, escape in facts.program.escapes
        if rule.check_escape(escape, context) is not None
        and not facts.silences.stop(rule.code, cell, facts.heads[cell] + escape.line + 1)
    }


def _requirements(course: Course, facts: Facts) -> Requirements:
    """The requirement files nearest to where the notebook stands, and before them its own PEP 723 block."""
    found = course.requirements.nearest(facts.stand)
    for cell in facts.program.cells:
        if "# /// script" in cell.source:
            found = found.with_script(read_script(cell.source, f"cell {cell.index + 1}"))
    return found


def needs_imp(study: Study) -> bool:
    """Whether the setup cell has to provide ``imp``, for autoreload or for a module that reloads another."""
    if study.runtime.python_minor < (3, 12):
        return False
    imported = any(one.module == "imp" for one in study.facts.imports.foreign)
    return loads_autoreload(study.facts.program) or (
        imported and is_provided("imp", study.facts.units)
    )


def loads_autoreload(program: Program) -> bool:
    """Whether a cell loads IPython's autoreload, whose version on Colab imports ``imp``."""
    return any(
        escape.name in ("load_ext", "reload_ext") and escape.args.split()[:1] == ["autoreload"]
        for _, escape in program.escapes
    )


def merged_builds(builds: Sequence[tuple[Import, Build]]) -> tuple[Build, ...]:
    """Each build once; optional if every import that needs it is."""
    found: dict[str, Build] = {}
    for one, build in builds:
        before = found.get(build.product, replace(build, optional=True))
        found[build.product] = replace(build, optional=before.optional and one.optional)
    return tuple(found.values())


def _image(accelerator: Accelerator | None) -> Image:
    if accelerator is None:
        return "cpu"
    return "tpu" if accelerator.kind == "TPU" else "gpu"
