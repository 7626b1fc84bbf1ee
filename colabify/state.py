"""The state of repositories: a digest of all that a run may read of them, without reading it.

Files go by what the system says of them (size, times, inode): whoever writes into one changes that. Of git it
is all but the objects, which never change under their names. What cannot be seen so has no state.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST = 100_000
"""How many files are looked at: beyond that, to look takes as long as to port."""
_UNSEEN = frozenset({"hooks", "lfs", "logs", "objects"})
"""The folders of git that no run reads, or whose files never change."""
_ELSEWHERE = (b"excludesfile", b"attributesfile", b"include", b"worktree")
"""Words of git's configuration that lead to files which are not looked at."""
_SYSTEM = ("/etc", "/usr/etc", "/usr/local/etc", "/opt/homebrew/etc")


class Unseen(Exception):
    """The state cannot be told."""


def state_of(given: Sequence[str]) -> str:
    """The state of the repositories that hold the files and folders ``given``.

    Raises:
        Unseen: one of them is in no repository, or the state cannot be told from outside.

    """
    digest = hashlib.blake2b(digest_size=20)
    roots = sorted({_root(Path(os.path.realpath(name))) for name in given})
    count = 0
    try:
        for place in _configurations():
            digest.update(_line(place))
            _check_configuration(place)
        for root in roots:
            _check_configuration(root / ".git" / "config")
            for place in _files(str(root)):
                digest.update(_line(place))
                count += 1
                if count > _MOST:
                    raise Unseen("there are too many files")
    except OSError as error:
        raise Unseen(str(error)) from None
    return digest.hexdigest()


def state_of_program() -> list[str]:
    """The state of colabify itself, and of the folders that Python finds packages in."""
    found: list[str] = []
    for place in sys.path:  # whatever is installed, or taken away, changes the folder
        try:
            found.append(f"{place} {os.stat(place or '.').st_mtime_ns}")  # noqa: PTH116
        except OSError:
            found.append(f"{place} -")
    places = [shutil.which("git") or "git", *_files(str(Path(__file__).parent))]
    return [*found, *(_line(place).decode("utf-8", "surrogateescape") for place in places)]


def _root(path: Path) -> Path:
    root = next((one for one in (path, *path.parents) if os.path.lexists(one / ".git")), None)
    if root is None or not (root / ".git").is_dir() or (root / ".git").is_symlink():
        raise Unseen(f"{path} is in no repository of its own")
    return root


def _configurations() -> Iterator[str]:
    """The places of git's configuration, and of what it ignores everywhere."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home raises where there is none
    own = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")  # noqa: PTH118
    named = [
        os.environ[name]
        for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")
        if name in os.environ
    ]
    yield from (*named, f"{home}/.gitconfig")
    yield from (f"{own}/git/{name}" for name in ("config", "ignore", "attributes"))
    yield from (f"{folder}/{name}" for folder in _SYSTEM for name in ("gitconfig", "gitattributes"))


def _check_configuration(place: str | Path) -> None:
    try:
        text = Path(place).read_bytes().lower()
    except FileNotFoundError:
        return
    if any(word in text for word in _ELSEWHERE):
        raise Unseen(f"{place} leads elsewhere")


def _files(folder: str) -> Iterator[str]:
    """Every file and folder below a folder; of git's own, those that may say something else."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        yield here
        with os.scandir(here) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        of_git = {"HEAD", "objects", "refs"} <= {one.name for one in entries}
        for one in entries:
            if one.is_dir(follow_symlinks=False):
                if not ((of_git and one.name in _UNSEEN) or one.name == "__pycache__"):
                    waiting.append(one.path)
                continue
            yield one.path
            if one.is_symlink():
                target = os.path.realpath(one.path)
                if not f"{target}{os.sep}".startswith(f"{os.path.realpath(folder)}{os.sep}"):
                    raise Unseen(f"{one.path} leads out of the repository")
                yield target


def _line(place: str) -> bytes:
    """What the system says of a file; of a folder no more than that it is there, and who may enter it."""
    name = os.fsencode(place)
    try:
        seen = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return name + b"\0-\n"
    said = [seen.st_mode, seen.st_uid, seen.st_gid]
    if not os.path.isdir(place) or os.path.islink(place):  # noqa: PTH112, PTH114
        said += [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
    return name + b"\0" + b" ".join(b"%d" % one for one in said) + b"\n"
