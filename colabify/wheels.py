"""Whether a requirement can be installed on a runtime's Python.

``data/wheels.json`` holds, for distributions whose pins fail most often, the versions that install on
each Python that Colab has, as pip itself told ``scripts/pack_wheels.py``. ``colabify.index`` asks a
package index instead. ``data/unfit.json`` names what no runtime can use, whatever installs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is of one distribution for one Python: versions, each the newest first.

    ``versions`` are those that install there. ``yanked`` are those that do, but that only a pin may
    choose (PEP 592). ``source_only`` are source distributions of a project that never made a wheel,
    so that nothing tells whether they build. ``newest`` is the newest version for any Python; None
    stands for no release at all. ``live`` tells that the package index said so just now: what it does
    not have does not exist. ``elsewhere`` are versions that install on another Python of Colab's.
    """

    versions: tuple[str, ...]
    newest: str | None
    source_only: tuple[str, ...] = ()
    yanked: tuple[str, ...] = ()
    live: bool = False
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a requirement can be installed; None if it is not known.

    ``why`` says for ``can=False`` what is wrong, and what would install instead, as the end of a
    sentence for a person.
    """

    can: bool | None
    why: str = ""


UNKNOWN = Verdict(None)


def can_install(
    requirement: Requirement, python_minor: tuple[int, int], offers: Offers | None = None
) -> Verdict:
    """Whether some version that a requirement admits installs on a Python, such as ``(3, 13)``.

    ``offers`` is what a package index has for that Python (``colabify.index``); without it, the table
    decides. Not known are: a URL, a distribution or a Python that the table does not have, and a
    specifier that needs a version newer than the newest that the table has seen. Extras, markers
    and what the distribution itself requires are not looked at.

    A version of a compiled distribution that has no wheel for the Python counts as one that cannot
    be installed. pip would try to build it, but the releases that lack a wheel are those that are
    older than the Python, and these fail to build on it: they use its removed C API, ``distutils``,
    or a NumPy that has no wheel there either. Where one does build, a student waits for minutes in
    each session. Source distributions of projects without compiled code do count.
    """
    if requirement.url is not None:
        return UNKNOWN
    unfit = _unfit().get(normalised_name(requirement.name)) or _too_old(requirement)
    if unfit is not None:
        return Verdict(can=False, why=unfit)
    offers = offers or packed_offers(requirement.name, python_minor)
    if offers is None:
        return UNKNOWN
    specifier = requirement.specifier
    if _admits(specifier, offers.versions) or _pins(specifier, offers.yanked):
        stray = _is_stray(specifier, offers)
        return _stray(requirement, python_minor, offers) if stray else Verdict(can=True)
    if _admits(specifier, offers.source_only):
        return UNKNOWN
    if not offers.live and _needs_newer(specifier, offers.newest):
        return UNKNOWN
    return Verdict(can=False, why=_why_not(requirement, python_minor, offers))


def packed_offers(distribution: str, python_minor: tuple[int, int]) -> Offers | None:
    """What the table has of a distribution for a Python; None if it has not."""
    entry = _table().get(normalised_name(distribution), {})
    python = "{}.{}".format(*python_minor)
    if python not in entry:
        return None
    others = [text for key, text in entry.items() if key[:1].isdigit() and key != python]
    elsewhere = tuple(dict.fromkeys(" ".join(others).split()))
    return Offers(tuple(entry[python].split()), entry["newest"], elsewhere=elsewhere)


@cache
def _unfit() -> dict[str, str]:
    """Distributions that install, perhaps, but work with nothing that a runtime has; and why."""
    found: dict[str, str] = _unfit_data()["distributions"]
    return found


@cache
def _unfit_data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / "unfit.json").read_text("utf-8"))
    return data


def _too_old(requirement: Requirement) -> str | None:
    """What is wrong with all the releases that a requirement admits; None if it may admit a good one."""
    from packaging.version import Version

    entry = _unfit_data()["before"].get(normalised_name(requirement.name))
    if entry is None:
        return None
    first, why = entry
    fit = [
        one for one in (Version(first), *_probes(requirement.specifier)) if one >= Version(first)
    ]
    if any(requirement.specifier.contains(one, prereleases=True) for one in fit):
        return None
    return f"{requirement.name} before {first} {why}"


@cache
def _table() -> dict[str, dict[str, str]]:
    data: dict[str, Any] = json.loads((DATA / "wheels.json").read_text("utf-8"))
    distributions: dict[str, dict[str, str]] = data["distributions"]
    return distributions


def _is_stray(specifier: SpecifierSet, offers: Offers) -> bool:
    """Whether all that would install is of another generation than what is meant.

    gensim<4.3.4 means 4.3.3; of what it admits, Python 3.13 would take 0.10.1, from before its C code.
    """
    from packaging.version import Version

    here = [Version(text) for text in specifier.filter(offers.versions)]
    there = [Version(text) for text in specifier.filter(offers.elsewhere)]
    return bool(here and there) and max(there).release[0] > max(here).release[0]


def _stray(requirement: Requirement, python_minor: tuple[int, int], offers: Offers) -> Verdict:
    python = "Python {}.{}".format(*python_minor)
    wanted = requirement.name + _words(requirement.specifier)
    newest = max(requirement.specifier.filter(offers.elsewhere), key=_order)
    return Verdict(can=False, why=f"{wanted} would be {newest}, which does not install on {python}")


def _order(text: str) -> Version:
    from packaging.version import Version

    return Version(text)


def _admits(specifier: SpecifierSet, versions: tuple[str, ...]) -> bool:
    """Whether pip would choose one of the versions: a pre-release only if nothing else."""
    return next(iter(specifier.filter(versions)), None) is not None


def _pins(specifier: SpecifierSet, versions: tuple[str, ...]) -> bool:
    pinned = any(s.operator in ("==", "===") and "*" not in s.version for s in specifier)
    return pinned and _admits(specifier, versions)


def _needs_newer(specifier: SpecifierSet, newest: str | None) -> bool:
    """Whether a specifier refuses the newest version that was seen and admits a newer one."""
    from packaging.version import Version

    if newest is None or specifier.contains(newest, prereleases=True):
        return newest is None
    seen = Version(newest)
    probes = (one for one in _probes(specifier) if one > seen)
    return any(specifier.contains(one, prereleases=True) for one in probes)


def _probes(specifier: SpecifierSet) -> list[Version]:
    """The versions at which a specifier's answer may change: those that it names, and just behind them."""
    from packaging.version import Version

    named = [version for s in specifier if (version := _named(s.version)) is not None]
    return [*named, *(Version(f"{one.public}.0.1") for one in named if _is_plain(one))]


def _named(text: str) -> Version | None:
    """The version that a specifier names; None for ``===`` with something else."""
    from packaging.version import InvalidVersion, Version

    try:
        return Version(text.removesuffix(".*"))
    except InvalidVersion:
        return None


def _is_plain(version: Version) -> bool:
    return not (version.is_prerelease or version.is_postrelease)


def _why_not(requirement: Requirement, python_minor: tuple[int, int], offers: Offers) -> str:
    """What is wrong, and which versions would install."""
    name, specifier = requirement.name, requirement.specifier
    wanted = name + _words(specifier)
    if offers.newest is None:
        return f"the package index has no release of {name}"
    if offers.live and _needs_newer(specifier, offers.newest):
        return f"the package index has no release of {wanted}; the newest is {offers.newest}"
    instead = _instead(specifier, offers.versions)
    python = "Python {}.{}".format(*python_minor)
    return f"no release of {wanted} installs on {python}" + (f"; {instead}" if instead else "")


def _words(specifier: SpecifierSet) -> str:
    """A specifier as it follows a name: a pin is a version, all else stays as it is."""
    pins = [s.version for s in specifier if s.operator == "=="]
    return f" {pins[0]}" if len(specifier) == len(pins) == 1 else str(specifier)


def _instead(specifier: SpecifierSet, versions: tuple[str, ...]) -> str:
    """Which versions install: those newer than what was asked for, or else the others."""
    from packaging.version import Version

    known = [Version(text) for text in versions]
    final = sorted(version for version in known if not version.is_prerelease) or sorted(known)
    named = [(version, s.operator) for s in specifier if (version := _named(s.version)) is not None]
    if not final or not named:
        return ""
    (lowest, above), (highest, below) = min(named), max(named)
    if newer := [v for v in final if v > highest or (v == highest and below == "<")]:
        return f"{newer[0]} and later do"
    if older := [v for v in final if v < lowest or (v == lowest and above == ">")]:
        return f"{older[-1]} and earlier do"
    return f"those from {final[0]} to {final[-1]} do"
