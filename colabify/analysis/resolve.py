"""Where a path that the code uses leads in the repository, and what it would have to say to get there."""

from __future__ import annotations

import difflib
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from colabify.tree import Tree

_SYSTEM = frozenset(
    {"bin", "boot", "content", "dev", "etc", "kaggle", "lib", "media", "mnt", "opt", "proc", "root",
     "run", "sbin", "srv", "sys", "tmp", "usr", "var"}
)  # fmt: skip
"""The folders at the root of a Linux, and those that Colab and Kaggle add."""
_OF_SESSIONS = frozenset({"content", "kaggle", "media", "mnt"})
"""Those of them where a course may have been mounted or copied for a session."""

COLABS_OWN = "sample_data/"
"""What lies in ``/content`` of every new machine."""
_MOST = 3
_CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Repair:
    """A path that leads nowhere as it is, the repository's file it means, and how that is known.

    ``reason`` is ``case``, ``backslash``, ``encoded``, ``absolute`` or ``folder``; ``path`` is relative to
    the folder where the code runs.
    """

    reason: str
    path: str


def join(folder: str, path: str) -> str | None:
    """``path`` seen from ``folder``, below the repository's root; None if it leaves the repository."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined == ".":
        return ""
    return None if joined.startswith(("..", "/")) else joined


def leaves(folder: str, path: str) -> bool:
    """Whether a relative path leads from ``folder`` out of the repository, above its root."""
    slashed = path.replace("\\", "/")
    return not is_absolute(slashed) and join(folder, slashed) is None


def exists(tree: Tree, folder: str, path: str) -> bool:
    """Whether ``path`` leads to a file or folder of ``tree`` from ``folder``."""
    joined = join(folder, path)
    return joined is not None and tree.holds(joined)


def below_clone(tree: Tree, path: str, name: str) -> str | None:
    """What a path below ``/content/NAME`` names, which is where the repository ``name`` is cloned to.

    It is the path below the root; None if ``path`` is no such path, or nothing is there.
    """
    start = f"/content/{name}/"
    below = join("", path[len(start) :]) if name and path.startswith(start) else None
    return below if below is not None and tree.holds(below) else None


def repair(
    tree: Tree, folder: str, path: str, *, sure: bool = False, name: str = ""
) -> Repair | None:
    """What ``path`` has to say in ``folder`` to lead to the file that it means, if that is certain.

    ``sure``: the code reads the path, mounts no Drive, and brings no files by itself, so that a folder
    of Colab's or Kaggle's, or one below ``folder``, may be meant as well. ``name`` is the repository's:
    what is below its clone on Colab is right as it is.
    """
    if exists(tree, folder, path) or below_clone(tree, path, name) is not None:
        return None
    slashed = path.replace("\\", "/")
    if is_absolute(slashed):
        found = _by_tail(tree, folder, slashed, sure=sure)
        return Repair("absolute", _relative(found, folder)) if found is not None else None
    if slashed != path and exists(tree, folder, slashed):
        return Repair("backslash", slashed)
    plain = unquote(slashed)
    if plain != slashed and plain.isprintable() and exists(tree, folder, plain):
        return Repair("encoded", plain)
    same = _by_case(tree, folder, slashed)
    if same is not None and exists(tree, folder, same):  # else it is the folder that is spelled so
        return Repair("case", same)
    other = _from_above(tree, folder, slashed)
    if other is None and sure:
        other = _from_below(tree, folder, slashed)
    return Repair("folder", _relative(other, folder)) if other is not None else None


def suggestions(tree: Tree, folder: str, path: str) -> list[str]:
    """What a path that leads nowhere may have meant, as it would be said in ``folder``; the likeliest first.

    A file beside it with another ending; one of that name elsewhere; one beside it of a similar name.
    """
    slashed = unquote(path).replace("\\", "/")
    name = posixpath.basename(slashed.rstrip("/"))
    if not name.strip("."):
        return []
    target = None if is_absolute(slashed) else join(folder, slashed)
    home = posixpath.dirname(target or "")
    beside = [] if target is None else tree.children.get(home, [])
    stem = posixpath.splitext(name)[0].lower()
    near = [one for one in beside if posixpath.splitext(one)[0].lower() == stem]
    similar = difflib.get_close_matches(name, beside, n=_MOST, cutoff=_CLOSE)
    found = [posixpath.join(home, one) for one in near]
    found += tree.by_last.get(name.lower(), [])[: _MOST - 1]
    found += [posixpath.join(home, one) for one in similar]
    return [_relative(one, folder) for one in dict.fromkeys(found)][:_MOST]


def is_absolute(path: str) -> bool:
    """Whether a path is absolute on any system, or begins at somebody's home."""
    drive = len(path) > 2 and path[0].isalpha() and path[1:3] == ":/"
    return drive or path.startswith(("/", "~", "file:/"))


def is_of_a_machine(path: str) -> bool:
    """Whether an absolute path is on some person's machine: no folder that Colab's Linux has too."""
    first = path.removeprefix("file:").strip("/").partition("/")[0]
    return not (path.startswith(("/", "file:")) and first in _SYSTEM) and not path.startswith("~")


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


def _by_tail(tree: Tree, folder: str, path: str, *, sure: bool) -> str | None:
    """What the longest tail of an absolute path names, if it is one thing alone.

    A tail of one component has to be a file beside the notebook or at the root.
    """
    if path.startswith("file:"):
        path = unquote(path.removeprefix("file:"))
    parts = [part for part in path.split("/") if part]
    rooted = path.startswith("/") and bool(parts) and not parts[0].endswith(":")
    in_session = rooted and parts[0] in _OF_SESSIONS
    if rooted and parts[0] in _SYSTEM and not (in_session and sure):
        return None  # also a Linux without people's folders: the path may be right on Colab
    for start in range(0 if rooted and not in_session else 1, len(parts)):
        tail = "/".join(parts[start:])
        if start + 1 < len(parts):
            found = _ending_in(tree, folder, tail)
        else:
            here = {join(base, tail) or "" for base in (folder, "")}
            found = [] if in_session else sorted(one for one in here if one in tree.files)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _ending_in(tree: Tree, folder: str, tail: str) -> list[str]:
    """What a tail of several components names: from a folder on the way up, else anywhere, in any case."""
    if ".." in tail.split("/"):
        return []
    above = {joined for base in _way_up(folder) if (joined := join(base, tail)) is not None}
    found = sorted(one for one in above if tree.holds(one))
    if found:
        return found
    ends = f"/{tail}"
    named = [f"/{one}" for one in tree.by_last.get(posixpath.basename(tail).lower(), [])]
    exact = [one for one in named if one.endswith(ends)]
    alike = exact or [one for one in named if one.lower().endswith(ends.lower())]
    return [one[1:] for one in alike]


def _from_above(tree: Tree, folder: str, path: str) -> str | None:
    """The file that a relative path names from exactly one folder above ``folder``."""
    if "/" not in path.strip("/"):
        return None
    above = {joined for base in _way_up(folder)[1:] if (joined := join(base, path))}
    found = [one for one in above if tree.holds(one)]
    return found[0] if len(found) == 1 else None


def _from_below(tree: Tree, folder: str, path: str) -> str | None:
    """The one file or folder of the repository that ends in a relative path, if it is below ``folder``."""
    plain = posixpath.normpath(path)
    if "/" not in plain or plain.startswith(".."):
        return None
    named = tree.by_last.get(posixpath.basename(plain).lower(), [])
    found = [one for one in named if f"/{one}".endswith(f"/{plain}")]
    inside = f"{folder}/" if folder else ""
    return found[0] if len(found) == 1 and found[0].startswith(inside) else None


def _way_up(folder: str) -> list[str]:
    """``folder`` and those above it, up to the root."""
    found = [folder]
    while found[-1]:
        found.append(posixpath.dirname(found[-1]))
    return found


def _relative(path: str, folder: str) -> str:
    return posixpath.relpath("/" + path, "/" + folder)
