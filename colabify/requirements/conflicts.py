"""Whether requirements can be met together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

    from colabify.requirements.model import Declared

_MANY = 99999


def combined(lines: Sequence[Declared]) -> SpecifierSet:
    """What all of ``lines`` say of a distribution's version."""
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(",".join(str(line.requirement.specifier) for line in lines))


def first_conflict(lines: Sequence[Declared]) -> tuple[Declared, Declared] | None:
    """The first line that leaves no version, and one before it that it excludes; None if some is left."""
    for number in range(1, len(lines)):
        if not satisfiable(combined(lines[: number + 1])):
            new, before = lines[number], lines[:number]
            excluded = (one for one in before if not satisfiable(combined([one, new])))
            return next(excluded, before[0]), new
    return None


def satisfiable(specifiers: SpecifierSet) -> bool:
    """Whether some version could meet ``specifiers``.

    If any does, so does one at, just below, or just above a version that they mention, or far above all.
    ``===`` compares text, not versions: what it says is taken to be possible.
    """
    if not len(specifiers) or any(one.operator == "===" for one in specifiers):
        return True
    return any(specifiers.contains(one, prereleases=True) for one in _boundaries(specifiers))


def _boundaries(specifiers: SpecifierSet) -> list[str]:
    from packaging.version import Version

    found = ["0", f"{_MANY}!{_MANY}"]
    for one in specifiers:
        version = Version(one.version.removesuffix(".*"))
        found += [str(version), _below(version), f"{version.base_version}.0.0.0.1"]
        found += [f"{version.base_version}.{_MANY}", f"{version.base_version}.post{_MANY}"]
        found += [f"{version.epoch}!{_MANY}"]
    return found


def _below(version: Version) -> str:
    """A version below another with nothing of note between them: ``1.19.99999`` for ``1.20``."""
    numbers = list(version.release)
    while numbers and not numbers[-1]:
        numbers.pop()
    if not numbers:
        return f"{version.epoch}!0.dev0"
    return f"{version.epoch}!" + ".".join(map(str, (*numbers[:-1], numbers[-1] - 1, _MANY)))
