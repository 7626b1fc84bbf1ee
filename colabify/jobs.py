"""Jobs: the notebooks of a run shared out to processes, which port them; this one decides and writes.

What comes out, and in which order, is the same whatever the number of processes: each of them reads the
repository by itself, and is told what one process would know from the notebooks that it has seen.
"""

from __future__ import annotations

import gc
import os
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.run_one import Done, port_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor

    from colabify.config.configuration import Configuration
    from colabify.courses import Courses
    from colabify.modules.given import Known
    from colabify.outcomes import Mode
    from colabify.places import Place
    from colabify.project_finder import Target
    from colabify.settings import Settings

_CHUNK = 4
"""How many notebooks a process is handed at once: few, so that all end at the same time."""
_GARBAGE = 50_000
"""How many objects more than before Python looks for circles at: to look at 2,000 takes a tenth of a port."""
_WORTH = 16
"""How many notebooks a process has to have: to start one takes as long as to port some ten."""


def jobs_for(notebooks: int, asked: int = 0) -> int:
    """How many processes port that many notebooks; ``asked``: no more than these, 0: a core each."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(asked or cores or 1, notebooks // _WORTH))


def collect_seldom() -> None:
    """Have Python look for circles of objects seldom: syntax trees have many objects, and no circles."""
    gc.set_threshold(_GARBAGE)


@dataclass
class Jobs:
    """The processes of a run that ports with ``courses`` in a ``mode``; ``count`` 1: this one alone."""

    courses: Courses
    mode: Mode
    count: int = 1

    def port(self, places: Sequence[Place]) -> Iterator[Done]:
        """What came of each notebook, in order; nothing is written.

        A process that ends before its time takes no notebook with it but the one that ended it.
        """
        if self.count == 1 or len(places) <= _CHUNK:
            yield from (port_one(one, self.courses, self.mode) for one in places)
            return
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import get_context

        chunks = [tuple(places[at : at + _CHUNK]) for at in range(0, len(places), _CHUNK)]
        count, known = self.count, self.courses.known()
        while chunks:
            with ProcessPoolExecutor(
                count, get_context("spawn"), _begin,
                (self.courses.settings, tuple(self.courses.given), self.courses.target, self.mode, known),
            ) as pool:  # fmt: skip
                try:
                    for done in _each(pool, chunks, count):
                        yield from done
                        chunks.pop(0)
                except BrokenProcessPool:
                    if count == 1 and len(chunks[0]) == 1:
                        yield Done.failed(chunks.pop(0)[0], "the process that ported it was ended")
                    chunks = [(place,) for chunk in chunks for place in chunk]
                    count = 1  # one at a time, to see which it is


def _each(
    pool: ProcessPoolExecutor, chunks: Sequence[tuple[Place, ...]], count: int
) -> Iterator[list[Done]]:
    """What comes of each chunk, in order; only a few are ahead, since what they give takes memory."""
    waiting: list[Future[list[Done]]] = []
    try:
        for chunk in tuple(chunks):
            with _interrupts_wait():
                waiting.append(pool.submit(_port, chunk))
            if len(waiting) > 2 * count:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    finally:
        for one in waiting:
            one.cancel()


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Ctrl-C waits meanwhile; processes that are begun then never hear it: this one ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True, slots=True)
class _Worker:
    courses: Courses
    mode: Mode


_worker: list[_Worker] = []
"""What a process has been told at its beginning; empty in the one that shares out."""


def _begin(
    settings: Settings | Configuration,
    given: Sequence[str],
    target: Target | None,
    mode: Mode,
    known: Known,
) -> None:
    from colabify.courses import Courses

    collect_seldom()
    courses = Courses(settings, given, target)
    courses.learn(known)
    _worker.append(_Worker(courses, mode))


def _port(places: Sequence[Place]) -> list[Done]:
    worker = _worker[0]
    return [port_one(place, worker.courses, worker.mode) for place in places]
