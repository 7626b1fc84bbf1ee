"""Shell lines, shell cells and the calls that run programs: which commands a notebook gives."""

from __future__ import annotations

import ast
import shlex
from typing import TYPE_CHECKING

from colabify.program import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.escapes import Escape
    from colabify.program import Program, Unit

_SHELL_CELLS = frozenset({"bash", "sh", "shell", "script", "system", "sx", "!"})
_SHELL_MAGICS = frozenset({"system", "sx", "shell"})
_COMMAND_MAGICS = frozenset({"pip", "conda", "mamba", "uv"})
_RUNNERS = frozenset(
    {"system", "popen", "run", "call", "check_call", "check_output", "Popen", "getoutput"}
)
_OPERATORS = ";&|"


def shell_words(escape: Escape) -> list[str]:
    """The words of a shell line or of a magic's arguments; empty if quotes are left open."""
    try:
        return shlex.split(escape.args, comments=True)
    except ValueError:
        return []


def commands(text: str) -> list[list[str]]:
    """The commands of a shell text, each as its words; a line whose quotes are left open gives none."""
    found: list[list[str]] = []
    for line in text.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=_OPERATORS)
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:
            continue
        found.append([])
        for word in words:
            if set(word) <= set(_OPERATORS):
                found.append([])
            else:
                found[-1].append(word)
    return [command for command in found if command]


def given_commands(program: Program) -> Iterator[tuple[int, list[str]]]:
    """Every command that the notebook's cells give, with the index of its cell."""
    for cell in program.cells:
        if cell.masked.foreign in _SHELL_CELLS:
            yield from ((cell.index, command) for command in commands(cell.masked.text))
        elif cell.unit is not None:
            yield from ((cell.index, command) for command in commands_of(cell.unit))


def commands_of(unit: Unit) -> Iterator[list[str]]:
    """The commands that one cell or module gives, by shell lines and by calls such as ``os.system``."""
    for escape in unit.escapes:
        if escape.kind in ("!", "!!") or escape.name in _SHELL_MAGICS:
            yield from commands(escape.args)
        elif escape.name in _COMMAND_MAGICS:
            yield from commands(f"{escape.name} {escape.args}")
    for node in unit.nodes:
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in _RUNNERS:
            yield from _called(node)


def _called(node: ast.Call) -> list[list[str]]:
    match node.args[:1]:
        case [ast.Constant(value=str(text))]:
            return commands(text)
        case [ast.List(elts=items)] if items:
            return [[str(i.value) if isinstance(i, ast.Constant) else "{}" for i in items]]
        case _:
            return []
