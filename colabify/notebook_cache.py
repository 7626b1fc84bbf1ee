"""The cache for single notebooks: what a plan went by is compared, and not guessed.

A plan goes by the notebook; by colabify, Python, the flags and settings; by what git says of the repository,
which is compared as values, so that a commit of other notebooks makes no difference; by all files that are no
notebooks, as the system has them; by what was asked of other notebooks (:mod:`colabify.asked`); by which
modules may be mended; and by what the records of all the run's notebooks say of these. All else that the
notebooks of a run do to each other comes later: those that see a module otherwise than was decided are ported
again, and what comes of that is not kept.

Where files are written, or changes shown, only notebooks that need nothing are kept.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify import own_rules
from colabify.asked import answer_of
from colabify.errors import ColabifyError
from colabify.files import read_bytes
from colabify.git_facts import facts_of_git
from colabify.kept import Kept, bare, plan_now, ruled
from colabify.modules.given import MendedModule
from colabify.modules.run import entries_in
from colabify.outcomes import Mode
from colabify.run_one import Done
from colabify.seen import line_of
from colabify.slots import Slot, digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.cache import Cache
    from colabify.course import Course
    from colabify.courses import Courses
    from colabify.modules.record import Entry
    from colabify.places import Place
    from colabify.project import Project
    from colabify.settings import Settings

_LOOKING = (Mode.CHECK, Mode.PLAN)
_MODES = (*_LOOKING, Mode.INPLACE, Mode.DIFF)


@dataclass(frozen=True, slots=True)
class _Case:
    """A notebook of the run: the slot for it, and what it is planned with."""

    slot: Slot
    course: Course
    settings: Settings
    line: bytes


@dataclass
class NotebookCache:
    """The plans of the notebooks of a run in a ``mode``, as far as they are kept."""

    cache: Cache
    courses: Courses
    mode: Mode
    _cases: dict[Place, _Case] = field(default_factory=dict)
    _found: dict[Place, Kept] = field(default_factory=dict)
    _facts: dict[int, bytes] = field(default_factory=dict)
    """What git says of each project, by the project's id: ``courses`` keeps them all."""
    _settings: dict[int, tuple[Settings, str]] = field(default_factory=dict)

    def look(self, places: Sequence[Place]) -> dict[Place, Mapping[str, Entry]]:
        """What the records of those notebooks say of modules that are as they were when last planned."""
        if self.mode not in _MODES or own_rules.has_own_rules():
            return {}
        for place in places:
            case = self._case(place)
            if case is None:
                continue
            self._cases[place] = case
            kept = case.slot.read()
            if isinstance(kept, Kept) and _is_same(kept, case, place):
                self._found[place] = kept
                self.cache.note(kept.asked)
                if kept.line != case.line:
                    case.slot.write(replace(kept, line=case.line))
        return {place: dict(kept.entries) for place, kept in self._found.items()}

    def hits(self) -> dict[Place, Done]:
        """What came of the notebooks that were looked for, where that still holds."""
        answers: dict[tuple[int, str, str], str] = {}
        found = ((place, self._hit(place, kept, answers)) for place, kept in self._found.items())
        return {place: done for place, done in found if done is not None}

    def keep(self, done: Done) -> None:
        """Keep what came of a notebook, before anything is written."""
        self.cache.note(done.asked)
        case, outcome = self._cases.get(done.place), done.outcome
        if case is None or outcome.error or outcome.plan is None:
            return
        modules = [one for one in outcome.plan.modules if isinstance(one, MendedModule)]
        needs = outcome.changed or any(one.codes for one in modules) or outcome.diff
        if len(modules) < len(outcome.plan.modules) or (needs and self.mode not in _LOOKING):
            return
        try:
            raw = read_bytes(done.place.path)
            entries = tuple(entries_in(raw).items())
            line = _line_now(done.place)
        except (ColabifyError, OSError):
            return
        if line != case.line:  # somebody has written it meanwhile
            return
        runtimes = {(one.runtime.name, one.runtime.image) for one in modules if one.runtime}
        if len(runtimes) > 1:
            return
        plan = replace(outcome.plan, modules=tuple(bare(one, case.course) for one in modules))
        kept = Kept(
            case.line, answer_of(raw), entries, _records(case.course), done.asked, ruled(modules),
            next(iter(runtimes), None), replace(outcome, plan=plan),
        )  # fmt: skip
        case.slot.write(kept)

    def _case(self, place: Place) -> _Case | None:
        """What a notebook is planned with; None if that cannot be told surely."""
        real = place.path.resolve()
        try:
            course, settings = self.courses.of(real), self.courses.settings_of(real)
        except ColabifyError:
            return None
        project, given = course.project, course.given
        if settings.online or not project.is_repository or project.held or given.decided:
            return None
        tree = self.cache.tree(str(project.root))
        line = None if tree is None else tree.notebooks.get(str(real))
        if tree is None or line is None:
            return None
        mode = "" if self.mode in _LOOKING else self.mode.value
        of = [str(project.root), project.relative(real), mode, sorted(set(given.folders))]
        name = digest(json.dumps([of, self._said(settings)]).encode())
        state = json.dumps([of, self._said(settings), self.cache.program, tree.others])
        key = digest(state.encode() + self._facts_of(project))
        slot = Slot(self.cache.folder / f"{name.hex()}.one", key)
        return _Case(slot, course, settings, line)

    def _said(self, settings: Settings) -> str:
        if id(settings) not in self._settings:
            self._settings[id(settings)] = (settings, digest(repr(settings).encode()).hex())
        return self._settings[id(settings)][1]

    def _facts_of(self, project: Project) -> bytes:
        if id(project) not in self._facts:
            self._facts[id(project)] = facts_of_git(project)
        return self._facts[id(project)]

    def _hit(
        self, place: Place, kept: Kept, answers: dict[tuple[int, str, str], str]
    ) -> Done | None:
        """What came of a notebook; ``answers`` are what the disk has said now: it is asked once."""
        case = self._cases[place]
        project = case.course.project
        if kept.known != _records(case.course):
            return None
        for question, name, answer in kept.asked:
            asked = (id(project), question, name)
            if asked not in answers:
                answers[asked] = project.answer(question, name)
            if answers[asked] != answer:
                return None
        try:
            plan = plan_now(kept, case.course, case.settings)
        except LookupError:
            return None
        outcome = replace(kept.outcome, shown=place.shown, plan=plan)
        return Done(place, outcome, modules=plan.modules)


def _is_same(kept: Kept, case: _Case, place: Place) -> bool:
    """Whether a notebook is as it was, going by what the system says, else by its bytes."""
    if kept.line == case.line:
        return True
    try:
        return answer_of(read_bytes(place.path)) == kept.answer and _line_now(place) == case.line
    except (ColabifyError, OSError):
        return False


def _line_now(place: Place) -> bytes:
    return line_of(os.path.realpath(place.path))


def _records(course: Course) -> bytes:
    """What the records of all notebooks say of modules."""
    return digest(repr(sorted(course.given.entries.items())).encode())
