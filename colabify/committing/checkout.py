"""A commit checked out in a temporary work tree, beside the person's own, which is not touched."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.committing.calls import call, listed, tell
from colabify.committing.refusals import CommitFailed
from colabify.lfs import pointer_size
from colabify.repository import GitUnavailable, open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    import git

_NOTEBOOKS = ":(top,glob)**/*.ipynb"


@contextmanager
def checked_out(repository: git.Repo, commit: str) -> Iterator[git.Repo]:
    """The commit in a work tree of its own, through the filters; it goes when the context ends.

    Of Git LFS the notebooks alone are brought: nothing reads the rest.

    Raises:
        CommitFailed: git cannot make it.

    """
    above = Path(tempfile.mkdtemp(prefix="colabify-")).resolve()
    # A course without a remote is called by the name of its folder
    folder = above / Path(str(repository.working_tree_dir)).name
    try:
        skip = {"GIT_LFS_SKIP_SMUDGE": "1"}
        said = call(repository, "worktree", "add", "--detach", str(folder), commit, env=skip)
        made = open_repository(folder) if said.ok else None
        if made is None:
            raise CommitFailed(f"a work tree of its own cannot be made: {said.line}", said.both)
        with made:
            _bring_notebooks(made, folder)
            yield made
    finally:
        call(repository, "worktree", "remove", "--force", "--force", str(folder))
        shutil.rmtree(above, ignore_errors=True)


def _bring_notebooks(made: git.Repo, folder: Path) -> None:
    """Notebooks that are pointers of Git LFS become what they stand for."""
    names = tell(made, "ls_files", "-z", "--", _NOTEBOOKS).split("\0")
    pointers = [name for name in names if name and _is_pointer(folder / name)]
    if not pointers:
        return
    for name in pointers:
        (folder / name).unlink()
    with listed(pointers) as words:
        said = call(made, "checkout", *words)
    if not said.ok:
        raise GitUnavailable(f"Git LFS does not bring {pointers[0]}: {said.line}")


def _is_pointer(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return not path.is_symlink() and pointer_size(file.read(2000)) is not None
    except OSError:
        return False
