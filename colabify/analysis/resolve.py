"""Where a path that the code uses leads in the repository, and what it would have to say to get there."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colabify.tree import Tree

_SYSTEM = frozenset(
    [
        "bin",
        "boot",
        "content",
        "dev",
        "etc",
        "kaggle",
        "lib",
        "media",
        "mnt",
        "opt",
        "proc",
        "root",
        "run",
        "sbin",
        "srv",
        "sys",
        "tmp",
        "usr",
        "var",
    ]
)

COLABS_OWN = "sample_data/"
"""What lies in ``/content`` of every new machine."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A path that leads nowhere as it is, the repository's file it means, and how that is known.

    ``reason`` is ``case``, ``backslash``, ``absolute`` or ``folder``; ``path`` is relative to the folder
    where the code runs.
    """

    reason: str
    path: str


def join(folder: str, path: str) -> str | None:
    """``path`` seen from ``folder``, below the repository's root; None if it leaves the repository."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined == ".":
        return ""
    return None if joined.startswith(("..", "/")) else joined


def exists(tree: Tree, folder: str, path: str) -> bool:
    """Whether ``path`` leads to a file or folder of ``tree`` from ``folder``."""
    joined = join(folder, path)
    return joined is not None and tree.holds(joined)


def repair(tree: Tree, folder: str, path: str) -> Repair | None:
    """What ``path`` has to say in ``folder`` to lead to the file that it means, if that is certain."""
    if exists(tree, folder, path):
        return None
    slashed = path.replace("\\", "/")
    if is_absolute(slashed):
        found = _by_tail(tree, folder, slashed)
        return Repair("absolute", _relative(found, folder)) if found is not None else None
    if slashed != path and exists(tree, folder, slashed):
        return Repair("backslash", slashed)
    same = _by_case(tree, folder, slashed)
    if same is not None:
        return Repair("case", same)
    above = _from_above(tree, folder, slashed)
    return Repair("folder", _relative(above, folder)) if above is not None else None


def is_absolute(path: str) -> bool:
    """Whether a path is absolute on any system, or begins at somebody's home."""
    drive = len(path) > 2 and path[0].isalpha() and path[1:3] == ":/"
    return drive or path.startswith(("/", "~", "file:/"))


def is_of_a_machine(path: str) -> bool:
    """Whether an absolute path is on some person's machine: no folder that Colab's Linux has too."""
    first = path.removeprefix("file:").strip("/").partition("/")[0]
    return not (path.startswith("/") and first in _SYSTEM) and not path.startswith("~")


def _by_case(tree: Tree, folder: str, path: str) -> str | None:
    joined = join(folder, path)
    if not joined:
        return None
    found = tree.by_case.get(joined.lower(), [])
    if len(found) != 1:
        return None
    return _respelled(path, found[0])


def _respelled(path: str, target: str) -> str | None:
    """``path`` with its components spelled as those of ``target`` are, and its form kept."""
    parts, wanted = path.split("/"), target.split("/")
    at = len(wanted)
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] in ("", "."):
            continue
        if parts[index] == "..":
            break
        at -= 1
        if at < 0 or parts[index].lower() != wanted[at].lower():
            return None
        parts[index] = wanted[at]
    return "/".join(parts)


def _by_tail(tree: Tree, folder: str, path: str) -> str | None:
    """The file that the longest tail of an absolute path names; two components, or one file alone."""
    parts = [part for part in path.removeprefix("file:").split("/") if part]
    if path.startswith("/") and parts and parts[0] in _SYSTEM:
        return None  # also a Linux without people's folders: the path may be right on Colab
    for start in range(1, len(parts)):
        tail = "/".join(parts[start:])
        for base in (folder, ""):
            joined = join(base, tail)
            if joined and tree.holds(joined) and (start + 1 < len(parts) or joined in tree.files):
                return joined
    return None


def _from_above(tree: Tree, folder: str, path: str) -> str | None:
    """The file that a relative path names from exactly one folder above ``folder``."""
    if "/" not in path.strip("/"):
        return None
    found = []
    while folder:
        folder = posixpath.dirname(folder)
        joined = join(folder, path)
        if joined and tree.holds(joined):
            found.append(joined)
    return found[0] if len(set(found)) == 1 else None


def _relative(path: str, folder: str) -> str:
    return posixpath.relpath("/" + path, "/" + folder)
