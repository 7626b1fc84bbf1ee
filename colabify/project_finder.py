"""Project finder: what git says of the repository round a folder, and of what its remote will hold.

Git is asked a fixed number of times, whatever the number of notebooks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.listing import read_listings
from colabify.project import Project
from colabify.remote import (
    REFS,
    branch_there,
    choose_remote,
    default_branch,
    parse_remote,
    read_refs,
    read_remotes,
    without_credentials,
)
from colabify.repository import GitUnavailable, ask, open_repository
from colabify.tree import tree_on_disk

if TYPE_CHECKING:
    import git

    from colabify.remote import Refs


@dataclass(frozen=True, slots=True)
class Target:
    """What a remote will hold once the run is over: the commit ``at``, as the branch ``ref``.

    It is said of the repository at ``root`` alone. ``always``: whatever the settings say of ``ref``.
    """

    root: Path
    address: str
    ref: str
    at: str
    always: bool = False

    def holds(self, root: Path, repo: str, ref: str) -> bool:
        """Whether it is so for a notebook in that repository, with these settings."""
        other = bool(repo) and parse_remote(repo) != parse_remote(self.address)
        return root == self.root and (self.always or not (ref or other))


def find_project(
    path: Path, *, repo: str = "", ref: str = "", target: Target | None = None
) -> Project:
    """The project of the folder ``path``; ``repo`` and ``ref`` override what git says, ``target`` all.

    What a repository may lack is no error: :attr:`Project.why` then says what is missing.

    Raises:
        GitUnavailable: there is a repository, but it cannot be read. Ported as if it stood in none, a
            notebook would lose its badge.

    """
    repository = open_repository(path)
    if repository is None:
        found = without_git(repo, ref, "there is no git repository round it")
        here = tree_on_disk(path.resolve())
        return replace(found, root=path.resolve(), tracked=here, visible=here.files)
    with repository:
        if target is not None:
            return _read_target(repository, repo, target)
        return _read(repository, repo, ref)


def without_git(repo: str, ref: str, why: str) -> Project:
    """The project of a notebook that stands in no repository; ``why`` says so in words."""
    remote, text = parse_remote(repo), without_credentials(repo)
    return Project(remote=remote, remote_text=text, ref=ref, why=why)


def _read(repository: git.Repo, repo: str, ref: str) -> Project:
    refs, branch = read_refs(ask(repository, "for_each_ref", *REFS))
    addresses = read_remotes(ask(repository, "remote", "-v"))
    branch = branch or _unborn_branch(repository)
    remote = choose_remote(refs, addresses, branch, parse_remote(repo))
    address = repo or addresses.get(remote, "")
    there = branch_there(refs, remote, branch)
    chosen = ref or there or default_branch(refs, remote) or branch
    at = _resolve(repository, refs, remote, chosen)
    found = read_listings(repository, at)
    return Project(
        root=Path(str(repository.working_tree_dir)).resolve(),
        remote=parse_remote(address),
        remote_text=without_credentials(address),
        ref=chosen or "main",
        at=at,
        tree=found.tree,
        tracked=found.tracked,
        visible=found.visible,
        detached=not branch and not ref,
        unpushed_branch="" if ref or there or chosen == branch else branch,
    )


def _read_target(repository: git.Repo, repo: str, target: Target) -> Project:
    address = repo or target.address
    found = read_listings(repository, target.at)
    return Project(
        root=Path(str(repository.working_tree_dir)).resolve(),
        remote=parse_remote(address),
        remote_text=without_credentials(address),
        ref=target.ref,
        at=target.at,
        tree=found.tree,
        tracked=found.tracked,
        visible=found.visible,
        to_be_pushed=True,
    )


def _unborn_branch(repository: git.Repo) -> str:
    """The branch that the first commit will make; empty if HEAD is detached."""
    try:
        return "" if repository.head.is_detached else str(repository.head.reference.name)
    except (TypeError, ValueError, OSError):
        return ""


def _resolve(repository: git.Repo, refs: Refs, remote: str, ref: str) -> str:
    """The full name of the branch or tag ``ref``; else a commit; else ``HEAD``; empty without any."""
    for name in (f"refs/remotes/{remote}/{ref}", f"refs/heads/{ref}", f"refs/tags/{ref}"):
        if name in refs:
            return name
    for name in (ref, "HEAD") if ref else ("HEAD",):
        try:
            ask(repository, "rev_parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except GitUnavailable:
            continue
        return name
    return ""
