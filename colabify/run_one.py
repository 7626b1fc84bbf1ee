"""One notebook of a run: ported, or undone, and what came of it; nothing is written here."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.diff import diff_lines
from colabify.errors import ColabifyError
from colabify.files import read_bytes
from colabify.locations import located
from colabify.notebook import Document
from colabify.notebook_json import decode
from colabify.outcomes import IN_PLACE, WRITING, Mode, Outcome
from colabify.parts import EVERY
from colabify.plans import Plan
from colabify.porting import Ported, port_document
from colabify.undo import is_ported, undo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from colabify.course import Course
    from colabify.courses import Courses
    from colabify.parts import Part
    from colabify.places import Place
    from colabify.plans import ModuleChange
    from colabify.settings import Settings
    from colabify.sharing import Shared


@dataclass(frozen=True, slots=True)
class Done:
    """A notebook ported: what came of it, the bytes before and after, and the modules that it uses."""

    place: Place
    outcome: Outcome
    raw: bytes = b""
    new: bytes = b""
    modules: tuple[ModuleChange, ...] = ()
    asked: tuple[tuple[str, str, str], ...] = ()
    """What was asked of notebooks; see :mod:`colabify.asked`."""

    @classmethod
    def failed(cls, place: Place, why: str) -> Done:
        """A notebook that could not be ported."""
        return cls(place, Outcome(place.shown, error=why))

    def sharing(self, shared: Shared) -> Done:
        """The same, whose plan shares what is in those of other notebooks."""
        if self.outcome.plan is None:
            return self
        plan = shared.plan(self.outcome.plan)
        return replace(self, outcome=replace(self.outcome, plan=plan), modules=plan.modules)


def port_one(place: Place, courses: Courses, mode: Mode) -> Done:
    """Port, or undo, the notebook at a place."""
    read: list[Ported] = []

    def work() -> Ported:
        ported = transform(read_bytes(place.path), place.path, courses, mode)
        read.append(ported)
        if mode is Mode.UNDO:
            raw = ported.before.to_bytes()
            kept = (*ported.plan.findings, *courses.modules.left(place.path, raw))
            return replace(ported, plan=replace(ported.plan, findings=kept))
        return replace(ported, plan=ported.plan_written) if mode in WRITING else ported

    outcome = attempt(place.shown, mode, work)
    if not read or outcome.error:
        return Done(place, outcome)
    ported = read[0]
    writes = mode is Mode.OUTPUT or (ported.changed and mode in (*IN_PLACE, Mode.UNDO))
    raw, new = (ported.before.to_bytes(), ported.raw) if writes else (b"", b"")
    asked = () if mode is Mode.UNDO else courses.of(place.path).project.asked.answers()
    return Done(place, outcome, raw, new, ported.plan.modules, asked)


def attempt(shown: str, mode: Mode, work: Callable[[], Ported]) -> Outcome:
    """What came of ``work`` on the notebook that is called ``shown``; an error becomes a line of text."""
    try:
        ported = work()
        diff = tuple(diff_lines(shown, ported)) if mode is Mode.DIFF else ()
        plan = located(ported.plan, ported.after if mode in WRITING else ported.before)
    except ColabifyError as error:
        return Outcome(shown, error=str(error))
    except MemoryError:
        return Outcome(shown, error="there is not enough memory for it")
    except Exception as error:  # a bug of ours: the other notebooks are still done
        text = f"an error in colabify ({type(error).__name__}: {error}); please report it"
        return Outcome(shown, error=text, trace=traceback.format_exc())
    return Outcome(shown, plan, ported.changed, diff)


def transform(
    raw: bytes,
    path: Path | None,
    courses: Courses,
    mode: Mode,
    parts: frozenset[Part] = EVERY,
) -> Ported:
    """Port, or undo, the notebook ``raw`` as if it stood at ``path`` (None: nowhere).

    ``parts`` are what is written of the plan.

    Raises:
        NotebookError: the bytes are no notebook that colabify can read.
        GitUnavailable: its repository cannot be read.

    """
    where = None if mode is Mode.UNDO else _where(path, courses)
    text = decode(raw)
    del raw  # which may be as much as all the rest
    document = Document.of(text)
    if where is None:
        return _undone(document, str(path or "standard input"))
    return port_document(document, *where, parts)


def _where(path: Path | None, courses: Courses) -> tuple[Course, str, Settings]:
    """The course of the notebook at ``path``, where in it that is, and the settings for it."""
    if path is None:
        return courses.nowhere(), "notebook.ipynb", courses.settings_of(None)
    real = path.resolve()  # a link's course is that of the notebook it leads to
    course = courses.of(real)
    course.project.asked.begin()
    return course, course.project.relative(real) or real.name, courses.settings_of(real)


def _undone(document: Document, notebook: str) -> Ported:
    if not is_ported(document):
        return Ported(Plan(notebook), document, document)
    result = undo(document)
    kept = tuple(replace(one, severity="error") for one in result.kept)
    plan = Plan(notebook, done=("undone",), findings=kept)
    return Ported(plan, document, result.document)
