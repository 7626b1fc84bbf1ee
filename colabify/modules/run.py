"""The modules of a run: what all notebooks want of each is gathered, decided, and written once.

Modules are written after the notebooks that use them: should the power be cut in between, the records say how
to give a module back, and of one that is not mended yet they are not believed. Should a module not be
written, these notebooks are ported once more. Undoing goes the other way: a module is given back while the
records that say how still stand.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.files import read_bytes, write_copy
from colabify.findings import Finding
from colabify.modules.text import digest_of
from colabify.modules.wants import Wanted
from colabify.notebook import Document
from colabify.outcomes import ModuleOutcome
from colabify.places import Place
from colabify.record import read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from colabify.course import Course
    from colabify.modules.given import MendedModule
    from colabify.modules.record import Entry
    from colabify.plans import ModuleChange

_NOTHING: Mapping[Place, Mapping[str, Entry]] = MappingProxyType({})


@dataclass
class ModuleRun:
    """The modules of all the courses of a run. ``given`` are the files and folders as a person gave them."""

    given: Sequence[str]
    course_of: Callable[[Path], Course]
    outcomes: list[ModuleOutcome] = field(default_factory=list)
    _wanted: dict[int, Wanted] = field(default_factory=dict)

    def remember(
        self, places: Sequence[Place], known: Mapping[Place, Mapping[str, Entry]] = _NOTHING
    ) -> None:
        """Read from the notebooks' records which modules were mended before, and how to give them back.

        ``known`` is what the records of some of them say.
        """
        for place, entries in self._recorded(places, known):
            given = self.course_of(place.path).given
            for path, entry in entries.items():
                if given.entry_of(path) is None:
                    given.entries[path] = entry

    def add(self, notebook: Path, modules: Sequence[ModuleChange]) -> bool:
        """Note what a notebook wants of its modules; whether it uses any that were given."""
        return bool(modules) and self._of(notebook).add(modules)

    def differ(self, notebook: Path, modules: Sequence[ModuleChange]) -> bool:
        """Whether modules were decided about otherwise than a notebook wanted."""
        return self._of(notebook).differ(modules)

    def decide(self) -> None:
        """Decide about all modules."""
        for wanted in self._wanted.values():
            wanted.decide()

    def settle(self, write: Callable[[Path, bytes, bytes], None] | None, *, diff: bool) -> bool:
        """``write`` (path, new, old) the modules that change; whether some could not be written."""
        before = len(self.outcomes)
        for wanted in self._wanted.values():
            for path in list(wanted.given.decided):
                self._settle(wanted, path, write, diff=diff)
        return any(one.error for one in self.outcomes[before:])

    def _settle(
        self,
        wanted: Wanted,
        path: str,
        write: Callable[[Path, bytes, bytes], None] | None,
        *,
        diff: bool,
    ) -> None:
        given = wanted.given
        change, before = given.decided[path].change, given.text(path)
        after = None if isinstance(before, str) else before.encoded(change.source)
        if isinstance(before, str) or after is None or not change.codes:
            return
        place, error = (given.project.root or Path()) / path, ""
        try:
            given.project.held[path] = before.raw
            if write is not None:
                write(place, after, before.raw)
        except ColabifyError as problem:
            error = str(problem)
            wanted.refuse(path, error)
        outcome = ModuleOutcome(
            self.shown(place), change.done, change.codes, len(wanted.modules[path]), not error,
            _diff(self.shown(place), before.text, change) if diff else (), error=error,
        )  # fmt: skip
        self.outcomes.append(outcome)

    def give_back(
        self, places: Sequence[Place], write: Callable[[Path, bytes, bytes], None]
    ) -> None:
        """Give the modules back that were mended with the notebooks, if they lie in what was given.

        ``write`` writes them (path, new, old).
        """
        every: dict[Path, list[Entry]] = {}
        for place, entries in self._recorded(places):
            course = self.course_of(place.path)
            for path, entry in entries.items():
                if course.given.holds(path) and course.project.root is not None:
                    every.setdefault(course.project.root / path, []).append(entry)
        for file, known in every.items():
            outcome = self._given_back(file, known, write)
            if outcome is not None:
                self.outcomes.append(outcome)

    def left(self, notebook: Path, raw: bytes) -> list[Finding]:
        """The modules that stay mended though the notebook ``raw`` is undone, since they were not given."""
        course, found = self.course_of(notebook), []
        for path, entry in entries_in(raw).items():
            now = None if course.given.holds(path) else course.project.read(path)
            if now is not None and digest_of(now) == entry.now:
                text = f"{path} was mended with it, and stays so: name its folder to give it back"
                found.append(Finding("COL903", text))
        return found

    def shown(self, path: Path) -> str:
        """What a person would call the file at ``path``, going by what was given."""
        for name in self.given:
            folder = Path(os.path.realpath(name))  # Path.resolve raises for a loop of links
            if path.is_relative_to(folder):
                return str(Path(name) / path.relative_to(folder))
        return str(path)

    def _of(self, notebook: Path) -> Wanted:
        given = self.course_of(notebook).given
        return self._wanted.setdefault(id(given), Wanted(given))

    def _recorded(
        self, places: Sequence[Place], known: Mapping[Place, Mapping[str, Entry]] = _NOTHING
    ) -> Iterator[tuple[Place, Mapping[str, Entry]]]:
        """The notebooks whose records speak of modules; one that cannot be read is told of elsewhere."""
        for place in places:
            try:
                entries = known[place] if place in known else entries_in(read_bytes(place.path))
            except ColabifyError:
                continue
            if entries:
                yield place, entries

    def _given_back(
        self, path: Path, entries: Sequence[Entry], write: Callable[[Path, bytes, bytes], None]
    ) -> ModuleOutcome | None:
        shown = self.shown(path)
        try:
            raw = read_bytes(path)
            before = next((old for one in entries if (old := one.original(raw)) is not None), None)
            if before is not None:
                write(path, before, raw)
                return ModuleOutcome(shown, "undone", notebooks=len(entries), changed=True)
        except ColabifyError as problem:
            return ModuleOutcome(shown, notebooks=len(entries), error=str(problem))
        if digest_of(raw) in {one.was for one in entries}:
            return None  # somebody has given it back already
        finding = Finding("COL903", "edited since it was mended: kept as it is", "error")
        return ModuleOutcome(shown, notebooks=len(entries), finding=finding)


def write_module_copy(output: Path, beside: Place, path: Path, raw: bytes) -> None:
    """Put the mended copy of the module at ``path`` below ``output``, as far from the copy ``beside``.

    Raises:
        FileError: it cannot be written.

    """
    shared = beside.path.resolve().parents[len(beside.copy.parts) - 1]
    if path.is_relative_to(shared):
        place = Place(path, str(path), path.relative_to(shared))
        write_copy(output, place, raw, frozenset({path}))


def entries_in(raw: bytes) -> Mapping[str, Entry]:
    """What the record of a notebook says of modules.

    Raises:
        NotebookError: the bytes are no notebook that colabify can read.

    """
    if b'"colabify"' not in raw or b'"modules"' not in raw:
        return {}  # most notebooks: they need not be read twice
    record = read_record(Document.parse(raw))
    return {} if record is None else record.modules


def _diff(shown: str, before: str, change: MendedModule) -> tuple[str, ...]:
    lines = difflib.unified_diff(before.splitlines(), change.source.splitlines(), lineterm="", n=2)
    return (f"--- {shown}", *list(lines)[2:])
