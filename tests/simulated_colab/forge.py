"""What stands for github.com in the tests: a folder of repositories, or a server that wants a token."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from colabify.verify.forge import NOWHERE_ELSE
from colabify.verify.forge import Forge as PlainForge
from tests.simulated_colab.git_server import Access, GitServer, serving

__all__ = ["NOWHERE_ELSE", "Forge"]


@dataclass(frozen=True)
class Forge(PlainForge):
    """The repositories at https://github.com/, kept under `folder`.

    Plainly, they are cloned as files. With `http`, or when some (`owner/name`) are `private`, a
    server on this machine answers, wants `token` as the password for the private ones (with any
    user name), and adds each request to `accesses`.
    """

    http: bool = False
    private: Collection[str] = ()
    token: str = "the-token-of-the-forge"
    accesses: list[Access] = field(default_factory=list, compare=False, repr=False)

    @contextmanager
    def reachable(self, certificates: Path) -> Iterator[str]:
        """Serve while the context lasts; give the .gitconfig that leads git here and only here."""
        if not (self.http or self.private):
            yield self.settings()
            return
        server = GitServer(
            self.folder.resolve(), frozenset(self.private), self.token, self.accesses
        )
        with serving(server, certificates) as settings:
            yield settings
