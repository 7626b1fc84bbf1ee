"""Pushing: where a branch belongs, what is there already, and how it gets there. Never by force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.committing.calls import call, tell
from colabify.committing.refusals import PushRejected
from colabify.remote import (
    REFS,
    choose_remote,
    parse_remote,
    read_refs,
    read_remotes,
    without_credentials,
)

if TYPE_CHECKING:
    import git

    from colabify.remote import Remote

_PUSHED = "--format=%(push:remotename)%09%(push:remoteref)"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a branch is pushed to: a remote, its address, and what the branch is called there."""

    remote: str
    address: str
    branch: str

    @property
    def tracking(self) -> str:
        """The ref that remembers what was there at the last fetch."""
        return f"refs/remotes/{self.remote}/{self.branch}"


def home_of_branch(repository: git.Repo, branch: str) -> Home | None:
    """Where ``git push`` would bring the branch; of one that follows nothing, where the course is."""
    addresses = read_remotes(tell(repository, "remote", "-v"))
    said = tell(repository, "for_each_ref", _PUSHED, f"refs/heads/{branch}")
    remote, _, ref = said.partition("\t")
    if remote not in addresses:
        remote, ref = _course(repository, addresses, branch, None), ""
    there = ref.removeprefix("refs/heads/") or branch
    return Home(remote, addresses[remote], there) if remote else None


def home_of_course(repository: git.Repo, repo: str, here: str, branch: str) -> Home | None:
    """Where setup cells clone from: the home of a ``branch`` that colabify makes.

    ``repo`` is the address that a person asked for, ``here`` the branch that is checked out.
    """
    addresses = read_remotes(tell(repository, "remote", "-v"))
    remote = _course(repository, addresses, here, parse_remote(repo))
    return Home(remote, addresses[remote], branch) if remote else None


def _course(
    repository: git.Repo, addresses: dict[str, str], branch: str, asked: Remote | None
) -> str:
    refs, _ = read_refs(tell(repository, "for_each_ref", *REFS))
    return choose_remote(refs, addresses, branch, asked)


def need_home(home: Home | None) -> Home:
    """The home; without one there is nowhere to push to.

    Raises:
        PushRejected: there is none.

    """
    if home is None:
        raise PushRejected("there is no remote to push to: git remote add one, then run again")
    return home


def fetch_tip(repository: git.Repo, home: Home) -> str:
    """The commit that the branch has where it is pushed to, brought here; empty if it is not there.

    No ref is changed by that.

    Raises:
        PushRejected: the remote cannot be reached.

    """
    where = tell(repository, "remote", "get-url", "--push", home.remote).split("\n")[0]
    ref = f"refs/heads/{home.branch}"
    said = call(repository, "ls_remote", where, ref, hooks=True)
    if not said.ok:
        raise PushRejected(f"{_shown(home)} cannot be reached: {said.line}", said.both)
    commit = said.out.partition("\t")[0]
    if not commit or call(repository, "cat_file", "-e", f"{commit}^{{commit}}").ok:
        return commit
    shallow = tell(repository, "rev_parse", "--is-shallow-repository") == "true"
    words = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"]
    words += ["--no-recurse-submodules", *(["--depth=1"] if shallow else [])]
    said = call(repository, "fetch", *words, where, ref, hooks=True)
    if not said.ok:
        raise PushRejected(f"{_shown(home)} cannot be reached: {said.line}", said.both)
    return commit


def push(repository: git.Repo, home: Home, commit: str) -> None:
    """Push the commit to the branch at its home; the person's pre-push hook runs.

    Raises:
        PushRejected: the remote or the hook has not taken it; the message has the reason.

    """
    words = ("--porcelain", "--no-follow-tags", "--no-force-with-lease")
    target = f"{commit}:refs/heads/{home.branch}"
    said = call(repository, "push", *words, home.remote, target, hooks=True)
    if said.ok:
        return
    refused = [one.rpartition("\t")[2] for one in said.out.splitlines() if one.startswith("!\t")]
    why = refused[0] if refused else said.line
    hint = ": git pull, then run again" if "fetch first" in why or "non-fast" in why else ""
    text = f"{_shown(home)} has not taken the branch {home.branch}: {why}{hint}"
    raise PushRejected(text, said.both)


def _shown(home: Home) -> str:
    return f"{home.remote} ({without_credentials(home.address)})"
