"""The repositories of a run: each is read once, whatever the number of its notebooks."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.course import Course
from colabify.modules.given import GivenModules, Known
from colabify.modules.run import ModuleRun
from colabify.project_finder import find_project, without_git
from colabify.repository import GitUnavailable
from colabify.settings import ConfigError, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.config.configuration import Configuration
    from colabify.index import Index
    from colabify.project import Project
    from colabify.project_finder import Target


@dataclass
class Courses:
    """The repositories of a run; each is read once, whatever the number of its notebooks.

    ``settings`` are those of all notebooks, or say for each which hold.
    """

    settings: Settings | Configuration
    given: Sequence[str] = ()
    """The files and folders that were named: modules in these folders may be mended."""
    target: Target | None = None
    """What the remote will hold once the run is over, if that is other than what it holds."""
    modules: ModuleRun = field(init=False)
    _projects: dict[tuple[Path, str, str], Project | GitUnavailable] = field(default_factory=dict)
    _courses: dict[tuple[object, ...], Course] = field(default_factory=dict)
    _of: dict[Path, Course] = field(default_factory=dict)
    _given: dict[Path, GivenModules] = field(default_factory=dict)
    _index: Index | None = None
    _known: Known | None = None

    def __post_init__(self) -> None:
        """The modules are those of all the courses."""
        self.modules = ModuleRun(self.given, self.of)

    def settings_of(self, path: Path | None) -> Settings:
        """The settings that hold for the notebook or module at ``path``; None: for standard input.

        Raises:
            ConfigError: the file that has them cannot be used.

        """
        return self.settings if isinstance(self.settings, Settings) else self.settings.of(path)

    def of(self, notebook: Path) -> Course:
        """The course that a notebook is in, as its settings have it.

        Raises:
            GitUnavailable: it is in a repository that git cannot, or will not, read.
            ConfigError: the file that has its settings cannot be used.

        """
        if notebook not in self._of:
            folder, settings = notebook.resolve().parent, self.settings_of(notebook)
            project = self._project(folder, settings.repo, settings.ref)
            self._of[notebook] = self._course(project, settings, folder)
        return self._of[notebook]

    def project_of(self, folder: Path) -> Project:
        """The project that ``folder`` is in, whatever Colab is to clone.

        Raises:
            GitUnavailable: it is in a repository that git cannot, or will not, read.

        """
        try:
            settings = self.settings_of(folder.resolve() / "any.ipynb")
        except ConfigError:  # told of each notebook that it concerns
            return self._project(folder, "", "")
        return self._project(folder, settings.repo, settings.ref)

    def nowhere(self) -> Course:
        """The course of a notebook that came without a place."""
        why = (
            "it came without a place, so it is in no repository (--stdin-filename says where it is; "
            "in Python, path=)"
        )
        settings = self.settings_of(None)
        return self._course(without_git(settings.repo, settings.ref, why), settings, Path())

    def known(self) -> Known:
        """What the run knows of modules so far, for the processes that port with it."""
        roots = self._given.items()
        return Known(
            {root: dict(given.entries) for root, given in roots},
            {root: dict(given.decided) for root, given in roots},
            {root: dict(given.project.held) for root, given in roots},
        )

    def learn(self, known: Known) -> None:
        """Take over what another process knew of modules."""
        self._known = known

    def _project(self, folder: Path, repo: str, ref: str) -> Project:
        root = git_root(folder)
        key = (root, repo, ref)
        if key not in self._projects:
            target = self.target
            if target is not None and not target.holds(root, repo, ref):
                target = None
            try:
                self._projects[key] = find_project(folder, repo=repo, ref=ref, target=target)
            except GitUnavailable as error:
                self._projects[key] = error
        found = self._projects[key]
        if isinstance(found, GitUnavailable):
            raise found
        return found

    def _course(self, project: Project, settings: Settings, folder: Path) -> Course:
        """The course of a project, as ``settings`` have it; its modules are those of all its courses."""
        key = (id(project), settings.requirements, settings.online)
        if key not in self._courses:
            root = project.root or folder
            given = self._given.setdefault(root, self._modules(project))
            if self._known is not None:
                given.entries.update(self._known.entries.get(root, {}))
                given.decided.update(self._known.decided.get(root, {}))
                project.held.update(self._known.held.get(root, {}))
            index = self._asked() if settings.online else None
            self._courses[key] = Course(project, settings.requirements, index, given)
        return self._courses[key]

    def _modules(self, project: Project) -> GivenModules:
        folders = [name for one in self.given if (name := _below(project, one)) is not None]
        root = project.root
        return GivenModules(project, folders, lambda path: self.settings_of(root and root / path))

    def _asked(self) -> Index:
        from colabify.index import Index

        self._index = self._index or Index()
        return self._index


def _below(project: Project, name: str) -> str | None:
    """What a folder that was given is below the root (the root itself, and all above: ``""``); else None."""
    folder = Path(os.path.realpath(name))  # Path.resolve raises for a loop of links
    if project.root is None or not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir may raise
        return None
    if project.root.is_relative_to(folder):
        return ""
    return project.relative(folder)


def git_root(folder: Path) -> Path:
    """The nearest folder that holds ``.git``; the folder itself if there is none."""
    here = folder.resolve()
    return next((one for one in (here, *here.parents) if os.path.lexists(one / ".git")), here)
