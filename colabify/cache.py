"""The cache: what a run without writing came to, kept until anything changes that it went by.

It is a file for each command (the paths and flags that were given, and where), which says of which state of
the program and of the repositories it holds. What is read is checked, and can make nothing but our own plain
values. A cache that is damaged, or cannot be read or written, is as good as none.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify import __version__
from colabify.cache_folder import cache_folder
from colabify.plans import ModuleChange
from colabify.state import Unseen, state_of, state_of_program
from colabify.temporaries import open_temporary

if TYPE_CHECKING:
    import argparse

    from colabify.outcomes import ModuleOutcome, Outcome

VARIABLE = "COLABIFY_CACHE_DIR"
"""Names the folder for results; empty: nothing is kept."""
_MOST = 64 * 2**20
"""How many bytes all files together may have; the ones that were not used for the longest time go."""
_VALUES = frozenset(
    f"colabify.{name}"
    for name in ("findings", "jsonspan", "outcomes", "parts", "plans", "steps", "supply")
)
"""The modules whose values may be kept."""
_UNREADABLE = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
)
"""What :mod:`pickle` says it raises for what it cannot read."""
_ASIDE = ("cache_dir", "format", "jobs", "no_cache", "quiet", "verbose", "check")
"""The arguments that make no difference to what a run comes to."""
_ELSEWISE = (
    "badges", "branch", "commit", "diff", "inplace", "no_cache", "online", "output_dir", "push", "undo",
    "verify",
)  # fmt: skip
"""The arguments with which nothing is kept: more is done then than to look at files."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to: of its notebooks, of modules, and what a person should know of other files."""

    outcomes: tuple[Outcome, ...]
    modules: tuple[ModuleOutcome, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cache:
    """The kept result of one command, in ``file``; ``key`` is the state that it has to be of."""

    file: Path
    key: bytes

    def kept(self) -> Result | None:
        """The result, if it was kept, and nothing has changed since."""
        try:
            raw = self.file.read_bytes()
            key, digest, body = raw[:32], raw[32:64], raw[64:]
            if key != self.key or digest != _digest(body):
                return None
            found = _Values(io.BytesIO(body)).load()
            os.utime(self.file)
        except (OSError, *_UNREADABLE):
            return None
        return found if isinstance(found, Result) else None

    def keep(self, result: Result) -> None:
        """Keep a result; one with an error may come out otherwise the next time, and is not kept."""
        from colabify.own_rules import has_own_rules

        every: list[Outcome | ModuleOutcome] = [*result.outcomes, *result.modules]
        if has_own_rules() or any(one.error for one in every):
            return
        body = pickle.dumps(replace(result, outcomes=tuple(map(_plain, result.outcomes))))
        with suppress(OSError):
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open_temporary(self.file) as new:
                new.file.write(self.key + _digest(body) + body)
                new.file.flush()
                new.replace(self.file)
            _make_room(self.file.parent)


def cache_for(args: argparse.Namespace) -> Cache | None:
    """The cache for a command with these arguments; None if it has none."""
    if "-" in args.places or any(getattr(args, name) not in (None, False) for name in _ELSEWISE):
        return None
    folder = args.cache_dir or _folder()
    if folder is None:
        return None
    given = {name: str(value) for name, value in sorted(vars(args).items()) if name not in _ASIDE}
    try:
        where = os.getcwd()  # noqa: PTH109 - as text, whatever it holds
        state = state_of([*args.places, *([args.config] if args.config else [])])
    except (OSError, Unseen):
        return None
    git = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("GIT_", "XDG_", "HOME")) and name != "GIT_PYTHON_REFRESH"
    }
    command = _digest(json.dumps([where, given]).encode())
    key = json.dumps(
        [__version__, sys.version, state_of_program(), sorted(git.items()), _user(), state]
    )
    return Cache(Path(folder) / f"{command.hex()}.run", _digest(command + key.encode()))


class _Values(pickle.Unpickler):
    """Reads our own plain values, and refuses all else: nothing that a file says is run."""

    def find_class(self, module: str, name: str) -> Any:
        """One of the values; see :class:`pickle.Unpickler`."""
        if module not in _VALUES and (module, name) != (__name__, "Result"):
            raise pickle.UnpicklingError(f"{module}.{name} is not kept")
        found = super().find_class(module, name)
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is not kept")
        return found


def _plain(outcome: Outcome) -> Outcome:
    """An outcome whose modules say no more than is told of them."""
    if outcome.plan is None:
        return outcome
    modules = tuple(
        ModuleChange(one.path, one.source, one.done, one.codes) for one in outcome.plan.modules
    )
    return replace(outcome, plan=replace(outcome.plan, modules=modules))


def _folder() -> Path | None:
    """The folder for results: the variable's, else one below the system's for caches; None: none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    try:
        return cache_folder() / "runs"
    except RuntimeError:
        return None


def _make_room(folder: Path) -> None:
    files = [(one.stat(), one) for one in folder.glob("*.run")]
    size = sum(seen.st_size for seen, _ in files)
    for seen, file in sorted(files, key=lambda one: one[0].st_mtime_ns):
        if size <= _MOST:
            return
        file.unlink(missing_ok=True)
        size -= seen.st_size


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _digest(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=32).digest()
