"""Seen: the files of a folder by what the system says of them (size, times, inode), without reading any.

Whoever writes into a file changes that.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from colabify.asked import COMPILED, GIT, is_notebook
from colabify.slots import SUFFIXES

_MOST = 100_000
"""How many files are looked at: beyond that, to look takes as long as to port."""


class Unseen(Exception):
    """The state cannot be told."""


@dataclass
class Seen:
    """What has been seen of a folder: the lines of all files, those of notebooks and of git by themselves."""

    others: list[bytes] = field(default_factory=list)
    notebooks: dict[str, bytes] = field(default_factory=dict)
    of_git: list[str] = field(default_factory=list)
    """Where git keeps what it knows, of this repository and of those inside it."""
    newest: int = 0
    """When the last change was, in nanoseconds."""

    def note(self, place: str, seen: os.stat_result) -> bytes:
        """The line for a file."""
        self.newest = max(self.newest, seen.st_ctime_ns)
        return _line(place, seen)


def look_at(folder: str, aside: str = "") -> Seen:
    """See every file and folder below a folder, but what is git's own and the slots in ``aside``.

    Raises:
        Unseen: there is too much, or something cannot be seen.

    """
    seen, waiting, real = Seen(), [folder], os.path.realpath(folder)
    count = 0
    try:
        seen.others.append(folder_line(folder, os.lstat(folder)))
        while waiting:
            here = waiting.pop()
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
            count += len(entries)
            if count > _MOST:
                raise Unseen("there are too many files")
            for one in entries:
                if one.name == GIT:
                    seen.of_git.append(one.path)
                elif not (here == aside and _is_slot(one.name)):
                    _see(one, seen, waiting, real)
    except OSError as error:
        raise Unseen(str(error)) from None
    return seen


def _see(one: os.DirEntry[str], seen: Seen, waiting: list[str], root: str) -> None:
    stat = one.stat(follow_symlinks=False)
    if one.is_dir(follow_symlinks=False):
        seen.others.append(folder_line(one.path, stat))
        if one.name != COMPILED:
            waiting.append(one.path)
    elif one.is_symlink():
        target = os.path.realpath(one.path)
        if not f"{target}{os.sep}".startswith(f"{root}{os.sep}"):
            raise Unseen(f"{one.path} leads out of the repository")
        said = os.readlink(one.path)  # noqa: PTH115
        seen.others += [seen.note(one.path, stat), os.fsencode(said) + b"\n", line_of(target)]
    elif is_notebook(one.name):
        seen.notebooks[one.path] = seen.note(one.path, stat)
    else:
        seen.others.append(seen.note(one.path, stat))


def _is_slot(name: str) -> bool:
    """Whether a file in the folder for slots is one of these, or about to be one."""
    bare = name.removeprefix(".")
    return bare[64:68] in SUFFIXES and set(bare[:64]) <= set("0123456789abcdef")


def line_of(place: str) -> bytes:
    """What the system says of a file that may not be there."""
    try:
        seen = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return os.fsencode(place) + b"\0-\n"
    is_folder = os.path.isdir(place) and not os.path.islink(place)  # noqa: PTH112, PTH114
    return folder_line(place, seen) if is_folder else _line(place, seen)


def _line(place: str, seen: os.stat_result) -> bytes:
    said = f"\0{seen.st_mode} {seen.st_uid} {seen.st_gid} {seen.st_size} {seen.st_mtime_ns} "
    return os.fsencode(place) + f"{said}{seen.st_ctime_ns} {seen.st_ino}\n".encode()


def folder_line(place: str, seen: os.stat_result) -> bytes:
    """Of a folder no more than that it is there, and who may enter it."""
    return os.fsencode(place) + f"\0{seen.st_mode} {seen.st_uid} {seen.st_gid}\n".encode()
