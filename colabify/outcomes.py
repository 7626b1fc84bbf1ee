"""What a run comes to: plain values, which load nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colabify.findings import Finding
    from colabify.plans import Plan


class Mode(Enum):
    """What to do with the notebooks."""

    PLAN = "plan"
    INPLACE = "inplace"
    CHECK = "check"
    DIFF = "diff"
    UNDO = "undo"
    BRANCH = "branch"
    OUTPUT = "output-dir"


IN_PLACE = (Mode.INPLACE, Mode.BRANCH)
"""The modes that write ported notebooks over the ones that were read: a branch has its own copies of them."""
WRITING = (*IN_PLACE, Mode.OUTPUT)
"""The modes after which a person looks at what was written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one notebook: its plan, or why it could not be done.

    It holds no document: a course may have more of them than there is memory.
    """

    shown: str
    plan: Plan | None = None
    changed: bool = False
    """Whether it was, or would be, changed."""
    diff: tuple[str, ...] = ()
    error: str = ""
    trace: str = ""

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        findings = self.plan.findings if self.plan else ()
        return sum(one.severity == "error" for one in findings)


@dataclass(frozen=True, slots=True)
class ModuleOutcome:
    """What came of one module: as an :class:`Outcome` is for a notebook.

    ``shown`` is its path as a person would give it, ``notebooks`` how many of the run use it.
    """

    shown: str
    done: str = ""
    codes: tuple[str, ...] = ()
    notebooks: int = 0
    changed: bool = False
    diff: tuple[str, ...] = ()
    finding: Finding | None = None
    """Why it is not given back."""
    error: str = ""

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return int(self.finding is not None and self.finding.severity == "error")


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to: of its notebooks, of modules, and what a person should know of other files."""

    outcomes: tuple[Outcome, ...]
    modules: tuple[ModuleOutcome, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
