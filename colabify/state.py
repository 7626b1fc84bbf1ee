"""The state of repositories: a digest of all that a run may read of them, without reading it.

Files go by what the system says of them (:mod:`colabify.seen`). Of git it is all but the objects, which never
change under their names. What cannot be seen so has no state.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.asked import GIT
from colabify.seen import Seen, Unseen, folder_line, line_of, look_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_TICK, _COARSE = 20_000_000, 2_000_000_000
"""For how many nanoseconds a file's time may stay the same; where the system tells whole seconds only."""
_UNSEEN = frozenset({"hooks", "lfs", "logs", "objects"})
"""The folders of git that no run reads, or whose files never change."""
_WORKTREE = b"worktree"
_ELSEWHERE = (b"excludesfile", b"attributesfile", b"include", _WORKTREE)
"""Words of git's configuration that lead to files which are not looked at; a submodule's has the last."""
_SYSTEM = ("/etc", "/usr/etc", "/usr/local/etc", "/opt/homebrew/etc")
"""Where git may have its configuration for all users."""


class Worktree:
    """The files of the repository at ``root``, as they stand; slots in the folder ``aside`` are left out.

    Raises:
        Unseen: the state cannot be told.

    """

    def __init__(self, root: str, aside: str = "") -> None:
        """Look at all files."""
        self._root = root
        seen = _at_rest(lambda: look_at(root, aside))
        self.notebooks = seen.notebooks
        """The line of each notebook, by its path."""
        self.others = _digest(seen.others)
        """The state of all other files."""
        self._of_git = seen.of_git

    def with_git(self) -> str:
        """The state of all files, and of what git knows.

        Raises:
            Unseen: it cannot be told.

        """
        git = Path(self._root, GIT)
        if not git.is_dir() or git.is_symlink():
            raise Unseen(f"{self._root} is in no repository of its own")
        for place in self._of_git:
            _check_repository(place, os.path.realpath(git))
        known = _at_rest(lambda: _look_at_git(self._of_git))
        return _digest([self.others.encode(), *self.notebooks.values(), *known.others])


def _at_rest(look: Callable[[], Seen]) -> Seen:
    """What is seen once no file is so new that it could change without a trace.

    A file's times are those of the system's last tick: two changes between ticks leave the same ones, and
    might leave the same size.

    Raises:
        Unseen: that does not come about.

    """
    for _ in range(3):
        now = time.time_ns()
        seen = look()
        coarse = seen.newest % 10**9 == 0
        if now - seen.newest > (_COARSE if coarse else _TICK):
            return seen
        if coarse or seen.newest > now + 10**9:
            raise Unseen("the clock is too coarse, or wrong")
        time.sleep(_TICK / 10**9)
    raise Unseen("files are written all the time")


def root_of(path: Path) -> str:
    """The repository round a path.

    Raises:
        Unseen: there is none.

    """
    root = next((one for one in (path, *path.parents) if os.path.lexists(one / ".git")), None)
    if root is None:
        raise Unseen(f"{path} is in no repository")
    return str(root)


def state_of_git(trees: Sequence[Worktree]) -> str:
    """The state of repositories with all that git may say of them.

    Raises:
        Unseen: it cannot be told from outside.

    """
    try:
        lines = [line_of(place) for place in _configurations()]
        for place in _configurations():
            _check_configuration(place)
        _check_words(os.fsencode(repr(_configured())), "the environment")
        return _digest([*lines, *(tree.with_git().encode() for tree in trees)])
    except OSError as error:
        raise Unseen(str(error)) from None


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


def _configured() -> list[str]:
    """What the environment says of git's configuration by itself."""
    return [
        value
        for name, value in os.environ.items()
        if name.startswith("GIT_CONFIG_KEY_") or name == "GIT_CONFIG_PARAMETERS"
    ]


def _check_repository(place: str, git: str) -> None:
    """Refuse a ``.git`` that leads out of the folder ``git``, or whose configuration leads elsewhere."""
    if os.path.isdir(place):  # noqa: PTH112
        _check_configuration(f"{place}/config")
        return
    said = Path(place).read_bytes() if os.path.isfile(place) else b""  # noqa: PTH113
    key, _, where = os.fsdecode(said).partition(":")
    if key != "gitdir" or "\0" in where:
        raise Unseen(f"{place} is no repository")
    home = os.path.realpath(os.path.join(os.path.dirname(place), where.strip()))  # noqa: PTH118, PTH120
    if not home.startswith(f"{git}{os.sep}"):
        raise Unseen(f"{place} leads elsewhere")
    _check_configuration(f"{home}/config", allowed=_WORKTREE)


def _check_configuration(place: str | Path, allowed: bytes = b"") -> None:
    try:
        text = Path(place).read_bytes()
    except FileNotFoundError:
        return
    _check_words(text, place, allowed)


def _check_words(text: bytes, place: str | Path, allowed: bytes = b"") -> None:
    if any(word in text.lower() for word in _ELSEWHERE if word != allowed):
        raise Unseen(f"{place} leads elsewhere")


def _look_at_git(places: Sequence[str]) -> Seen:
    """See git's own files, but those that never say anything else."""
    seen, waiting = Seen(), list(places)
    while waiting:
        here = waiting.pop()
        stat = os.lstat(here)
        if os.path.islink(here):  # noqa: PTH114
            raise Unseen(f"{here} leads elsewhere")
        if not os.path.isdir(here):  # noqa: PTH112
            seen.others.append(seen.note(here, stat))
            continue
        seen.others.append(folder_line(here, stat))
        names = sorted(os.listdir(here))  # noqa: PTH208
        is_git = {"HEAD", "objects", "refs"} <= set(names)
        waiting += [f"{here}/{one}" for one in names if not (is_git and one in _UNSEEN)]
    return seen


def _digest(lines: Sequence[bytes]) -> str:
    return hashlib.sha256(b"".join(lines)).hexdigest()
