"""Words of magics and shell lines, replaced where they stand and quoted as they were."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from colabify.shell_line import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILLED_IN = frozenset("${}`")
"""Signs that IPython or the shell would take for something to fill in."""


def with_word(text: str, was: str, new: str, times: int | None = None) -> str | None:
    """``text`` with the word that says ``was`` saying ``new``, wherever it stands.

    None if it is not there, not ``times`` times, or cannot be written so.
    """
    places = [
        (start, end, suffix)
        for start, end, word in _words(text)
        for suffix in ("", ".py")
        if word + suffix == was
    ]
    if not places and text.count(was) == 1 and _bare(new) == new:
        return text.replace(was, new)  # what is no word for a shell, such as C:\data
    if not places or times not in (None, len(places)):
        return None
    for start, end, suffix in sorted(places, reverse=True):
        word = _requoted(text[start:end], new.removesuffix(suffix))
        if word is None:
            return None
        text = text[:start] + word + text[end:]
    return text


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word of each line stands, and what it says."""
    at = 0
    for line in text.replace("\\\n", "  ").splitlines(keepends=True):
        for command in read_text(line):
            targets = [one.target for one in command.redirections]
            for word in (*command.words, *targets):
                yield at + word.start, at + word.end, word.text
        at += len(line)


def _requoted(word: str, new: str) -> str | None:
    quote = word[:1]
    if _FILLED_IN & set(new):
        return None
    if quote in ("'", '"') and word.endswith(quote) and not {quote, "\\"} & set(new):
        return f"{quote}{new}{quote}"
    return _bare(new)


def _bare(new: str) -> str:
    """``new`` as a word, with quotes only if it needs them; the home's sign is the shell's."""
    return new if new.startswith("~") and shlex.quote(new[1:]) == new[1:] else shlex.quote(new)
