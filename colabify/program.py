"""Program: what a notebook's code cells say.

Every cell is read by the standard :mod:`ast` with IPython's escapes masked. A cell that does not parse is
left alone: it is listed with the reason, and nothing looks into it.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.escapes import Escape, Masked, mask
from colabify.once import once
from colabify.unit import Unit

if TYPE_CHECKING:
    from colabify.notebook import Document

_WRITERS = ("%%writefile", "%%file")
_PYTHON_2 = ("Missing parentheses in call to", "multiple exception types must be parenthesized")


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A code cell: its masked source, and its Unit or the reason why there is none."""

    index: int
    source: str
    masked: Masked
    unit: Unit | None
    problem: str = ""
    line: int | None = None

    @property
    def python_2(self) -> bool:
        """Whether the reason is one that only Python 2 would accept."""
        return self.problem.startswith(_PYTHON_2)


@dataclass(frozen=True)
class Program:
    """The code cells of a notebook, in order."""

    cells: tuple[CodeCell, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The cells that parse."""
        return tuple(cell.unit for cell in self.cells if cell.unit is not None)

    @cached_property
    def written_files(self) -> tuple[str, ...]:
        """The files that ``%%writefile`` cells make."""
        heads = (cell.masked.cell_magic.split() for cell in self.cells if cell.masked.foreign)
        return tuple(words[-1] for words in heads if words[0] in _WRITERS and len(words) > 1)

    @cached_property
    def escapes(self) -> tuple[tuple[int, Escape], ...]:
        """Every magic and shell line with the index of its cell."""
        return tuple((cell.index, one) for cell in self.cells for one in cell.masked.escapes)


@once
def read_program(document: Document) -> Program:
    """The program of a document's code cells."""
    sources = [(cell.index, cell.source) for cell in document.cells if cell.kind == "code"]
    avoid = "".join(source for _, source in sources if "__escape" in source)
    return Program(tuple(_read_cell(index, source, avoid) for index, source in sources))


def _read_cell(index: int, source: str, avoid: str) -> CodeCell:
    masked = mask(source, avoid)
    if masked.foreign:
        return CodeCell(index, source, masked, None)
    tree, error = parse(masked.text)
    if tree is None:
        bare = mask(source, avoid, automagic=True)
        bare_tree, _ = parse(bare.text)
        if bare_tree is not None:
            masked, tree = bare, bare_tree
    if tree is None and error is not None:
        line = (error.lineno or 1) + masked.head.count("\n")
        return CodeCell(index, source, masked, None, error.msg, line)
    head = masked.head.count("\n")
    tree = tree or ast.Module([], [])
    unit = Unit(tree, cell=index, escapes=masked.escapes, head=head, text=masked.text)
    return CodeCell(index, source, masked, unit)


def parse(text: str) -> tuple[ast.Module | None, SyntaxError | None]:
    """``(tree, None)`` or ``(None, why not)``; invalid escapes in old strings warn, which is not ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text), None
    except SyntaxError as error:
        return None, error
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes; nested too deeply
        return None, SyntaxError(str(error) or "nested too deeply")
