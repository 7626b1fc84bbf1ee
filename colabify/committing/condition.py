"""The condition of a repository, and what about it keeps colabify from committing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.committing.calls import call, tell
from colabify.committing.refusals import (
    Detached,
    Locked,
    NoCommitYet,
    NoIdentity,
    NoRepository,
    UnderWay,
)
from colabify.places import folder_of
from colabify.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Sequence

    import git

    from colabify.committing.refusals import Refusal

_UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "sequencer": "a cherry-pick or revert",
    "BISECT_LOG": "a bisect",
}
"""What git keeps in its folder while something is not finished (git's wt-status.c asks the same)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What was found: the branch checked out (empty: none) and its commit (empty: none yet)."""

    root: Path
    branch: str
    head: str
    under_way: str = ""
    locked: bool = False
    writable: bool = True
    unmerged: bool = False
    identity: bool = True


def refusal(found: Condition, *, on_branch: bool) -> Refusal | None:
    """Why nothing can be committed; None if it can. ``on_branch``: to the branch that is checked out."""
    if not found.head:
        return NoCommitYet("the repository has no commit yet: make the first one, then run again")
    if found.under_way:
        return UnderWay(f"{found.under_way} is under way: finish or abort it, then run again")
    if found.unmerged:
        return UnderWay("files with conflicts are left: resolve them, then run again")
    if on_branch and not found.branch:
        return Detached("no branch is checked out that could get the commit: git switch to one")
    if not found.writable:
        return Locked("the repository is read-only: nothing can be committed there")
    if on_branch and found.locked:
        return Locked(
            "another git program works on the index, or has left index.lock behind: run again later"
        )
    if not found.identity:
        return NoIdentity(
            "git does not know who commits: git config user.name and user.email tell it"
        )
    return None


def read_condition(repository: git.Repo) -> Condition:
    """What git says about the repository.

    Raises:
        GitUnavailable: it cannot be asked.

    """
    folder = Path(tell(repository, "rev_parse", "--absolute-git-dir"))
    common = Path(tell(repository, "rev_parse", "--git-common-dir"))
    common = Path(str(repository.working_tree_dir), common)
    branch = call(repository, "symbolic_ref", "--quiet", "--short", "HEAD")
    head = call(repository, "rev_parse", "--verify", "--quiet", "HEAD^{commit}")
    idents = (call(repository, "var", f"GIT_{one}_IDENT") for one in ("AUTHOR", "COMMITTER"))
    under_way = (text for name, text in _UNDER_WAY.items() if (folder / name).exists())
    return Condition(
        root=Path(str(repository.working_tree_dir)).resolve(),
        branch=branch.out.strip(),
        head=head.out.strip(),
        under_way=next(under_way, ""),
        locked=(folder / "index.lock").exists(),
        writable=all(os.access(one, os.W_OK) for one in (folder, common, common / "objects")),
        unmerged=bool(tell(repository, "ls_files", "--unmerged")),
        identity=all(one.ok for one in idents),
    )


def open_one(given: Sequence[str]) -> git.Repo:
    """The one repository that all the paths given are in.

    Raises:
        NoRepository: one is in none, or in a bare one, or they are in several.
        GitUnavailable: the system does not let us read it.

    """
    folders = {os.path.realpath(folder_of(Path(name))): name for name in given}
    found: dict[str, git.Repo] = {}
    for folder, name in folders.items():
        repository = open_repository(Path(folder))
        if repository is None:
            for one in found.values():
                one.close()
            raise NoRepository(f"{name} is in no git repository with a work tree to commit from")
        root = str(repository.working_tree_dir)
        if root in found:
            repository.close()
        found.setdefault(root, repository)
    first, *others = found.values()
    for one in others:
        one.close()
    if others:
        first.close()
        names = ", ".join(sorted(found))
        raise NoRepository(f"the paths are in several repositories: commit to each alone ({names})")
    return first
