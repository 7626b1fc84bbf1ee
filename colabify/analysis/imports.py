"""What a notebook imports: from the repository, from elsewhere, and through the modules it imports."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.constants import Constants
from colabify.analysis.resolve import join, repair
from colabify.program import Unit, parse, qualified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.project import Project

_OF_IPYTHON = {"autoreload", "storemagic"}
_MISSING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the dotted module, and the names taken from it. ``level`` counts leading dots.

    ``optional``: the code goes on without it (``try``/``except ImportError``, ``if TYPE_CHECKING``).
    """

    module: str
    names: tuple[str, ...]
    level: int
    unit: Unit
    line: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Imports:
    """What the notebook and the local modules that it reaches import.

    ``modules`` are those local modules; ``foreign`` what they and the notebook import from elsewhere;
    ``unparsed`` the local modules that are no Python 3, with the reason.
    """

    modules: tuple[Unit, ...]
    foreign: tuple[Import, ...]
    local: tuple[Import, ...]
    unparsed: tuple[tuple[str, str], ...]


def find_imports(unit: Unit) -> Iterator[Import]:
    """The imports of one cell or module, at any depth, and those by name (``import_module("x")``)."""
    optional = set(_optional(unit))
    for node in unit.nodes:
        line = getattr(node, "lineno", 1)
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(alias.name, (), 0, unit, line, id(node) in optional)
            case ast.ImportFrom(module=module, names=names, level=level):
                taken = tuple(alias.name for alias in names)
                yield Import(module or "", taken, level, unit, line, id(node) in optional)
            case ast.Call(
                func=ast.Attribute(attr="import_module")
                | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(name)), *_],
            ) if name and not name.startswith("."):
                yield Import(name, (), 0, unit, line, id(node) in optional)
    for escape in unit.escapes:
        if escape.name in ("load_ext", "reload_ext") and _is_package(escape.args):
            yield Import(escape.args, (), 0, unit, escape.line + 1)


def _is_package(extension: str) -> bool:
    """Whether the name of an IPython extension is a module's, and not one that IPython brings."""
    parts = extension.split(".")
    return all(part.isidentifier() for part in parts) and extension not in _OF_IPYTHON


def _optional(unit: Unit) -> Iterator[int]:
    """The ids of nodes that may fail to import, or are not run."""
    for node in unit.nodes:
        if isinstance(node, ast.Try) and any(_goes_on_without(h) for h in node.handlers):
            inside: list[ast.AST] = [*node.body, *node.handlers]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            inside = [*node.body]
        else:
            continue
        yield from (id(child) for statement in inside for child in ast.walk(statement))


def _goes_on_without(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches a failed import, and does not raise in its turn."""
    if any(isinstance(node, ast.Raise) for node in ast.walk(handler)):
        return False
    if handler.type is None:
        return True
    return any(isinstance(n, ast.Name) and n.id in _MISSING for n in ast.walk(handler.type))


class ModuleFinder:
    """Finds the local modules of a project; reads each file once, whatever the number of notebooks."""

    def __init__(self, project: Project) -> None:
        """Look among the files of ``project``."""
        self._project = project
        self._files = project.files
        self._read: dict[str, Unit | str] = {}

    def trace(
        self,
        units: Sequence[Unit],
        stand: str,
        names: Mapping[str, str],
        more: Sequence[str] = (),
    ) -> Imports:
        """What ``units`` import when Python runs in the folder ``stand`` of the repository.

        ``more`` are folders that the setup cell adds to ``sys.path``.
        """
        folders = (stand, *self._path_edits(units, stand, names), *more)
        modules: dict[str, Unit] = {}
        foreign: list[Import] = []
        local: list[Import] = []
        unparsed: dict[str, str] = {}
        waiting = list(units)
        while waiting:
            unit = waiting.pop(0)
            for one in find_imports(unit):
                paths = self._locate(one, folders)
                (local if paths else foreign).append(one)
                for path in paths:
                    found = self._unit(path)
                    if isinstance(found, str):
                        unparsed[path] = found
                    elif path not in modules:
                        modules[path] = found
                        waiting.append(found)
        outside = tuple(one for one in foreign if one.module and not one.level)
        return Imports(tuple(modules.values()), outside, tuple(local), tuple(unparsed.items()))

    def elsewhere(self, module: str) -> list[str]:
        """The folders of the repository from which ``import module`` would find it, nearest root first."""
        first = module.partition(".")[0]
        ends = (f"{first}.py", f"{first}/__init__.py")
        found = [
            name.removesuffix(end).rstrip("/")
            for name in self._files.files
            for end in ends
            if name == end or name.endswith("/" + end)
        ]
        return sorted(found, key=lambda folder: (folder.count("/"), folder))

    def _locate(self, one: Import, folders: Sequence[str]) -> list[str]:
        """The files that an import reaches, packages' ``__init__`` included; empty if it is not local."""
        if one.level:
            if one.unit.path is None:
                return []
            package = one.unit.path
            for _ in range(one.level):
                package = posixpath.dirname(package)
            return self._below(package, one.module, one.names)
        for folder in folders:
            found = self._below(folder, one.module, one.names)
            if found:
                return found
        return []

    def _below(self, folder: str, module: str, names: Sequence[str]) -> list[str]:
        found, at = [], folder
        parts = module.split(".") if module else []
        for part in parts:
            at = posixpath.join(at, part)
            file = self._file_of(at)
            if file is None:
                return []
            found += file
        for name in names:
            found += self._file_of(posixpath.join(at, name)) or []
        return found

    def _file_of(self, path: str) -> list[str] | None:
        """The file of a module or package; none for a folder without ``__init__``; None if not there."""
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in self._files.files:
                return [file]
        return [] if path in self._python_folders else None

    @cached_property
    def _python_folders(self) -> frozenset[str]:
        found: set[str] = set()
        for name in self._files.files:
            parent = posixpath.dirname(name) if name.endswith(".py") else ""
            while parent and parent not in found:
                found.add(parent)
                parent = posixpath.dirname(parent)
        return frozenset(found)

    def _unit(self, path: str) -> Unit | str:
        if path not in self._read:
            text = (self._project.read(path) or b"").decode("utf-8-sig", "replace")
            tree, error = parse(text)
            self._read[path] = str(error) if tree is None else Unit(tree, path=path)
        return self._read[path]

    def _path_edits(self, units: Sequence[Unit], stand: str, names: Mapping[str, str]) -> list[str]:
        """The repository's folders that the notebook adds to ``sys.path``."""
        constants = Constants(units, names)
        found = []
        for unit in units:
            for node in unit.nodes:
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = qualified(node.func, names)
                if name in ("sys.path.append", "sys.path.insert", "site.addsitedir"):
                    value = constants.value(node.args[-1])
                    if value is not None:
                        found.append(self._meant(stand, value.text))
        return [folder for folder in found if folder is not None]

    def _meant(self, stand: str, text: str) -> str | None:
        """The folder that a path means, be it written for its author's machine."""
        mended = repair(self._files, stand, text)
        return join(stand, mended.path if mended else text)
