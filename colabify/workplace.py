"""The workplace of a run: where the notebooks are that were given, and how they are written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from colabify.outcomes import ModuleOutcome, Outcome
    from colabify.project_finder import Target
    from colabify.settings import Settings

    _Outcome = TypeVar("_Outcome", Outcome, ModuleOutcome)


class Workplace:
    """The disk as it is; nothing is committed."""

    def __init__(self, given: Sequence[str]) -> None:
        """``given`` are the paths as the run has to look for them."""
        self.given = list(given)
        self.notes: list[tuple[str, str]] = []
        """What a person should know about some of the files: how each is called, and what."""

    def target(self, settings_of: Callable[[Path], Settings]) -> Target | None:  # noqa: ARG002
        """What the remote will hold once the run is over, if that is other than what it holds.

        ``settings_of`` says which settings hold for a notebook. ``given`` is final after that.
        """
        return None

    def write(self, path: Path, raw: bytes, old: bytes) -> None:
        """Write a file that held ``old``.

        Raises:
            ColabifyError: it cannot, or must not, be written.

        """
        from colabify.files import write_bytes

        write_bytes(path, raw, old)

    def named(self, shown: str) -> str:
        """What a person has called the file that the run calls ``shown``."""
        return shown

    def told(self, text: str) -> str:
        """A text about files as a person knows them."""
        return text

    def as_known(self, one: _Outcome) -> _Outcome:
        """What came of a file, told as of the one that the person knows."""
        return replace(one, shown=self.named(one.shown), error=self.told(one.error))

    def finish(
        self,
        outcomes: Sequence[Outcome],  # noqa: ARG002
        modules: Sequence[ModuleOutcome],  # noqa: ARG002
    ) -> str:
        """Commit, and push, if that is wanted; what was done comes out, in a sentence.

        Raises:
            ColabifyError: it could not be done, and everything is as it was.

        """
        return ""


def misuse_of_commit(args: argparse.Namespace) -> str:
    """What is wrong with how a commit is asked for; empty if nothing is.

    It needs notebooks that are written: ``--inplace``, which it implies, or ``--undo``.
    """
    given = vars(args)
    asked = "branch" if args.branch is not None else "commit" if args.commit else ""
    if not asked:
        late = [name for name in ("push", "message") if given[name] not in (False, None)]
        return f"argument --{late[0]}: only allowed with --commit or --branch" if late else ""
    wrong = ["check", "diff", "output_dir", *(["inplace", "undo", "ref"] if args.branch else [])]
    named = [name.replace("_", "-") for name in wrong if given[name] not in (False, None)]
    if named:
        return f"argument --{asked}: not allowed with argument --{named[0]}"
    stdin = f"argument --{asked}: not allowed with -, which is in no repository"
    return stdin if "-" in args.places else ""


@contextmanager
def chosen_workplace(args: argparse.Namespace) -> Iterator[Workplace]:
    """The workplace that the arguments ask for.

    Raises:
        ColabifyError: there, nothing can be committed.

    """
    if args.branch is not None:
        from colabify.committing.branch import branch_for

        with branch_for(args) as branch:
            yield branch
    elif args.commit:
        from colabify.committing.here import commit_here

        with commit_here(args) as here:
            yield here
    else:
        yield Workplace(args.places)
