"""``--branch``: the last commit's notebooks, ported, become a commit of a branch that colabify keeps.

What is ported is what is committed, in a temporary work tree: the person's own, the index and the branch that
is checked out are not touched. The branch only ever grows; a commit of it has two parents, the branch's tip
and the commit that it ports.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.committing.calls import call, listed, tell
from colabify.committing.checkout import checked_out
from colabify.committing.commits import commit, hooks_in_words
from colabify.committing.condition import open_one, read_condition, refusal
from colabify.committing.entries import changed_files, entries_at
from colabify.committing.message import find_deeds, message_for
from colabify.committing.pushing import fetch_tip, home_of_course, need_home, push
from colabify.committing.refusals import CommitFailed, NoBranch, NotCommitted
from colabify.committing.tips import Tip, choose_parents, commit_at, find_tip
from colabify.committing.trailers import Trailers, outermost
from colabify.files import write_bytes
from colabify.project_finder import Target
from colabify.settings import ConfigError
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
def branch_for(args: argparse.Namespace) -> Iterator[Branch]:
    """The last commit in a work tree of its own, where it is ported for the branch.

    Raises:
        Refusal: nothing can be committed.

    """
    os.environ.pop("GIT_INDEX_FILE", None)  # a hook's: the temporary work tree has its own
    with open_one(args.places) as repository:
        found = read_condition(repository)
        why = refusal(found, on_branch=False) or _no_branch(repository, found, args.branch)
        if why is not None:
            raise why
        inside = _names_at(repository, found, args.places)
        with checked_out(repository, found.head) as copy:
            yield Branch(args, repository, copy, found, inside)


class Branch(Workplace):
    """A temporary work tree of the commit that is ported."""

    def __init__(
        self,
        args: argparse.Namespace,
        repository: git.Repo,
        copy: git.Repo,
        found: Condition,
        inside: dict[str, str],
    ) -> None:
        """``inside`` are the paths that a person gave, and where each is below the root."""
        self._root = Path(str(copy.working_tree_dir)).resolve()
        self._given = {str(self._root / path): name for name, path in inside.items()}
        super().__init__(list(self._given))
        self._branch, self._message, self._push = args.branch, args.message, args.push
        self._repository, self._copy, self._found = repository, copy, found
        self._home: Home | None = None
        self._here = self._there = ""
        self._tip: Tip | None = None
        self._names: list[str] = []
        self.notes += _edited(repository, found.root, inside)

    def target(self, settings_of: Callable[[Path], Settings]) -> Target:
        """The branch will hold what is ported, whatever a remote knows of it now.

        What was ported for it before is ported again, whether or not it is given this time.

        Raises:
            Refusal: the branch cannot take a port.

        """
        repository, name, base = self._repository, self._branch, self._found.head
        first = Path(self.given[0])
        try:
            settings = settings_of(first / "any.ipynb" if first.is_dir() else first)
        except ConfigError as error:
            raise ConfigError(self.told(str(error))) from None
        home = home_of_course(repository, settings.repo, self._found.branch, name)
        self._home = need_home(home) if self._push else home
        self._here = commit_at(repository, f"refs/heads/{name}")
        if self._push and home is not None:
            self._there = fetch_tip(repository, home)
        elif home is not None:
            self._there = commit_at(repository, home.tracking)
        self._tip = find_tip(repository, name, self._here, self._there, base)
        choose_parents(base, self._tip, name)
        for path in self._tip.trailers.paths if self._tip else ():
            if (self._root / path).exists():
                shown = os.path.relpath(self._found.root / path)
                self._given.setdefault(str(self._root / path), shown)
        self.given = list(self._given)
        return Target(self._root, home.address if home else "", name, base, always=True)

    def write(self, path: Path, raw: bytes, old: bytes) -> None:
        """Write a file of the temporary work tree, and remember that."""
        write_bytes(path, raw, old)
        self._names.append(path.resolve().relative_to(self._root).as_posix())

    def named(self, shown: str) -> str:
        """What the person called the file."""
        for folder in sorted(self._given, key=len, reverse=True):
            if Path(shown).is_relative_to(folder):
                return str(Path(self._given[folder]) / Path(shown).relative_to(folder))
        return self.told(shown)

    def told(self, text: str) -> str:
        """A text in which the temporary work tree is called by what it is a copy of."""
        return text.replace(str(self._root), os.path.relpath(self._found.root))

    def finish(self, outcomes: Sequence[Outcome], modules: Sequence[ModuleOutcome]) -> str:
        """Commit what was ported to the branch, and push it if that is wanted.

        Raises:
            Refusal: it could not be done.

        """
        home, tip, base = self._home, self._tip, self._found.head
        parents = choose_parents(base, tip, self._branch)
        tree = self._tree()
        hooks_did = ""
        if tip is not None and tip.tree == tree:
            new = tip.commit
        elif parents == (base,) and tree == tell(self._copy, "rev_parse", f"{base}^{{tree}}"):
            new = base
        else:
            deeds = find_deeds(outcomes, modules, self._root)
            end = self._trailers().text
            text = message_for(self._message, deeds, self._names, undo=False, trailers=end)
            new = self._commit(parents, text)
            if tip is not None and tip.tree == tell(self._copy, "rev_parse", f"{new}^{{tree}}"):
                new = tip.commit  # hooks have made of it what is there already
            hooks_did = hooks_in_words(
                entries_at(self._copy, tree), entries_at(self._copy, new), {}
            )
        pushed, moved = self._push and self._there != new, self._here != new
        if pushed and home is not None:
            push(self._repository, home, new)
        if moved:
            self._move(new)
        return _in_words(self._branch, new, home, moved=moved, pushed=pushed) + hooks_did

    def _trailers(self) -> Trailers:
        paths = [Path(one).relative_to(self._root).as_posix() for one in self._given]
        return Trailers(self._found.head, outermost(paths))

    def _tree(self) -> str:
        """The tree that the branch is to have, through the filters."""
        if self._names:
            with listed(self._names) as words:
                said = call(self._copy, "add", *words)
            if not said.ok:
                raise CommitFailed(f"git could not add what was ported: {said.line}", said.both)
        return tell(self._copy, "write_tree")

    def _commit(self, parents: Sequence[str], text: str) -> str:
        """Commit the index of the temporary work tree: hooks run, and it is signed, as everywhere."""
        copy = self._copy
        tell(copy, "update_ref", "--no-deref", "HEAD", parents[0])
        folder = Path(tell(copy, "rev_parse", "--absolute-git-dir"))
        if len(parents) > 1:  # how git merge leaves it for the commit that finishes it
            (folder / "MERGE_HEAD").write_text(f"{parents[1]}\n")
            (folder / "MERGE_MODE").write_text("no-ff")
        commit(copy, text)
        return tell(copy, "rev_parse", "HEAD")

    def _move(self, new: str) -> None:
        """Let the branch point at the new commit, unless somebody has moved it in the meantime."""
        words = (
            "-m",
            "colabify --branch",
            f"refs/heads/{self._branch}",
            new,
            self._here or "0" * len(new),
        )
        said = call(self._repository, "update_ref", *words)
        if not said.ok:
            raise NoBranch(f"the branch {self._branch} cannot be written: {said.line}", said.both)


def _no_branch(repository: git.Repo, found: Condition, name: str) -> NoBranch | None:
    """Why the branch of that name cannot be colabify's; None if it can."""
    if not call(repository, "check_ref_format", f"refs/heads/{name}").ok or name[:1] == "-":
        return NoBranch(f"{name!r} is no name of a branch")
    if name == found.branch:
        return NoBranch(f"the branch {name} is checked out here: --commit commits to it")
    said = tell(repository, "for_each_ref", "--format=%(worktreepath)", f"refs/heads/{name}")
    return NoBranch(f"the branch {name} is checked out in {said}") if said else None


def _names_at(repository: git.Repo, found: Condition, given: Sequence[str]) -> dict[str, str]:
    """Where the paths given are below the root.

    Raises:
        NotCommitted: the last commit does not have one of them.

    """
    inside = {}
    for name in given:
        path = Path(os.path.realpath(name)).relative_to(found.root).as_posix()
        if path != "." and not call(repository, "cat_file", "-e", f"{found.head}:{path}").ok:
            raise NotCommitted(
                f"{name} is not in the last commit, which is what is ported: commit it"
            )
        inside[name] = path
    return inside


def _edited(repository: git.Repo, root: Path, inside: dict[str, str]) -> list[tuple[str, str]]:
    """A note for each notebook given that has changes which the branch will not have."""
    text = "its changes are not committed, so the branch is without them"
    found = []
    for name in changed_files(repository):
        paths = [path for path in inside.values() if Path(name).is_relative_to(path)]
        if paths and name.endswith(".ipynb"):
            found.append((os.path.relpath(root / name), text))
    return found


def _in_words(branch: str, new: str, home: Home | None, *, moved: bool, pushed: bool) -> str:
    said = f"The branch {branch} is at {new[:7]}" if moved else f"The branch {branch} is up to date"
    if pushed and home is not None:
        return f"{said}, pushed to {home.remote}."
    later = f"; git push {home.remote} {branch} publishes it" if moved and home is not None else ""
    return f"{said}{later}."
