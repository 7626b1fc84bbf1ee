"""A run over many notebooks: what is done with each, and what came of it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.facts import Course
from colabify.files import Place, read_bytes, write_bytes
from colabify.notebook import Document
from colabify.plan import Plan
from colabify.port import Ported, port
from colabify.project import Project, find_project
from colabify.undo import is_ported, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from colabify.settings import Settings


class Mode(Enum):
    """What to do with the notebooks."""

    PLAN = "plan"
    INPLACE = "inplace"
    CHECK = "check"
    DIFF = "diff"
    UNDO = "undo"
    OUTPUT = "output-dir"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one notebook: its plan and documents, or why it could not be done."""

    shown: str
    ported: Ported | None = None
    error: str = ""
    trace: str = ""

    @property
    def changed(self) -> bool:
        """Whether it was, or would be, changed."""
        return self.ported is not None and self.ported.changed

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        findings = self.ported.plan.findings if self.ported else ()
        return sum(one.severity == "error" for one in findings)


@dataclass
class Courses:
    """The repositories of a run; each is read once, whatever the number of its notebooks."""

    settings: Settings
    _by_root: dict[Path, Course] = field(default_factory=dict)

    def of(self, folder: Path) -> Course:
        """The course that ``folder`` is in."""
        root = _git_root(folder)
        if root not in self._by_root:
            project = find_project(folder, repo=self.settings.repo, ref=self.settings.ref)
            self._by_root[root] = Course(project)
        return self._by_root[root]

    def project_of(self, folder: Path) -> Project:
        """The project that ``folder`` is in."""
        return self.of(folder).project


def run(
    places: Iterable[Place],
    courses: Courses,
    mode: Mode,
    *,
    output: Path | None = None,
    after_each: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Do what ``mode`` says with each notebook; one that fails does not stop the others."""
    outcomes = []
    for place in places:
        outcomes.append(_one(place, courses, mode, output))
        after_each()
    return outcomes


def transform(
    raw: bytes, path: Path, courses: Courses, mode: Mode, *, named: bool = True
) -> Ported:
    """Port, or undo, the notebook ``raw`` as if it stood at ``path``.

    Raises:
        NotebookError: the bytes are no notebook that colabify can read.

    """
    if mode is Mode.UNDO:
        return _undone(raw, str(path))
    course = courses.of(path.parent)
    notebook = course.project.relative(path) if named else None
    return port(raw, course, notebook or path.name, courses.settings)


def _one(place: Place, courses: Courses, mode: Mode, output: Path | None) -> Outcome:
    try:
        raw = read_bytes(place.path)
        ported = transform(raw, place.path, courses, mode)
        if mode is Mode.OUTPUT and output is not None:
            _copy(output / place.below, ported.raw)
        elif mode in (Mode.INPLACE, Mode.UNDO) and ported.raw != raw:
            write_bytes(place.path, ported.raw, raw)
    except ColabifyError as error:
        return Outcome(place.shown, error=str(error))
    except Exception as error:  # a bug of ours: the other notebooks are still done
        text = f"an error in colabify ({type(error).__name__}: {error}); please report it"
        return Outcome(place.shown, error=text, trace=traceback.format_exc())
    return Outcome(place.shown, ported)


def _copy(target: Path, raw: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ColabifyError(f"{target.parent} cannot be made: {error.strerror}") from None
    write_bytes(target, raw, target.read_bytes() if target.exists() else None)


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
    return next((one for one in (here, *here.parents) if (one / ".git").exists()), here)
