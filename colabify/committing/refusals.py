"""The reasons for which nothing is committed. After each of them everything is as it was."""

from __future__ import annotations

from colabify.errors import ColabifyError


class Refusal(ColabifyError):
    """Nothing is committed or pushed; the message says why, and what to do."""

    def __init__(self, message: str, said: str = "") -> None:
        super().__init__(message)
        self.said = said


class NoRepository(Refusal):
    """There is none round what was given, it is bare, or there are several."""


class NoCommitYet(Refusal):
    """The repository has no commit that a port could stand on."""


class UnderWay(Refusal):
    """A merge, a rebase or the like is not finished."""


class Detached(Refusal):
    """No branch is checked out that could get the commit."""


class Locked(Refusal):
    """Another git program works on the index."""


class NoIdentity(Refusal):
    """Git does not know who commits."""


class MixedIn(Refusal):
    """A file that colabify changed has changes of a person which would be committed with it."""


class NotCommitted(Refusal):
    """What was given is not in the commit that the branch is made from."""


class NoBranch(Refusal):
    """The name is no branch's, or that branch cannot be written to."""


class OwnCommits(Refusal):
    """The branch has commits of a person, which a new port would leave out."""


class CommitFailed(Refusal):
    """A hook, the signing or git itself has refused the commit."""


class PushRejected(Refusal):
    """The remote has not taken it, or cannot be reached."""
