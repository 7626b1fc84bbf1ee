"""The options and operands of a command, as most programs of Unix read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.shell_line import Word

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = frozenset(
    {"branch", "config", "depth", "directory", "directory-prefix", "file", "input-file", "output",
     "output-dir", "output-document", "path", "strip-components", "target-directory"}
)  # fmt: skip
"""Long options that take the next word if they have no ``=``."""

OF_IPYTHON = frozenset(
    {"history", "kernel", "kernelspec", "locate", "nbconvert", "notebook", "profile"}
)
"""Words behind ``ipython`` and ``jupyter`` that are commands, and no scripts."""


@dataclass(frozen=True, slots=True)
class Options:
    """A command's options, by letter or long name, with their values; and its ``operands``."""

    given: tuple[tuple[str, Word | None], ...]
    operands: tuple[Word, ...]

    def has(self, *names: str) -> bool:
        """Whether one of them is given."""
        return any(name in names for name, _ in self.given)

    def all(self, *names: str) -> list[Word]:
        """The values of each time that one of them is given."""
        return [word for name, word in self.given if name in names and word is not None]

    def value(self, *names: str, default: str | None = None) -> str | None:
        """The last value; ``default`` if none is given, None if it is not known."""
        found = self.all(*names)
        if not found:
            return default
        return found[-1].text if found[-1].known else None


def read_options(
    words: Iterable[Word], valued: str, *, long: Iterable[str] = (), pairs: str = ""
) -> Options:
    """The options and operands of ``words``, a command's without its name.

    ``valued`` are the letters that take a value, the rest of their word or the next; ``long`` are long
    names that do, beside the usual ones; a letter of ``pairs`` and the one behind it are one option.
    """
    given: list[tuple[str, Word | None]] = []
    operands: list[Word] = []
    waiting = ""
    taking = {*_LONG, *long}
    for word in words:
        text = word.text
        if waiting:
            given.append((waiting, word))
            waiting = ""
        elif text.startswith("--") and len(text) > 2:
            name, equals, value = text[2:].partition("=")
            waiting = name if name in taking and not equals else ""
            if not waiting:
                given.append((name, Word(value) if equals else None))
        elif text.startswith("-") and text != "-":
            found, waiting = _cluster(text[1:], valued, pairs)
            given += found
        else:
            operands.append(word)
    return Options(tuple(given), tuple(operands))


def _cluster(letters: str, valued: str, pairs: str) -> tuple[list[tuple[str, Word | None]], str]:
    """What a word such as ``-xzfname`` gives, and the letter that waits for the next word."""
    found: list[tuple[str, Word | None]] = []
    at = 0
    while at < len(letters):
        letter, rest = letters[at], letters[at + 1 :]
        if letter in valued:
            return (found, letter) if not rest else ([*found, (letter, Word(rest))], "")
        at += 2 if letter in pairs else 1
        found.append((letter, None))
    return found, ""
