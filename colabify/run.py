"""A run over many notebooks: what is done with each, and what came of it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from colabify.courses import Courses
from colabify.diff import diff_lines
from colabify.errors import ColabifyError
from colabify.files import read_bytes, write_bytes, write_copy
from colabify.locations import located
from colabify.module_run import write_module_copy
from colabify.notebook import Document
from colabify.parts import EVERY
from colabify.plans import Plan
from colabify.porting import Ported, port
from colabify.undo import is_ported, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from colabify.files import Place
    from colabify.parts import Part
    from colabify.plans import ModuleChange


__all__ = ["Courses", "Mode", "Outcome", "attempt", "run", "transform"]


class Mode(Enum):
    """What to do with the notebooks."""

    PLAN = "plan"
    INPLACE = "inplace"
    CHECK = "check"
    DIFF = "diff"
    UNDO = "undo"
    BRANCH = "branch"
    OUTPUT = "output-dir"


_IN_PLACE = (Mode.INPLACE, Mode.BRANCH)
"""The modes that write ported notebooks over the ones that were read: a branch has its own copies of them."""
_WRITING = (*_IN_PLACE, Mode.OUTPUT)
"""The modes after which a person looks at what was written."""
Write: TypeAlias = "Callable[[Path, bytes, bytes], None]"
"""What writes a file: its path, the new bytes and the old."""


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


def run(
    places: Collection[Place],
    courses: Courses,
    mode: Mode,
    *,
    output: Path | None = None,
    write: Write = write_bytes,
    after_each: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Do what ``mode`` says with each notebook; one that fails does not stop the others."""
    work = _Work(tuple(places), courses, mode, output, write)
    outcomes: dict[Place, Outcome] = {}

    work.begin()
    for place in places:
        outcomes[place] = attempt(place.shown, mode, partial(work.first, place))
        after_each()
    for place in work.settle():
        outcomes[place] = attempt(place.shown, mode, partial(work.second, place))
    return list(outcomes.values())


@dataclass
class _Work:
    """The work on the notebooks of a run: those that use modules which were given wait for these."""

    places: tuple[Place, ...]
    courses: Courses
    mode: Mode
    output: Path | None
    write: Write
    _waiting: dict[Place, tuple[tuple[ModuleChange, ...], bool]] = field(default_factory=dict)

    def begin(self) -> None:
        """What comes before all notebooks: modules are given back, or what was done to them is read."""
        if self.mode is Mode.UNDO:
            self.courses.modules.give_back(self.places, self.write)
        else:
            self.courses.modules.remember(self.places)

    def first(self, place: Place) -> Ported:
        """Port a notebook; write it unless it uses modules that were given."""
        raw = read_bytes(place.path)
        ported = transform(raw, place.path, self.courses, self.mode)
        if self.mode is Mode.UNDO:
            kept = (*ported.plan.findings, *self.courses.modules.left(place.path, raw))
            ported = replace(ported, plan=replace(ported.plan, findings=kept))
        elif self.courses.modules.add(place.path, ported.plan.modules):
            self._waiting[place] = (ported.plan.modules, ported.changed)
            return ported
        return self._finished(place, raw, ported)

    def settle(self) -> list[Place]:
        """Decide about the modules, and write them; the notebooks that are to be ported again come out.

        They are ported again rather than kept: a course may have more of them than there is memory.
        """
        if not self._waiting:
            return []
        self.courses.modules.settle(self._write_module(), diff=self.mode is Mode.DIFF)
        again = []
        for place, (modules, changed) in self._waiting.items():
            writes = self.output is not None or (self.mode in _IN_PLACE and changed)
            if writes or self.courses.modules.differ(place.path, modules):
                again.append(place)
        return again

    def second(self, place: Place) -> Ported:
        """Port a notebook that waited for its modules, and write it."""
        raw = read_bytes(place.path)
        return self._finished(place, raw, transform(raw, place.path, self.courses, self.mode))

    def _finished(self, place: Place, raw: bytes, ported: Ported) -> Ported:
        if self.output is not None:
            originals = frozenset(one.path.resolve() for one in self.places)
            write_copy(self.output, place, ported.raw, originals)
        elif self.mode in (*_IN_PLACE, Mode.UNDO) and ported.raw != raw:
            self.write(place.path, ported.raw, raw)
        return replace(ported, plan=ported.plan_written) if self.mode in _WRITING else ported

    def _write_module(self) -> Write | None:
        """What writes a module (its path, new and old bytes); None if nothing is to be written."""
        if self.output is not None:
            output, beside = self.output, self.places[0]
            return lambda path, new, _: write_module_copy(output, beside, path, new)
        return self.write if self.mode in _IN_PLACE else None


def attempt(shown: str, mode: Mode, work: Callable[[], Ported]) -> Outcome:
    """What came of ``work`` on the notebook that is called ``shown``; an error becomes a line of text."""
    try:
        ported = work()
        diff = tuple(diff_lines(shown, ported)) if mode is Mode.DIFF else ()
        plan = located(ported.plan, ported.after if mode in _WRITING else ported.before)
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
    if mode is Mode.UNDO:
        return _undone(raw, str(path or "standard input"))
    if path is None:
        settings = courses.settings_of(None)
        return port(raw, courses.nowhere(), "notebook.ipynb", settings, parts)
    real = path.resolve()  # a link's course is that of the notebook it leads to
    course = courses.of(real)
    place = course.project.relative(real) or real.name
    return port(raw, course, place, courses.settings_of(real), parts)


def _undone(raw: bytes, notebook: str) -> Ported:
    document = Document.parse(raw)
    if not is_ported(document):
        return Ported(raw, Plan(notebook), document, document)
    result = undo(document)
    kept = tuple(replace(one, severity="error") for one in result.kept)
    plan = Plan(notebook, done=("undone",), findings=kept)
    return Ported(result.document.to_bytes(), plan, document, result.document)
