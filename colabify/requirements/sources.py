"""Which requirement files a repository has, and which of them count for a notebook."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from colabify.requirements.apt import read_apt_file
from colabify.requirements.conda import read_conda_file
from colabify.requirements.model import Problem, Reading, merge, problem, shown
from colabify.requirements.pip_file import below, read_pip_file
from colabify.requirements.pipfile import read_pipfile
from colabify.requirements.pyproject import read_pyproject
from colabify.requirements.setup_cfg import read_setup_cfg
from colabify.requirements.setup_py import read_setup_py
from colabify.requirements.text import read_text
from colabify.requirements.wanted import ONE_OF_EACH, Requirements, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.project import Project
    from colabify.requirements.model import Read

__all__ = ["RequirementFinder", "Requirements", "Wanted", "read_file"]

_YAML = (".yml", ".yaml")
_CONDA = ("conda.yml", "conda.yaml", "env.yml", "env.yaml")
_BESIDE = ("", "binder", ".binder")
"""Where a folder's requirement files may be, below it (repo2docker.readthedocs.io)."""


class RequirementFinder:
    """Finds and reads a repository's requirement files; each once, whatever the number of notebooks."""

    def __init__(self, project: Project, chosen: Sequence[str] = ()) -> None:
        """Look among the files of ``project``; ``chosen`` paths below its root override the search."""
        self._project = project
        self._chosen = tuple(chosen)
        self._readings: dict[str, Reading] = {}
        self._layers: dict[str, tuple[Reading, ...]] = {}
        self._nearest: dict[str, Requirements] = {}
        self._files = _requirement_files(project.files.files)

    @property
    def names(self) -> list[str]:
        """The requirement files of all folders."""
        return sorted(name for found in self._files.values() for name in found)

    def nearest(self, folder: str) -> Requirements:
        """What counts for ``folder``, a path below the root (the root is ``""``)."""
        if folder not in self._nearest:
            self._nearest[folder] = self._find(folder)
        return self._nearest[folder]

    def _find(self, folder: str) -> Requirements:
        if self._chosen:
            return Requirements(((merge(self._read_chosen(name) for name in self._chosen),),))
        layers = []
        while True:
            layers.append(self._layer(folder))
            if not folder:
                return Requirements(tuple(layer for layer in layers if layer))
            folder = posixpath.dirname(folder)

    def read(self, name: str) -> Reading | None:
        """What one file says, a path below the root; None if the repository has no such file."""
        return self._read(name) if name in self._project.files.files else None

    def _layer(self, folder: str) -> tuple[Reading, ...]:
        """The readings of a folder's files, and of those in its ``binder`` folder."""
        if folder not in self._layers:
            places = [posixpath.join(folder, name).rstrip("/") for name in _BESIDE]
            names = [name for place in places for name in self._files.get(place, ())]
            readings = [self._read(name) for name in names]
            self._layers[folder] = tuple(one for one in readings if one != Reading())
        return self._layers[folder]

    def _read_chosen(self, name: str) -> Reading:
        path = below("pyproject.toml", name)
        if path is None:
            return problem(name, None, f"{shown(name)} is not read: it is not in the repository.")
        return self._read(path)

    def _read(self, name: str) -> Reading:
        if name not in self._readings:
            text = read_text(self._project.read, name)
            if isinstance(text, Problem):
                self._readings[name] = Reading(problems=(text,))
            else:
                self._readings[name] = read_file(text, name, self._project.read)
        return self._readings[name]


def read_file(text: str, source: str, read: Read) -> Reading:
    """What a requirement file declares; its name says which format it has."""
    name = posixpath.basename(source)
    if name == "pyproject.toml":
        return read_pyproject(text, source, read)
    if name == "setup.cfg":
        return read_setup_cfg(text, source, read)
    if name == "setup.py":
        return read_setup_py(text, source, read)
    if name == "Pipfile":
        return read_pipfile(text, source)
    if name == "apt.txt":
        return read_apt_file(text, source)
    return (read_conda_file if name.endswith(_YAML) else read_pip_file)(text, source, read)


def _requirement_files(names: Iterable[str]) -> dict[str, list[str]]:
    """The requirement files of each folder, in the order in which they count.

    What is in a folder ``requirements`` counts for the one above it.
    """
    ranked: dict[str, list[tuple[float, str]]] = {}
    for name in names:
        folder, _, base = name.rpartition("/")
        rank = _rank(base)
        if posixpath.basename(folder) == "requirements" and base.endswith(".txt"):
            ranked.setdefault(posixpath.dirname(folder), []).append((0.6, name))
        elif rank is not None:
            ranked.setdefault(folder, []).append((rank, name))
    return {folder: [name for _, name in sorted(found)] for folder, found in ranked.items()}


def _rank(base: str) -> float | None:
    """The place of a file among its folder's; None if it is no requirement file."""
    if base in ONE_OF_EACH:
        return ONE_OF_EACH.index(base)
    if base.endswith(".txt") and "requirements" in base.lower():
        return 0.5
    if base.endswith(_YAML) and ("environment" in base.lower() or base in _CONDA):
        return len(ONE_OF_EACH)
    return len(ONE_OF_EACH) + 1 if base == "apt.txt" else None
