"""What requirement files come to, whatever their format: one :class:`Reading` a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.remote import without_credentials

if TYPE_CHECKING:
    from packaging.requirements import Requirement

    from colabify.runtime import Runtime

Read = Callable[[str], "bytes | None"]
"""Gives the bytes of a file below the repository's root; None if it cannot be read."""

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Declared:
    """One requirement that a file declares: its distribution's normalised name, and where it stands.

    A ``constraint`` only limits the versions of what something else asks for. ``group`` is empty for what
    is always needed, and else names the extra or the group of development tools that asks for it.
    """

    name: str
    requirement: Requirement
    source: str
    line: int | None
    constraint: bool = False
    group: str = ""

    @property
    def where(self) -> str:
        """The file and the line, as a person would say it."""
        return f"{self.source} line {self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a requirement file that is not followed; ``message`` is one sentence for a person.

    ``of_a_name``: nobody knows what a line asks for, which matters where an import is not known either.
    """

    source: str
    line: int | None
    message: str
    of_a_name: bool = False


@dataclass(frozen=True, slots=True)
class CondaOnly:
    """A conda package that PyPI does not have."""

    name: str
    source: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says, and the files that it includes.

    ``system`` has apt packages; ``local`` the folders, below the root, of packages of the repository's own.
    """

    declared: tuple[Declared, ...] = ()
    problems: tuple[Problem, ...] = ()
    conda_only: tuple[CondaOnly, ...] = ()
    system: tuple[str, ...] = ()
    local: tuple[str, ...] = ()

    @property
    def itself(self) -> bool:
        """Whether the file asks for a package of the repository's own (``-e .``)."""
        return bool(self.local)


def merge(readings: Iterable[Reading]) -> Reading:
    """Several readings as one, in their order; what is said twice is kept once."""
    kept = list(readings)
    return Reading(
        tuple(one for reading in kept for one in reading.declared),
        tuple(dict.fromkeys(one for reading in kept for one in reading.problems)),
        tuple(dict.fromkeys(one for reading in kept for one in reading.conda_only)),
        tuple(dict.fromkeys(one for reading in kept for one in reading.system)),
        tuple(dict.fromkeys(one for reading in kept for one in reading.local)),
    )


def problem(source: str, line: int | None, message: str) -> Reading:
    """A reading that has one problem and nothing else."""
    return Reading(problems=(Problem(source, line, message),))


def applicable(declared: Declared, runtime: Runtime) -> bool:
    """Whether what a line declares holds on the runtime."""
    return holds(declared.requirement, runtime)


def holds(requirement: Requirement, runtime: Runtime) -> bool:
    """Whether a requirement's marker holds on the runtime (it does if there is none).

    One whose comparison has no meaning (``platform_machine ~= "x86"``) is taken to hold.
    """
    from packaging.markers import UndefinedComparison
    from packaging.version import InvalidVersion

    if requirement.marker is None:
        return True
    try:
        return requirement.marker.evaluate(runtime.marker_environment())
    except (UndefinedComparison, InvalidVersion):  # the latter of an empty platform_release
        return True


def shown(value: object) -> str:
    """Something from a file as a message may show it: one line, printable, not long, no passwords."""
    text = " ".join(_without_password(word) for word in str(value).split())
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _without_password(word: str) -> str:
    return without_credentials(word) if "://" in word and "@" in word else word


def line_of(text: str, words: str, start: int = 0) -> int | None:
    """The number of the first line after line ``start`` that holds ``words``; None without any.

    The parsers of TOML and INI do not say where a value stood.
    """
    lines = text.splitlines()[start:]
    return next((n for n, line in enumerate(lines, start + 1) if words and words in line), None)
