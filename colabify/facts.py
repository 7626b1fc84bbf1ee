"""Facts: what is known about a Python notebook before anything is decided."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.accelerator import Hint, find_hints
from colabify.analysis.constants import Constants
from colabify.analysis.data import FetcherFinder
from colabify.analysis.dead_code import dead_code
from colabify.analysis.given import given_by_cells
from colabify.analysis.handmade import ColabCode, find_colab_code
from colabify.analysis.installs import InstallLine, find_installs
from colabify.analysis.missing import brings_files
from colabify.analysis.modules import ModuleFinder
from colabify.analysis.paths import PathUse, changes_folder, find_paths
from colabify.analysis.resolve import COLABS_OWN, exists, is_absolute, join, repair
from colabify.analysis.shell_line import split_words
from colabify.program import Program, Unit, import_names, once, read_program
from colabify.requirements.sources import RequirementFinder
from colabify.runtime import load_runtime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.imports import Imports
    from colabify.index import Index
    from colabify.notebook import Document
    from colabify.project import Project
    from colabify.tree import Tree


_WILD = "*?["


class Course:
    """A project with what has been read of it: one for all the notebooks of a run."""

    def __init__(
        self, project: Project, requirements: Sequence[str] = (), index: Index | None = None
    ) -> None:
        """Nothing is read before it is asked for.

        ``requirements`` are the requirement files that count, if not those nearest to a notebook;
        ``index`` is the package index, if it is to be asked.
        """
        self.project = project
        self.index = index
        self.modules = ModuleFinder(project)
        self.requirements = RequirementFinder(project, requirements)
        self.fetchers = FetcherFinder(project)


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
    settled: bool
    """Whether the working directory stays where it is."""
    brings_files: bool
    dead: frozenset[int | str] = frozenset()
    """The nodes and escapes that Colab does not come to, going by the latest runtime."""

    @cached_property
    def installs(self) -> tuple[InstallLine, ...]:
        """The notebook's own install lines that Colab comes to."""
        return find_installs(self.program, self.dead)

    @cached_property
    def made(self) -> frozenset[str]:
        """The files and folders that the code makes, below the repository's root."""
        texts = [use.text for use in self.paths if use.makes and use.text]
        joined = (join(self.stand, text) for text in (*texts, *self.program.written_files))
        return frozenset(path for path in joined if path)

    def is_made(self, path: str) -> bool:
        """Whether the code makes ``path`` (below the root), or the folder that it is in.

        ``np.save("x", x)`` makes ``x.npy``.
        """
        if path in self.made or posixpath.splitext(path)[0] in self.made:
            return True
        return any(path.startswith(f"{one}/") for one in self.made)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The cells and the local modules that they reach."""
        return (*self.program.units, *self.imports.modules)


def gather_facts(
    document: Document, course: Course, notebook: str, folders: Sequence[str] = ()
) -> Facts:
    """The facts of the notebook at ``notebook`` (below the root), and of the modules it reaches.

    ``folders`` are folders of the repository that the setup cell adds to ``sys.path``.
    """
    program = read_program(document)
    names = import_names(program.units)
    home = posixpath.dirname(notebook)
    settled = not changes_folder(program.units, names)
    stand = _stand(program, course, home, names) if settled else home
    imports = course.modules.trace(program, stand, names, folders)
    paths = find_paths(program.units, names, Constants(program.units, names))
    hints = find_hints(program.units, names)
    brings = brings_files(program, program.units, names)
    for module in imports.modules:
        said = _said_by_module(module)
        paths += said.paths
        hints += said.hints
        brings = brings or said.brings_files
    dead = dead_code(program, load_runtime())
    return Facts(
        program=program,
        stand=stand,
        names=names,
        imports=imports,
        paths=tuple(paths),
        hints=tuple(hints),
        colab=tuple(find_colab_code(program, names, course.project.remote, dead)),
        dead=dead,
        settled=settled,
        brings_files=brings,
    )


@dataclass(frozen=True)
class _Said:
    """What a local module says of paths, accelerators and files that it brings."""

    paths: tuple[PathUse, ...]
    hints: tuple[Hint, ...]
    brings_files: bool


@once
def _said_by_module(module: Unit) -> _Said:
    paths = find_paths([module], module.names, Constants([module], module.names))
    brings = brings_files(Program(()), [module], module.names)
    return _Said(tuple(paths), tuple(find_hints([module], module.names)), brings)


def _stand(program: Program, course: Course, home: str, names: dict[str, str]) -> str:
    """The folder from which most paths and imports resolve; the notebook's own if none is better."""
    tree = course.project.files
    constants = Constants(program.units, names)
    texts = {
        use.text
        for use in find_paths(program.units, names, constants)
        if use.text and not is_absolute(use.text)
    }

    def score(folder: str) -> int:
        traced = course.modules.trace(program, folder, names)
        reached = {one.module for one in traced.local if one.unit.path is None}
        return len(reached) + sum(exists(tree, folder, text) for text in texts)

    candidates = [home]
    while candidates[-1]:
        candidates.append(posixpath.dirname(candidates[-1]))
    return max(candidates, key=lambda folder: (score(folder), folder == home, len(folder)))


def needs_files(facts: Facts, project: Project) -> bool:
    """Whether anything in the notebook could reach a file of the repository; if unsure, yes."""
    if facts.imports.local or facts.imports.builds or not facts.settled:
        return True
    if any(_reaches(use, facts, project) for use in facts.paths):
        return True
    return _names_a_file(facts, project.files) or _runs_a_file(facts, project.files)


def _reaches(use: PathUse, facts: Facts, project: Project) -> bool:
    if use.makes:
        folder = posixpath.dirname(use.text)
        parent = join(facts.stand, folder)
        into = use.use == "write" and parent in project.files.folders
        return bool(into and folder and parent and parent not in facts.made)
    if use.unit.path is not None or not use.text or exists(project.files, facts.stand, use.text):
        return True
    if use.use == "mention" or is_absolute(use.text) or use.text.startswith(COLABS_OWN):
        return False
    if set(_WILD) & set(use.text):
        return bool(fnmatch.filter(project.files.files, join(facts.stand, use.text) or ""))
    return repair(project.files, facts.stand, use.text) is not None


def _names_a_file(facts: Facts, tree: Tree) -> bool:
    """Whether a string is the name of a file beside the notebook."""
    nodes = (node for unit in facts.program.units for node in unit.nodes)
    said = {node.value for node in nodes if isinstance(node, ast.Constant)}
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
