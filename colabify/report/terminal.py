"""The terminal: lines with colour where there is one, none of which can make it do anything but show them."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

_STYLES = {"red": "31", "green": "32", "yellow": "33", "cyan": "36", "bold": "1", "dim": "2"}
# Control characters, line ends other than "\n", marks that turn the reading direction, lone surrogates
# (bytes of a file name that are no UTF-8): they would break a table, or have a terminal do things.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\[)")
"""How a line begins, and what holds a line, that GitHub's runner takes for a command to itself."""
_MANY = 20
"""From how many notebooks on a run takes long enough for a progress bar."""


class Terminal:
    """Where lines go: with colour on a terminal, but not under ``NO_COLOR``; never wrapped elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        """``stream`` is standard output, or standard error."""
        self._stream = stream
        self._encoding = stream.encoding or "utf-8"
        self.is_terminal = stream.isatty()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        self._colour = self.is_terminal and not plain

    @property
    def width(self) -> int | None:
        """How many columns there are; None where there is no end."""
        return shutil.get_terminal_size().columns if self.is_terminal else None

    def say(self, text: str, style: str = "", end: str = "\n") -> None:
        """Write one line; what cannot be shown is shown as an escape."""
        text = printable(text).encode(self._encoding, "backslashreplace").decode(self._encoding)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            text = _COMMAND.sub(lambda match: f"{match[0][:-1]}\\x{ord(match[0][-1]):02x}", text)
        if style and self._colour:
            text = f"\x1b[{_STYLES[style]}m{text}\x1b[0m"
        self._stream.write(text + end)


@contextmanager
def reader_may_leave(stream: TextIO) -> Iterator[None]:
    """Write to ``stream``; if it is a pipe whose reader, such as ``head``, has seen enough, go on without."""
    try:
        yield
        stream.flush()
    except OSError as error:
        # What is in the buffer would be written, and fail again, when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def printable(text: str) -> str:
    """``text`` on one line, without what would make a terminal do anything but show it."""
    return _UNPRINTABLE.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python writes a byte that is no UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


@contextmanager
def progress(count: int) -> Iterator[Callable[[], None]]:
    """A bar of ``count`` notebooks on standard error, if that is a terminal and the work is long.

    What comes out moves it by one.
    """
    if count < _MANY or not os.isatty(2) or shutil.get_terminal_size().columns < 40:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("notebooks", total=count)
        yield lambda: bar.advance(task)
