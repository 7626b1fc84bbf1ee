"""Which files of the repository an import reaches, and which extension it would have to build first."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.extensions import BuildFinder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.imports import Import
    from colabify.project import Project
    from colabify.steps import Build

_COPIES = ("/build/lib", "/dist/")


class ModuleFiles:
    """The modules and packages of a project, by the folders below which they are looked for."""

    def __init__(self, project: Project) -> None:
        """Look among the files of ``project``."""
        self._files = project.files.files
        self._builds = BuildFinder(project)

    def elsewhere(self, module: str, *, in_packages: bool = True) -> list[str]:
        """The folders of the repository from which ``import module`` would find it, nearest root first.

        Those that are packages themselves count only ``in_packages``; copies that a build made do not.
        """
        first = module.partition(".")[0]
        found = self._homes.get(first, frozenset()).union(self._builds.elsewhere(first))
        kept = (
            folder
            for folder in found
            if not f"/{folder}/".startswith(_COPIES)
            and (in_packages or posixpath.join(folder, "__init__.py") not in self._files)
        )
        return sorted(kept, key=lambda folder: (folder.count("/"), folder))

    def of(self, one: Import, folders: Sequence[str]) -> list[str]:
        """The files that an import reaches, packages' ``__init__`` included; empty if it is not local."""
        for folder in self._roots(one, folders):
            found = self._below(folder, one.module, one.names)
            if found:
                return found
        return []

    def build(self, one: Import, folders: Sequence[str]) -> Build | None:
        """The build that makes what an import asks for; None if it is no extension of the repository."""
        for folder in self._roots(one, folders):
            at = posixpath.join(folder, *one.module.split(".")) if one.module else folder
            for path in (at, *(posixpath.join(at, name) for name in one.names)):
                build = self._builds.of(path)
                if build is not None:
                    return build
        return None

    def cython(self, one: Import, folders: Sequence[str]) -> str:
        """The file that ``pyximport`` compiles when it is imported; empty if there is none."""
        below = f"{one.module.replace('.', '/')}.pyx"
        found = (posixpath.join(folder, below) for folder in self._roots(one, folders))
        return next((path for path in found if path in self._files), "")

    def _roots(self, one: Import, folders: Sequence[str]) -> Sequence[str]:
        """The folders below which an import is looked for: of a relative one, its package."""
        if not one.level:
            return folders
        package = one.unit.path
        for _ in range(one.level):
            package = None if package is None else posixpath.dirname(package)
        return [] if package is None else [package]

    def _below(self, folder: str, module: str, names: Sequence[str]) -> list[str]:
        found, at = [], folder
        parts = module.split(".") if module else []
        for part in parts:
            at = posixpath.join(at, part)
            file = self._file_of(at)
            if file is None:
                return []
            found += file
        for name in names:
            found += self._file_of(posixpath.join(at, name)) or []
        return found

    def _file_of(self, path: str) -> list[str] | None:
        """The file of a module or package; none for a folder without ``__init__``; None if not there."""
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in self._files:
                return [file]
        return [] if path in self._python_folders else None

    @cached_property
    def _homes(self) -> dict[str, set[str]]:
        """The folders that hold a module or a package, by its name."""
        found: dict[str, set[str]] = {}
        for name in self._files:
            folder, _, last = name.rpartition("/")
            if last.endswith(".py"):
                found.setdefault(last.removesuffix(".py"), set()).add(folder)
            if last == "__init__.py" and folder:
                above, _, package = folder.rpartition("/")
                found.setdefault(package, set()).add(above)
        return found

    @cached_property
    def _python_folders(self) -> frozenset[str]:
        found: set[str] = set()
        for name in self._files:
            parent = posixpath.dirname(name) if name.endswith(".py") else ""
            while parent and parent not in found:
                found.add(parent)
                parent = posixpath.dirname(parent)
        return frozenset(found)
