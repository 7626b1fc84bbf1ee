"""What came of a verification, as plain frozen values; :func:`verify_json` makes JSON of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

VERSION = 1
"""Of the JSON's shape: it rises when a member is renamed or taken away, not when one is added."""

Step = Literal["opens", "sets up", "imports", "data", "runs", "home"]
"""What a notebook goes through, in this order.

``opens``: it is ported and is a notebook that Colab opens. ``sets up``: its setup cell runs, and runs again
after a restart. ``imports``: what it imports is there. ``data``: the paths that its code reads lead
somewhere. ``runs``: its cells run. ``home``: its cells still run where the author wrote them, or fail as
they did before.
"""
STEPS: tuple[Step, ...] = ("opens", "sets up", "imports", "data", "runs", "home")
StepState = Literal["passed", "failed", "skipped", "not reached"]
"""``skipped``: not asked for, or it cannot be shown here, and ``why`` says so; ``not reached``: a step
before it failed."""
CellState = Literal["passed", "failed", "skipped", "not run"]
NotebookState = Literal["passed", "failed", "skipped"]
DiffKind = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class CellRun:
    """What came of one cell of the notebook as it is ported.

    ``cell`` counts all cells, from 0, in the ported notebook; ``place`` is what a person calls it (``cell
    3``, ``the setup cell``). ``error`` is ``ename: evalue``, ``traceback`` plain text without colours.
    ``outputs`` are nbformat's, as dicts, cut where they are too long. ``fails_at_home`` is None where that
    is not known. ``foreseen`` are the codes of the findings that foresaw the error; ``why`` is a sentence.
    """

    cell: int
    place: str
    source: str
    state: CellState
    error: str = ""
    traceback: str = ""
    outputs: tuple[dict[str, Any], ...] = ()
    seconds: float = 0.0
    fails_at_home: bool | None = None
    foreseen: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class StepRun:
    """What came of one step; ``why`` is a sentence where it did not pass, or passed with something to say."""

    step: Step
    state: StepState
    why: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One cell before and after porting; None where it was not. ``cell_type`` is the notebook's word."""

    before: str | None
    after: str | None
    kind: DiffKind
    cell_type: str = "code"


@dataclass(frozen=True, slots=True)
class NotebookVerdict:
    """What came of one notebook.

    ``notebook`` is its path as it was given; ``steps`` has each of :data:`STEPS` once, in order; ``cells``
    has the code cells of the ported notebook. ``plan`` is the plan as ``--format json`` has it.
    ``python`` is the version that ran it, ``runtime`` Colab's; ``differs`` says in sentences in what the
    machine differed from Colab's.
    """

    notebook: str
    state: NotebookState
    why: str = ""
    steps: tuple[StepRun, ...] = ()
    cells: tuple[CellRun, ...] = ()
    plan: dict[str, Any] | None = None
    diff: tuple[DiffRow, ...] = ()
    python: str = ""
    runtime: str = ""
    differs: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Verification:
    """A whole run: ``course`` is what to call it, ``level`` ``imports``, ``run``, ``image`` or ``colab``.

    ``settings`` are those of the run (``timeout``, ``network`` …), ``environment`` facts of the machine
    (``python``, ``system``, ``content`` …), both for people to read. ``started`` is in ISO 8601 (UTC).
    """

    course: str
    level: str
    notebooks: tuple[NotebookVerdict, ...]
    settings: dict[str, str]
    environment: dict[str, str]
    started: str
    seconds: float
    version: str
    """colabify's."""

    @property
    def failed(self) -> int:
        """How many notebooks failed."""
        return sum(one.state == "failed" for one in self.notebooks)


def verify_json(verification: Verification) -> dict[str, Any]:
    """The verification as JSON has it: members named as here; ``version`` is of the shape."""
    said = asdict(verification)
    return {"version": VERSION, "colabify": said.pop("version"), **said}
