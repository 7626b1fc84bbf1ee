"""The repositories of a run: each is read once, whatever the number of its notebooks."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.facts import Course
from colabify.module_run import ModuleRun
from colabify.project import GitUnavailable, Project, find_project, without_git
from colabify.python2.notebook import converts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.index import Index
    from colabify.settings import Settings


@dataclass
class Courses:
    """The repositories of a run; each is read once, whatever the number of its notebooks."""

    settings: Settings
    given: Sequence[str] = ()
    """The files and folders that were named: modules in these folders may be mended."""
    modules: ModuleRun = field(init=False)
    _by_root: dict[Path, Course | GitUnavailable] = field(default_factory=dict)
    _index: Index | None = None

    def __post_init__(self) -> None:
        """The modules are those of all the courses."""
        self.modules = ModuleRun(self.given, self.of)

    def of(self, folder: Path) -> Course:
        """The course that ``folder`` is in.

        Raises:
            GitUnavailable: it is in a repository that git cannot, or will not, read.

        """
        root = _git_root(folder)
        if root not in self._by_root:
            self._by_root[root] = self._find(folder)
        found = self._by_root[root]
        if isinstance(found, GitUnavailable):
            raise found
        return found

    def project_of(self, folder: Path) -> Project:
        """The project that ``folder`` is in; raises what :meth:`of` does."""
        return self.of(folder).project

    def nowhere(self) -> Course:
        """The course of a notebook that came without a place."""
        why = (
            "it came without a place, so it is in no repository (--stdin-filename says where it is; "
            "in Python, path=)"
        )
        return self._course(without_git(self.settings.repo, self.settings.ref, why))

    def _find(self, folder: Path) -> Course | GitUnavailable:
        try:
            return self._course(
                find_project(folder, repo=self.settings.repo, ref=self.settings.ref)
            )
        except GitUnavailable as error:
            return error

    def _course(self, project: Project) -> Course:
        index = None
        if self.settings.online:
            from colabify.index import Index

            self._index = index = self._index or Index()
        folders = [name for one in self.given if (name := _below(project, one)) is not None]
        old = self.settings.modules and converts(self.settings)
        return Course(project, self.settings.requirements, index, folders, converts=old)


def _below(project: Project, name: str) -> str | None:
    """What a folder that was given is below the root (the root itself, and all above: ``""``); else None."""
    folder = Path(os.path.realpath(name))  # Path.resolve raises for a loop of links
    if project.root is None or not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir may raise
        return None
    if project.root.is_relative_to(folder):
        return ""
    return project.relative(folder)


def _git_root(folder: Path) -> Path:
    """The nearest folder that holds ``.git``; the folder itself if there is none."""
    here = folder.resolve()
    return next((one for one in (here, *here.parents) if os.path.lexists(one / ".git")), here)
