"""The words of shell commands as bash takes them, with where each stands.

Only as much of bash as notebooks use: quotes, comments, redirections, and what stands between commands.
Of what the shell or IPython would fill in (``$x``, ``{x}``, ``$(...)``) nothing is known: it stays text.
"""

from __future__ import annotations

from dataclasses import dataclass

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


Command = list[Word]


def split_line(line: str) -> list[Command] | None:
    """The commands of one line, less comments, redirections and what only introduces a command.

    None if quotes are left open.
    """
    reader = _Reader(line)
    commands: list[Command] = [[]]
    while (token := reader.next()) is not None:
        if isinstance(token, str):
            commands.append([])
        else:
            commands[-1].append(token)
    return None if reader.open else [words for one in commands if (words := bare(one))]


def split_text(text: str) -> list[Command]:
    """The commands of a shell text; a line whose quotes are left open gives none.

    The lines of a here-document (``<<EOF``) are none of them.
    """
    found: list[Command] = []
    until = ""
    for line in text.replace("\\\n", "  ").splitlines():
        if until:
            until = "" if line.strip() == until else until
            continue
        found += split_line(line) or []
        _, here, end = line.partition("<<")
        if here and not end.startswith("<"):
            until = (end.lstrip("- ").split() or [""])[0].strip("'\"\\")
    return found


def bare(words: Command) -> Command:
    """A command without what only introduces it: ``sudo``, ``do``, ``X=1``."""
    for index, word in enumerate(words):
        name, equals, _ = word.text.partition("=")
        if word.text not in _BEFORE and not (equals and name.isidentifier()):
            return words[index:]
    return []


class _Reader:
    """Reads one line of shell from left to right."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._at = 0
        self.open = False

    def next(self) -> Word | str | None:
        """The next word, an operator that ends a command, or None at the end."""
        while True:
            self._skip(" \t\r")
            if self._peek() in ("", "#"):
                return None
            if self._redirects():
                self._read_word()
            elif self._peek() in ";&|()":
                return self._skip(";&|()")
            else:
                return self._read_word()

    def _peek(self) -> str:
        return self._line[self._at : self._at + 1]

    def _skip(self, signs: str) -> str:
        start = self._at
        while self._peek() and self._peek() in signs:
            self._at += 1
        return self._line[start : self._at]

    def _redirects(self) -> bool:
        """Step over ``>``, ``2>>``, ``2>&1``, ``&>``: what follows is the name of a file."""
        start = self._at
        self._skip("0123456789")
        if self._line.startswith("&>", self._at):
            self._at += 1
        if self._peek() not in ("<", ">"):
            self._at = start
            return False
        self._skip("<>")
        self._skip("&|")
        self._skip(" \t")
        return True

    def _read_word(self) -> Word:
        start, pieces = self._at, []
        while (sign := self._peek()) and sign not in " \t\r;&|<>()":
            self._at += 1
            if sign in "'\"":
                pieces.append(self._quoted(sign))
            elif sign == "\\":
                pieces.append(self._peek())
                self._at += 1
            elif sign in _CLOSING or (sign == "$" and self._peek() == "("):
                self._at += sign == "$"
                pieces.append(self._enclosed(self._line[self._at - 1]))
            else:
                pieces.append(sign)
        if self._at == start:
            self._at += 1  # an operator where a redirection wants a name
        return Word("".join(pieces), start, self._at)

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
