"""Tree: the paths of a repository's files, and ways to look them up."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ENOUGH = 20_000
"""How many files of a folder that is no repository are looked at: it may be somebody's whole disk."""


@dataclass(frozen=True)
class Tree:
    """The paths of a repository's files, with ``/`` between folders."""

    files: frozenset[str]

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, the root (``""``) included."""
        found = {""}
        for name in self.files:
            parent = name.rpartition("/")[0]
            while parent and parent not in found:
                found.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def by_case(self) -> dict[str, list[str]]:
        """Paths of files and folders by their lower-case form."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.files | self.folders):
            found.setdefault(name.lower(), []).append(name)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Paths of files by their last component."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.files):
            found.setdefault(name.rpartition("/")[2], []).append(name)
        return found

    def holds(self, path: str) -> bool:
        """Whether there is a file or a folder of that path."""
        return path in self.files or path in self.folders


def tree_on_disk(folder: Path) -> Tree:
    """The files below ``folder``, hidden ones and what is in hidden folders left out."""
    found: list[str] = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = PurePath(root).relative_to(folder)
        found += [(inside / name).as_posix() for name in files if not name.startswith(".")]
        if len(found) >= _ENOUGH:
            break
    return Tree(frozenset(found))
