"""Places: which notebooks a path means."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.files import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from colabify.project import Project

SUFFIX = ".ipynb"


@dataclass(frozen=True, slots=True)
class Place:
    """A notebook: where it is, how to call it, and where a copy of it belongs below an output folder."""

    path: Path
    shown: str
    copy: Path


@dataclass
class Found:
    """What the paths given mean: notebooks; paths that mean none, and why; links not followed, and why."""

    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def find_notebooks(
    given: Sequence[str], project_of: Callable[[Path], Project], *, skip: Path | None = None
) -> Found:
    """The notebooks that the files and folders ``given`` mean, each once.

    A folder means the notebooks in it at any depth, but not hidden ones, checkpoints, what git ignores,
    what symbolic links lead to, and what is below ``skip``. Copies keep their places relative to the
    folder that all of ``given`` share, so that no two notebooks have the same.
    """
    found, walk = Found(), _Walk(project_of, skip.resolve() if skip else None)
    absolute = [Path(os.path.abspath(name)) for name in given]  # noqa: PTH100 - links keep their names
    shared = Path(os.path.commonpath([folder_of(one) for one in absolute]))
    for name in given:
        path = Path(name)
        try:
            is_folder = _is_folder(path)
            paths = list(walk.notebooks(path)) if is_folder else [path]
        except ColabifyError as error:
            found.problems.append((name, str(error)))
            continue
        if not (paths or walk.problems):
            found.problems.append((name, walk.why_empty()))
        for one in paths:
            copy = Path(os.path.abspath(one)).relative_to(shared)  # noqa: PTH100
            found.places.setdefault(one.resolve(), Place(one, str(one), copy))
        found.problems += walk.problems
        found.notes += walk.notes
    return found


def folder_of(path: Path) -> Path:
    """The folder that ``path`` is, or is in."""
    return path if os.path.isdir(path) else path.parent  # noqa: PTH112 - Path.is_dir may raise


def _is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; a file is one that may be a notebook.

    Raises:
        FileError: it is neither, or not there.

    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        gone = path.is_symlink()
        raise FileError(
            "a symbolic link to nothing" if gone else "no such file or folder"
        ) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}") from None
    if stat.S_ISDIR(mode):
        return True
    if path.suffix != SUFFIX:
        raise FileError("not a notebook: its name does not end in .ipynb")
    if not stat.S_ISREG(mode):
        raise FileError("not a file that could be a notebook")
    return False


class _Walk:
    """The walk through one folder after another; what it met on the way is kept until the next."""

    def __init__(self, project_of: Callable[[Path], Project], skip: Path | None) -> None:
        self._project_of, self._skip = project_of, skip
        self.problems: list[tuple[str, str]] = []
        self.notes: list[tuple[str, str]] = []
        self._ignored = 0

    def notebooks(self, folder: Path) -> Iterator[Path]:
        """The notebooks in ``folder``; one that cannot be listed becomes a problem, the rest goes on."""
        self.problems, self.notes, self._ignored = [], [], 0
        for root, folders, files in os.walk(folder, onerror=self._refused):
            here = Path(root)
            names = [name for name in files if name.endswith(SUFFIX) and name[0] != "."]
            try:
                project = self._project_of(here) if names or here == folder else None
                folders[:] = [name for name in sorted(folders) if self._enters(here, name)]
            except ColabifyError as error:
                self.problems.append((root, str(error)))
                folders.clear()
                continue
            for path in (here / name for name in sorted(names)):
                if project is not None and self._takes(path, folder, project):
                    yield path

    def why_empty(self) -> str:
        """Why the last walk found nothing."""
        if self._ignored:
            return (
                f"git ignores every notebook in this folder ({self._ignored}): name one to port it"
            )
        return "no notebooks in this folder"

    def _refused(self, error: OSError) -> None:
        self.problems.append((str(error.filename), f"cannot be listed: {error.strerror}"))

    def _enters(self, here: Path, name: str) -> bool:
        path = here / name
        if name.startswith(".") or (self._skip is not None and path.resolve() == self._skip):
            return False
        if not os.access(path, os.X_OK) or not (path / ".git").exists():
            return True
        outer = self._project_of(
            here
        )  # a repository in a repository: a submodule, or a stray clone
        inside = outer.relative(path)
        return not outer.is_repository or bool({inside, f"{inside}/"} & outer.visible)

    def _takes(self, path: Path, folder: Path, project: Project) -> bool:
        if os.path.islink(path):  # noqa: PTH114 - Path.is_symlink may raise
            if not path.resolve().is_relative_to(folder.resolve()):
                text = "a symbolic link out of the folder, not followed: name it to port it"
                self.notes.append((str(path), text))
            return False  # what is inside is met under its own name
        inside = project.relative(path)
        ignored = inside is not None and inside not in project.visible
        self._ignored += ignored
        return not ignored
