"""What to do about each import: what is there, what is installed, in which version, and why."""

from __future__ import annotations

import posixpath
import sys
from typing import TYPE_CHECKING

from colabify.analysis import dependency_findings as say
from colabify.analysis.ground import Dependencies, Ground
from colabify.analysis.needed import needed_imports
from colabify.analysis.nltk_uses import language_table
from colabify.analysis.pins import Choice, choose_version, requirement_text
from colabify.analysis.removed import is_provided, is_removed
from colabify.distributions import distribution_for
from colabify.requirements.wanted import Wanted
from colabify.runtime import normalised_name
from colabify.steps import Install

if TYPE_CHECKING:
    from colabify.analysis.by_hand import Place
    from colabify.analysis.imports import Import
    from colabify.facts import Facts
    from colabify.runtime import Runtime


def plan_dependencies(facts: Facts, ground: Ground) -> Dependencies:
    """What to do about each import of ``facts``."""
    found = Dependencies(entry=_entry(facts))
    for one in facts.imports.local:
        own = any(one.file.startswith(f"{folder}/" if folder else "") for folder in ground.packages)
        found.note(one, "own package" if own else "local", why=one.file)
    for one in facts.imports.written:
        found.note(one, "written")
    for one, build in facts.imports.builds:
        found.note(one, "build", why=f"made by {posixpath.join(build.folder, 'setup.py')}")
        if build.cython and not ground.runtime.has("cython"):
            why = f"{build.product} is made from Cython, which Colab lacks"
            found.installs["cython"] = Install("cython", "cython", one.module, why)
    for one in needed_imports(facts, ground.runtime):
        if is_removed(one.module, ground.runtime):
            _add_removed(found, one, facts, ground)
        else:
            _add(found, one, ground)
    return found


def _entry(facts: Facts) -> Place:
    local = [*facts.imports.local, *(one for one, _ in facts.imports.builds)]
    places = ((one.unit.cell, one.line) for one in local if one.unit.cell is not None)
    return min(places, default=(0, 0))


def _add(found: Dependencies, one: Import, ground: Ground) -> None:
    first = one.module.partition(".")[0]
    distribution, settled = _distribution(one, ground)
    place = found.place(one)
    elsewhere = [] if settled else _elsewhere(one, distribution, place, ground)
    if distribution is not None and (ground.runtime.has(distribution) or not elsewhere):
        _add_distribution(found, one, distribution, ground, settled)
    elif one.optional:
        found.note(one, "optional")
    elif len(elsewhere) == 1:
        found.note(one, "elsewhere", why=elsewhere[0] or "the repository's root")
        found.folders.setdefault(elsewhere[0], say.elsewhere(one, elsewhere))
    elif elsewhere:
        found.note(one, "unknown", why=f"in several folders: {', '.join(elsewhere)}")
        found.findings.setdefault(one.module, say.elsewhere(one, elsewhere))
    elif first in language_table()["spacy"]["models"]:
        found.note(
            one, "written", why="a model of spaCy's, which the notebook or the setup cell downloads"
        )
    elif package := _of_conda(one, ground):
        found.note(one, "impossible", why="only conda has it")
        found.findings.setdefault(first, say.conda_only(one, package))
    elif ground.by_hand.others or ground.by_hand.may_install(place):
        found.note(one, "by hand", why="a line of the notebook installs what it does not name")
    else:
        found.note(one, "unknown", why="no requirement file, runtime or table knows it")
        found.findings.setdefault(first, say.unknown(one, ground.requirements.names))


def _elsewhere(one: Import, distribution: str | None, place: Place, ground: Ground) -> list[str]:
    """The folders of the repository that hold the module and that nothing on ``sys.path`` reaches.

    What the repository or the notebook asks to install is meant to come from there. A module in the
    midst of a package is no other for one whose distribution is known.
    """
    asked = distribution is not None and (
        distribution in ground.requirements.names or ground.by_hand.installs(distribution, place)
    )
    if asked:
        return []
    return ground.modules.files.elsewhere(one.module, in_packages=distribution is None)


def _of_conda(one: Import, ground: Ground) -> str:
    """The conda package without a distribution that an import comes from, going by its name; or none."""
    first = normalised_name(one.module.partition(".")[0])
    packages = [*(one.name for one in ground.requirements.conda_only), *ground.by_hand.conda]
    return next((name for name in packages if normalised_name(name) == first), "")


def _distribution(one: Import, ground: Ground) -> tuple[str | None, str]:
    """The distribution that an import comes from, and the requirement if a person has settled it."""
    from packaging.requirements import Requirement

    module = one.module
    while module:
        if module in ground.distributions:
            text = ground.distributions[module]
            return normalised_name(Requirement(text).name), text
        module = module.rpartition(".")[0]
    known = {*ground.requirements.names, *ground.by_hand.places}
    return distribution_for(_most_precise(one), ground.runtime, known), ""


def _most_precise(one: Import) -> str:
    """``google.cloud.storage`` for ``from google.cloud import storage``: packages may share a name."""
    return f"{one.module}.{one.names[0]}" if len(one.names) == 1 else one.module


def _add_distribution(
    found: Dependencies, one: Import, distribution: str, ground: Ground, settled: str
) -> None:
    if distribution in found.installs:
        return
    wanted = _settled(settled) or ground.requirements.of(distribution, ground.runtime)
    asked = bool(settled) or distribution in ground.requirements.always
    if one.optional and not asked and not ground.runtime.has(distribution):
        found.note(one, "optional", distribution, why="the code goes on without it")
        return
    choice = choose_version(
        distribution, wanted, ground.runtime, ground.policy, insists=bool(settled)
    )
    limit = ground.limits.get(distribution)
    if limit is not None and choice.action in ("preinstalled", "kept") and not settled:
        wanted, choice = limit, choose_version(distribution, limit, ground.runtime, ground.policy)
    place = found.place(one)
    if one.optional:  # the handler that installs it stands below, in the same cell
        place = (place[0], sys.maxsize)
    by_hand = ground.by_hand.installs(distribution, place)
    if choice.action == "install" and not settled and ground.by_hand.may_install(place):
        found.note(one, "by hand", distribution, why="by a list that is not at hand, perhaps")
        return
    if by_hand and choice.action != "preinstalled":
        found.note(one, "by hand", distribution, wanted, ground.runtime)
        return
    found.note(one, choice.action, distribution, wanted, ground.runtime, choice.why)
    if wanted is not None and wanted.conflict:
        found.findings.setdefault(f"{distribution} conflict", say.conflict(wanted))
    _follow(found, one, distribution, wanted, choice, ground)


def _settled(text: str) -> Wanted | None:
    """What a person has settled, as a requirement like those of files; None if nothing is."""
    from packaging.requirements import Requirement

    return Wanted(Requirement(text), "[tool.colabify.distributions]", None) if text else None


def _follow(
    found: Dependencies,
    one: Import,
    distribution: str,
    wanted: Wanted | None,
    choice: Choice,
    ground: Ground,
) -> None:
    """What a choice brings with it: an install, a finding, something that is not met."""
    runtime = ground.runtime
    if not choice.met:
        found.unmet[distribution] = say.unmet(one, distribution, wanted, runtime)
    if choice.waived:
        found.waived.add(distribution)
    if choice.action == "kept" and wanted is not None:
        kept = say.kept(distribution, wanted, runtime, choice.why)
        found.findings.setdefault(distribution, kept)
    elif choice.action == "impossible":
        found.findings.setdefault(distribution, say.impossible(one, distribution, choice.why))
    elif choice.action in ("install", "replace", "extras"):
        if not choice.met and wanted is not None:
            relaxed = say.relaxed(distribution, wanted, choice.why)
            found.findings.setdefault(distribution, relaxed)
        found.installs[distribution] = Install(
            distribution,
            choice.requirement,
            one.module,
            _why(one, distribution, wanted, choice, runtime),
            replaces=choice.action == "replace",
            strict=choice.action == "replace" and ground.policy.strict,
            extras=choice.action == "extras",
        )


def _why(
    one: Import, distribution: str, wanted: Wanted | None, choice: Choice, runtime: Runtime
) -> str:
    there = runtime.version(distribution)
    lacks = f"of which Colab has {there}" if there else "which Colab lacks"
    why = f"{one.unit.label} imports {one.module}, {lacks}"
    if wanted is None or not choice.met:
        return f"{why}; {choice.why}" if choice.why else why
    return (
        f"{why}; {say.where(wanted)} asks for {requirement_text(distribution, wanted.requirement)}"
    )


def _add_removed(found: Dependencies, one: Import, facts: Facts, ground: Ground) -> None:
    """A module that Python no longer has: provided, installed from PyPI, or a reason for an older runtime."""
    first = one.module.partition(".")[0]
    distribution, settled = _distribution(one, ground)
    if distribution is not None:
        _add_distribution(found, one, distribution, ground, settled)
    elif first in ground.replaced:
        found.note(one, "preinstalled", why="a rule takes what is used of it from elsewhere")
    elif is_provided(first, facts.units):
        found.note(one, "preinstalled", why="the setup cell stands in for it")
    elif one.optional:
        found.note(one, "optional", why="Python no longer has it")
    elif first not in found.findings:
        found.note(one, "unknown", why="Python no longer has it")
        found.findings[first] = say.removed(one, ground.runtime)
        version = "{}.{}".format(*ground.runtime.python_minor)
        found.unmet[first] = f"{one.unit.label} imports {first}, which Python {version} has no more"
