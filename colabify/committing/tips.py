"""The tip of a branch of colabify's own: where it is, what it says, and what may stand on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.committing.calls import call, tell
from colabify.committing.refusals import OwnCommits
from colabify.committing.trailers import Trailers, read_trailers

if TYPE_CHECKING:
    import git

_FORM = "--format=%T%n%s%n%(trailers:only,unfold)"


@dataclass(frozen=True, slots=True)
class Tip:
    """The last commit of a branch, and the first line of its message.

    ``before`` and ``behind``: the commit to be ported is among those it stands on; or the other way round.
    """

    commit: str
    tree: str
    subject: str = ""
    trailers: Trailers = field(default_factory=Trailers)
    before: bool = False
    behind: bool = False


def choose_tip(here: str, there: str, *, here_first: bool, there_first: bool, name: str) -> str:
    """The later one of the branch's commits here and at the remote; each is empty if it is not there.

    ``here_first``: the one here is among those that the remote's stands on; ``there_first``: the other way.

    Raises:
        OwnCommits: neither stands on the other.

    """
    if not there or there_first:
        return here or there
    if not here or here_first:
        return there
    text = f"the branch {name} here and the one at the remote have parted: delete one of them"
    raise OwnCommits(f"{text}, or name another branch")


def choose_parents(base: str, tip: Tip | None, name: str) -> tuple[str, ...]:
    """The parents of a commit that ports ``base`` onto the branch ``name``.

    The tip comes first, so that the branch only ever grows; the base comes with it, so that the branch
    has merged what it ports, and its diff against the base is what colabify did.

    Raises:
        OwnCommits: the tip is a person's: what they did there would be gone from the new commit.

    """
    if tip is None or tip.behind:
        return (base,)
    if not tip.trailers.base:
        text = f"the branch {name} has commits that are not colabify's ({tip.commit[:7]} {tip.subject})"
        raise OwnCommits(f"{text}: merge them into what is ported, or name another branch")
    return (tip.commit,) if tip.before else (tip.commit, base)


def commit_at(repository: git.Repo, ref: str) -> str:
    """The commit that a ref names; empty if there is none."""
    said = call(repository, "rev_parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    return said.out.strip()


def find_tip(repository: git.Repo, name: str, here: str, there: str, base: str) -> Tip | None:
    """The branch's last commit, of those here and at the remote; None if it is at neither.

    Raises:
        OwnCommits: they have parted.

    """
    commit = choose_tip(
        here, there, name=name,
        here_first=_stands_on(repository, there, here), there_first=_stands_on(repository, here, there),
    )  # fmt: skip
    if not commit:
        return None
    said = tell(repository, "log", "-1", "--no-show-signature", _FORM, commit)
    tree, subject, text = said.split("\n", 2)
    trailers = read_trailers(text)
    return Tip(
        commit, tree, subject, trailers,
        # A shallow clone does not know what a commit stands on
        before=trailers.base == base or _stands_on(repository, commit, base),
        behind=_stands_on(repository, base, commit),
    )  # fmt: skip


def _stands_on(repository: git.Repo, later: str, earlier: str) -> bool:
    """Whether ``earlier`` is among the commits that ``later`` stands on, or is it."""
    known = bool(later and earlier)
    return known and call(repository, "merge_base", "--is-ancestor", earlier, later).ok
