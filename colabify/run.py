"""A run over many notebooks: what is done with each, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from colabify.errors import ColabifyError
from colabify.files import write_bytes, write_copy
from colabify.jobs import Jobs, jobs_for
from colabify.modules.run import write_module_copy
from colabify.outcomes import IN_PLACE, Mode, Outcome
from colabify.sharing import Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from colabify.courses import Courses
    from colabify.modules.record import Entry
    from colabify.notebook_cache import NotebookCache
    from colabify.places import Place
    from colabify.plans import ModuleChange
    from colabify.run_one import Done


Write: TypeAlias = "Callable[[Path, bytes, bytes], None]"
"""What writes a file: its path, the new bytes and the old."""


def run(
    places: Collection[Place],
    courses: Courses,
    mode: Mode,
    *,
    output: Path | None = None,
    write: Write = write_bytes,
    after_each: Callable[[], None] = lambda: None,
    jobs: int = 1,
    cache: NotebookCache | None = None,
) -> list[Outcome]:
    """Do what ``mode`` says with each notebook; one that fails does not stop the others.

    ``jobs`` is the number of processes that port; this one alone writes. What the ``cache`` has of a
    notebook stands for porting it.
    """
    work = _Work(tuple(places), courses, mode, output, write)
    outcomes: dict[Place, Outcome] = {}

    work.begin(cache.look(work.places) if cache is not None else {})
    hits = cache.hits() if cache is not None else {}
    if hits:
        jobs = min(jobs, jobs_for(len(work.places) - len(hits), jobs))
    workers, shared = Jobs(courses, mode, jobs if mode is not Mode.UNDO else 1), Shared()
    for done in _in_order(work.places, hits, workers):
        if cache is not None and done.place not in hits:
            cache.keep(done)
        outcomes[done.place] = work.first(done.sharing(shared))
        after_each()
    for again in (work.decide, work.settle):
        for done in workers.port(again()):
            outcomes[done.place] = work.finished(done.sharing(shared))
    return list(outcomes.values())


def _in_order(places: Sequence[Place], hits: Mapping[Place, Done], workers: Jobs) -> Iterator[Done]:
    """What comes of each notebook, whether it is known or has to be ported."""
    ported = workers.port([place for place in places if place not in hits])
    for place in places:
        yield hits[place] if place in hits else next(ported)
    yield from ported  # there are no more: the processes end


@dataclass
class _Work:
    """The work on the notebooks of a run: those that use modules which were given wait for these."""

    places: tuple[Place, ...]
    courses: Courses
    mode: Mode
    output: Path | None
    write: Write
    _waiting: dict[Place, tuple[tuple[ModuleChange, ...], bool]] = field(default_factory=dict)

    def begin(self, known: Mapping[Place, Mapping[str, Entry]]) -> None:
        """What comes before all notebooks: modules are given back, or what was done to them is read.

        ``known`` is what some of the notebooks say of them.
        """
        if self.mode is Mode.UNDO:
            self.courses.modules.give_back(self.places, self.write)
        else:
            self.courses.modules.remember(self.places, known)

    def first(self, done: Done) -> Outcome:
        """Write a ported notebook, unless it uses modules that were given; what came of it."""
        if self.mode is not Mode.UNDO and self.courses.modules.add(done.place.path, done.modules):
            self._waiting[done.place] = (done.modules, done.outcome.changed)
            return done.outcome
        return self.finished(done)

    def decide(self) -> list[Place]:
        """Decide about the modules; the notebooks that are to be ported again come out.

        They are ported again rather than kept: a course may have more of them than there is memory.
        """
        if self._waiting:
            self.courses.modules.decide()
        writes = self.output is not None or self.mode in IN_PLACE
        return [
            place
            for place, (modules, changed) in self._waiting.items()
            if (writes and (changed or self.output is not None))
            or self.courses.modules.differ(place.path, modules)
        ]

    def settle(self) -> list[Place]:
        """Write the modules; the notebooks that use one that could not be written come out."""
        if not self._waiting:
            return []
        failed = self.courses.modules.settle(self._write_module(), diff=self.mode is Mode.DIFF)
        return [
            place
            for place, (modules, _) in self._waiting.items()
            if failed and self.courses.modules.differ(place.path, modules)
        ]

    def finished(self, done: Done) -> Outcome:
        """What came of a notebook, once it is written if it is to be."""
        if done.outcome.error:
            return done.outcome
        try:
            if self.output is not None:
                originals = frozenset(one.path.resolve() for one in self.places)
                write_copy(self.output, done.place, done.new, originals)
            elif done.new:
                self.write(done.place.path, done.new, done.raw)
        except ColabifyError as error:
            return Outcome(done.place.shown, error=str(error))
        return done.outcome

    def _write_module(self) -> Write | None:
        """What writes a module (its path, new and old bytes); None if nothing is to be written."""
        if self.output is not None:
            output, beside = self.output, self.places[0]
            return lambda path, new, _: write_module_copy(output, beside, path, new)
        return self.write if self.mode in IN_PLACE else None
