"""Needs: whether Colab has to have the repository's files for a notebook to run."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
from typing import TYPE_CHECKING

from colabify.analysis.given import given_by_cells
from colabify.analysis.resolve import COLABS_OWN, below_clone, exists, is_absolute, join, repair
from colabify.shell_line import split_words

if TYPE_CHECKING:
    from colabify.analysis.paths.uses import PathUse
    from colabify.facts import Facts
    from colabify.project import Project
    from colabify.tree import Tree

_WILD = "*?["


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
