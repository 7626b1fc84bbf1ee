"""Extension modules of the repository: which ``setup.py`` builds them, read and never run."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.full_names import dotted
from colabify.program import parse
from colabify.steps import Build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.project import Project

_EXTENSIONS = frozenset(
    {"Extension", "CppExtension", "CUDAExtension", "Pybind11Extension", "CythonExtension"}
)


class BuildFinder:
    """Finds what the ``setup.py`` files of a project build in place; reads them once."""

    def __init__(self, project: Project) -> None:
        """Look among the files of ``project``."""
        self._project = project

    def of(self, module: str) -> Build | None:
        """The build that makes the module at ``module``, a path without suffix; None if none does."""
        return self._builds.get(module)

    def elsewhere(self, name: str) -> list[str]:
        """The folders of the repository in which a module of that name can be built."""
        found = (product for product in self._builds if posixpath.basename(product) == name)
        return sorted(posixpath.dirname(product) for product in found)

    @cached_property
    def _builds(self) -> dict[str, Build]:
        found: dict[str, Build] = {}
        for name in sorted(self._project.files.files):
            if posixpath.basename(name) == "setup.py":
                for build in self._read(name):
                    found.setdefault(build.product, build)
        return found

    def _read(self, name: str) -> Iterator[Build]:
        text = (self._project.read(name) or b"").decode("utf-8-sig", "replace")
        tree, _ = parse(text)
        folder = posixpath.dirname(name)
        for node in ast.walk(tree) if tree is not None else ():
            if not isinstance(node, ast.Call):
                continue
            callee = dotted(node.func).rpartition(".")[2]
            if callee in _EXTENSIONS:
                yield from self._of_extension(node, folder)
            elif callee == "cythonize":
                yield from self._of_patterns(node, folder)

    def _of_extension(self, call: ast.Call, folder: str) -> Iterator[Build]:
        given = {one.arg: one.value for one in call.keywords}
        name = call.args[0] if call.args else given.get("name")
        sources = call.args[1] if len(call.args) > 1 else given.get("sources")
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            cython = any(text.endswith((".pyx", ".py")) for text in _texts(sources))
            path = name.value.replace(".", "/")
            if "*" not in path:
                yield Build(folder, posixpath.join(folder, path), cython)
            else:
                yield from self._matching(folder, _texts(sources))

    def _of_patterns(self, call: ast.Call, folder: str) -> Iterator[Build]:
        yield from self._matching(folder, _texts(call.args[0] if call.args else None))

    def _matching(self, folder: str, patterns: list[str]) -> Iterator[Build]:
        for pattern in patterns:
            below = posixpath.normpath(posixpath.join(folder, pattern))
            for source in fnmatch.filter(self._project.files.files, below):
                yield Build(folder, posixpath.splitext(source)[0], cython=True)


def _texts(node: ast.expr | None) -> list[str]:
    """The strings of a literal list, or of a string alone."""
    items = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    constants = [one.value for one in items if isinstance(one, ast.Constant)]
    return [one for one in constants if isinstance(one, str)]
