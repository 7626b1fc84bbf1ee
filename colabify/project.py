"""Project: the git repository round a notebook, and what its ref holds.

Whatever asks "is this file there on Colab?" asks the ref that the setup cell will clone, not the disk:
data that git ignores does not exist on Colab. Git is asked a fixed number of times, whatever the
number of notebooks, and never runs a program that the repository's own configuration names.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.remote import (
    REFS,
    Remote,
    branch_there,
    choose_remote,
    default_branch,
    parse_remote,
    read_refs,
    read_remotes,
    without_credentials,
)
from colabify.tree import Tree, tree_on_disk

if TYPE_CHECKING:
    import git

    from colabify.remote import Refs

_SAFE = {"c": ["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"]}
_NO_GIT = "there is no git program here to read its repository with: install git"
_OF_OTHER_REPOSITORIES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
"""What git tells its hooks: it would have us read the hook's repository whatever path was given."""


class GitUnavailable(ColabifyError):
    """There is no git program, or it refuses to read the repository; the message says what git said."""


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

    @property
    def is_repository(self) -> bool:
        """Whether there is anything that Colab could be told to clone."""
        return not self.why

    @property
    def published(self) -> bool:
        """Whether ``tree`` was read from what the remote holds (as of the last fetch)."""
        return self.at.startswith("refs/remotes/")

    @cached_property
    def files(self) -> Tree:
        """What will be at the ref once the person has pushed: the ref's files and the index's."""
        return Tree(self.tree.files | self.tracked.files)

    def relative(self, path: Path) -> str | None:
        """``path`` below the root with ``/`` between folders; None if it is not below."""
        if self.root is None:
            return None
        real = path.resolve()
        return real.relative_to(self.root).as_posix() if real.is_relative_to(self.root) else None

    def ignores(self, name: str) -> bool:
        """Whether the file of that name, below the root, is there and git ignores it."""
        return self.root is not None and name not in self.visible and (self.root / name).exists()

    def read(self, name: str) -> bytes | None:
        """The bytes of one of the repository's files as it stands on the disk; None if it cannot be read.

        A symbolic link that leads out of the repository is not followed.
        """
        if self.root is None:
            return None
        path = self.root / name
        try:
            return path.read_bytes() if path.resolve().is_relative_to(self.root) else None
        except OSError:
            return None


def find_project(path: Path, *, repo: str = "", ref: str = "") -> Project:
    """The project of the folder ``path``; ``repo`` and ``ref`` override what git says.

    What a repository may lack is no error: :attr:`Project.why` then says what is missing.

    Raises:
        GitUnavailable: there is a repository, but it cannot be read. Ported as if it stood in none, a
            notebook would lose its badge.

    """
    repository = _open(path)
    if repository is None:
        found = without_git(repo, ref, "there is no git repository round it")
        here = tree_on_disk(path.resolve())
        return replace(found, root=path.resolve(), tracked=here, visible=here.files)
    with repository:
        return _read(repository, repo, ref)


def without_git(repo: str, ref: str, why: str) -> Project:
    """The project of a notebook that stands in no repository; ``why`` says so in words."""
    remote, text = parse_remote(repo), without_credentials(repo)
    return Project(remote=remote, remote_text=text, ref=ref, why=why)


def _open(path: Path) -> git.Repo | None:
    """The repository round ``path``; None if there is none, or a bare one."""
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # else the import fails where git is not
    for name in _OF_OTHER_REPOSITORIES:
        os.environ.pop(name, None)
    import git

    try:
        found = git.Repo(path, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    except OSError as error:
        raise GitUnavailable(f"its repository cannot be read: {error.strerror}") from None
    return found if found.working_tree_dir else None


def _read(repository: git.Repo, repo: str, ref: str) -> Project:
    refs, branch = read_refs(_git(repository, "for_each_ref", *REFS))
    addresses = read_remotes(_git(repository, "remote", "-v"))
    branch = branch or _unborn_branch(repository)
    remote = choose_remote(refs, addresses, branch, parse_remote(repo))
    address = repo or addresses.get(remote, "")
    there = branch_there(refs, remote, branch)
    chosen = ref or there or default_branch(refs, remote) or branch
    at = _resolve(repository, refs, remote, chosen)
    tree = _git(repository, "ls_tree", "-r", "-z", "--name-only", "--full-tree", at) if at else ""
    files = _git(repository, "ls_files", "-z", "-t", "-c", "-o", "--exclude-standard").split("\0")
    return Project(
        root=Path(str(repository.working_tree_dir)).resolve(),
        remote=parse_remote(address),
        remote_text=without_credentials(address),
        ref=chosen or "main",
        at=at,
        tree=Tree(frozenset(name for name in tree.split("\0") if name)),
        tracked=Tree(frozenset(name[2:] for name in files if name and name[0] != "?")),
        visible=frozenset(name[2:] for name in files if name),
        detached=not branch and not ref,
        unpushed_branch="" if ref or there or chosen == branch else branch,
    )


def _git(repository: git.Repo, command: str, *words: str) -> str:
    """What git says.

    Raises:
        GitUnavailable: there is no git, or it ended with an error; the message has git's first line.

    """
    import git

    try:
        run = getattr(repository.git(**_SAFE), command)
        return str(run(*words, strip_newline_in_stdout=False))
    except git.GitCommandNotFound:
        raise GitUnavailable(_NO_GIT) from None
    except git.GitCommandError as error:
        said = str(error.stderr).replace("stderr:", "").strip(" '\n")
        where = shlex.quote(str(repository.working_tree_dir))
        trust = f"; if you trust it: git config --global --add safe.directory {where}"
        hint = trust if "safe.directory" in said else ""
        text = said.split("\n", 1)[0].removeprefix("fatal: ")
        raise GitUnavailable(f"git refuses to read its repository: {text}{hint}") from None


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
            _git(repository, "rev_parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except GitUnavailable:
            continue
        return name
    return ""
