"""A run over many notebooks: what is done with each, and what came of it."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from colabify.diff import diff_lines
from colabify.errors import ColabifyError
from colabify.facts import Course
from colabify.files import read_bytes, write_bytes, write_copy
from colabify.notebook import Document
from colabify.plan import Plan
from colabify.port import Ported, port
from colabify.project import GitUnavailable, Project, find_project, without_git
from colabify.undo import is_ported, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from colabify.files import Place
    from colabify.index import Index
    from colabify.settings import Settings


class Mode(Enum):
    """What to do with the notebooks."""

    PLAN = "plan"
    INPLACE = "inplace"
    CHECK = "check"
    DIFF = "diff"
    UNDO = "undo"
    OUTPUT = "output-dir"


_WRITING = (Mode.INPLACE, Mode.OUTPUT)
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


@dataclass
class Courses:
    """The repositories of a run; each is read once, whatever the number of its notebooks."""

    settings: Settings
    _by_root: dict[Path, Course | GitUnavailable] = field(default_factory=dict)
    _index: Index | None = None

    def of(self, folder: Path) -> Course:
        """The course that ``folder`` is in.

        Raises:
            GitUnavailable: it is in a repository that git cannot, or will not, read.

        """
        root = _git_root(folder)
        if root not in self._by_root:
            self._by_root[root] = self._find(folder)
        found = self._by_root[root]
        if isinstance(found, GitUnavailable):
            raise found
        return found

    def project_of(self, folder: Path) -> Project:
        """The project that ``folder`` is in; raises what :meth:`of` does."""
        return self.of(folder).project

    def nowhere(self) -> Course:
        """The course of a notebook that came without a place."""
        why = (
            "a notebook from standard input is in no repository (--stdin-filename says where it is)"
        )
        return self._course(without_git(self.settings.repo, self.settings.ref, why))

    def _find(self, folder: Path) -> Course | GitUnavailable:
        try:
            return self._course(
                find_project(folder, repo=self.settings.repo, ref=self.settings.ref)
            )
        except GitUnavailable as error:
            return error

    def _course(self, project: Project) -> Course:
        index = None
        if self.settings.online:
            from colabify.index import Index

            self._index = index = self._index or Index()
        return Course(project, self.settings.requirements, index)


def run(
    places: Collection[Place],
    courses: Courses,
    mode: Mode,
    *,
    output: Path | None = None,
    after_each: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Do what ``mode`` says with each notebook; one that fails does not stop the others."""
    originals = frozenset(place.path.resolve() for place in places)

    def work(place: Place) -> Ported:
        raw = read_bytes(place.path)
        ported = transform(raw, place.path, courses, mode)
        if output is not None:
            write_copy(output, place, ported.raw, originals)
        elif mode in (Mode.INPLACE, Mode.UNDO) and ported.raw != raw:
            write_bytes(place.path, ported.raw, raw)
        return replace(ported, plan=ported.plan_written) if mode in _WRITING else ported

    outcomes = []
    for place in places:
        outcomes.append(attempt(place.shown, mode, lambda place=place: work(place)))  # type: ignore[misc]
        after_each()
    return outcomes


def attempt(shown: str, mode: Mode, work: Callable[[], Ported]) -> Outcome:
    """What came of ``work`` on the notebook that is called ``shown``; an error becomes a line of text."""
    try:
        ported = work()
        diff = tuple(diff_lines(shown, ported)) if mode is Mode.DIFF else ()
    except ColabifyError as error:
        return Outcome(shown, error=str(error))
    except MemoryError:
        return Outcome(shown, error="there is not enough memory for it")
    except Exception as error:  # a bug of ours: the other notebooks are still done
        text = f"an error in colabify ({type(error).__name__}: {error}); please report it"
        return Outcome(shown, error=text, trace=traceback.format_exc())
    return Outcome(shown, ported.plan, ported.changed, diff)


def transform(raw: bytes, path: Path | None, courses: Courses, mode: Mode) -> Ported:
    """Port, or undo, the notebook ``raw`` as if it stood at ``path`` (None: nowhere).

    Raises:
        NotebookError: the bytes are no notebook that colabify can read.
        GitUnavailable: its repository cannot be read.

    """
    if mode is Mode.UNDO:
        return _undone(raw, str(path or "standard input"))
    if path is None:
        return port(raw, courses.nowhere(), "notebook.ipynb", courses.settings)
    real = path.resolve()  # a link's course is that of the notebook it leads to
    course = courses.of(real.parent)
    return port(raw, course, course.project.relative(real) or real.name, courses.settings)


def _undone(raw: bytes, notebook: str) -> Ported:
    document = Document.parse(raw)
    if not is_ported(document):
        return Ported(raw, Plan(notebook), document, document)
    result = undo(document)
    kept = tuple(replace(one, severity="error") for one in result.kept)
    plan = Plan(notebook, done=("undone",), findings=kept)
    return Ported(result.document.to_bytes(), plan, document, result.document)


def _git_root(folder: Path) -> Path:
    """The nearest folder that holds ``.git``; the folder itself if there is none."""
    here = folder.resolve()
    return next((one for one in (here, *here.parents) if os.path.lexists(one / ".git")), here)
