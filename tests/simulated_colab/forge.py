"""What stands for github.com: bare repositories in a folder."""

import os
import shutil
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulated_colab.git_server import Access, GitServer, serving

NOWHERE_ELSE = """\
[protocol "https"]
\tallow = never
[protocol "ssh"]
\tallow = never
"""


@dataclass(frozen=True)
class Forge:
    """The repositories at https://github.com/, kept under `folder`.

    Plainly, they are cloned as files. With `http`, or when some (`owner/name`) are `private`, a
    server on this machine answers, wants `token` as the password for the private ones (with any
    user name), and adds each request to `accesses`.
    """

    folder: Path
    http: bool = False
    private: Collection[str] = ()
    token: str = "the-token-of-the-forge"
    accesses: list[Access] = field(default_factory=list, compare=False, repr=False)

    def publish(self, repository: Path, owner_name: str, *, ref: str | None = None) -> None:
        """Put the repository in the folder `repository` at https://github.com/`owner_name`.

        Its default branch is the one that is checked out; with `ref`, that branch, or (when `ref`
        is a tag or a commit) the checked-out branch as of then. Publishing again replaces it.
        """
        bare = self.folder / f"{owner_name}.git"
        shutil.rmtree(bare, ignore_errors=True)
        bare.parent.mkdir(parents=True, exist_ok=True)
        git("clone", "--quiet", "--bare", str(repository), str(bare))
        git("-C", str(bare), "config", "uploadpack.allowAnySHA1InWant", "true")
        git("-C", str(bare), "config", "uploadpack.allowFilter", "true")
        if ref is not None:
            self._stand_at(bare, ref)
        alias = self.folder / owner_name
        alias.unlink(missing_ok=True)
        alias.symlink_to(bare.name)

    @contextmanager
    def reachable(self, certificates: Path) -> Iterator[str]:
        """Serve while the context lasts; give the .gitconfig that leads git here and only here."""
        if not (self.http or self.private):
            url = self.folder.resolve().as_uri()
            yield f'[url "{url}/"]\n\tinsteadOf = https://github.com/\n{NOWHERE_ELSE}'
            return
        server = GitServer(
            self.folder.resolve(), frozenset(self.private), self.token, self.accesses
        )
        with serving(server, certificates) as settings:
            yield settings

    @staticmethod
    def _stand_at(bare: Path, ref: str) -> None:
        branches = git("-C", str(bare), "for-each-ref", "--format=%(refname)", "refs/heads")
        if f"refs/heads/{ref}" in branches.split():
            git("-C", str(bare), "symbolic-ref", "HEAD", f"refs/heads/{ref}")
            return
        commit = git("-C", str(bare), "rev-parse", "--verify", f"{ref}^{{commit}}").strip()
        git("-C", str(bare), "update-ref", "HEAD", commit)


def git(*arguments: str) -> str:
    """Run git, without the variables of a hook that may have started us; return what it prints."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(["git", *arguments], env=env, check=True, capture_output=True, text=True)
    return done.stdout
