"""Globs of the configuration, as in a ``.gitignore``.

``*`` and ``?`` stay within a name, ``**`` is any number of folders. A glob without ``/`` is met at any depth;
one with it counts from the folder of the file that says it. What names a folder holds for all that is in it.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether ``path``, with ``/`` between its names, or a folder that it is in, is meant by one of them."""
    names = path.split("/")
    return any(_matches(names, glob) for glob in globs)


def problem_of(glob: str) -> str:
    """Why a glob can mean nothing; empty if it can."""
    if "\\" in glob:
        return f"{glob!r}: a glob has / between its folders"
    if glob.startswith("/") or ".." in glob.split("/") or not glob.strip(" ./"):
        return f"{glob!r}: a glob starts at the folder of its file and stays below it"
    return ""


def _matches(names: Sequence[str], glob: str) -> bool:
    parts = [one for one in glob.split("/") if one not in ("", ".")]
    if "/" not in glob.rstrip("/"):
        parts = ["**", *parts]
    ends = {0}  # how many of the names the parts so far may have used up
    for part in parts:
        if part != "**":
            ends = {end + 1 for end in ends if end < len(names) and fnmatchcase(names[end], part)}
        elif ends:
            ends = set(range(min(ends), len(names)))
    return bool(ends)
