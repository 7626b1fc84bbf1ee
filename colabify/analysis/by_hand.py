"""What the notebook's own install lines bring on Colab, and what they would break."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.analysis.pins import Policy, requirement_text, verdict_on
from colabify.analysis.resolve import join
from colabify.findings import Finding
from colabify.runtime import LOADED, normalised_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from packaging.requirements import Requirement

    from colabify.analysis.installs import InstallLine
    from colabify.remote import Remote
    from colabify.requirements.sources import RequirementFinder
    from colabify.runtime import Runtime


@dataclass(frozen=True, slots=True)
class ByHand:
    """What the notebook installs by itself.

    ``cells``: the distributions that it does install on Colab, each with the first cell that does.
    ``others``: some line installs what it does not name, so that nobody knows what is there afterwards;
    ``lists``: one installs from a list of requirements that is not at hand.
    ``keeps_loaded``: some line would replace what the kernel has loaded. ``conda``: the names that conda's
    lines install and PyPI does not have.
    """

    cells: Mapping[str, int] = field(default_factory=dict)
    others: bool = False
    lists: bool = False
    keeps_loaded: bool = False
    conda: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()

    def installs(self, distribution: str, cell: int | None) -> bool:
        """Whether ``distribution`` is there by hand when ``cell`` (None: a module) is run."""
        first = self.cells.get(distribution)
        return first is not None and (cell is None or first <= cell)


def settle_by_hand(
    lines: Sequence[InstallLine],
    files: RequirementFinder,
    stand: str,
    runtime: Runtime,
    policy: Policy,
    rewritten: Container[int] = (),
    remote: Remote | None = None,
) -> ByHand:
    """What ``lines`` do on ``runtime``; their ``-r`` files are looked for from the folder ``stand``.

    ``rewritten`` are the cells whose conda line a rule makes one of pip's; ``remote`` is the repository,
    whose files may be named by their addresses.
    """
    cells: dict[str, int] = {}
    others = lists = keeps_loaded = False
    findings: dict[int, Finding] = {}
    for line in lines:
        if line.tool not in ("pip", "conda"):
            continue
        asked = list(line.requirements)
        for name in line.files:
            path = _path_of(name, stand, remote)
            reading = files.read(path) if path is not None else None
            lists = lists or reading is None
            asked += [one.requirement for one in reading.declared] if reading else []
        others = others or bool(line.others)
        asked = [one for one in asked if _applies(one, runtime)]
        touched = [one for one in asked if _touches_loaded(one, runtime, upgrade=line.upgrade)]
        keeps_loaded = keeps_loaded or bool(touched)
        why = "" if line.tool == "pip" or line.cell in rewritten else "Colab has no conda"
        why = why or _why_it_fails(asked, runtime, policy)
        if why:
            text = f"{why}: the setup cell installs what is imported, and the line may fail"
            findings.setdefault(line.cell, Finding("COL440", text, cell=line.cell))
            continue
        hint = _hint(asked, line, runtime)
        if hint:
            findings.setdefault(line.cell, Finding("COL440", hint, cell=line.cell))
        for one in asked:
            for name in (one.name, *one.extras):  # kit[lime] mostly brings lime
                cells.setdefault(normalised_name(name), line.cell)
    conda = {name for line in lines if line.tool == "conda" for name in line.names}
    return ByHand(cells, others, lists, keeps_loaded, frozenset(conda), tuple(findings.values()))


def _path_of(name: str, stand: str, remote: Remote | None) -> str | None:
    """Where a ``-r`` file is below the root: a path, or a raw address of the repository; None if nowhere."""
    if "://" not in name:
        return join(stand, name)
    own = (remote.raw_url("", "") or "").rstrip("/") if remote is not None else ""
    if not own or not name.startswith(f"{own}/"):
        return None
    return name.removeprefix(f"{own}/").partition("/")[2]


def _applies(requirement: Requirement, runtime: Runtime) -> bool:
    marker = requirement.marker
    return marker is None or marker.evaluate(runtime.marker_environment())


def _touches_loaded(requirement: Requirement, runtime: Runtime, *, upgrade: bool) -> bool:
    name = normalised_name(requirement.name)
    return name in LOADED and (upgrade or not _has(requirement, runtime))


def _has(requirement: Requirement, runtime: Runtime) -> bool:
    """Whether the runtime satisfies a requirement, so that pip leaves it as it is."""
    version = runtime.version(requirement.name)
    if not runtime.has(requirement.name) or requirement.url:
        return False
    return version is None or requirement.specifier.contains(version, prereleases=True)


def _why_it_fails(asked: Iterable[Requirement], runtime: Runtime, policy: Policy) -> str:
    """Why a line installs nothing on Colab; empty if it does. Pip installs all it is given, or nothing."""
    for one in asked:
        if _has(one, runtime):
            continue
        name = normalised_name(one.name)
        text = f"it installs {requirement_text(name, one)}"
        if name in LOADED:
            return f"{text}, and the kernel has loaded {runtime.version(name)}"
        verdict = verdict_on(one, runtime, policy)
        if verdict.can is False:
            return f"{text}, {verdict.why}"
    return ""


def _hint(asked: list[Requirement], line: InstallLine, runtime: Runtime) -> str:
    there = [
        requirement_text(normalised_name(one.name), one) for one in asked if _has(one, runtime)
    ]
    if line.upgrade or not there or len(there) < len(asked) or line.others or line.editables:
        return ""
    return f"it installs {', '.join(there)}, which Colab has: the line is not needed there"
