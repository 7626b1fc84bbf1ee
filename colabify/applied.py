"""Applied: what comes of applying rules to a cell or module, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError

if TYPE_CHECKING:
    from colabify.steps import Shim


class RuleFailed(ColabifyError):
    """Rules did not come to rest, or made what is no Python; the message names their codes."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is done with remedies. ``unsafe``: those that are not safe are applied too.

    ``keep``: what libraries dropped is provided by the setup cell, or told, and never rewritten;
    ``keep_all``: nothing at all is.
    """

    unsafe: bool = False
    keep: bool = False
    keep_all: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told of a place that stays as it is; ``line`` counts from 1 in the masked Python.

    ``unsafe_fix``: it is rewritten if unsafe remedies are applied.
    """

    code: str
    text: str
    line: int
    fails: bool
    since: str = ""
    unsafe_fix: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """A cell's new source, and the codes of the rules that changed it.

    ``problem`` says why rules that might have had something to do were not tried. ``shims`` are what the
    setup cell has to provide for what stays. ``silenced`` are the silences that left a code alone, by number.
    """

    source: str
    codes: tuple[str, ...]
    problem: str = ""
    told: tuple[Told, ...] = ()
    shims: tuple[Shim, ...] = ()
    silenced: tuple[tuple[int, str], ...] = ()
