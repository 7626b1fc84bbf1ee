"""What a notebook imports from the repository and from elsewhere, through the modules it reaches."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.analysis.imports import Import, Imports, cython_imports, find_imports
from colabify.analysis.local_files import read_units
from colabify.analysis.module_files import ModuleFiles
from colabify.analysis.resolve import join, repair
from colabify.analysis.scripts import fetched_modules, run_by, run_files, written_modules
from colabify.analysis.search_path import path_edits
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from colabify.analysis.constants import Value
    from colabify.program import Program
    from colabify.project import Project
    from colabify.python2.convert import Converted
    from colabify.steps import Build
    from colabify.unit import Unit


@dataclass(frozen=True, slots=True)
class _Said:
    """What a unit says: its imports, the files that it runs, and its edits of ``sys.path``."""

    imports: Iterable[Import]
    runs: Sequence[str] = ()
    edits: Sequence[Value] = ()


@dataclass
class _Trail:
    """What has been found so far, and the units that are still to be looked into."""

    waiting: list[Unit]
    folders: tuple[str, ...]
    fetched: frozenset[str] = frozenset()
    compiles: bool = False
    modules: dict[str, Unit] = field(default_factory=dict)
    foreign: list[Import] = field(default_factory=list)
    local: list[Import] = field(default_factory=list)
    written: list[Import] = field(default_factory=list)
    generated: list[Import] = field(default_factory=list)
    builds: list[tuple[Import, Build]] = field(default_factory=list)
    unparsed: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, found: Sequence[Unit] | str) -> None:
        """Note what a file of the repository was read as."""
        if isinstance(found, str):
            self.unparsed[path] = found
            return
        for number, unit in enumerate(found):
            if (key := f"{path}:{number}") not in self.modules:
                self.modules[key] = unit
                self.waiting.append(unit)


class ModuleFinder:
    """Finds the local modules of a project; reads each file once, whatever the number of notebooks."""

    def __init__(
        self, project: Project, converted: Callable[[str], Converted | None] = lambda _path: None
    ) -> None:
        """Look among the files of ``project``; ``converted`` are those that are rewritten in Python 3."""
        self._project = project
        self._converted = converted
        self.files = ModuleFiles(project)
        self._read: dict[str, tuple[Unit, ...] | str] = {}

    def trace(
        self, program: Program, stand: str, names: Mapping[str, str], more: Sequence[str] = ()
    ) -> Imports:
        """What ``program`` imports when Python runs in the folder ``stand`` of the repository.

        ``more`` are folders that the setup cell adds to ``sys.path``.
        """
        edits = path_edits(program.units, names)
        added = (folder for edit in edits for folder in self._meant(stand, edit.text))
        fetched = fetched_modules(program, names)
        compiles = "pyximport" in names.values()
        trail = _Trail(list(program.units), (stand, *added, *more), fetched, compiles)
        written = written_modules(program)
        for name in run_files(program, names):
            self._run(name, stand, written, trail)
        for cell in program.cells:
            if cell.masked.foreign.lower() == "cython":
                trail.foreign += cython_imports(cell)
        self._follow(trail, written, stand)
        outside = tuple(one for one in trail.foreign if one.module and not one.level)
        return Imports(
            tuple(trail.modules.values()),
            outside,
            tuple(trail.local),
            tuple(trail.unparsed.items()),
            tuple(trail.written),
            tuple(trail.builds),
            tuple(trail.generated),
        )

    def _follow(self, trail: _Trail, written: Mapping[str, Unit], stand: str) -> None:
        used: set[str] = set()
        while trail.waiting:
            unit = trail.waiting.pop(0)
            said = _said_by_module(unit) if unit.path is not None else _Said(find_imports(unit))
            folders = (*trail.folders, *self._own_folders(unit, said.edits, stand))
            for name in said.runs:
                self._run(name, stand, written, trail)
            for one in said.imports:
                first = one.module.partition(".")[0]
                if first in written and not one.level:
                    trail.written.append(one)
                    if first not in used:
                        used.add(first)
                        trail.waiting.append(written[first])
                else:
                    self._add(one, folders, trail)

    def _add(self, one: Import, folders: Sequence[str], trail: _Trail) -> None:
        paths = self.files.of(one, folders)
        build = None if paths else self.files.build(one, folders)
        if build is not None:
            trail.builds.append((one, build))
        elif one.level and not paths:
            trail.generated.append(one)
        elif not paths and one.module.partition(".")[0] in trail.fetched:
            trail.written.append(one)
        elif not paths and trail.compiles and (source := self.files.cython(one, folders)):
            trail.local.append(replace(one, file=source))
        else:
            found = replace(one, file=paths[-1]) if paths else one
            (trail.local if paths else trail.foreign).append(found)
        for path in paths:
            trail.add(path, self._units(path))

    def _run(self, name: str, stand: str, written: Mapping[str, Unit], trail: _Trail) -> None:
        """Follow a file that the notebook runs: one that it has written, or one of the repository."""
        stem = posixpath.splitext(posixpath.basename(name))[0]
        path = join(stand, name)
        if stem in written and written[stem] not in trail.waiting:
            trail.waiting.append(written[stem])
        elif path in self._project.files.files:
            trail.add(path, self._units(path))

    def _own_folders(self, unit: Unit, edits: Sequence[Value], stand: str) -> Iterator[str]:
        """The folders that a module itself adds to ``sys.path``."""
        for value in edits:
            base = posixpath.dirname(unit.path or "") if value.of_module else stand
            yield from self._meant(base, value.text)

    def _units(self, path: str) -> tuple[Unit, ...] | str:
        if path not in self._read:
            new = self._converted(path)
            raw = self._project.read(path) if new is None else new.text.encode("utf-8", "replace")
            self._read[path] = read_units(path, raw or b"")
        return self._read[path]

    def _meant(self, base: str, text: str) -> Iterator[str]:
        """The folder of the repository that a path means, be it written for its author's machine."""
        mended = repair(self._project.files, base, text)
        folder = join(base, mended.path if mended else text)
        if folder is not None:
            yield folder


@once
def _said_by_module(unit: Unit) -> _Said:
    edits = path_edits([unit], unit.names)
    return _Said(find_imports(unit), tuple(run_by(unit)), tuple(edits))
