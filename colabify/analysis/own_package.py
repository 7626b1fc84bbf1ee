"""The repository's own package, where a folder on ``sys.path`` is not enough for it.

A package that asks for its own version (``importlib.metadata.version("kit")``), or imports a module
that its build writes (``_version.py``), has to be installed. From the clone it is installed as a copy:
an editable install is not seen by the kernel that runs (FACTS: googlecolab/colabtools#1171, #2539).
"""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.analysis.imports import Imports
    from colabify.tree import Tree
    from colabify.unit import Unit

_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_GENERATED = frozenset({"_version", "version", "__version__", "_version_info"})
_VERSIONS = frozenset(
    {
        "importlib.metadata.version",
        "importlib_metadata.version",
        "importlib.metadata.distribution",
        "importlib.metadata.metadata",
        "pkg_resources.get_distribution",
        "pkg_resources.require",
    }
)


def packages_to_install(imports: Imports, tree: Tree) -> tuple[str, ...]:
    """The folders of the repository whose package has to be installed, since a module needs it to be."""
    found: dict[str, None] = {}
    for module in imports.modules:
        if module.path is not None and _asks_for_its_version(module):
            found.update(dict.fromkeys(_project_of(module.path, tree)))
    for one in imports.generated:
        named = {one.module.rpartition(".")[2], *one.names} if one.module else set(one.names)
        if one.unit.path is not None and not one.optional and named & _GENERATED:
            found.update(dict.fromkeys(_project_of(one.unit.path, tree)))
    return tuple(found)


def _project_of(path: str, tree: Tree) -> Iterator[str]:
    """The nearest folder above a module that a package can be built from; nothing if there is none."""
    folder = posixpath.dirname(path)
    while True:
        if any(posixpath.join(folder, name) in tree.files for name in _PROJECT_FILES):
            yield folder
            return
        if not folder:
            return
        folder = posixpath.dirname(folder)


@once
def _asks_for_its_version(module: Unit) -> bool:
    """Whether a module asks for the metadata of the package it is in, and does not go on without."""
    names = module.names
    caught = {id(inner) for node in module.of(ast.Try) if node.handlers for inner in ast.walk(node)}
    package = (module.path or "").split("/")
    for node in module.of(ast.Call):
        if id(node) in caught or not node.args:
            continue
        if qualified(node.func, names) in _VERSIONS and _names_it(node.args[0], package):
            return True
    return False


def _names_it(node: ast.expr, package: list[str]) -> bool:
    """Whether an argument is the package's name: its folder's, ``__name__`` or ``__package__``."""
    match node:
        case ast.Constant(value=str(text)):
            return text.replace("-", "_").lower() in {one.lower() for one in package}
        case ast.Name(id="__name__" | "__package__"):
            return True
        case _:
            return False
