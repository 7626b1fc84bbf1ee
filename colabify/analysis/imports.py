"""What one cell or module imports: by statement, by name, as an IPython extension, from Cython."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.flow import outermost_functions
from colabify.once import once
from colabify.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.program import CodeCell
    from colabify.steps import Build

_OF_IPYTHON = {"autoreload", "cythonmagic", "rmagic", "storemagic", "sympyprinting"}
_MISSING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
_SITUATIONS = {"version_info", "PY2", "PY3", "platform", "TYPE_CHECKING"}
"""What tests ask that decide which of several modules is imported: all of them may be absent."""
_OF_CYTHON = {"cpython", "cython", "libc", "libcpp", "openmp", "posix"}
_LOADERS = {"run_line_magic", "magic", "load_extension"}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the dotted module, and the names taken from it. ``level`` counts leading dots.

    ``optional``: the code goes on without it (``try``/``except ImportError``, ``if TYPE_CHECKING``,
    ``if sys.version_info < (3,)``, what a module does only when it is run as a program). ``function``
    is the outermost function that a module imports in, so that it is only run if that is called. ``file``
    is the file of the repository that it reaches.
    """

    module: str
    names: tuple[str, ...]
    level: int
    unit: Unit
    line: int
    optional: bool = False
    function: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Imports:
    """What the notebook and the local modules and scripts that it reaches import.

    ``modules`` are those local modules and scripts; ``foreign`` what they and the notebook import from
    elsewhere; ``written`` what comes from files that the notebook writes or downloads; ``unparsed`` the
    local modules that are no Python 3, with the reason; ``builds`` the repository's extension modules;
    ``generated`` the imports of modules beside another that git does not hold.
    """

    modules: tuple[Unit, ...]
    foreign: tuple[Import, ...]
    local: tuple[Import, ...]
    unparsed: tuple[tuple[str, str], ...]
    written: tuple[Import, ...] = ()
    builds: tuple[tuple[Import, Build], ...] = ()
    generated: tuple[Import, ...] = ()


@once
def find_imports(unit: Unit) -> tuple[Import, ...]:
    """The imports of one cell or module, at any depth, and those by name (``import_module("x")``)."""
    return tuple(_imports_of(unit))


def _imports_of(unit: Unit) -> Iterator[Import]:
    optional = set(_optional(unit))
    functions = outermost_functions(unit) if unit.path is not None else {}
    for node in unit.of(ast.Import, ast.ImportFrom, ast.Call):
        where = (unit, node.lineno, id(node) in optional, functions.get(id(node), ""))
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, (), 0, *where) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            yield Import(node.module or "", names, node.level, *where)
        else:
            name = _named(node)
            if name:
                yield Import(name, (), 0, *where)
    for escape in unit.escapes:
        if escape.name in ("load_ext", "reload_ext") and _is_package(escape.args):
            yield Import(escape.args, (), 0, unit, escape.line + 1)


def cython_imports(cell: CodeCell) -> Iterator[Import]:
    """What a ``%%cython`` cell imports and cimports.

    Cython is no Python, but a line of it that imports is, once ``cimport`` is read as ``import``.
    """
    unit = Unit(ast.Module([], []), cell=cell.index)
    for number, line in enumerate(cell.masked.text.splitlines(), 1):
        words = line.split()
        if words[:1] not in (["import"], ["cimport"], ["from"]):
            continue
        try:
            tree = ast.parse(" ".join("import" if word == "cimport" else word for word in words))
        except SyntaxError:
            continue
        for node in tree.body:
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            else:
                found = [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            for name in found:
                if name.partition(".")[0] not in _OF_CYTHON:
                    yield Import(name, (), 0, unit, number)


def _named(call: ast.Call) -> str:
    """The module that a call imports by its name; empty if it imports none."""
    said = [one.value for one in call.args if isinstance(one, ast.Constant)]
    texts = [one for one in said if isinstance(one, str)]
    match call.func:
        case ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"):
            name = texts[0] if texts and texts[0] is said[0] else ""
            return "" if name.startswith(".") else name
        case ast.Attribute(attr=attr) if attr in _LOADERS:
            words = " ".join(texts).split()
            words = words[1:] if attr != "load_extension" and words[:1] == ["load_ext"] else words
            loads = attr == "load_extension" or " ".join(texts).startswith("load_ext")
            return words[0] if loads and len(words) == 1 and _is_package(words[0]) else ""
        case _:
            return ""


def _is_package(extension: str) -> bool:
    """Whether the name of an IPython extension is a module's, and not one that IPython brings."""
    parts = extension.split(".")
    return all(part.isidentifier() for part in parts) and extension not in _OF_IPYTHON


def _optional(unit: Unit) -> Iterator[int]:
    """The ids of nodes that may fail to import, or are not run."""
    for node in unit.of(ast.Try, ast.If):
        if isinstance(node, ast.Try) and any(_goes_on_without(h) for h in node.handlers):
            inside: list[ast.AST] = [*node.body, *node.handlers]
        elif isinstance(node, ast.If) and _asks_for_the_situation(node.test, unit):
            inside = [*node.body, *node.orelse]
        else:
            continue
        yield from (id(child) for statement in inside for child in ast.walk(statement))


def _asks_for_the_situation(test: ast.expr, unit: Unit) -> bool:
    """Whether a test asks which Python or system it is, or if a module is run as a program."""
    words = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(test)}
    if unit.path is not None and "__name__" in words:
        return True
    return bool(words & _SITUATIONS) or {"os", "name"} <= words


def _goes_on_without(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches a failed import, and does not raise in its turn."""
    if any(isinstance(node, ast.Raise) for node in ast.walk(handler)):
        return False
    if handler.type is None:
        return True
    return any(isinstance(n, ast.Name) and n.id in _MISSING for n in ast.walk(handler.type))
