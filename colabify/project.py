"""Project: the git repository round a notebook, and what its ref holds.

Whatever asks "is this file there on Colab?" asks the ref that the setup cell will clone, not the disk:
data that git ignores does not exist on Colab. Git is asked a fixed number of times, whatever the
number of notebooks, and never runs a program that the repository's own configuration names.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.remote import Remote, parse_remote

if TYPE_CHECKING:
    import git

_SAFE = {"c": ["core.fsmonitor=false", "core.hooksPath=/dev/null"]}


class GitUnavailable(ColabifyError):
    """There is no git program, or it refuses to read the repository; the message says what git said."""


@dataclass(frozen=True)
class Tree:
    """The paths of a repository's files, with ``/`` between folders."""

    files: frozenset[str]

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, the root (``""``) included."""
        found = {""}
        for name in self.files:
            parent = name.rpartition("/")[0]
            while parent and parent not in found:
                found.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def by_case(self) -> dict[str, list[str]]:
        """Paths of files and folders by their lower-case form."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.files | self.folders):
            found.setdefault(name.lower(), []).append(name)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Paths of files by their last component."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.files):
            found.setdefault(name.rpartition("/")[2], []).append(name)
        return found

    def holds(self, path: str) -> bool:
        """Whether there is a file or a folder of that path."""
        return path in self.files or path in self.folders


@dataclass(frozen=True)
class Project:
    """A repository as far as porting needs to know it. ``root`` is None where there is none.

    ``ref`` is what the setup cell will clone; ``tree`` the files there, ``tracked`` those of the index.
    ``why`` says what could not be found out, for the findings.
    """

    root: Path | None = None
    remote: Remote | None = None
    remote_text: str = ""
    ref: str = ""
    tree: Tree = field(default_factory=lambda: Tree(frozenset()))
    tracked: Tree = field(default_factory=lambda: Tree(frozenset()))
    visible: frozenset[str] = frozenset()
    """The files that git tracks or would track: not those it ignores."""
    published: bool = False
    """Whether ``tree`` was read from what the remote holds (as of the last fetch)."""
    detached: bool = False
    why: str = ""

    @cached_property
    def files(self) -> Tree:
        """What will be at the ref once the person has pushed: the ref's files and the index's."""
        return Tree(self.tree.files | self.tracked.files)

    def relative(self, path: Path) -> str | None:
        """``path`` below the root with ``/`` between folders; None if it is not below."""
        if self.root is None:
            return None
        try:
            return PurePosixPath(path.resolve().relative_to(self.root)).as_posix()
        except ValueError:
            return None

    def read(self, name: str) -> bytes | None:
        """The bytes of one of the repository's files as it stands on the disk; None if it cannot be read.

        A symbolic link that leads out of the repository is not followed.
        """
        if self.root is None:
            return None
        path = self.root / name
        try:
            if not path.resolve().is_relative_to(self.root):
                return None
            return path.read_bytes()
        except OSError:
            return None


def find_project(path: Path, *, repo: str = "", ref: str = "") -> Project:
    """The project of the folder ``path``; ``repo`` and ``ref`` override what git says.

    Never raises for what a repository may lack: :attr:`Project.why` then says what is missing.
    """
    try:
        repository = _open(path)
    except GitUnavailable as error:
        return _without_git(repo, ref, str(error))
    if repository is None or repository.working_tree_dir is None:
        return _without_git(repo, ref, "no git repository here")
    with repository:
        return _read(repository, repo, ref)


def _without_git(repo: str, ref: str, why: str) -> Project:
    return Project(remote=parse_remote(repo), remote_text=repo, ref=ref, why=why)


def _open(path: Path) -> git.Repo | None:
    """The repository round ``path``; None if there is none."""
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # else the import fails where git is not
    import git

    try:
        return git.Repo(path, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    except git.GitCommandNotFound:
        raise GitUnavailable("there is no git program here") from None


def _read(repository: git.Repo, repo: str, ref: str) -> Project:
    import git

    try:
        refs = _remote_refs(repository)
        branch = _current_branch(repository)
        remote_name = _remote_name(repository, branch)
        address = repo or _address(repository, remote_name)
        chosen = ref or _choose_ref(refs, remote_name, branch)
        at = _resolve(repository, refs, remote_name, chosen)
        root = Path(str(repository.working_tree_dir)).resolve()
        return Project(
            root=root,
            remote=parse_remote(address),
            remote_text=address,
            ref=chosen,
            tree=Tree(_names(repository, "ls_tree", "-r", "-z", "--name-only", "--full-tree", at)),
            tracked=Tree(_names(repository, "ls_files", "-z", "--full-name", str(root))),
            visible=_names(repository, "ls_files", "-zco", "--exclude-standard", str(root)),
            published=at.startswith("refs/remotes/"),
            detached=branch == "",
        )
    except git.GitCommandNotFound:
        return _without_git(repo, ref, "there is no git program here")
    except git.GitCommandError as error:
        said = str(error.stderr).replace("stderr:", "").strip(" '\n").partition("\n")[0]
        return _without_git(repo, ref, f"git refuses to read the repository: {said}")


def _names(repository: git.Repo, command: str, *words: str) -> frozenset[str]:
    if command == "ls_tree" and not words[-1]:
        return frozenset()
    out = getattr(repository.git(**_SAFE), command)(*words, strip_newline_in_stdout=False)
    return frozenset(name for name in str(out).split("\0") if name)


def _remote_refs(repository: git.Repo) -> dict[str, str]:
    """Each remote-tracking ref, with what it stands for if it is symbolic (``origin/HEAD``)."""
    form = "--format=%(refname)%09%(symref)"
    out = repository.git(**_SAFE).for_each_ref(form, "refs/remotes", "refs/heads")
    pairs = (line.partition("\t") for line in str(out).splitlines())
    return {name: target for name, _, target in pairs}


def _current_branch(repository: git.Repo) -> str:
    """The name of the current branch; empty if HEAD is detached."""
    return "" if repository.head.is_detached else repository.head.reference.name


def _remote_name(repository: git.Repo, branch: str) -> str:
    """The remote that the current branch follows; else ``origin``; else the first."""
    names = [remote.name for remote in repository.remotes]
    section = f'branch "{branch}"'
    with repository.config_reader() as config:
        upstream = config.get(section, "remote", fallback="") if branch else ""
    wanted = [upstream, "origin", *names]
    return next((str(name) for name in wanted if name in names), "")


def _address(repository: git.Repo, remote_name: str) -> str:
    return repository.remote(remote_name).url if remote_name else ""


def _choose_ref(refs: dict[str, str], remote_name: str, branch: str) -> str:
    """The current branch if the remote has it; else the remote's default; else the current branch."""
    prefix = f"refs/remotes/{remote_name}/"
    if branch and prefix + branch in refs:
        return branch
    default = refs.get(prefix + "HEAD", "").removeprefix(prefix)
    if default:
        return default
    held = [name.removeprefix(prefix) for name in refs if name.startswith(prefix)]
    usual = [name for name in ("main", "master") if name in held]
    return next(iter([*usual, *held]), branch)


def _resolve(repository: git.Repo, refs: dict[str, str], remote_name: str, ref: str) -> str:
    """The full name of what ``ref`` is here; ``HEAD`` if it is not here; empty without commits."""
    for name in (f"refs/remotes/{remote_name}/{ref}", f"refs/heads/{ref}"):
        if name in refs:
            return name
    import git

    for name in (f"refs/tags/{ref}", ref, "HEAD"):
        try:
            repository.git(**_SAFE).rev_parse("--verify", "--quiet", f"{name}^{{commit}}")
        except git.GitCommandError:
            continue
        return name
    return ""
