"""What the notebook's own install lines bring on Colab, and what they would break."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.analysis.pins import requirement_text, verdict_on
from colabify.analysis.resolve import join
from colabify.findings import Finding
from colabify.requirements.known import conda_names
from colabify.requirements.model import holds
from colabify.runtime import LOADED, OF_THE_KERNEL, normalised_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from packaging.requirements import Requirement

    from colabify.analysis.installs import InstallLine
    from colabify.analysis.pins import Policy
    from colabify.course import Course
    from colabify.facts import Facts
    from colabify.runtime import Runtime

Place = tuple[int, int]
"""A cell's index, and a line in it."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """What the notebook installs by itself.

    ``places``: the distributions that it does install on Colab, each with where it first does.
    ``others``: some line installs what it does not name, so that nobody knows what is there afterwards;
    ``lists``: where one first installs from a list of requirements that is not at hand.
    ``keeps_loaded``: some line would replace what the kernel has loaded. ``conda``: the names that conda's
    lines install and PyPI does not have.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    others: bool = False
    lists: Place | None = None
    keeps_loaded: bool = False
    conda: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()

    def installs(self, distribution: str, place: Place) -> bool:
        """Whether a line above ``place`` installs ``distribution``."""
        first = self.places.get(distribution)
        return first is not None and first <= place

    def may_install(self, place: Place) -> bool:
        """Whether a line above ``place`` installs from a list that is not at hand."""
        return self.lists is not None and self.lists <= place


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one line asks pip for; ``unread``: from a list that is not at hand; ``why`` it fails on Colab."""

    requirements: tuple[Requirement, ...]
    unread: bool = False
    why: str = ""


def settle_by_hand(
    facts: Facts,
    course: Course,
    runtime: Runtime,
    policy: Policy,
    rewritten: Container[int] = (),
) -> ByHand:
    """What the notebook's lines do on ``runtime``.

    ``rewritten`` are the cells whose conda line a rule makes one of pip's.
    """
    places: dict[str, Place] = {}
    lists: Place | None = None
    others = keeps_loaded = False
    findings: dict[int, Finding] = {}
    for line in facts.installs:
        if line.tool not in ("pip", "conda"):
            continue
        where = (line.cell, line.line)
        if line.tool == "conda" and line.cell not in rewritten:
            asked = _Asked((), why="Colab has no conda")
        else:
            asked = _asked(line, facts, course, runtime)
            others = others or bool(line.others)
            lists = min(lists or where, where) if asked.unread else lists
        touched = [one for one in asked.requirements if _touches(one, line, runtime, policy)]
        keeps_loaded = keeps_loaded or bool(touched)
        why = asked.why or _why_it_fails(asked.requirements, runtime, policy)
        said = _advice(line, asked.requirements, touched, why, runtime)
        if said:
            at = (facts.heads[line.cell] + line.line) if line.line else None
            findings.setdefault(line.cell, Finding("COL440", said, cell=line.cell, line=at))
        for one in asked.requirements if not (why or line.target) else ():
            for name in (one.name, *one.extras):  # kit[lime] mostly brings lime
                places.setdefault(normalised_name(name), where)
    named = {name for line in facts.installs if line.tool == "conda" for name in line.names}
    conda = frozenset(name for name in named if normalised_name(name) in conda_names().conda_only)
    return ByHand(places, others, lists, keeps_loaded, conda, tuple(findings.values()))


def _asked(line: InstallLine, facts: Facts, course: Course, runtime: Runtime) -> _Asked:
    """What a line asks for, the files that it names included."""
    asked = list(line.requirements)
    unread, why = False, ""
    for name in line.files:
        path = _path_of(name, facts.stand, course)
        reading = course.requirements.read(path) if path is not None else None
        if reading is not None:
            asked += [one.requirement for one in reading.declared if not one.constraint]
            why = why or (f"not all of {name} is understood" if reading.problems else "")
        elif "://" in name or facts.brings_files or path in facts.made:
            unread = True
        else:
            why = f"there is no {name} in the repository"
    return _Asked(tuple(one for one in asked if holds(one, runtime)), unread, why)


def _path_of(name: str, stand: str, course: Course) -> str | None:
    """Where a ``-r`` file is below the root: a path, or a raw address of the repository; None if nowhere."""
    if "://" not in name:
        return join(stand, name.replace("\\", "/"))  # the line is mended, too
    remote = course.project.remote
    own = (remote.raw_url("", "") or "").rstrip("/") if remote is not None else ""
    if not own or not name.startswith(f"{own}/"):
        return None
    return name.removeprefix(f"{own}/").partition("/")[2]


def _touches(requirement: Requirement, line: InstallLine, runtime: Runtime, policy: Policy) -> bool:
    """Whether a line would replace what the kernel has loaded; under strict pins it may."""
    name = normalised_name(requirement.name)
    kept = OF_THE_KERNEL if policy.strict else LOADED
    return name in kept and (line.upgrade or not _has(requirement, runtime))


def _has(requirement: Requirement, runtime: Runtime) -> bool:
    """Whether the runtime satisfies a requirement, so that pip leaves it as it is."""
    version = runtime.version(requirement.name)
    if not runtime.has(requirement.name) or requirement.url:
        return False
    return version is None or requirement.specifier.contains(version, prereleases=True)


def _why_it_fails(asked: Iterable[Requirement], runtime: Runtime, policy: Policy) -> str:
    """Why a line installs nothing on Colab; empty if it does. Pip installs all it is given, or nothing."""
    kept = OF_THE_KERNEL if policy.strict else LOADED
    for one in asked:
        if _has(one, runtime):
            continue
        name = normalised_name(one.name)
        text = f"it installs {requirement_text(name, one)}"
        if name in kept:
            return f"{text}, and the kernel has loaded {runtime.version(name)}"
        verdict = verdict_on(one, runtime, policy)
        if verdict.can is False:
            return f"{text}, {verdict.why}"
    return ""


def _advice(
    line: InstallLine,
    asked: Sequence[Requirement],
    touched: Sequence[Requirement],
    why: str,
    runtime: Runtime,
) -> str:
    """What a person should know about a line; empty if it is as it should be."""
    if why:
        return f"{why}: the setup cell installs what is imported, and the line may fail"
    if touched:
        names = ", ".join(normalised_name(one.name) for one in touched)
        return f"the kernel has loaded {names}: the line does not replace it on Colab"
    there = [
        requirement_text(normalised_name(one.name), one)
        for one in asked
        if _has(one, runtime) and not one.extras
    ]
    needed = line.upgrade or line.others or line.editables or line.target
    if needed or not there or len(there) < len(asked):
        return ""
    return f"it installs {', '.join(there)}, which Colab has: the line is not needed there"
