"""Facts: what is known about a Python notebook before anything is decided."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.accelerator import Hint, find_hints
from colabify.analysis.constants import Constants
from colabify.analysis.dead_code import dead_code, never_called
from colabify.analysis.flow import surely_run, used_names
from colabify.analysis.handmade import ColabCode, find_colab_code
from colabify.analysis.installs import InstallLine, find_installs
from colabify.analysis.made_finder import find_makers
from colabify.analysis.paths.exports import Exports
from colabify.analysis.paths.moves import Move, find_moves
from colabify.analysis.paths.stand import Standing, find_stand
from colabify.analysis.paths.uses import PathFinder, PathUse
from colabify.full_names import import_names
from colabify.once import once
from colabify.program import Program, read_program
from colabify.rules.whole import Whole, whole_of
from colabify.runtime import load_runtime
from colabify.silence.silences import Silences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.imports import Imports
    from colabify.analysis.made import Makers
    from colabify.analysis.working_folder import Walk
    from colabify.course import Course
    from colabify.notebook import Document
    from colabify.unit import Unit


@dataclass(frozen=True)
class Facts:
    """What is known about a Python notebook before anything is decided."""

    program: Program
    stand: str
    names: dict[str, str]
    imports: Imports
    paths: tuple[PathUse, ...]
    hints: tuple[Hint, ...]
    colab: tuple[ColabCode, ...]
    walk: Walk
    """Where the code stands at each statement."""
    moves: tuple[Move, ...] = ()
    """The changes of the working folder, in order."""
    silences: Silences = field(default_factory=lambda: Silences(()))
    """What a person has colabify leave alone in the cells and modules."""
    dead: frozenset[int | str] = frozenset()
    """The nodes and escapes that Colab does not come to, going by the latest runtime."""

    @property
    def settled(self) -> bool:
        """Whether the working folder stays where it is."""
        return not self.moves

    @cached_property
    def installs(self) -> tuple[InstallLine, ...]:
        """The notebook's own install lines that Colab comes to."""
        return find_installs(self.program, self.dead)

    @cached_property
    def makers(self) -> Makers:
        """What the code makes by itself, and when."""
        modules = self.imports.modules
        dead = self.dead | never_called(modules, self.units)
        return find_makers(self.program, self.names, modules, self.paths, self.walk, dead)

    @property
    def made(self) -> frozenset[str]:
        """The files and folders that the code makes, below the repository's root."""
        return self.makers.paths

    @property
    def brings_files(self) -> bool:
        """Whether the code may bring files by itself of which the names are not known."""
        return self.makers.unknown

    def is_made(self, path: str) -> bool:
        """Whether the code makes ``path`` (below the root), or the folder that it is in."""
        return self.makers.of(path) is not None

    @cached_property
    def heads(self) -> dict[int, int]:
        """How many lines stand above the Python of each code cell (those of a cell magic)."""
        return {cell.index: cell.masked.head.count("\n") for cell in self.program.cells}

    @cached_property
    def wholes(self) -> tuple[Whole, ...]:
        """What the cells say together, and what each module that they reach says by itself."""
        return (Whole(self.program.units), *map(whole_of, self.imports.modules))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The cells and the local modules that they reach."""
        return (*self.program.units, *self.imports.modules)

    def surely_run(self, unit: Unit) -> frozenset[int]:
        """The ids of a unit's nodes that surely run (:func:`colabify.analysis.flow.surely_run`)."""
        if id(unit) not in self._sure:
            self._sure[id(unit)] = surely_run(unit, self._used)
        return self._sure[id(unit)]

    @cached_property
    def _sure(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def _used(self) -> frozenset[str]:
        return used_names(self.units)


def gather_facts(
    document: Document,
    course: Course,
    notebook: str,
    folders: Sequence[str] = (),
    silences: Silences | None = None,
) -> Facts:
    """The facts of the notebook at ``notebook`` (below the root), and of the modules it reaches.

    ``folders`` are folders of the repository that the setup cell adds to ``sys.path``. ``silences`` are
    those of the notebook, if they have been read.
    """
    program = read_program(document)
    names = import_names(program.units)
    constants = Constants(program.units, names)
    moves = find_moves(program.units, constants)
    finder = PathFinder(program.units, constants, program.cells)
    tree = course.project.files

    def stand_in(folder: str, more: Sequence[str] = ()) -> Standing:
        def trace(stand: str, visited: Sequence[str]) -> Imports:
            return course.modules.trace(program, stand, names, (*more, *visited))

        return Standing(program, constants, moves, tree, folder, trace)

    standing = find_stand(stand_in, posixpath.dirname(notebook), finder.uses())
    if folders:
        standing = stand_in(standing.stand, folders)
    modules = standing.imports.modules
    exports = Exports(modules, program.units)
    paths = finder.uses(exports.of)
    hints = find_hints(program.units, names)
    for module in modules:
        paths += exports.uses_of(module)
        hints += _hints_of_module(module)
    dead = dead_code(program, load_runtime())
    return Facts(
        program=program,
        stand=standing.stand,
        names=names,
        imports=standing.imports,
        paths=tuple(standing.placed(paths)),
        hints=tuple(hints),
        colab=tuple(find_colab_code(program, names, course.project.remote, dead)),
        walk=standing.walk,
        moves=tuple(moves.values()),
        silences=silences or Silences(document.cells, course.given),
        dead=dead,
    )


@once
def _hints_of_module(module: Unit) -> list[Hint]:
    return find_hints([module], module.names)
