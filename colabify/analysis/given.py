"""The commands that code gives: shell lines and cells, magics, and calls such as ``os.system``.

A call is one by what its name stands for, so that ``session.run`` is none. The names that ``import *``
brings are not known, nor is a command whose words are put together elsewhere: of that, only that it is one.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.once import once
from colabify.shell_line import Command, Word, bare, read_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from colabify.program import CodeCell, Program
    from colabify.unit import Unit

SHELL_CELLS = frozenset({"bash", "sh", "shell", "script", "system", "sx", "!"})
"""Cell magics whose body is a shell's."""

_SHELL_MAGICS = frozenset({"system", "sx", "shell"})
_COMMAND_MAGICS = frozenset({"pip", "conda", "mamba", "micromamba", "uv"})
_RUNNERS = frozenset(
    {"os.system", "os.popen", "commands.getoutput",
     *(f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen",
                                         "getoutput", "getstatusoutput"))}
)  # fmt: skip
_CONVERSION = re.compile(r"%(?:\(\w*\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z%]")
"""A conversion of ``%`` formatting."""
_METHODS = frozenset({"system", "getoutput", "system_raw", "system_piped"})


@dataclass(frozen=True, slots=True)
class Given:
    """A command that code gives, and the escape or the call that gives it.

    ``node`` is the call; ``placeholder`` is the escape's. A shell cell has neither, and no line.
    """

    command: Command
    node: ast.Call | None = None
    placeholder: str = ""
    line: int | None = None

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the command."""
        return self.command.words

    def is_in(self, code: Container[int | str]) -> bool:
        """Whether it is given by one of the nodes or escapes of ``code``."""
        return self.placeholder in code or id(self.node) in code


def given_by_cells(program: Program, imports: Mapping[str, str]) -> Iterator[tuple[int, Given]]:
    """Every command that the notebook's cells give, with the index of its cell."""
    for cell in program.cells:
        for given in given_by_cell(cell, imports):
            yield cell.index, given


def given_by_cell(cell: CodeCell, imports: Mapping[str, str]) -> list[Given]:
    """Every command that a cell gives; ``imports`` is the table of imported names."""
    if cell.masked.foreign in SHELL_CELLS:
        return [Given(command) for command in read_text(cell.masked.text)]
    return list(given_by_unit(cell.unit, imports)) if cell.unit is not None else []


def given_by_unit(unit: Unit, imports: Mapping[str, str]) -> Iterator[Given]:
    """The commands of a cell's or module's Python: shell lines, magics, and calls such as ``os.system``."""
    for escape in unit.escapes:
        if escape.kind in ("!", "!!") or escape.name in _SHELL_MAGICS:
            text = escape.args
        elif escape.name in _COMMAND_MAGICS:
            text = f"{escape.name} {escape.args}"
        else:
            continue
        for command in read_text(text):
            yield Given(command, None, escape.placeholder, escape.line + 1)
    for node in unit.of(ast.Call):
        if node.args:
            for command in _called(node, imports):
                yield Given(command, node, "", node.lineno)


@once
def given_by_module(module: Unit) -> tuple[Given, ...]:
    """The commands that a local module gives, by what it imports itself."""
    return tuple(given_by_unit(module, module.names))


def _called(node: ast.Call, imports: Mapping[str, str]) -> list[Command]:
    name = qualified(node.func, imports)
    first = node.args[0]
    if name.startswith("pip.") and name.endswith("main") and isinstance(first, ast.List):
        return [Command((Word("pip"), *_items(first)))]
    if name not in _RUNNERS and not _is_ipythons(node.func):
        return []
    if isinstance(first, ast.List | ast.Tuple):
        words = bare(_items(first))
        return [Command(tuple(words))] if words else []
    return read_text(said(first))


def _items(node: ast.List | ast.Tuple) -> list[Word]:
    return [Word(said(item)) for item in node.elts]


def _is_ipythons(func: ast.expr) -> bool:
    """Whether it is a method of ``get_ipython()`` that runs a command."""
    match func:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr=attr):
            return attr in _METHODS
    return False


def said(node: ast.expr) -> str:
    """The text that an expression says, with ``{}`` for each part that is not known."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(said(part) for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return said(left) + said(right)
        case ast.BinOp(left=left, op=ast.Mod()):
            return _CONVERSION.sub(lambda one: "%" if one[0] == "%%" else "{}", said(left))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
            return _with_holes(text)
    return "{}"


def _with_holes(text: str) -> str:
    """A text for ``str.format`` with ``{}`` for each field, whatever it is called and made to look like."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return text
    return "".join(before + ("" if field is None else "{}") for before, field, *_ in parts)
