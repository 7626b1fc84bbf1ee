"""Facts: what is known about a Python notebook before anything is decided."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.accelerator import Hint, find_hints
from colabify.analysis.constants import Constants
from colabify.analysis.data import FetcherFinder
from colabify.analysis.dead_code import dead_code, never_called
from colabify.analysis.flow import surely_run, used_names
from colabify.analysis.given import given_by_cells
from colabify.analysis.handmade import ColabCode, find_colab_code
from colabify.analysis.installs import InstallLine, find_installs
from colabify.analysis.made_finder import find_makers
from colabify.analysis.modules import ModuleFinder
from colabify.analysis.paths.exports import Exports
from colabify.analysis.paths.moves import Move, find_moves
from colabify.analysis.paths.stand import Standing, find_stand
from colabify.analysis.paths.uses import PathFinder, PathUse
from colabify.analysis.resolve import COLABS_OWN, below_clone, exists, is_absolute, join, repair
from colabify.modules.given import GivenModules
from colabify.program import Program, Unit, import_names, once, read_program
from colabify.requirements.sources import RequirementFinder
from colabify.rules.whole import Whole, whole_of
from colabify.runtime import load_runtime
from colabify.shell_line import split_words
from colabify.silence.silences import Silences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.imports import Imports
    from colabify.analysis.made import Makers
    from colabify.analysis.working_folder import Walk
    from colabify.index import Index
    from colabify.neighbours import Neighbours
    from colabify.notebook import Document
    from colabify.project import Project
    from colabify.tree import Tree


_WILD = "*?["


class Course:
    """A project with what has been read of it: one for all the notebooks of a run."""

    def __init__(
        self,
        project: Project,
        requirements: Sequence[str] = (),
        index: Index | None = None,
        given: GivenModules | None = None,
    ) -> None:
        """Nothing is read before it is asked for.

        ``requirements`` are the requirement files that count, if not those nearest to a notebook;
        ``index`` is the package index, if it is to be asked; ``given`` are the modules that may be mended.
        """
        self.project = project
        self.index = index
        self.given = given or GivenModules(project)
        self.modules = ModuleFinder(project, self.given.converted)
        self.requirements = RequirementFinder(project, requirements)
        self.fetchers = FetcherFinder(project)

    @cached_property
    def neighbours(self) -> Neighbours:
        """What other notebooks of the course write."""
        from colabify.neighbours import Neighbours

        return Neighbours(self)


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


def needs_files(facts: Facts, project: Project) -> bool:
    """Whether anything in the notebook could reach a file of the repository; if unsure, yes."""
    if facts.imports.local or facts.imports.builds or not facts.settled:
        return True
    if any(_reaches(use, facts, project) for use in facts.paths):
        return True
    return _names_a_file(facts, project.files) or _runs_a_file(facts, project.files)


def _reaches(use: PathUse, facts: Facts, project: Project) -> bool:
    if use.makes:
        parent = posixpath.dirname(use.path or "")
        into = use.use == "write" and parent in project.files.folders
        return bool(into and "/" in use.text and parent and parent not in facts.made)
    if use.unit.path is not None or not use.text:
        return True
    if use.text.startswith(COLABS_OWN):
        return False
    if is_absolute(use.text):
        return _is_meant(use, facts, project)
    if use.folder is None:
        return use.use != "mention"
    if exists(project.files, use.folder, use.text):
        return True
    if use.use == "mention":
        return False
    if set(_WILD) & set(use.text):
        return bool(fnmatch.filter(project.files.files, use.path or ""))
    return repair(project.files, use.folder, use.text) is not None


def _is_meant(use: PathUse, facts: Facts, project: Project) -> bool:
    """Whether an absolute path means a file of the repository: it is rewritten, or right once cloned."""
    name = project.remote.name if project.remote else ""
    if below_clone(project.files, use.text, name) is not None:
        return not any(one.kind in ("clone", "mount") for one in facts.colab)
    found = repair(project.files, use.folder or facts.stand, use.text, name=name)
    return found is not None and (use.use != "mention" or "/" in found.path)


def _names_a_file(facts: Facts, tree: Tree) -> bool:
    """Whether a string is the name of a file beside the notebook."""
    said = {node.value for unit in facts.program.units for node in unit.of(ast.Constant)}
    return any(
        isinstance(name, str) and "." in name and join(facts.stand, name) in tree.files
        for name in said
    )


def _runs_a_file(facts: Facts, tree: Tree) -> bool:
    """Whether a magic or a command names what lies beside the notebook, or runs on the folder as it is."""
    given = [one.command for _, one in given_by_cells(facts.program, facts.names)]
    lines = [split_words(escape.args) for _, escape in facts.program.escapes]
    lines += [command.texts for command in given]
    words = {word for line in lines for word in line} - {".", ".."}
    words |= {to.target.text for command in given for to in command.redirections}
    if any(line[0] == "make" or {"pip", "-e"} <= set(line) for line in lines if line):
        return True
    modules = {line[at + 1] for line in lines for at, word in enumerate(line[:-1]) if word == "-m"}
    words |= {name for one in modules for name in (_as_path(one), f"{_as_path(one)}.py")}
    if any(exists(tree, facts.stand, word) for word in words if word):
        return True
    patterns = [join(facts.stand, word) for word in words if set(_WILD) & set(word)]
    return any(fnmatch.filter(tree.files, pattern) for pattern in patterns if pattern)


def _as_path(module: str) -> str:
    return module.replace(".", "/")
