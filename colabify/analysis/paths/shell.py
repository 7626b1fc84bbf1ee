"""What shell commands do with paths, by the table of commands and the options of a few programs."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.analysis.callables import commands as command_table
from colabify.analysis.command_words import OF_IPYTHON
from colabify.analysis.paths.looks import is_url, looks_like_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from colabify.shell_line import Command

Use = Literal["read", "write", "folder", "list", "mention"]
SOMEWHERE = "/?"
"""Where a ``cd`` leads of which nothing is known."""

_OF_WINDOWS = frozenset(
    {"attrib", "copy", "del", "dir", "erase", "fc", "find", "findstr", "md", "mkdir", "more", "move",
     "rd", "ren", "rename", "rmdir", "robocopy", "start", "tree", "type", "xcopy"}
)  # fmt: skip
"""Commands that take what begins with a slash for an option there, so that their paths stay as they are."""

_FILLED = re.compile(r"\{(\w+)\}|\$\{(\w+)\}|\$(\w+)")
_UNKNOWN = frozenset("$`{}")
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Said:
    """A path that a command says; ``moved`` are the folders that the line has gone to before."""

    text: str
    use: Use
    moved: tuple[str, ...] = ()


def fill(text: str, lookup: Callable[[str], str | None]) -> str:
    """``text`` with ``$name`` and ``{name}`` filled in, as far as ``lookup`` knows them."""

    def one(match: re.Match[str]) -> str:
        found = lookup(next(group for group in match.groups() if group))
        return match.group() if found is None else found

    return _FILLED.sub(one, text) if _UNKNOWN & set(text) else text


def first_filled(text: str) -> str:
    """The name that ``text`` begins with, as ``$name`` or ``{name}``; empty if it begins with none."""
    match = _FILLED.match(text)
    return "" if match is None else next(group for group in match.groups() if group)


def said_by(
    commands: Iterable[Command], lookup: Callable[[str], str | None] = lambda _: None
) -> Iterator[Said]:
    """The paths that the commands of one shell text say, in order."""
    moved: tuple[str, ...] = ()
    for command in commands:
        program, *words = [fill(word, lookup) for word in command.texts]
        program = posixpath.basename(program)
        if program in ("cd", "pushd"):
            target = words[0] if words else "~"
            known = not _UNKNOWN & set(target) and target != "-"
            if known:
                yield Said(target, "list", moved)
            moved = (*moved, target if known else SOMEWHERE)
            continue
        uses = [*_of_program(program, words)]
        for sign in command.redirections:
            target = fill(sign.target.text, lookup)
            if not target.isdigit() and (sign.reads or sign.writes):  # 2>&1 writes no file
                uses.append((target, "read" if sign.reads else "write"))
        for text, use in uses:
            if "\\" in text and program in _OF_WINDOWS:
                continue
            if text and not is_url(text) and not _UNKNOWN & set(text) and text[0] not in "-&":
                yield Said(text, "list" if _WILD & set(text) and use == "read" else use, moved)


def _of_program(program: str, words: Sequence[str]) -> Iterator[tuple[str, Use]]:
    special = _SPECIAL.get(program)
    if list(words[:2]) == ["-m", "pip"]:
        yield from _pip(words[2:])
        return
    if special is not None:
        yield from special(words)
        return
    plain = _operands(words)
    what = command_table().get(program, "")
    if what == "copy" and len(plain) > 1:
        yield from ((word, "read") for word in plain[:-1])
        yield plain[-1], "write"
    elif what in ("read", "write", "folder", "list"):
        yield from ((word, what) for word in plain)  # type: ignore[misc]
    elif what == "script" and {"-c", "-m"} & set(words):
        return
    else:
        if what == "script" and plain and not (program == "ipython" and plain[0] in OF_IPYTHON):
            yield plain.pop(0), "read"
        options = [word.partition("=")[2] for word in words if word.startswith("-")]
        yield from ((word, "mention") for word in (*plain, *options) if looks_like_path(word))


def _operands(words: Sequence[str]) -> list[str]:
    """The words that are neither options nor the number behind one: ``-n 3``."""
    pairs = zip(["", *words], words, strict=False)
    return [
        word
        for before, word in pairs
        if not word.startswith("-") and not (word.isdigit() and before.startswith("-"))
    ]


def _option(words: Sequence[str], *names: str) -> str:
    """The value of an option: the next word, or what stands behind its ``=`` or its letter."""
    for index, word in enumerate(words):
        if word in names:
            return words[index + 1] if index + 1 < len(words) else ""
        for name in names:
            glued = name + "=" if name.startswith("--") else name
            if word.startswith(glued) and len(word) > len(glued):
                return word[len(glued) :]
    return ""


def _plain(words: Sequence[str], *with_values: str) -> list[str]:
    """The words that are no options; ``with_values`` are the options that the next word belongs to."""
    found, skip = [], False
    for word in words:
        if not skip and not word.startswith("-"):
            found.append(word)
        skip = word in with_values
    return found


def _unzip(words: Sequence[str]) -> Iterator[tuple[str, Use]]:
    yield from ((word, "read") for word in _plain(words, "-d", "-x", "-P")[:1])


def _seven_zip(words: Sequence[str]) -> Iterator[tuple[str, Use]]:
    yield from ((word, "read") for word in _plain(words)[1:2])


def _tar(words: Sequence[str]) -> Iterator[tuple[str, Use]]:
    flags = words[0].lstrip("-") if words and not words[0].startswith("--") else ""
    named = _option(words, "--file", "-f")
    if "f" in flags and len(words) > 1:
        named = words[1]
    yield named, "write" if "c" in flags or "--create" in words else "read"


def _gunzip(words: Sequence[str]) -> Iterator[tuple[str, Use]]:
    yield from ((word, "read") for word in _plain(words))


def _nothing(_: Sequence[str]) -> Iterator[tuple[str, Use]]:
    yield from ()


def _pip(words: Sequence[str]) -> Iterator[tuple[str, Use]]:
    yield _option(words, "-r", "--requirement"), "mention"


_SPECIAL = {
    "unzip": _unzip, "7z": _seven_zip, "tar": _tar, "gunzip": _gunzip, "bunzip2": _gunzip,
    "pip": _pip, "pip3": _pip, "wget": _nothing, "curl": _nothing, "gdown": _nothing,
    "git": _nothing, "echo": _nothing, "apt": _nothing, "apt-get": _nothing, "conda": _nothing,
}  # fmt: skip
"""Programs whose words are no paths, or some of them are; what they bring, :mod:`made_by_commands` knows."""
