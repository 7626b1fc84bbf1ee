"""Which files and folders of the repository a notebook and its modules touch, and whether that is all."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.given import given_by_cells
from colabify.analysis.resolve import below_clone, is_absolute, join, repair
from colabify.analysis.search_path import path_edits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from colabify.analysis.paths.uses import PathUse
    from colabify.facts import Facts
    from colabify.project import Project
    from colabify.tree import Tree

_WILD = frozenset("*?[")
_TOUCH_NOTHING = frozenset(
    {"apt", "apt-get", "clear", "conda", "date", "df", "echo", "free", "lscpu", "nvcc", "nvidia-smi",
     "pip", "pip3", "ps", "pwd", "sleep", "uname", "which", "whoami"}
)  # fmt: skip
"""Commands that read no file of the repository, unless one is named, and that is a path like others."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a notebook needs of the repository, below its root.

    ``paths`` are files and folders, ``lfs`` the files that Git LFS holds, ``submodules`` the folders of
    those that are gone into. ``certain``: it surely needs nothing else.
    """

    paths: frozenset[str]
    lfs: tuple[str, ...]
    submodules: tuple[str, ...]
    certain: bool


def find_touched(facts: Facts, project: Project, extra: Collection[str], notebook: str) -> Touched:
    """What the notebook at ``notebook`` touches; ``extra`` is what its setup does besides.

    The notebook's own folder is there as a whole. Of what Git LFS holds, it is the files that the code
    uses; where it reads something that is not known, all those below the folder where it stands.
    """
    tree = project.files
    used = set(_used(facts, project))
    files = {module.path for module in facts.imports.modules if module.path}
    files |= {build.folder for _, build in facts.imports.builds}
    home = posixpath.dirname(notebook)
    every = {*used, *files, *extra, *_unread_submodules(facts, tree), *([home] if home else [])}
    links = {link for path in every for link in tree.links if f"{path}/".startswith(f"{link}/")}
    real = {found for path in every if (found := tree.real(path)) is not None}
    within = {one for path in every if (one := tree.submodule_of(path))}
    certain = _is_certain(facts)
    lfs = _held(facts, project, used, certain=certain) if project.lfs else set()
    return Touched(
        frozenset({*real, *links, *within}), tuple(sorted(lfs)), tuple(sorted(within)), certain
    )


def _used(facts: Facts, project: Project) -> Iterator[str]:
    """The files and folders that the code uses, as it is or once it is repaired."""
    tree = project.files
    name = project.remote.name if project.remote else ""
    for use in facts.paths:
        path = use.path if use.path is not None else below_clone(tree, use.text, name)
        if path is not None and _WILD & set(path):
            yield _folder_of_pattern(path)
            continue
        if path is not None and use.makes:
            path = posixpath.dirname(path)
        elif path is None or not tree.holds(path):
            path = _repaired(use, facts, tree)
        if path is None or not tree.holds(path):
            continue
        if not _is_above(path, facts.stand):  # ".." alone says nothing about what is in it
            yield path
    yield from _said_names(facts, tree)


def _is_above(path: str, folder: str) -> bool:
    return not path or f"{folder}/".startswith(f"{path}/")


def _folder_of_pattern(path: str) -> str:
    """The folder that a pattern searches."""
    parts = path.split("/")
    plain = next(at for at, part in enumerate(parts) if _WILD & set(part))
    return "/".join(parts[:plain])


def _repaired(use: PathUse, facts: Facts, tree: Tree) -> str | None:
    folder = facts.stand if use.folder is None else use.folder
    mended = repair(tree, folder, use.text, sure=True) if use.text and not use.makes else None
    return join(folder, mended.path) if mended else None


def _said_names(facts: Facts, tree: Tree) -> Iterator[str]:
    """The files beside the notebook whose name is a string, whatever is done with it besides writing."""
    written = {id(one) for use in facts.paths if use.makes for one in use.literals}
    for unit in facts.units:
        for node in unit.of(ast.Constant):
            if isinstance(node.value, str) and "." in node.value and id(node) not in written:
                path = join(facts.stand, node.value)
                if path and path in tree.files:
                    yield path


def _unread_submodules(facts: Facts, tree: Tree) -> Iterator[str]:
    """The submodules that are not checked out here, and whose folder an import names."""
    for one in facts.imports.foreign:
        path = join(facts.stand, one.module.replace(".", "/"))
        inside = tree.submodule_of(path) if path else None
        if inside:
            yield inside


def _held(facts: Facts, project: Project, used: set[str], *, certain: bool) -> set[str]:
    """The files of Git LFS that are needed."""
    patterns = [use.path for use in facts.paths if use.path and _WILD & set(use.path)]
    searched = {_folder_of_pattern(one) for one in patterns}
    found = project.files.below(used - searched) & project.lfs.keys()
    for pattern in patterns:
        found.update(fnmatch.filter(project.lfs, pattern))
    if not certain:
        inside = f"{facts.stand}/" if facts.stand else ""
        found.update(name for name in project.lfs if name.startswith(inside))
    return found


def _is_certain(facts: Facts) -> bool:
    """Whether every path that the code reads is known, and no command reads others."""
    if facts.imports.unparsed or any(cell.problem for cell in facts.program.cells):
        return False
    reads = [use for use in facts.paths if use.use in ("read", "list")]
    if not all(_is_known(use) for use in reads):
        return False
    searched = {edit.text for edit in path_edits(facts.program.units, facts.names)}
    above = (one for one in reads if one.use == "list" and one.text not in searched)
    if any(one.path is not None and _is_above(one.path, facts.stand) for one in above):
        return False
    commands = (given.command.texts for _, given in given_by_cells(facts.program, facts.names))
    return not facts.brings_files and all(
        posixpath.basename(words[0]) in _TOUCH_NOTHING for words in commands if words
    )


def _is_known(use: PathUse) -> bool:
    return bool(use.text) and (use.folder is not None or is_absolute(use.text.replace("\\", "/")))
