"""Which version of a distribution: what is asked for, against what the runtime has and can install."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from colabify.runtime import BUILT_FOR_THE_MACHINE, LOADED, OF_THE_KERNEL
from colabify.wheels import Verdict, can_install

if TYPE_CHECKING:
    from packaging.requirements import Requirement

    from colabify.index import Index
    from colabify.plans import Action
    from colabify.requirements.wanted import Wanted
    from colabify.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Policy:
    """What a person has decided about versions; ``index`` is the package index that is asked, if any."""

    strict: bool = False
    index: Index | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done about a distribution, what pip is asked for, and why.

    ``met``: what is asked for is what the notebook gets, or differs from it in a bug-fix release only, or
    could be had but is not insisted on (``waived``).
    """

    action: Action
    requirement: str = ""
    why: str = ""
    met: bool = True
    waived: bool = False


def choose_version(
    distribution: str,
    wanted: Wanted | None,
    runtime: Runtime,
    policy: Policy,
    *,
    insists: bool = False,
) -> Choice:
    """What is done so that ``distribution`` can be imported on ``runtime``.

    ``insists``: a person named the version for Colab, so that an exact one is meant.
    """
    if runtime.has(distribution):
        return _of_preinstalled(distribution, wanted, runtime, policy, insists=insists)
    return _of_missing(distribution, wanted, runtime, policy)


def requirement_text(distribution: str, requirement: Requirement | None) -> str:
    """What pip is asked for: the requirement without its marker, under the distribution's name."""
    if requirement is None:
        return distribution
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    if requirement.url:
        return f"{distribution}{extras} @ {requirement.url}"
    return f"{distribution}{extras}{requirement.specifier}"


def _of_preinstalled(
    distribution: str,
    wanted: Wanted | None,
    runtime: Runtime,
    policy: Policy,
    *,
    insists: bool,
) -> Choice:
    version = runtime.version(distribution)
    if wanted is not None and wanted.requirement.url:
        return Choice("kept", why="what is at an address is not weighed against what is there")
    if wanted is None or version is None:
        return Choice("preinstalled")
    if wanted.requirement.specifier.contains(version, prereleases=True):
        fixed = distribution in LOADED | BUILT_FOR_THE_MACHINE
        if wanted.requirement.extras and not fixed:
            return Choice("extras", requirement_text(distribution, wanted.requirement))
        return Choice("preinstalled")
    return _of_another_version(distribution, wanted.requirement, runtime, policy, insists=insists)


def _of_another_version(
    distribution: str, asked: Requirement, runtime: Runtime, policy: Policy, *, insists: bool
) -> Choice:
    near = _differs_in_a_bug_fix(asked, runtime.version(distribution) or "0")
    verdict = verdict_on(asked, runtime, policy)
    if verdict.can is False:
        return Choice("kept", why=verdict.why, met=near)
    if distribution in OF_THE_KERNEL:
        return Choice("kept", why="the kernel runs on it", met=near)
    text = requirement_text(distribution, asked)
    if policy.strict:
        return Choice("replace", text)
    if near and not insists:
        return Choice("kept", why="the same but for bug fixes")
    if distribution in LOADED:
        return Choice("kept", why="the kernel has loaded it", met=False)
    if distribution in BUILT_FOR_THE_MACHINE:
        return Choice("kept", why="it is built for the machine", met=False)
    if _is_exact(asked) and not insists:
        return Choice("kept", why="an exact pin says what its author had, no more", waived=True)
    return Choice("replace", text)


def _of_missing(
    distribution: str, wanted: Wanted | None, runtime: Runtime, policy: Policy
) -> Choice:
    from packaging.requirements import Requirement

    if wanted is not None:
        verdict = verdict_on(wanted.requirement, runtime, policy)
        if verdict.can is not False:
            return Choice("install", requirement_text(distribution, wanted.requirement))
        why = verdict.why
    any_version = verdict_on(Requirement(distribution), runtime, policy)
    if any_version.can is False:
        return Choice("impossible", why=any_version.why, met=False)
    if wanted is None:
        return Choice("install", distribution)
    return Choice("install", distribution, why, met=False)


def verdict_on(requirement: Requirement, runtime: Runtime, policy: Policy) -> Verdict:
    """Whether a requirement can be installed: the index's word, where there is one, else the table's."""
    from colabify.index import NoOffers

    python = runtime.python_minor
    answer = policy.index.offers(requirement.name, python) if policy.index else None
    if isinstance(answer, NoOffers):
        if answer.reason == "unknown-name":
            return Verdict(False, answer.message)
        answer = None
    if answer is None:
        return _packed_verdict(str(requirement), python)
    return can_install(requirement, python, answer)


@lru_cache(maxsize=4096)
def _packed_verdict(requirement: str, python_minor: tuple[int, int]) -> Verdict:
    """The table's word, found once: the notebooks of a course ask for the same."""
    from packaging.requirements import Requirement

    return can_install(Requirement(requirement), python_minor)


def _is_exact(requirement: Requirement) -> bool:
    """Whether one version is named, as ``pip freeze`` does, and not a limit beyond which things break.

    cs231n's six==1.10.0 installs on Python 3.13, and does not work there: what the runtime has does.
    Conda's ``scikit-learn=1.1.3``, which is ``==1.1.3.*`` here, names one version, too.
    """
    return any(
        one.operator == "===" or (one.operator == "==" and _names_one(one.version))
        for one in requirement.specifier
    )


def _names_one(version: str) -> bool:
    """Whether it is a version, or the first three numbers of one, not of a series."""
    return not version.endswith(".*") or version.count(".") > 2


def _differs_in_a_bug_fix(requirement: Requirement, version: str) -> bool:
    """Whether one version is pinned, and it is another bug-fix release of the one that is there."""
    from packaging.version import InvalidVersion, Version

    try:
        pinned = [Version(one.version) for one in requirement.specifier if one.operator == "=="]
    except InvalidVersion:  # ==1.2.*, which excludes what is there by more than a bug fix
        return False
    there = Version(version)
    same = [
        one for one in pinned if one.release[:2] == there.release[:2] and one.epoch == there.epoch
    ]
    return len(pinned) == 1 == len(same) and len(requirement.specifier) == 1
