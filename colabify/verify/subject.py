"""What is verified: a notebook as it will be once ported, with its plan and its course."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.diff import pairs
from colabify.errors import ColabifyError
from colabify.files import read_bytes
from colabify.kernel import language_of
from colabify.outcomes import Mode
from colabify.run_one import transform
from colabify.setup.form import RESULTS, SETUP, is_form
from colabify.tags import tags_of
from colabify.undo import is_ported
from colabify.verify.outcome import DiffRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from colabify.course import Course
    from colabify.courses import Courses
    from colabify.notebook import Cell, Document
    from colabify.places import Place
    from colabify.plans import Plan
    from colabify.porting import Ported
    from colabify.verify.outcome import DiffKind

SKIP_TAG = "colabify-skip-verify"
_SKIP_TAGS = frozenset({SKIP_TAG, "skip-execution"})


@dataclass(frozen=True)
class Subject:
    """One notebook: ``before`` is what is on the disk, ``after`` what is run, ``plan`` counts as ``before``.

    ``places`` says which cell of ``before`` a cell of ``after`` is, if it is one. ``as_is``: it is run as it
    is on the disk. ``notebook`` is its path below the course's root. ``notes`` are for people.
    """

    shown: str
    path: Path
    course: Course
    notebook: str
    plan: Plan
    before: Document
    after: Document
    places: Mapping[int, int]
    as_is: bool = False
    notes: tuple[str, ...] = ()

    @property
    def code(self) -> Iterator[Cell]:
        """The code cells that are run."""
        return (cell for cell in self.after.cells if cell.kind == "code")

    @property
    def setup(self) -> Cell | None:
        """The setup cell, if there is one."""
        return next((cell for cell in self.code if is_form(SETUP, cell.source)), None)

    @property
    def is_python(self) -> bool:
        """Whether its cells are Python."""
        return language_of(self.after).is_python

    def place(self, cell: Cell) -> str:
        """What a person who has the file calls the cell."""
        if is_form(SETUP, cell.source):
            return "the setup cell"
        if is_form(RESULTS, cell.source):
            return "the results cell"
        return f"cell {self.places.get(cell.index, cell.index) + 1}"

    def is_skipped(self, cell: Cell, wanted: frozenset[int] | None) -> str:
        """Why the cell is not to be run; empty if it is. ``wanted`` are cells as people count them."""
        tags = tags_of(cell)
        if tags & _SKIP_TAGS:
            return f"it is tagged {min(tags & _SKIP_TAGS)}"
        if is_form(SETUP, cell.source) or wanted is None:
            return ""
        number = self.places.get(cell.index)
        return (
            "" if number is not None and number + 1 in wanted else "it was not asked for (--cells)"
        )


def port_all(places: Sequence[Place], courses: Courses) -> dict[Path, Plan | str]:
    """Plan every notebook, and decide about their modules; a plan, or why there is none, by path comes out.

    Nothing is written.
    """
    found: dict[Path, Plan | str] = {}
    for place in places:
        try:
            courses.modules.remember([place])
            ported = transform(read_bytes(place.path), place.path, courses, Mode.PLAN)
            courses.modules.add(place.path, ported.plan.modules)
        except ColabifyError as error:
            found[place.path] = str(error)
        else:
            found[place.path] = ported.plan
    courses.modules.decide()
    return found


def subject_of(place: Place, courses: Courses, *, as_is: bool = False) -> Subject:
    """The notebook at a place, ported in memory; or what is there, if it is ported already or ``as_is``.

    Raises:
        ColabifyError: it cannot be read or ported.

    """
    raw = read_bytes(place.path)
    ported = transform(raw, place.path, courses, Mode.PLAN)
    real = place.path.resolve()
    course = courses.of(real)
    notes: tuple[str, ...] = ()
    takes_it = as_is or is_ported(ported.before)
    if takes_it and not as_is and ported.changed:
        notes = ("the port that is there is not what colabify would make of it now",)
    after = ported.before if takes_it else ported.after
    subject = Subject(
        place.shown, real, course, course.project.relative(real) or real.name, ported.plan,
        ported.before, after, {}, as_is, notes,
    )  # fmt: skip
    places = {cell.index: cell.index for cell in after.cells} if takes_it else _places(ported)
    return replace(subject, places=places)


def modules_of(course: Course) -> dict[str, bytes]:
    """What the port makes of the course's local modules, by their paths below the root."""
    found = {}
    for path, decision in course.given.decided.items():
        text = course.given.text(path)
        if decision.change.codes and not isinstance(text, str):
            raw = text.encoded(decision.change.source)
            if raw is not None:
                found[path] = raw
    return found


def diff_rows(before: Document, after: Document) -> tuple[DiffRow, ...]:
    """The cells before and after, side by side."""
    rows = []
    for old, new in pairs(before.cells, after.cells):
        cell = new or old
        kind: DiffKind = "removed" if new is None else "added" if old is None else "changed"
        if old and new and (old.kind, old.source) == (new.kind, new.source):
            kind = "same"
        rows.append(
            DiffRow(
                old.source if old else None,
                new.source if new else None,
                kind,
                cell.kind if cell else "code",
            )
        )
    return tuple(rows)


def _places(ported: Ported) -> dict[int, int]:
    """Which cell of the document before each cell of the one after is."""
    new = {count + nth for nth, count in enumerate(ported.added)}
    gone = {count + nth for nth, count in enumerate(ported.taken)}
    after = [cell.index for cell in ported.after.cells if cell.index not in new]
    before = [cell.index for cell in ported.before.cells if cell.index not in gone]
    return dict(zip(after, before, strict=True)) if len(after) == len(before) else {}
