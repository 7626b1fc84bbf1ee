"""What code needs of the machine itself: commands that it runs, and libraries of Ubuntu's packages.

Which package that is, is in ``data/system.json``, with its sources. Only what is surely run and surely
missing is a need: not a command that the code first looks for, nor one that it runs on Colab alone.
"""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from colabify.analysis.flow import called_names, is_called
from colabify.analysis.given import (
    SHELL_CELLS,
    given_by_cell,
    given_by_module,
    given_by_unit,
    said,
)
from colabify.analysis.system_arguments import needs_of_arguments
from colabify.analysis.system_table import command_packages, need_of, system_table
from colabify.full_names import import_names, qualified
from colabify.runtime import apt_packages, load_runtime, normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from colabify.analysis.installs import InstallLine
    from colabify.program import Program
    from colabify.steps import SystemNeed
    from colabify.unit import Unit

    _Units = Sequence[tuple[Unit, Mapping[str, str]]]

_LOOKS = frozenset({"which", "type", "hash", "whereis", "command"})
_FINDERS = frozenset({"shutil.which", "distutils.spawn.find_executable"})


def find_system_needs(
    units: Sequence[Unit],
    program: Program,
    distributions: Iterable[str],
    runtime_name: str,
    asked: Iterable[str] = (),
    lines: Sequence[InstallLine] = (),
) -> tuple[SystemNeed, ...]:
    """The packages that ``units`` (cells and local modules) and ``distributions`` need, less what is there.

    ``distributions`` are those that the notebook imports, in whatever way they get there; ``asked`` the
    packages that the repository asks for (``apt.txt``). Such a list is for all notebooks of a repository, and
    every student would wait for it: only what this notebook has a use for is taken from it. That is the
    package of a command that it runs; and headers (``-dev``), if it needs a distribution that the runtime
    lacks, which may have to be built. ``lines`` are the notebook's own install lines.
    """
    imported = {normalised_name(name) for name in distributions}
    wanted = frozenset(asked)
    cells = import_names(program.units)
    called = called_names(units)
    read = [(one, cells if one.path is None else one.names) for one in units]
    found = [
        *_of_commands(read, program, wanted),
        *(
            need
            for pair in read
            for name, need in needs_of_arguments(*pair)
            if is_called(name, called)
        ),
        *_of_distributions(imported),
        *_of_headers(imported, wanted, runtime_name),
    ]
    there = apt_packages(runtime_name).union(*(one.names for one in lines if one.tool == "apt"))
    first: dict[str, SystemNeed] = {}
    for need in found:
        if need.package not in there:
            first.setdefault(need.package, need)
    return tuple(first.values())


def _of_commands(units: _Units, program: Program, asked: frozenset[str]) -> Iterator[SystemNeed]:
    """The packages of the commands that are run; of a name that the table lacks, if it is asked for."""
    packages = command_packages() | {name: name for name in asked if name not in command_packages()}
    given = list(_given(units, program))
    sought = {word for words, _, _ in given if words[0] in _LOOKS for word in words[1:]}
    sought |= set(_sought(units)) if given else set()
    for words, unit, place in given:
        name = posixpath.basename(words[0])
        for command in (f"{name} {words[1]}" if len(words) > 1 else name, name):
            if command in packages and name not in sought:
                cell, line = (unit.cell, place) if unit is not None else (place, None)
                path = unit.path if unit is not None else None
                yield need_of(packages[command], f"the command {command}", cell, path, line, name)
                break


def _given(units: _Units, program: Program) -> Iterator[tuple[list[str], Unit | None, int | None]]:
    """``(words, unit, line)`` of every command that is run; of a shell cell ``(words, None, cell)``."""
    for cell in program.cells:
        if cell.masked.foreign in SHELL_CELLS:
            for given in given_by_cell(cell, {}):
                yield [word.text for word in given.words], None, cell.index
    commands = [
        (
            unit,
            names,
            list(given_by_module(unit)) if unit.path else list(given_by_unit(unit, names)),
        )
        for unit, names in units
    ]
    used = (
        called_names([unit for unit, _ in units]) if any(f for *_, f in commands) else frozenset()
    )
    for unit, names, found in commands:
        live = _live(unit, used, names) if found else frozenset()
        for given in found:
            if (given.placeholder or id(given.node)) in live:
                yield [word.text for word in given.words], unit, given.line


def _live(unit: Unit, used: frozenset[str], names: Mapping[str, str]) -> frozenset[int | str]:
    """The ids of the nodes that count, and the placeholders of escapes.

    Not what a ``try`` may catch, nor what stands behind a question for a command or for Colab, nor a
    function that nobody names.
    """
    found: set[int | str] = set()
    waiting: list[ast.AST] = [unit.tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Try(handlers=[_, *_]):
                waiting += node.finalbody
            case ast.If(test=test) if _asks(test, names):
                continue
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if (
                name not in used and not name.startswith("__")
            ):
                continue
            case _:
                found.add(node.id if isinstance(node, ast.Name) else id(node))
                waiting += ast.iter_child_nodes(node)
    return frozenset(found)


def _asks(test: ast.expr, names: Mapping[str, str]) -> bool:
    """Whether a condition asks if a command is there, or if the code runs on Colab."""
    for node in ast.walk(test):
        match node:
            case ast.Name(id=text) | ast.Attribute(attr=text) | ast.Constant(value=str(text)):
                if "colab" in text.lower():
                    return True
            case ast.Call() if qualified(node.func, names) in _FINDERS:
                return True
    return False


def _sought(units: _Units) -> Iterator[str]:
    """The commands that Python code looks for."""
    for unit, names in units:
        for node in unit.of(ast.Call):
            if node.args and qualified(node.func, names) in _FINDERS:
                yield said(node.args[0])


def _of_distributions(imported: Iterable[str]) -> Iterator[SystemNeed]:
    table: dict[str, list[str]] = system_table()["distributions"]
    for name in sorted(imported):
        for package in table.get(name, ()):
            yield need_of(package, name, None, None, None, "")


def _of_headers(
    imported: Iterable[str], asked: Iterable[str], runtime_name: str
) -> Iterator[SystemNeed]:
    runtime = load_runtime(runtime_name)
    lacking = sorted(name for name in imported if not runtime.has(name))
    for package in sorted(asked) if lacking else ():
        if package.endswith("-dev"):
            yield need_of(package, lacking[0], None, None, None, "")
