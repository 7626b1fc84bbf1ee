"""The cache: what runs came to, kept until anything changes that they went by.

Two things are kept, in slots of the same form (:mod:`colabify.slots`): of a run that writes nothing, all that
it came to, which answers the same command without loading what reads notebooks; and of each notebook its plan
(:mod:`colabify.notebook_cache`), for when something has changed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from colabify import __version__, own_rules
from colabify.asked import COMPILED
from colabify.cache_folder import cache_folder
from colabify.outcomes import Result
from colabify.plans import ModuleChange, Plan
from colabify.program_state import state_of_program
from colabify.seen import Unseen
from colabify.slots import Slot, digest, make_folder, make_room, packed, unpacked
from colabify.state import Worktree, root_of, state_of_git

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from colabify.outcomes import ModuleOutcome, Outcome

VARIABLE = "COLABIFY_CACHE_DIR"
"""Names the cache's folder; empty: nothing is kept."""
_ASIDE = (
    "cache_dir", "check", "diff", "format", "inplace", "jobs", "no_cache", "places", "quiet", "verbose",
)  # fmt: skip
"""The arguments that make no difference to a notebook's plan, or are reckoned with by themselves."""
_ELSEWISE = (
    "badges", "branch", "commit", "no_cache", "online", "output_dir", "push", "undo", "verify",
)  # fmt: skip
"""The arguments with which nothing is kept: more is done then than to look at files."""


@dataclass
class Cache:
    """The cache in ``folder``, for one command: ``program`` is all but the notebooks and repositories."""

    folder: Path
    program: str
    _slot: Slot | None = None
    _trees: dict[str, Worktree | None] = field(default_factory=dict)

    def kept(self, *, whole: bool = True) -> Result | None:
        """What the same command came to, if that was kept, and nothing has changed since.

        If not ``whole``, it says of each notebook no more than whether it changes, and what was found: to
        make the plans takes three times as long.
        """
        match self._slot.read() if self._slot is not None else None:
            case Result() as found, bytes(plans):
                return _with_plans(found, unpacked(plans)) if whole else found
        return None

    def keep(self, result: Result) -> None:
        """Keep a result.

        One with an error may come out otherwise the next time, and what others' rules go by is not known:
        neither is kept.
        """
        every: list[Outcome | ModuleOutcome] = [*result.outcomes, *result.modules]
        failed = own_rules.has_own_rules() or any(one.error for one in every)
        if self._slot is not None and not failed:
            plans = packed([_plain(one.plan) for one in result.outcomes])
            found = replace(result, outcomes=tuple(map(_found, result.outcomes)))
            self._slot.write((found, plans))
        make_room(self.folder)

    def note(self, asked: Sequence[tuple[str, str, str]]) -> None:
        """Note what was asked of the disk: of a whole run, it is not known what Python has compiled."""
        if any(COMPILED in name.lower() for _, name, _ in asked):
            self._slot = None

    def tree(self, root: str) -> Worktree | None:
        """The files of a repository as they stood when first asked for; None: that cannot be told."""
        if root not in self._trees:
            self._trees[root] = None
            with suppress(Unseen):
                self._trees[root] = Worktree(root, os.path.realpath(self.folder))
        return self._trees[root]

    def look(self, args: argparse.Namespace) -> None:
        """Find the slot for what this command comes to in the state that all is in now; there may be none."""
        try:
            where = os.getcwd()  # noqa: PTH109 - as text, whatever it holds
            given = [*args.places, *([args.config] if args.config else [])]
            real = [os.path.realpath(name) for name in given]  # a link may lead elsewhere tomorrow
            roots = sorted({root_of(Path(one)) for one in real})
            trees = [tree for root in roots if (tree := self.tree(root)) is not None]
            state = state_of_git(trees) if len(trees) == len(roots) else None
        except (OSError, Unseen):
            return
        if state is not None:
            named = json.dumps([where, args.places, real, self.program]).encode()
            name = digest(json.dumps([where, args.places, _said(args)]).encode()).hex()
            self._slot = Slot(
                self.folder / f"{name}.run", digest(named + _git().encode() + state.encode())
            )


def cache_for(args: argparse.Namespace) -> Cache | None:
    """The cache for a command with these arguments; None if it has none."""
    if "-" in args.places or any(getattr(args, name) not in (None, False) for name in _ELSEWISE):
        return None
    folder = args.cache_dir or _folder()
    if folder is None:
        return None
    make_folder(Path(folder))
    try:
        config = Path(args.config).read_bytes().hex() if args.config else ""
        program = [__version__, sys.version, state_of_program(), _user(), _said(args), config]
    except (OSError, Unseen):
        return None
    cache = Cache(Path(folder), json.dumps(program))
    if not (args.inplace or args.diff):
        cache.look(args)
    return cache


def _said(args: argparse.Namespace) -> dict[str, str]:
    return {name: str(value) for name, value in sorted(vars(args).items()) if name not in _ASIDE}


def _plain(plan: Plan | None) -> Plan | None:
    """A plan whose modules say no more than is told of them."""
    if plan is None:
        return None
    modules = (ModuleChange(one.path, one.source, one.done, one.codes) for one in plan.modules)
    return replace(plan, modules=tuple(modules))


def _found(outcome: Outcome) -> Outcome:
    """An outcome with what was found alone."""
    plan = outcome.plan
    return replace(outcome, plan=plan and Plan(plan.notebook, findings=plan.findings))


def _with_plans(result: Result, plans: object) -> Result | None:
    if not isinstance(plans, list) or len(plans) != len(result.outcomes):
        return None
    every = zip(result.outcomes, plans, strict=True)
    return replace(result, outcomes=tuple(replace(one, plan=plan) for one, plan in every))


def _folder() -> Path | None:
    """The cache's folder: the variable's, else one below the system's for caches; None: none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    try:
        return cache_folder() / "runs"
    except RuntimeError:
        return None


def _git() -> str:
    """The variables that git goes by, to find its configuration among others."""
    found = (
        item
        for item in os.environ.items()
        if item[0].startswith(("GIT_", "XDG_", "HOME")) and item[0] != "GIT_PYTHON_REFRESH"
    )
    return json.dumps(sorted(found))


def _user() -> list[int]:
    """Who reads: not everybody may read every file."""
    return [os.geteuid(), *os.getgroups()] if hasattr(os, "geteuid") else []
