"""What stands for github.com: bare repositories in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOWHERE_ELSE = """\
[protocol "https"]
\tallow = never
[protocol "ssh"]
\tallow = never
"""


@dataclass(frozen=True)
class Forge:
    """The repositories at ``address``, kept under ``folder`` and cloned as files."""

    folder: Path
    address: str = "https://github.com/"

    def publish(self, repository: Path, owner_name: str, *, ref: str | None = None) -> Path:
        """Put the repository in the folder ``repository`` at the address's ``owner_name``; where, comes out.

        Its default branch is the one that is checked out; with ``ref``, that branch, or (when ``ref``
        is a tag or a commit) the checked-out branch as of then. Publishing again replaces it.
        """
        bare = self.folder / f"{owner_name}.git"
        shutil.rmtree(bare, ignore_errors=True)
        bare.parent.mkdir(parents=True, exist_ok=True)
        git("clone", "--quiet", "--bare", str(repository), str(bare))
        git("-C", str(bare), "config", "uploadpack.allowAnySHA1InWant", "true")
        git("-C", str(bare), "config", "uploadpack.allowFilter", "true")
        if ref is not None:
            _stand_at(bare, ref)
        alias = self.folder / owner_name
        alias.unlink(missing_ok=True)
        alias.symlink_to(bare.name)
        return bare

    def settings(self, only: str = "") -> str:
        """The .gitconfig that leads git here: for the repository ``only``, else for all, and nowhere else."""
        here = self.folder.resolve().as_uri()
        if only:
            return f'[url "{here}/{only}"]\n\tinsteadOf = {self.address}{only}\n'
        return f'[url "{here}/"]\n\tinsteadOf = {self.address}\n{NOWHERE_ELSE}'


def git(*words: str, given: bytes = b"", env: Mapping[str, str] | None = None) -> str:
    """Run git, without the variables of a hook that may have started us; what it prints comes out.

    Raises:
        CalledProcessError: git failed.

    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        [shutil.which("git") or "git", *words],
        env={**ours, **(env or {})}, input=given, check=True, capture_output=True,
    )  # fmt: skip
    return os.fsdecode(done.stdout)


def _stand_at(bare: Path, ref: str) -> None:
    branches = git("-C", str(bare), "for-each-ref", "--format=%(refname)", "refs/heads")
    if f"refs/heads/{ref}" in branches.split():
        git("-C", str(bare), "symbolic-ref", "HEAD", f"refs/heads/{ref}")
        return
    commit = git("-C", str(bare), "rev-parse", "--verify", f"{ref}^{{commit}}").strip()
    git("-C", str(bare), "update-ref", "HEAD", commit)
