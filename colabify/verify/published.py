"""The course as it would be once it is pushed: the commit at hand with what is changed on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.verify.forge import Forge, git

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from colabify.project import Project

FORGES = "forges"
"""The folder of a run's scratch folder in which courses are published."""
_NOBODY = {
    "GIT_AUTHOR_NAME": "colabify", "GIT_AUTHOR_EMAIL": "colabify@localhost",
    "GIT_COMMITTER_NAME": "colabify", "GIT_COMMITTER_EMAIL": "colabify@localhost",
}  # fmt: skip


@dataclass(frozen=True)
class Published:
    """A course that answers at its address: ``settings`` are those of git that lead to it.

    ``changed`` is how many tracked files are on the disk otherwise than in the commit at hand.
    """

    settings: str
    bare: Path | None = None
    changed: int = 0


def publish(folder: Path, project: Project, modules: Mapping[str, bytes]) -> Published:
    """Put the course at its own address, below the new folder ``folder``; nothing of it is changed.

    ``modules`` are what the port makes of local modules, by their paths below the root.

    Raises:
        CalledProcessError: git failed.

    """
    if project.root is None or project.remote is None or not project.is_repository:
        return Published("")
    host, path = project.remote.host, project.remote.path
    forge = Forge(folder / host, f"https://{host}/")
    bare = forge.publish(project.root, path)
    changed = _snapshot(bare, project.root, project.ref, modules)
    return Published(forge.settings(only=path), bare, changed)


def _snapshot(bare: Path, root: Path, ref: str, modules: Mapping[str, bytes]) -> int:
    """Make the branch ``ref`` hold what is tracked as it stands on the disk, and the modules."""
    index = {"GIT_INDEX_FILE": str(bare / "colabify-index")}
    head = git("-C", str(bare), "rev-parse", "--quiet", "--verify", "HEAD^{commit}").strip()
    inside = {**index, "GIT_DIR": str(bare), "GIT_WORK_TREE": str(root)}
    words = ("diff", "--name-only", "--ignore-submodules", "-z", "HEAD")
    names = git("-C", str(root), *words)
    git("-C", str(root), "read-tree", "HEAD", env=inside)
    if names:
        update = ("update-index", "--add", "--remove", "-z", "--stdin")
        git("-C", str(root), *update, given=os.fsencode(names), env=inside)
    for path, raw in modules.items():
        blob = git("hash-object", "-w", "--stdin", given=raw, env=inside).strip()
        git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", env=inside)
    tree = git("write-tree", env=inside).strip()
    make = ("commit-tree", tree, "-p", head, "-m", "What is on the disk")
    commit = git(*make, env={**inside, **_NOBODY}).strip()
    branch = f"refs/heads/{ref}" if ref else "refs/heads/main"
    git("-C", str(bare), "update-ref", branch, commit)
    git("-C", str(bare), "symbolic-ref", "HEAD", branch)
    if ref:  # of a tag of that name there would be two meanings
        git("-C", str(bare), "update-ref", "-d", f"refs/tags/{ref}")
    return len([name for name in names.split("\0") if name])
