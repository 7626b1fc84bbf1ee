"""What a notebook installs by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.shell import given_commands
from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.program import Program

_INSTALLERS = frozenset({"pip", "pip2", "pip3", "conda", "mamba"})
_WITH_VALUE = frozenset(
    {"-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-t", "--target", "-c",
     "--constraint", "--channel", "--prefix", "-n", ">", ">>", "2>"}
)  # fmt: skip
_OF_FILES = ("-r", "-e", "--requirement", "--editable")


@dataclass(frozen=True, slots=True)
class InstalledByHand:
    """``names`` are the distributions that the notebook's own lines install, normalised.

    ``others``: some line installs what it does not name (``-r file``, ``git+https://...``), so that
    nobody knows what is there afterwards.
    """

    names: frozenset[str]
    others: bool


def installed_by_hand(program: Program) -> InstalledByHand:
    """What the notebook's ``pip install`` lines install, as magics, shell lines, scripts or processes."""
    names: set[str] = set()
    others = False
    for _, command in given_commands(program):
        for word in _installed(command):
            name = _bare(word)
            if word.startswith(_OF_FILES) or "/" in word or not name:
                others = True
            elif not word.startswith("-"):
                names.add(normalised_name(name))
    return InstalledByHand(frozenset(names), others)


def _installed(command: Sequence[str]) -> list[str]:
    """The words behind ``install`` of a command that installs, less the values of its options."""
    at = next((i for i, word in enumerate(command) if word in _INSTALLERS), None)
    if at is None or "install" not in command[at:]:
        return []
    words = command[command.index("install", at) + 1 :]
    pairs = zip(["", *words], words, strict=False)
    return [word for before, word in pairs if before not in _WITH_VALUE and word not in _WITH_VALUE]


def _bare(word: str) -> str:
    """The name that a requirement begins with; options are names of their own."""
    end = next((i for i, c in enumerate(word) if not (c.isalnum() or c in "-_.")), len(word))
    return word[:end]
