"""The message of a commit: what a person would write, with a line for each file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from colabify.report.table import done_in_words
from colabify.report.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from colabify.outcomes import ModuleOutcome, Outcome


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to the file of that name, below the root."""

    name: str
    words: str
    is_notebook: bool = True


def find_deeds(
    outcomes: Iterable[Outcome], modules: Iterable[ModuleOutcome], root: Path
) -> list[Deed]:
    """What a run has done to the files of the repository at ``root``."""
    deeds = [
        Deed(_below(one.shown, root), done_in_words(one))
        for one in outcomes
        if one.plan is not None and one.changed
    ]
    return deeds + [_of_module(one, root) for one in modules if one.changed]


def _of_module(one: ModuleOutcome, root: Path) -> Deed:
    words = " ".join(part for part in (", ".join(one.codes), one.done) if part)
    return Deed(_below(one.shown, root), words, is_notebook=False)


def _below(shown: str, root: Path) -> str:
    path = Path(shown).resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else shown


def message_for(
    said: str | None,
    deeds: Sequence[Deed],
    names: Collection[str],
    *,
    undo: bool,
    trailers: str = "",
) -> str:
    """The message: what a person ``said``, else what was done to the files of these names.

    ``trailers`` are the lines that end it.
    """
    text = default_message([one for one in deeds if one.name in names], undo=undo)
    text = text if said is None else said.strip()
    return f"{text}\n\n{trailers}\n" if trailers else f"{text}\n"


def default_message(deeds: Sequence[Deed], *, undo: bool = False) -> str:
    """A line that sums up, and a line for each file."""
    notebooks = [one for one in deeds if one.is_notebook]
    if len(notebooks) == 1:
        what = printable(PurePosixPath(notebooks[0].name).name)
    else:
        what = f"{len(notebooks)} notebooks" if notebooks else "the course's modules"
    title = f"Take back what colabify did to {what}" if undo else f"Port {what} to Google Colab"
    lines = [f"- {printable(one.name)}: {printable(one.words)}" for one in deeds]
    return "\n".join([title, "", *lines]) if lines else title
