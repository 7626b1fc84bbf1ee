"""``--commit``: what colabify wrote, and nothing else, becomes a commit of the branch that is checked out.

``git commit --only`` does it: it builds the commit from the last one and the files named, through the
filters, leaves what a person has staged staged, runs the hooks, and signs if the person does.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.committing.calls import listed, tell
from colabify.committing.commits import commit, hooks_in_words
from colabify.committing.condition import open_one, read_condition, refusal
from colabify.committing.earlier import Earlier
from colabify.committing.entries import (
    Entries,
    changed_files,
    entries_at,
    entries_of_index,
    put_into_index,
    rewritten,
)
from colabify.committing.journal import Journal
from colabify.committing.message import Deed, find_deeds, message_for
from colabify.committing.pushing import home_of_branch, need_home, push
from colabify.committing.refusals import Locked, MixedIn, PushRejected
from colabify.courses import git_root
from colabify.project_finder import Target
from colabify.workplace import Workplace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    import git

    from colabify.committing.condition import Condition
    from colabify.committing.pushing import Home
    from colabify.outcomes import ModuleOutcome, Outcome
    from colabify.settings import Settings


@contextmanager
def commit_here(args: argparse.Namespace) -> Iterator[Here]:
    """The work tree, from which what is written will be committed; all is as it was if it cannot be.

    Raises:
        Refusal: nothing can be committed.

    """
    with open_one(args.places) as repository:
        found = read_condition(repository)
        why = refusal(found, on_branch=True)
        if why is not None:
            raise why
        home = need_home(home_of_branch(repository, found.branch)) if args.push else None
        here = Here(args, repository, found, home)
        with here.journal:
            yield here


class Here(Workplace):
    """The work tree that the person works in."""

    def __init__(
        self, args: argparse.Namespace, repository: git.Repo, found: Condition, home: Home | None
    ) -> None:
        """``home`` is where to push to; None if that is not wanted."""
        super().__init__(args.places)
        self._message, self._undo = args.message, args.undo
        self._repository, self._found, self._home = repository, found, home
        self._edited = frozenset(changed_files(repository))
        self._clean = _watched_files(repository) - self._edited
        self._earlier = Earlier(repository, found.root, found.head)
        self.journal = Journal(self._objection)

    def target(self, settings_of: Callable[[Path], Settings]) -> Target | None:  # noqa: ARG002
        """What is pushed will be at the remote, also if it is not there yet."""
        found, home = self._found, self._home
        return Target(found.root, home.address, home.branch, found.head) if home else None

    def write(self, path: Path, raw: bytes, old: bytes) -> None:
        """Write a file, unless a person's changes in it would be committed with colabify's.

        Raises:
            ColabifyError: they would, or it cannot be written.

        """
        self.journal.write(path, raw, old)

    def _objection(self, path: Path) -> str:
        root = self._found.root
        if git_root(path.parent) != root:
            return f"it is not in the repository {root}, which gets the commit: commit it by itself"
        name = path.relative_to(root).as_posix()
        if name in self._clean or (name in self._edited and self._earlier.is_ours(name)):
            return ""
        return "it has changes that are not committed: commit or stash them first"

    def finish(self, outcomes: Sequence[Outcome], modules: Sequence[ModuleOutcome]) -> str:
        """Commit what was written, and push it if that is wanted.

        Raises:
            Refusal: it could not be done.

        """
        journal, root = self.journal, self._found.root
        if journal.objections:
            wrong = ", ".join(_below(path, root) for path in sorted(journal.objections))
            why = sorted(set(journal.objections.values()))[0]
            raise MixedIn(f"nothing is committed or changed: {wrong}: {why}")
        edited = changed_files(self._repository)
        names = {_below(path, root) for path in journal.written}
        asked = {_below(Path(one.shown).resolve(), root) for one in outcomes}
        left = self._earlier.left_over(asked, set(edited) - names)
        changed = sorted({*names, *left.ours} & set(edited))
        if not changed:
            journal.keep()
            pushed = ", and so nothing is pushed" if self._home else ""
            done = "the filters of .gitattributes leave nothing of it." if names else "all is done."
            return f"Nothing to commit{pushed}: {left.mixed_in_words or done}"
        word = "undone" if self._undo else "ported"
        deeds = find_deeds(outcomes, modules, root)
        deeds += [Deed(name, word, name.endswith(".ipynb")) for name in left.ours]
        text = message_for(self._message, deeds, changed, undo=self._undo)
        done = self._commit(changed, text)
        journal.keep()
        return f"{done} {left.mixed_in_words}".rstrip()

    def _commit(self, names: Sequence[str], text: str) -> str:
        """Commit the files of these names and push; a commit that is not pushed is taken back."""
        repository, found, home = self._repository, self._found, self._home
        index, done = _Index(repository), False
        with listed(names) as paths:
            commit(repository, text, "--only", *paths)
        try:
            new = tell(repository, "rev_parse", "HEAD")
            hooks_did = _after_hooks(repository, found.head, new, names)
            if home is not None:
                push(repository, home, new)
            done = True
        except PushRejected as error:
            text = f"{error}; nothing is committed or changed here"
            raise PushRejected(text, error.said) from None
        finally:
            if not done:
                words = ("-m", "colabify: not pushed", f"refs/heads/{found.branch}")
                tell(repository, "update_ref", *words, found.head)
                index.give_back()
        count = f"{len(names)} file{'s' * (len(names) != 1)}"
        pushed = f", pushed to {home.remote}/{home.branch}" if home else ""
        return f"Committed {new[:7]} on {found.branch}{pushed}: {count}.{hooks_did}"


class _Index:
    """The index as it is now, to be put back whole, as git itself replaces it."""

    def __init__(self, repository: git.Repo) -> None:
        where = tell(repository, "rev_parse", "--git-path", "index")
        self._path = Path(str(repository.working_tree_dir), where)
        self._raw = self._path.read_bytes()

    def give_back(self) -> None:
        """Put it back.

        Raises:
            Locked: another git program works on it.

        """
        lock = self._path.with_name(f"{self._path.name}.lock")
        try:
            with lock.open("xb") as file:
                file.write(self._raw)
        except FileExistsError:
            text = "the push was rejected, and another git program works on the index: git status"
            raise Locked(text) from None
        lock.replace(self._path)


def _watched_files(repository: git.Repo) -> frozenset[str]:
    """The files of the last commit, less those that git was told to take for unchanged: it cannot say."""
    at_head = tell(repository, "ls_tree", "-r", "-z", "--name-only", "--full-tree", "HEAD")
    tagged = tell(repository, "ls_files", "-z", "-v", ":/").split("\0")
    unwatched = {one[2:] for one in tagged if one[:1] == "S" or one[:1].islower()}
    return frozenset(at_head.split("\0")) - unwatched


def _after_hooks(repository: git.Repo, old: str, new: str, names: Sequence[str]) -> str:
    """Bring what hooks have made of the commit into the index; what they did, in words.

    Git had put our files into the index before the hooks ran on a copy of it.
    """
    before, after, index = (
        entries_at(repository, old),
        entries_at(repository, new),
        entries_of_index(repository),
    )
    done: Entries = {name: index.get(name) for name in names}
    put_into_index(repository, rewritten(before, after, index, names))
    return hooks_in_words(before, after, done)


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
