"""Project: the git repository round a notebook, and what its ref holds.

Whatever asks "is this file there on Colab?" asks the ref that the setup cell will clone, not the disk:
data that git ignores does not exist on Colab.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.asked import BYTES, NO, SAYS, YES, Asked, answer_of, answer_with, is_unwatched
from colabify.lfs import find_lfs_files
from colabify.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from colabify.remote import Remote


@dataclass(frozen=True)
class Project:
    """A repository as far as porting needs to know it; or a folder that is none, and ``why``.

    ``ref`` is what the setup cell will clone; ``tree`` the files there, ``tracked`` those of the index (of
    a mere folder, those on the disk). ``root`` is None for a notebook that came without a place.
    """

    root: Path | None = None
    remote: Remote | None = None
    remote_text: str = ""
    """The remote's address as git has it, without credentials."""
    ref: str = ""
    at: str = ""
    """What ``tree`` was read from: a branch's or tag's full name, a commit, ``HEAD``; or nothing."""
    tree: Tree = field(default_factory=lambda: Tree(frozenset()))
    tracked: Tree = field(default_factory=lambda: Tree(frozenset()))
    visible: frozenset[str] = frozenset()
    """The files that git tracks or would track: not those it ignores."""
    detached: bool = False
    unpushed_branch: str = ""
    """The current branch, if the remote does not have it, so that another is cloned."""
    why: str = ""
    held: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """Files as they were before this run wrote them: all notebooks see the same."""
    to_be_pushed: bool = False
    """Whether ``tree`` is what the remote will hold once the run is over."""
    asked: Asked = field(default_factory=Asked, compare=False, repr=False)
    """What has been asked of notebooks and the like, as they stand on the disk."""

    @property
    def is_repository(self) -> bool:
        """Whether there is anything that Colab could be told to clone."""
        return not self.why

    @property
    def published(self) -> bool:
        """Whether ``tree`` is what the remote holds (as of the last fetch), or will hold after the run."""
        return self.to_be_pushed or self.at.startswith("refs/remotes/")

    @cached_property
    def files(self) -> Tree:
        """What will be at the ref once the person has pushed: the ref's files and the index's."""
        return self.tree | self.tracked

    @cached_property
    def lfs(self) -> Mapping[str, int]:
        """The files that Git LFS holds, and how many bytes each has there; git is asked once."""
        return find_lfs_files(self.root, self.files) if self.root is not None else {}

    def is_lfs(self, path: str) -> bool:
        """Whether the file at ``path``, below the root, is held by Git LFS: git has a pointer only."""
        return self.lfs_size(path) is not None

    def lfs_size(self, path: str) -> int | None:
        """How many bytes Git LFS holds for the file at ``path``; None if it is none of its files."""
        return self.lfs.get(self.files.real(path) or "")

    def relative(self, path: Path) -> str | None:
        """``path`` below the root with ``/`` between folders; None if it is not below."""
        if self.root is None:
            return None
        real = path.resolve()
        return real.relative_to(self.root).as_posix() if real.is_relative_to(self.root) else None

    def ignores(self, name: str) -> bool:
        """Whether the file of that name, below the root, is there and git ignores it."""
        return self._told("ignored", name) == YES

    def exists(self, name: str) -> bool:
        """Whether there is a file or folder of that name on the disk."""
        return self._told("there", name) == YES

    def is_file(self, name: str) -> bool:
        """Whether there is a file of that name on the disk."""
        return self._told("file", name) == YES

    def read(self, name: str) -> bytes | None:
        """The bytes of one of the repository's files as it stands on the disk; None if it cannot be read.

        A symbolic link that leads out of the repository is not followed.
        """
        raw = self.peek(name)
        if is_unwatched(name):
            self.asked.note(BYTES, name, answer_of(raw))
        return raw

    def peek(self, name: str) -> bytes | None:
        """As :meth:`read`, but whoever asks notes what counts of it."""
        if self.root is None:
            return None
        if name in self.held:
            return self.held[name]
        path = self.root / name
        try:
            return path.read_bytes() if path.resolve().is_relative_to(self.root) else None
        except OSError:
            return None

    def answer(self, question: str, name: str) -> str:
        """What the disk says now to what was :attr:`asked`; it is not noted."""
        if question == BYTES:
            return answer_of(self.peek(name))
        if question.startswith(SAYS):
            return answer_with(question.removeprefix(SAYS), self.peek(name))
        if self.root is None:
            return NO
        path = self.root / name
        if question == "file":
            return YES if os.path.isfile(path) else NO  # noqa: PTH113 - raises for no name
        shown = question == "ignored" and name in self.visible
        return YES if not shown and path.exists() else NO

    def _told(self, question: str, name: str) -> str:
        said = self.answer(question, name)
        if is_unwatched(name):
            self.asked.note(question, name, said)
        return said
