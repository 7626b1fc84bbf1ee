"""Repository: what git is asked, and how. Git never runs a program that the repository itself names."""

from __future__ import annotations

import os
import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.errors import ColabifyError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import git

_SAFE: Mapping[str, Any] = {
    "c": ["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"],
    "no_optional_locks": True,  # who only looks leaves the index as it is
}
NO_GIT = "there is no git program here to read its repository with: install git"
_OF_OTHER_REPOSITORIES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
"""What git tells its hooks: it would have us read the hook's repository whatever path was given."""


class GitUnavailable(ColabifyError):
    """There is no git program, or it refuses to read the repository; the message says what git said."""


def open_repository(path: Path) -> git.Repo | None:
    """The repository round ``path``; None if there is none, or a bare one.

    Raises:
        GitUnavailable: there is one, but the system does not let us read it.

    """
    here = Path(os.path.abspath(path))  # noqa: PTH100 - as git goes up: links are not followed
    if not any(os.path.lexists(one / ".git") for one in (here, *here.parents)):
        return None  # to load what asks git takes longer than to see that
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


def ask(repository: git.Repo, command: str, *words: str, given: bytes | None = None) -> str:
    """What git says; ``given`` is what it reads.

    Raises:
        GitUnavailable: there is no git, or it ended with an error; the message has git's first line.

    """
    import git

    try:
        run = getattr(repository.git(**_SAFE), command)
        if given is None:
            return str(run(*words, strip_newline_in_stdout=False))
        with tempfile.TemporaryFile() as file:
            file.write(given)
            file.seek(0)
            return str(run(*words, strip_newline_in_stdout=False, istream=file))
    except git.GitCommandNotFound:
        raise GitUnavailable(NO_GIT) from None
    except git.GitCommandError as error:
        said = str(error.stderr).replace("stderr:", "").strip(" '\n")
        where = shlex.quote(str(repository.working_tree_dir))
        trust = f"; if you trust it: git config --global --add safe.directory {where}"
        hint = trust if "safe.directory" in said else ""
        text = said.split("\n", 1)[0].removeprefix("fatal: ")
        raise GitUnavailable(f"git refuses to read its repository: {text}{hint}") from None


def read_objects(repository: git.Repo, objects: Collection[str]) -> dict[str, bytes]:
    """The content of blobs by their hashes; of those that this clone has, in one question to git."""
    found: dict[str, bytes] = {}
    if not objects:
        return found
    try:
        said = ask(repository, "cat_file", "--batch", given=_lines(objects))
    except GitUnavailable:  # a clone without blobs would have to fetch them
        return found
    rest = said.encode("utf-8", "surrogateescape")
    while rest:
        head, _, rest = rest.partition(b"\n")
        words = head.decode().split()
        if len(words) == 3:
            size = int(words[2])
            found[words[0]], rest = rest[:size], rest[size + 1 :]
    return found


def sizes_of_objects(repository: git.Repo, objects: Collection[str]) -> dict[str, int]:
    """The sizes of blobs by their hashes; of those that this clone has, in one question to git."""
    if not objects:
        return {}
    try:
        said = ask(repository, "cat_file", "--batch-check", given=_lines(objects))
    except GitUnavailable:
        return {}
    rows = (line.split() for line in said.splitlines())
    return {row[0]: int(row[2]) for row in rows if len(row) == 3}


def _lines(objects: Collection[str]) -> bytes:
    return "".join(f"{one}\n" for one in sorted(set(objects))).encode()
