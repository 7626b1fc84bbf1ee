"""The words of shell commands as bash takes them, with where each stands.

Only as much of bash as notebooks use: quotes, comments, redirections, and what stands between commands.
Of what the shell or IPython would fill in (``$x``, ``{x}``, ``$(...)``) nothing is known: it stays text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = frozenset({"sudo", "env", "time", "nohup", "exec", "command", "then", "do", "else", "if",
                     "elif", "while", "until", "!", "{", "-E", "-H", "-S"})  # fmt: skip
_CLOSING = {"{": "}", "`": "`", "(": ")"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command: its ``text`` without quotes, and where it stands in what was read."""

    text: str
    start: int = 0
    end: int = 0

    @property
    def known(self) -> bool:
        """Whether it says itself what it is: nothing of it is left to the shell or to IPython."""
        return not set(self.text) & set("$`{}")


@dataclass(frozen=True, slots=True)
class Redirection:
    """What a command reads or writes by a sign: ``2>`` and ``log.txt``, ``<<`` and ``EOF``."""

    sign: str
    target: Word

    @property
    def reads(self) -> bool:
        """Whether the command's input comes from the file ``target``."""
        return self.sign.lstrip("0") == "<"

    @property
    def writes(self) -> bool:
        """Whether some of the command's output goes elsewhere.

        ``pip install x>=1`` without quotes writes a file ``=1``; nobody means that one.
        """
        return ">" in self.sign and not self.target.text.startswith("=")


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its words, without what only introduces it, and its redirections."""

    words: tuple[Word, ...]
    redirections: tuple[Redirection, ...] = ()

    @property
    def texts(self) -> list[str]:
        """What its words say."""
        return [word.text for word in self.words]


def read_text(text: str) -> list[Command]:
    """The commands of a shell text, comments left out; a line whose quotes are left open gives none.

    The lines of a here-document (``<<EOF``) are none of them.
    """
    found: list[Command] = []
    until = ""
    for line in text.replace("\\\n", "  ").splitlines():
        if until:
            until = "" if line.strip() == until else until
            continue
        commands = _read_line(line) or []
        found += (one for one in commands if one.words)
        here = (r.target.text for one in commands for r in one.redirections if r.sign == "<<")
        until = next(here, "")
    return found


def comments_of_shell(text: str) -> Iterator[tuple[int, str]]:
    """The comments of a shell text, each with its line, from 1; none in what a here-document holds."""
    until = ""
    for number, line in enumerate(text.split("\n"), 1):
        if until:
            until = "" if line.strip() == until else until
            continue
        reader = _Reader(line)
        signs = [one for one in reader if isinstance(one, Redirection) and one.sign == "<<"]
        until = signs[0].target.text if signs else ""
        if not reader.open and reader.rest.startswith("#"):
            yield number, reader.rest


def split_line(line: str) -> list[list[Word]] | None:
    """The words of each command of one line, as :func:`read_text` takes them; None for open quotes."""
    commands = _read_line(line)
    return None if commands is None else [list(one.words) for one in commands if one.words]


def split_words(text: str) -> list[str]:
    """The words of a magic's arguments: quotes and comments are as in a shell, other signs are text.

    There are none if quotes are left open.
    """
    reader = _Reader(text, signs="")
    words = [token.text for token in reader if isinstance(token, Word)]
    return [] if reader.open else words


def bare(words: list[Word]) -> list[Word]:
    """A command's words without those that only introduce it: ``sudo``, ``do``, ``X=1``."""
    for index, word in enumerate(words):
        name, equals, _ = word.text.partition("=")
        if word.text not in _BEFORE and not (equals and name.isidentifier()):
            return words[index:]
    return []


def _read_line(line: str) -> list[Command] | None:
    reader = _Reader(line)
    read: list[tuple[list[Word], list[Redirection]]] = [([], [])]
    for token in reader:
        match token:
            case Word():
                read[-1][0].append(token)
            case Redirection():
                read[-1][1].append(token)
            case _:
                read.append(([], []))
    if reader.open:
        return None
    return [Command(tuple(bare(words)), tuple(signs)) for words, signs in read]


class _Reader:
    """Reads one line of shell from left to right; ``signs`` are those that end a word by themselves."""

    def __init__(self, line: str, signs: str = ";&|()<>") -> None:
        self._line = line
        self._signs = signs
        self._at = 0
        self._first = True
        self.open = False

    def __iter__(self) -> Iterator[Word | Redirection | str]:
        """The words and redirections, and the operators that end a command."""
        while True:
            self._skip(" \t\r")
            if self._peek() in ("", "#"):
                return
            if self._signs and (sign := self._redirection()):
                self._skip(" \t")
                yield Redirection(sign, self._read_word())
            elif self._peek() in self._signs:
                self._first = True
                yield self._skip(";&|()")
            else:
                word = self._read_word()
                self._first = word.text in _BEFORE
                yield word

    @property
    def rest(self) -> str:
        """What has not been read: a comment, once all words have been."""
        return self._line[self._at :]

    def _peek(self) -> str:
        return self._line[self._at : self._at + 1]

    def _peek_of_name(self) -> bool:
        """Whether a name goes on here: nobody escapes a letter, so that a backslash is one of Windows."""
        sign = self._peek()
        return sign.isalnum() or sign in ("_", ".")

    def _skip(self, signs: str) -> str:
        start = self._at
        while self._peek() and self._peek() in signs:
            self._at += 1
        return self._line[start : self._at]

    def _redirection(self) -> str:
        """The sign of a redirection that stands here (``>``, ``2>>``, ``>&``, ``&>``); else empty."""
        start = self._at
        self._skip("0123456789")
        if self._line.startswith("&>", self._at):
            self._at += 1
        if self._peek() not in ("<", ">"):
            self._at = start
            return ""
        here = self._skip("<>") == "<<"
        sign = self._line[start : self._at]
        self._skip("-" if here else "&|")
        return sign

    def _read_word(self) -> Word:
        start, pieces = self._at, []
        ends = " \t\r" + self._signs
        while (sign := self._peek()) and sign not in ends:
            self._at += 1
            if sign in "'\"":
                pieces.append(self._quoted(sign))
            elif sign == "\\" and not self._peek_of_name():
                pieces.append(self._peek())
                self._at += 1
            elif self._opens(sign):
                self._at += sign == "$"
                pieces.append(self._enclosed(self._line[self._at - 1]))
            else:
                pieces.append(sign)
        if self._at == start:
            self._at += 1  # an operator where a redirection wants a name
        return Word("".join(pieces), start, self._at)

    def _opens(self, sign: str) -> bool:
        """Whether the sign just read opens what is filled in later: not so the brace of ``{ ls; }``."""
        if sign == "$":
            return self._peek() == "("
        if sign == "{":
            return not (self._first and self._peek() in ("", " ", "\t"))
        return sign == "`"

    def _quoted(self, quote: str) -> str:
        pieces = []
        while (sign := self._peek()) != quote:
            if not sign:
                self.open = True
                break
            self._at += 1
            if sign == "\\" and quote == '"' and self._peek() in ('"', "\\", "$", "`"):
                sign = self._peek()
                self._at += 1
            pieces.append(sign)
        self._at += 1
        return "".join(pieces)

    def _enclosed(self, opening: str) -> str:
        """What is filled in later, to the sign that closes it, with a ``$`` if that is not seen otherwise."""
        end = self._line.find(_CLOSING[opening], self._at)
        end = len(self._line) if end < 0 else end + 1
        text = opening + self._line[self._at : end]
        self._at = end
        return "$" + text if opening == "(" else text
