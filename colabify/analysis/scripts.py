"""Files that a notebook runs (``%run x.py``, ``%run other.ipynb``, ``!python x.py``), and writes."""

from __future__ import annotations

import ast
import posixpath
from itertools import pairwise
from typing import TYPE_CHECKING

from colabify.analysis.given import given_by_cells, given_by_module
from colabify.program import parse
from colabify.shell_line import split_words
from colabify.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.program import Program

_RUNNABLE = (".py", ".ipynb")
_COMPILED = (".pyx", ".c", ".cc", ".cpp", ".cxx", ".cu", ".f", ".f90", ".rs")
_FETCHERS = frozenset({"wget", "curl"})
_COPIERS = frozenset({"cp", "mv", "ln"})
_COMPILERS = frozenset({"gcc", "g++", "cc", "c++", "clang", "clang++", "gfortran", "nvcc"})
_LAUNCHERS = frozenset({"python", "python3", "{sys.executable}", "streamlit", "ipython"})


def run_files(program: Program, imports: Mapping[str, str]) -> Iterator[str]:
    """The Python files and notebooks that the cells of ``program`` run, as they are named there.

    ``imports`` is the table of imported names of the cells.
    """
    for unit in program.units:
        yield from _by_magic(unit)
    for _, given in given_by_cells(program, imports):
        yield from _by_command(given.command.texts)


def run_by(module: Unit) -> Iterator[str]:
    """The Python files that a local module runs as programs of their own."""
    for given in given_by_module(module):
        yield from _by_command(given.command.texts)


def written_modules(program: Program) -> dict[str, Unit]:
    """The modules that ``%%writefile`` cells make, by name; without those that are no Python."""
    found: dict[str, Unit] = {}
    for cell in program.cells:
        name = (
            cell.masked.cell_magic.split()[-1:]
            if cell.masked.foreign in ("writefile", "file")
            else []
        )
        if name and name[0].endswith(".py"):
            tree, _ = parse(cell.masked.text)
            if tree is not None:
                stem = posixpath.splitext(posixpath.basename(name[0]))[0]
                found[stem] = Unit(tree, cell=cell.index)
    return found


def fetched_modules(program: Program, imports: Mapping[str, str]) -> frozenset[str]:
    """The modules whose files the cells download, or compile, or write in another language to compile them.

    What is downloaded is said by an address that ends in a module's name, or by a command.
    """
    said = (node.value for unit in program.units for node in unit.of(ast.Constant))
    files = [text for text in said if isinstance(text, str) and "://" in text]
    for _, given in given_by_cells(program, imports):
        words = given.command.texts
        files += words[1:] if words and posixpath.basename(words[0]) in _FETCHERS else []
    files = [name for name in files if name.endswith(".py")]
    files += (name for name in program.written_files if name.endswith(_COMPILED))
    for _, given in given_by_cells(program, imports):
        files += _compiled(given.command.texts)
    return frozenset(posixpath.basename(name).partition(".")[0] for name in files)


def _compiled(words: Sequence[str]) -> list[str]:
    """The files of extension modules, or modules by name, that a command makes, or puts where they are."""
    program = posixpath.basename(words[0]) if words else ""
    if program.startswith("f2py") or "numpy.f2py" in words:
        return [*_behind("-m", words), *(word for word in words if word.endswith(".pyf"))]
    if program == "cythonize":
        return [word for word in words if word.endswith(".pyx")]
    if program in _COMPILERS:
        return [word for word in _behind("-o", words) if word.endswith(".so")]
    return [word for word in words if word.endswith((".so", ".pyx"))] if program in _COPIERS else []


def _behind(option: str, words: Sequence[str]) -> list[str]:
    return [word for before, word in pairwise(words) if before == option]


def _by_magic(unit: Unit) -> Iterator[str]:
    for escape in unit.escapes:
        if escape.name == "run":
            words = [word for word in split_words(escape.args) if not word.startswith("-")]
            if words and words[0].endswith(_RUNNABLE):
                yield words[0]
            elif words and not posixpath.splitext(words[0])[1]:
                yield f"{words[0]}.py"


def _by_command(command: Sequence[str]) -> Iterator[str]:
    name = posixpath.basename(command[0])
    if name not in _LAUNCHERS and not name.startswith("python3."):
        return
    words = command[1:]
    if words[:1] == ["-m"] and len(words) > 1:
        yield words[1].replace(".", "/") + ".py"
        return
    files = (word for word in words if not word.startswith("-") and word != "run")
    first = next(files, "")
    if first.endswith(".py"):
        yield first
