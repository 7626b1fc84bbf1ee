"""What the requirement files that count for a notebook ask for together.

The nearest folder that names a distribution answers for it, and in that folder the first file: files beside
each other mostly describe one environment twice. Lines of one file, and of what it includes, all hold.
"""

from __future__ import annotations

import copy
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.requirements.conflicts import combined, first_conflict
from colabify.requirements.model import applicable, merge
from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.requirements import Requirement

    from colabify.requirements.model import CondaOnly, Declared, Problem, Reading
    from colabify.runtime import Runtime

ONE_OF_EACH = (
    *("requirements.txt", "pyproject.toml", "setup.cfg", "setup.py", "Pipfile"),
    *("environment.yml", "environment.yaml"),
)
"""The files of which a folder has one each, and which should all say the same of a distribution."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for of one distribution, with no marker: it holds.

    ``requirement`` is the first line that applies, with the versions of all that apply in its file; if these
    exclude each other, it is that line alone, and ``conflict`` says so in one sentence. So it does if another
    file beside it contradicts.
    """

    requirement: Requirement
    source: str
    line: int | None
    conflict: str = ""


@dataclass(frozen=True)
class Requirements:
    """What counts for a folder: for each folder from there upwards the readings of its files, in order."""

    layers: tuple[tuple[Reading, ...], ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The normalised names of the distributions that are asked for, not merely limited."""
        return frozenset(one.name for one in self._all.declared if not one.constraint)

    @cached_property
    def always(self) -> frozenset[str]:
        """Those of the names that no extra and no group of development tools asks for."""
        declared = self._all.declared
        return frozenset(one.name for one in declared if not one.constraint and not one.group)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is not followed, the nearest first."""
        return self._all.problems

    @property
    def conda_only(self) -> tuple[CondaOnly, ...]:
        """The conda packages that PyPI does not have."""
        return self._all.conda_only

    @property
    def system(self) -> tuple[str, ...]:
        """The Ubuntu packages that are asked for."""
        return self._all.system

    @property
    def local(self) -> tuple[str, ...]:
        """The folders of packages of the repository's own that are asked for."""
        return self._all.local

    @property
    def itself(self) -> bool:
        """Whether a package of the repository's own is asked for."""
        return self._all.itself

    def of(self, distribution: str, runtime: Runtime) -> Wanted | None:
        """What is asked for of a distribution on ``runtime``; None if no line that applies names it.

        Constraints alone answer only if nothing asks for the distribution.
        """
        key = (normalised_name(distribution), runtime.python)
        if key not in self._found:
            self._found[key] = self._find(key[0], runtime)
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[str, str], Wanted | None]:
        """What was found already, by distribution and Python: markers ask for no more of a runtime."""
        return {}

    def _find(self, name: str, runtime: Runtime) -> Wanted | None:
        for asked in (True, False):
            for layer in self.layers:
                files = [lines for one in layer if (lines := _lines(one, name, runtime, asked))]
                if files:
                    return _wanted(files)
        return None

    def with_script(self, reading: Reading) -> Requirements:
        """The same with what a PEP 723 block declares, which stands nearest of all."""
        return Requirements(((reading,), *self.layers))

    @cached_property
    def _all(self) -> Reading:
        return merge(one for layer in self.layers for one in layer)


def _lines(reading: Reading, name: str, runtime: Runtime, asked: bool) -> list[Declared]:
    """The lines of a file that apply to a distribution: those that ask for it, then its constraints.

    Of several groups only the first that names it counts: an extra does not narrow what is always needed.
    """
    named = [one for one in reading.declared if one.name == name and applicable(one, runtime)]
    limits = [one for one in named if one.constraint]
    if not asked:
        return limits
    asking = [one for one in named if not one.constraint]
    return [*(one for one in asking if one.group == asking[0].group), *(limits if asking else ())]


def _wanted(files: Sequence[Sequence[Declared]]) -> Wanted:
    """What the lines of the first file come to, and what contradicts it there and in the others."""
    lines, first = files[0], files[0][0]
    requirement = copy.copy(first.requirement)
    requirement.marker = None
    conflict = first_conflict(lines)
    if conflict is None and requirement.url is None:
        requirement.specifier = combined(lines)
    if conflict is None and _says_it_all(first):
        others = (one for one in files[1:] if _says_it_all(one[0]) and _is_beside(one[0], first))
        conflicts = (first_conflict([*lines, *one]) for one in others)
        conflict = next((one for one in conflicts if one), None)
    return Wanted(requirement, first.source, first.line, _sentence(conflict) if conflict else "")


def _says_it_all(line: Declared) -> bool:
    """Whether a line is no extra's or group's, and not of one file among several of its kind."""
    return not line.group and posixpath.basename(line.source) in ONE_OF_EACH


def _is_beside(line: Declared, other: Declared) -> bool:
    return posixpath.dirname(line.source) == posixpath.dirname(other.source)


def _sentence(pair: tuple[Declared, Declared]) -> str:
    one, other = (f"{d.name}{d.requirement.specifier} ({d.where})" for d in pair)
    return f"{one} and {other} exclude each other: no version is both."
