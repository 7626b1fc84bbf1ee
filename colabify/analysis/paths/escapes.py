"""The paths that magics, shell lines and cells of other languages say."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.analysis.given import SHELL_CELLS
from colabify.analysis.paths.looks import is_url
from colabify.analysis.paths.shell import Said, fill, first_filled, said_by
from colabify.shell_line import read_text, split_words
from colabify.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from colabify.analysis.constants import Constants
    from colabify.escapes import Escape
    from colabify.program import CodeCell

_SHELL_MAGICS = frozenset({"system", "sx", "shell"})
_COMMANDS = frozenset(
    {"cat", "cp", "ls", "mkdir", "mv", "rm", "rmdir", "less", "more", "ll", "pip"}
)
"""Magics that are the shell commands of their names."""
_WRITERS = frozenset({"writefile", "file"})
_UNKNOWN = frozenset("$*?{}")


def in_escapes(
    unit: Unit, constants: Constants
) -> Iterator[tuple[Said, int, ast.AST | None, Escape]]:
    """What the magics and shell lines of a cell say: the path, its line, the placeholder, the escape."""
    if not unit.escapes:
        return
    places = {node.id: node for node in unit.of(ast.Name)}
    for escape in unit.escapes:
        node = places.get(escape.placeholder)
        for said in _said_by(escape, lookup(constants, node)):
            yield said, escape.line + 1, node, escape


def lookup(constants: Constants, node: ast.AST | None) -> Callable[[str], str | None]:
    """What says the text of a name where ``node`` stands; None where that is not one."""

    def ask(name: str) -> str | None:
        found = constants.said(name, node) if node is not None else ()
        only = found[0] if len(found) == 1 else None
        return only.text if only is not None and only.sure and not only.holes else None

    return ask


def in_cell(cell: CodeCell) -> Iterator[tuple[Unit, Said, int]]:
    """What a cell in another language says: a shell's commands, and the file that a cell is written to."""
    magic = cell.masked.foreign
    if not magic:
        return
    unit = Unit(ast.Module([], []), cell=cell.index)
    if magic in _WRITERS:
        words = [
            word for word in split_words(cell.masked.cell_magic)[1:] if not word.startswith("-")
        ]
        if words and not _UNKNOWN & set(words[-1]):
            yield unit, Said(words[-1], "write"), cell.masked.head.count("\n")
    elif magic in SHELL_CELLS:
        lines = cell.masked.text.splitlines()
        first = cell.masked.head.count("\n") + 1
        for said in said_by(read_text(cell.masked.text)):
            at = next((i for i, line in enumerate(lines) if said.text in line), 0)
            yield unit, said, first + at


def folder_said(escape: Escape, ask: Callable[[str], str | None]) -> str | None:
    """Where ``%cd`` or ``%pushd`` leads; None if that is not known, empty for a mere ``%cd``."""
    words = [word for word in split_words(escape.args) if word == "-" or not word.startswith("-")]
    text = fill(" ".join(words), ask)
    return None if _UNKNOWN & set(text) else text


def folder_origin(escape: Escape, constants: Constants, node: ast.AST) -> ast.AST | None:
    """The ``os.getcwd()`` whose answer ``%cd {home}/data`` starts from; None if it starts from none."""
    words = [word for word in split_words(escape.args) if not word.startswith("-")]
    name = first_filled(words[0]) if words else ""
    found = constants.said(name, node) if name else ()
    return found[0].origin if len(found) == 1 and found[0] is not None else None


def _said_by(escape: Escape, ask: Callable[[str], str | None]) -> Iterator[Said]:
    words = [fill(word, ask) for word in split_words(escape.args)]
    if escape.kind in ("!", "!!") or escape.name in _SHELL_MAGICS:
        yield from said_by(read_text(escape.args), ask)
    elif escape.name in _COMMANDS:
        yield from said_by(read_text(f"{escape.name} {escape.args}"), ask)
    elif escape.name == "run":
        if words and not words[0].startswith("-m"):
            yield from (Said(_script(word), "read") for word in _known(words))
    elif escape.name in ("load", "loadpy", "pycat"):
        last = words[-1:]  # in front are line ranges and names, behind -r and -s
        yield from (Said(word, "read") for word in _known(last) if "." in word)
    elif escape.name in ("cd", "pushd"):
        text = folder_said(escape, ask)
        if text and text != "-":
            yield Said(text, "list")


def _known(words: Sequence[str]) -> list[str]:
    """The first word that is no option, if it is a path that is known."""
    first = [word for word in words if not word.startswith("-")][:1]
    return [word for word in first if not _UNKNOWN & set(word) and not is_url(word)]


def _script(word: str) -> str:
    """``%run train`` runs ``train.py``."""
    return word if word.endswith((".py", ".ipynb", ".ipy")) else f"{word}.py"
