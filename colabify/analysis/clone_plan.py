"""How a repository is cloned on Colab, and what of it: as little as a notebook surely gets by with.

A sparse clone leaves out the folders that the notebook does not touch, so colabify chooses it by itself
only where that saves much and every path is known.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.touched import Touched, find_touched
from colabify.findings import Finding
from colabify.remote import without_credentials
from colabify.steps import LARGE, Clone
from colabify.submodules import can_be_cloned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from colabify.facts import Facts
    from colabify.project import Project
    from colabify.settings import Settings
    from colabify.steps import CloneWay
    from colabify.tree import Tree

_ODD = frozenset('*?[]\\!"\n')
"""What git takes for a pattern, or refuses, in the name of a folder of a sparse checkout."""
_MILLION = 10**6


def plan_clone(
    facts: Facts, project: Project, settings: Settings, extra: Collection[str], notebook: str
) -> tuple[Clone | None, list[Finding]]:
    """What to clone, and what a person should know about it; nothing where Colab could clone nothing.

    ``extra`` are further files and folders below the root that the setup needs; ``notebook`` is the
    notebook's own path there.
    """
    if project.remote is None or not project.is_repository or not project.ref:
        return None, []
    tree = project.files
    touched = find_touched(facts, project, extra, notebook)
    way, folders, findings = _way(touched, tree, settings.clone)
    clone = Clone(
        project.remote.clone_url, project.ref, project.remote.name, way, folders, touched.lfs,
        tuple(one for one in touched.submodules if can_be_cloned(tree.submodules[one])),
    )  # fmt: skip
    findings += [*_about_links(facts, tree), *_about_submodules(touched, tree)]
    return sized(clone, project), [*findings, *_about_lfs(touched, _held(touched.lfs, project))]


def sized(clone: Clone, project: Project) -> Clone:
    """What is cloned, with how many bytes that brings, and spares, as the repository is now."""
    tree = project.files
    brought = _size(tree, clone.folders) if clone.way == "sparse" else tree.size
    size = brought + _held(clone.lfs, project)
    return replace(clone, size=size, saved=tree.size + sum(project.lfs.values()) - size)


def may_be_large(project: Project) -> bool:
    """Whether it may hang on the sizes of the files how a notebook is set up."""
    return project.files.size + sum(project.lfs.values()) > LARGE


def _held(names: Iterable[str], project: Project) -> int:
    return sum(project.lfs.get(name, 0) for name in names)


def _way(
    touched: Touched, tree: Tree, asked: str
) -> tuple[CloneWay, tuple[str, ...], list[Finding]]:
    """How to clone, which folders of it if not all, and what to say about that."""
    if asked == "full":
        return "full", (), []
    folders = None if asked == "shallow" else _cone(touched.paths, tree)
    if asked == "sparse" and folders is None:
        text = "all is cloned: git cannot choose the folders that it needs from the others"
        return "shallow", (), [Finding("COL318", text)]
    if asked == "sparse" and folders is not None:
        text = "not every path that it uses is known, and other folders are not brought"
        return "sparse", folders, [] if touched.certain else [Finding("COL318", text)]
    worth = folders is not None and touched.certain and tree.size > LARGE
    if folders is None or not worth or _size(tree, folders) * 2 > tree.size:
        return "shallow", (), []
    return "sparse", folders, []


def _cone(paths: Iterable[str], tree: Tree) -> tuple[str, ...] | None:
    """The folders that hold ``paths``, none inside another; None if that is the whole repository.

    The root's own files always come along, so that a file there needs no folder. For git a submodule is a
    file, too.
    """
    found = set()
    for one in paths:
        path = tree.submodule_of(one) or one
        is_folder = path in tree.folders and path not in tree.submodules
        folder = path if is_folder else posixpath.dirname(path)
        while _ODD & set(folder):  # what is round it holds it too
            folder = posixpath.dirname(folder)
            path = folder
        if not path:
            return None
        found.add(folder)
    found.discard("")
    return tuple(sorted(one for one in found if not _is_in(posixpath.dirname(one), found)))


def _is_in(folder: str, folders: Collection[str]) -> bool:
    while folder:
        if folder in folders:
            return True
        folder = posixpath.dirname(folder)
    return False


def _size(tree: Tree, folders: Collection[str]) -> int:
    """The bytes of the files in ``folders``, and of those directly in a folder on the way there."""
    on_the_way = {""}
    for one in folders:
        folder = posixpath.dirname(one)
        while folder:
            on_the_way.add(folder)
            folder = posixpath.dirname(folder)
    homes = tree.folder_sizes.items()
    return sum(size for home, size in homes if home in on_the_way or _is_in(home, folders))


def _about_links(facts: Facts, tree: Tree) -> list[Finding]:
    """The paths that go through a symbolic link to what git does not hold."""
    found: dict[str, Finding] = {}
    for use in facts.paths:
        link = tree.broken_link(use.path) if use.path else None
        if link is None:
            continue
        sure = (
            use.use != "mention" and not facts.brings_files
        )  # nothing can be written there either
        text = f"{use.text}: {link} is a symbolic link to {tree.links[link]}, which is not in git"
        where = {"cell": use.unit.cell, "path": use.unit.path, "line": use.line_there}
        severity = "error" if sure else "advice"
        found.setdefault(link, Finding("COL316", text, severity, **where))  # type: ignore[arg-type]
    return list(found.values())


def _about_submodules(touched: Touched, tree: Tree) -> list[Finding]:
    """The submodules that are needed and that Colab cannot clone."""
    addresses = {one: tree.submodules[one] for one in touched.submodules}
    shown = {
        one: without_credentials(address) or "no address" for one, address in addresses.items()
    }
    return [
        Finding(
            "COL317",
            f"the submodule {one} is at {shown[one]}, where Colab cannot clone from: "
            "give it an https address in .gitmodules",
            "error",
        )
        for one, address in addresses.items()
        if not can_be_cloned(address)
    ]


def _about_lfs(touched: Touched, size: int) -> list[Finding]:
    if not touched.lfs:
        return []
    count = len(touched.lfs)
    what = touched.lfs[0] if count == 1 else f"{count} files"
    text = (
        f"{what} come{'s' * (count == 1)} from Git LFS, {size / _MILLION:.1f} MB for each student"
    )
    return [Finding("COL315", text)]
