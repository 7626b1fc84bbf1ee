"""What to install: what is imported, less what is there, in the version that can be had."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.analysis.by_hand import installed_by_hand
from colabify.distributions import distribution_for
from colabify.findings import Finding
from colabify.plan import Install
from colabify.requirements import applicable, decode_requirements, read_requirements
from colabify.runtime import stdlib_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.analysis.imports import Import, Imports, ModuleFinder
    from colabify.program import Program
    from colabify.project import Project
    from colabify.requirements import Declared, Problem
    from colabify.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Requirements:
    """The requirements that hold for a folder: those of the nearest file, by distribution."""

    file: str = ""
    declared: dict[str, list[Declared]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def of(self, distribution: str, runtime: Runtime) -> Declared | None:
        """What is asked for of a distribution on ``runtime``: the first line whose marker holds."""
        lines = self.declared.get(distribution, [])
        return next((one for one in lines if applicable(one, runtime)), None)


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What follows from the imports: installs, and findings.

    ``folders`` are those that have to be added to ``sys.path``, each with what is said of it.
    """

    installs: tuple[Install, ...]
    folders: dict[str, Finding]
    findings: tuple[Finding, ...]


class RequirementFinder:
    """Reads the repository's requirement files; each once, whatever the number of notebooks."""

    def __init__(self, project: Project) -> None:
        """Look among the files of ``project``."""
        self._project = project
        self._read: dict[str, Requirements] = {}

    def nearest(self, folder: str) -> Requirements:
        """The requirements of ``folder``, or of the nearest folder above it that has a file of them."""
        while True:
            for name in self._files_in(folder):
                return self._requirements(name)
            if not folder:
                return Requirements()
            folder = posixpath.dirname(folder)

    def _files_in(self, folder: str) -> list[str]:
        """``requirements.txt`` first, then other ``requirements*.txt`` by name."""
        plain = posixpath.join(folder, "requirements.txt")
        if plain in self._project.files.files:
            return [plain]
        return sorted(
            name
            for name in self._project.files.files
            if posixpath.dirname(name) == folder
            and posixpath.basename(name).startswith("requirements")
            and name.endswith(".txt")
        )

    def _requirements(self, name: str) -> Requirements:
        if name not in self._read:
            text = decode_requirements(self._project.read(name) or b"")
            declared, problems = read_requirements(text, name)
            by_name: dict[str, list[Declared]] = {}
            for one in declared:
                by_name.setdefault(one.name, []).append(one)
            self._read[name] = Requirements(name, by_name, _not_followed(problems))
        return self._read[name]


def plan_dependencies(
    program: Program,
    imports: Imports,
    requirements: Requirements,
    runtime: Runtime,
    modules: ModuleFinder,
) -> Dependencies:
    """What to install for ``imports`` on ``runtime``."""
    by_hand = installed_by_hand(program)
    known = {*requirements.declared, *by_hand.names}
    installs: dict[str, Install] = {}
    folders: dict[str, Finding] = {}
    findings = {one.message: one for one in requirements.findings}
    for one in _needed(imports.foreign, runtime, program):
        distribution = distribution_for(_most_precise(one), runtime, known)
        if distribution is not None and runtime.has(distribution):
            finding = _kept_pin(distribution, requirements, runtime)
            if finding is not None:
                findings.setdefault(distribution, finding)
            continue
        elsewhere = [] if distribution in known else modules.elsewhere(one.module)
        if len(elsewhere) == 1:
            folders.setdefault(elsewhere[0], _elsewhere(one, elsewhere))
        elif elsewhere:
            findings.setdefault(one.module, _elsewhere(one, elsewhere))
        elif distribution is None and not by_hand.others:
            findings.setdefault(one.module.partition(".")[0], _unknown(one))
        elif distribution is not None and distribution not in by_hand.names:
            installs.setdefault(distribution, _install(one, distribution, requirements, runtime))
    return Dependencies(tuple(installs.values()), folders, tuple(findings.values()))


def _needed(foreign: Iterable[Import], runtime: Runtime, program: Program) -> list[Import]:
    """The imports that have to succeed, less the standard library of the runtime's Python.

    A module that the notebook itself writes (``%%writefile x.py``; ``x.proto`` for ``x_pb2``) is there.
    """
    builtin = stdlib_modules(runtime.python_minor) | {"__future__"}
    written = {posixpath.splitext(posixpath.basename(name)) for name in program.written_files}
    builtin |= {stem for stem, _ in written} | {f"{stem}_pb2" for stem, _ in written}
    return [
        one
        for one in foreign
        if not one.optional
        and one.module.partition(".")[0] not in builtin
        and not one.module.startswith("google.colab")
    ]


def _most_precise(one: Import) -> str:
    """``google.cloud.storage`` for ``from google.cloud import storage``: packages may share a name."""
    return f"{one.module}.{one.names[0]}" if len(one.names) == 1 else one.module


def _install(
    one: Import, distribution: str, requirements: Requirements, runtime: Runtime
) -> Install:
    declared = requirements.of(distribution, runtime)
    why = f"{one.unit.label} imports {one.module}, which Colab lacks"
    if declared is None:
        return Install(distribution, distribution, one.module, why)
    wanted = declared.requirement
    text = f"{distribution}{wanted.specifier}"
    if wanted.extras:
        text = f"{distribution}[{','.join(sorted(wanted.extras))}]{wanted.specifier}"
    if wanted.url:
        text = f"{distribution} @ {wanted.url}"
    return Install(distribution, text, one.module, f"{why}; {declared.source} asks for {text}")


def _kept_pin(distribution: str, requirements: Requirements, runtime: Runtime) -> Finding | None:
    declared = requirements.of(distribution, runtime)
    version = runtime.version(distribution)
    if declared is None or version is None:
        return None
    if declared.requirement.specifier.contains(version, prereleases=True):
        return None
    return Finding(
        "COL402",
        f"{requirements.file} asks for {distribution}{declared.requirement.specifier}; "
        f"Colab's {version.partition('+')[0]} is used",
    )


def _elsewhere(one: Import, folders: Sequence[str]) -> Finding:
    shown = ", ".join(folder or "the repository's root" for folder in folders)
    if len(folders) == 1:
        text = f"{one.unit.label} imports {one.module} from {shown}: added to sys.path on Colab"
        return Finding("COL403", text, cell=one.unit.cell, path=one.unit.path, line=one.line)
    return Finding(
        "COL403",
        f"{one.module} is in several folders ({shown}), none of them on sys.path: "
        "add the right one with sys.path.append",
        "error",
        cell=one.unit.cell,
        path=one.unit.path,
        line=one.line,
    )


def _unknown(one: Import) -> Finding:
    return Finding(
        "COL401",
        f"nobody knows which distribution {one.module} comes from: name it in requirements.txt",
        "error",
        cell=one.unit.cell,
        path=one.unit.path,
        line=one.line,
    )


def _not_followed(problems: Sequence[Problem]) -> tuple[Finding, ...]:
    """One finding for a file, not one for each line of a file that conda wrote."""
    if not problems:
        return ()
    first, more = problems[0], len(problems) - 1
    others = f" So are {more} other lines." if more > 1 else " So is one other line." * more
    return (Finding("COL405", first.message + others, path=first.source, line=first.line),)
