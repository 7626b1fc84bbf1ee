"""Where a notebook stands: the folder from which most of its paths and imports resolve, and from where on."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.paths.scopes import outline
from colabify.analysis.paths.uses import is_said_only
from colabify.analysis.resolve import exists, is_absolute, join, repair
from colabify.analysis.working_folder import Walk

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Sequence

    from colabify.analysis.constants import Constants
    from colabify.analysis.imports import Import, Imports
    from colabify.analysis.paths.moves import Move
    from colabify.analysis.paths.uses import PathUse
    from colabify.program import Program
    from colabify.tree import Tree

    Trace = Callable[[str, Sequence[str]], Imports]
    """What is imported from a folder, and from others that Python comes to look into."""


_INSTALLERS = ("setup.py", "setup.cfg", "pyproject.toml")


class Standing:
    """A notebook's run from the folder ``stand``, and what it imports there."""

    def __init__(
        self,
        program: Program,
        constants: Constants,
        moves: dict[int, Move],
        tree: Tree,
        stand: str,
        trace: Trace,
    ) -> None:
        """``trace`` finds what is imported."""
        self.stand = stand
        self._tree = tree
        self.walk = Walk(program.units, constants, moves, stand, self._meant)
        visited = [one for one in self.walk.visited if one != stand]
        self.imports = trace(stand, visited)

    def score(self, uses: Sequence[PathUse], home: str) -> int:
        """How many imports and paths resolve.

        A package that is installed from a folder says nothing: it is imported from anywhere. Nor does
        what the notebook makes itself.
        """
        own = [one for one in self.imports.local if one.unit.path is None]
        reached = {one.module for one in own if self.stand == home or not self._is_installed(one)}
        made = {use.text for use in uses if use.makes}
        said = {
            (self.folder_of(use), use.text)
            for use in uses
            if use.text and use.text not in made and not is_absolute(use.text)
            and not is_said_only(use)
        }  # fmt: skip
        known = [(folder, text) for folder, text in said if folder is not None]
        return len(reached) + sum(exists(self._tree, folder, text) for folder, text in known)

    def _is_installed(self, one: Import) -> bool:
        """Whether an import is found in a folder from which packages are installed."""
        levels = len(one.module.split(".")) + ((one.file or "").endswith("/__init__.py"))
        parts = (one.file or "").split("/")[:-levels]
        return any("/".join([*parts, name]) in self._tree.files for name in _INSTALLERS)

    def placed(self, uses: Sequence[PathUse]) -> list[PathUse]:
        """``uses`` with their folders; without names that are no file's."""
        found = (replace(use, folder=self.folder_of(use)) for use in uses)
        return [use for use in found if not is_said_only(use) or use.path in self._tree.files]

    def folder_of(self, use: PathUse) -> str | None:
        """The folder that a relative path starts from."""
        if use.of_module:
            return posixpath.dirname(use.unit.path or "")
        if not self.walk.moves:
            folder: str | None = self.stand
        elif use.unit.path is not None:
            folder = self.walk.folder_from(self._import_of(use.unit.path))
        elif use.node is None:
            folder = self.walk.folder_in_cell(use.unit.cell or 0)
        else:
            folder = self.walk.folder_at(use.origin or use.node)
        for text in use.moved:
            folder = self._meant(folder, text)
        return folder

    def _meant(self, folder: str | None, text: str) -> str | None:
        """Where a path leads from ``folder``, be it written for its author's machine."""
        slashed = text.replace("\\", "/")
        if folder is None:
            mended = repair(self._tree, "", text) if is_absolute(slashed) else None
            return join("", mended.path) if mended else None
        mended = repair(self._tree, folder, text)
        if mended is None and is_absolute(slashed):
            return None
        return join(folder, mended.path if mended else slashed)

    def _import_of(self, path: str) -> ast.AST | None:
        """The statement of a cell that imports a module; the first import, if another module does."""
        local = [one for one in self.imports.local if one.unit.path is None]
        own = [one for one in local if one.file == path] or local
        for one in own[:1]:
            for statement in outline(one.unit).statements:
                if statement.node.lineno == one.line:
                    return statement.node
        return None


def find_stand(stand_in: Callable[[str], Standing], home: str, uses: Sequence[PathUse]) -> Standing:
    """The best of the folders from the notebook's own, ``home``, up to the root."""
    candidates = [home]
    while candidates[-1]:
        candidates.append(posixpath.dirname(candidates[-1]))
    standings = [stand_in(folder) for folder in candidates]

    def key(standing: Standing) -> tuple[int, bool, int]:
        return standing.score(uses, home), standing.stand == home, len(standing.stand)

    return max(standings, key=key)
