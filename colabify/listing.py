"""Listings: the trees that git lists, of a ref and of the index, with links, submodules and sizes.

Formats: git-ls-tree(1) with ``-l -z``, git-ls-files(1) with ``-s -t -z``, gitmodules(5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.repository import GitUnavailable, ask, read_objects
from colabify.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import git

_LINK, _SUBMODULE = "120000", "160000"
_SMALL = 1024
"""Blobs below this many bytes may be pointers of Git LFS (its specification: less than 1024)."""
_ATTRIBUTES, _MODULES = ".gitattributes", ".gitmodules"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a listing: a file, a link, or a submodule; ``size`` is None where git has not told."""

    mode: str
    object: str
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Listings:
    """The tree at the ref, that of the index, and the names that git does not ignore."""

    tree: Tree
    tracked: Tree
    visible: frozenset[str] = field(default_factory=frozenset)


def read_listings(repository: git.Repo, at: str) -> Listings:
    """What git lists at ``at`` (empty: nothing is known there) and in the index.

    Raises:
        GitUnavailable: git cannot list them.

    """
    entries = _at_ref(repository, at) if at else []
    sizes = {entry.object: entry.size for entry in entries}
    said = ask(repository, "ls_files", "-z", "-t", "-s", "-c", "-o", "--exclude-standard")
    lines = [line for line in said.split("\0") if line]
    staged = [_staged(line[2:], sizes) for line in lines if line[0] != "?"]
    names = [line[2:] for line in lines if line[0] == "?"] + [entry.name for entry in staged]
    links = _links(repository, [*entries, *staged])
    inside = _inside_submodules(repository, staged)
    there = _addresses(repository, entries)
    same = {one for one in entries if one.name == _MODULES} <= set(staged)
    here = there if same and there else _addresses(repository, staged)
    return Listings(
        _tree(entries, links, there, inside),
        _tree(staged, links, here, inside),
        frozenset(names),
    )


def _at_ref(repository: git.Repo, at: str) -> list[_Entry]:
    words = ("-r", "-z", "--full-tree")
    try:
        said = ask(repository, "ls_tree", "-l", *words, at)
    except GitUnavailable:  # a clone without blobs would have to fetch them to tell their sizes
        said = ask(repository, "ls_tree", *words, at)
    return [_listed(line) for line in said.split("\0") if line]


def _listed(line: str) -> _Entry:
    head, _, name = line.partition("\t")
    mode, _, found, *size = head.split()
    return _Entry(mode, found, name, int(size[0]) if size and size[0].isdigit() else None)


def _staged(line: str, sizes: Mapping[str, int | None]) -> _Entry:
    head, _, name = line.partition("\t")
    mode, found, _ = head.split()
    return _Entry(mode, found, name, sizes.get(found))


def _tree(
    entries: Iterable[_Entry],
    links: Mapping[str, str],
    addresses: Mapping[str, str],
    inside: Mapping[str, frozenset[str]],
) -> Tree:
    """The tree of a listing; what is ``inside`` a submodule belongs to it."""
    files: set[str] = set()
    found: dict[str, str] = {}
    submodules: dict[str, str] = {}
    sizes: dict[str, int] = {}
    objects: dict[str, str] = {}
    for one in entries:
        if one.mode == _SUBMODULE:
            submodules[one.name] = addresses.get(one.name, "")
            files |= inside.get(one.name, frozenset())
        elif one.mode == _LINK and one.object in links:
            found[one.name] = links[one.object]
        else:
            files.add(one.name)
            if one.size is not None:
                sizes[one.name] = one.size
            if one.size is None or one.size < _SMALL or one.name.endswith(_ATTRIBUTES):
                objects[one.name] = one.object
    return Tree(frozenset(files), found, submodules, sizes, objects)


def _links(repository: git.Repo, entries: Iterable[_Entry]) -> dict[str, str]:
    """What each symbolic link says, by the hash of its blob."""
    found = read_objects(repository, {one.object for one in entries if one.mode == _LINK})
    return {name: raw.decode("utf-8", "surrogateescape") for name, raw in found.items()}


def _addresses(repository: git.Repo, entries: Iterable[_Entry]) -> dict[str, str]:
    """The address of each submodule by its folder, as the ``.gitmodules`` of a listing has it."""
    file = next((one.object for one in entries if one.name == _MODULES), "")
    try:
        said = ask(repository, "config", "--blob", file, "-z", "--list") if file else ""
    except GitUnavailable:  # it is no file of git's
        return {}
    pairs = (item.partition("\n") for item in said.split("\0"))
    values = {key: value for key, _, value in pairs}
    return {
        path: values.get(key.removesuffix(".path") + ".url", "")
        for key, path in values.items()
        if key.startswith("submodule.") and key.endswith(".path")
    }


def _inside_submodules(
    repository: git.Repo, entries: Iterable[_Entry]
) -> dict[str, frozenset[str]]:
    """The files of each submodule that is checked out, by its folder."""
    submodules = {one.name for one in entries if one.mode == _SUBMODULE}
    if not submodules:
        return {}
    try:
        said = ask(repository, "ls_files", "-z", "-c", "--recurse-submodules")
    except GitUnavailable:  # a submodule is broken: as if it were not checked out
        return {}
    names = said.split("\0")
    return {
        one: frozenset(name for name in names if name.startswith(f"{one}/")) for one in submodules
    }
