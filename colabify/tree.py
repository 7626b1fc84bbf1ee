"""Tree: the paths of a repository's files, and ways to look them up."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_ENOUGH = 20_000
"""How many files of a folder that is no repository are looked at: it may be somebody's whole disk."""
_HOPS = 40
"""How many symbolic links in a row Linux follows."""


class Names(frozenset[str]):
    """Names of files or folders: those in it are real ones, and ``in`` follows symbolic links to them."""

    follow: Callable[[str], str | None]

    def __contains__(self, name: object) -> bool:
        """Whether there is a file or folder of that name, or a link leads to it."""
        if super().__contains__(name):
            return True
        target = self.follow(name) if isinstance(name, str) else None
        return target is not None and super().__contains__(target)


@dataclass(frozen=True)
class Tree:
    """The paths of a repository's files, with ``/`` between folders.

    ``links`` are the symbolic links with what each says, ``submodules`` the folders that are repositories
    of their own with the address of each, as ``.gitmodules`` has it. ``files`` has a link that leads to a
    file, and of a submodule what is known of it. ``sizes`` are in bytes, ``objects`` are the hashes of
    the small ones; either lacks what git has not told.
    """

    files: frozenset[str]
    links: Mapping[str, str] = field(default_factory=dict, hash=False)
    submodules: Mapping[str, str] = field(default_factory=dict, hash=False)
    sizes: Mapping[str, int] = field(default_factory=dict, hash=False, repr=False)
    objects: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)

    def __post_init__(self) -> None:
        """Names are looked up through links only if there are any."""
        if self.links:
            plain = self.files - self.links.keys()
            leading = {link for link in self.links if self._target(link)[0] in plain}
            object.__setattr__(self, "files", self._followed(plain | leading))

    def __or__(self, other: Tree) -> Tree:
        """What is in either; where they differ, as this one has it."""
        return Tree(
            frozenset().union(self.files, other.files),
            {**other.links, **self.links},
            {**other.submodules, **self.submodules},
            {**other.sizes, **self.sizes},
            {**other.objects, **self.objects},
        )

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, and every submodule, the root (``""``) included."""
        found = {""}
        for name in [*self.files, *(f"{one}/" for one in self.submodules)]:
            parent = name.rpartition("/")[0]
            while parent and parent not in found:
                found.add(parent)
                parent = parent.rpartition("/")[0]
        return self._followed(found) if self.links else frozenset(found)

    @cached_property
    def size(self) -> int:
        """The bytes of all files, as far as git has told."""
        return sum(self.sizes.values())

    @cached_property
    def folder_sizes(self) -> dict[str, int]:
        """The bytes of the files directly in each folder."""
        found: dict[str, int] = {}
        for name, size in self.sizes.items():
            folder = name.rpartition("/")[0]
            found[folder] = found.get(folder, 0) + size
        return found

    @cached_property
    def by_case(self) -> dict[str, list[str]]:
        """Paths of files and folders by their lower-case form."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.files | self.folders):
            found.setdefault(name.lower(), []).append(name)
        return found

    @cached_property
    def by_last(self) -> dict[str, list[str]]:
        """Paths of files and folders by their last component in lower case."""
        return _by_last(self.files | self.folders)

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """The names in each folder, those of its folders included."""
        found: dict[str, list[str]] = {}
        for name in sorted({*self.files, *self.folders} - {""}):
            folder, _, last = name.rpartition("/")
            found.setdefault(folder, []).append(last)
        return found

    def holds(self, path: str) -> bool:
        """Whether there is a file or a folder of that path; in a submodule that is not here, yes."""
        if path in self.files or path in self.folders:
            return True
        return bool(self.submodules) and self.real(path) is not None

    def real(self, path: str) -> str | None:
        """Where ``path`` leads once links are followed; None if it leads nowhere or out of the repository."""
        target, _ = self._target(path)
        if target is None or self._plain(self.files, target) or self._plain(self.folders, target):
            return target
        inside = self._submodule_round(target)
        return target if inside is not None and not self._is_known(inside) else None

    def leads_out(self, path: str) -> bool:
        """Whether ``path`` goes through a link that leads out of the repository, or round in circles."""
        return self._target(path)[0] is None

    def broken_link(self, path: str) -> str | None:
        """The symbolic link on the way of ``path`` that leads out of the repository or nowhere; or None."""
        if not self.links or self.holds(path):
            return None
        link = self._target(path)[1]
        return None if link is None or self.holds(link) else link

    def submodule_of(self, path: str) -> str | None:
        """The submodule that ``path`` is in (links followed), or is; None if it is in none."""
        if not self.submodules:
            return None
        target, _ = self._target(path)
        return None if target is None else self._submodule_round(target)

    def below(self, paths: Iterable[str]) -> set[str]:
        """The files that are among ``paths`` or in a folder that is (links followed)."""
        wanted = {real for path in paths if (real := self.real(path)) is not None}
        if "" in wanted:
            return set(self.files)
        return {name for name in self.files if not wanted.isdisjoint(_way_to(name))}

    def _followed(self, names: Iterable[str]) -> Names:
        found = Names(names)
        found.follow = lambda name: self._target(name)[0]
        return found

    @staticmethod
    def _plain(names: frozenset[str], name: str) -> bool:
        return frozenset.__contains__(names, name)

    def _target(self, path: str) -> tuple[str | None, str | None]:
        """Where ``path`` leads, if it stays in the repository; and the last link on the way there."""
        if not self.links:
            return path, None
        waiting, at, last, hops = path.split("/")[::-1], "", None, 0
        while waiting:
            name = waiting.pop()
            if name == ".." and not at:
                return None, last
            if name == "..":
                at = posixpath.dirname(at)
            elif name not in ("", "."):
                at = posixpath.join(at, name)
            if at in self.links:
                last, hops = at, hops + 1
                if self.links[at].startswith("/") or hops > _HOPS:
                    return None, last
                waiting += self.links[at].split("/")[::-1]
                at = posixpath.dirname(at)
        return at, last

    def _submodule_round(self, path: str) -> str | None:
        return next((one for one in _way_to(path) if one in self.submodules), None)

    def _is_known(self, submodule: str) -> bool:
        return any(name.startswith(f"{submodule}/") for name in self.files)


def _way_to(path: str) -> list[str]:
    """A path and the folders that it is in, the root included."""
    parts = path.split("/") if path else []
    return ["/".join(parts[:end]) for end in range(len(parts), -1, -1)]


def _by_last(paths: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(paths):
        found.setdefault(name.rpartition("/")[2].lower(), []).append(name)
    return found


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
