"""Expressions that say a path: literals, ``os.path.join``, ``pathlib``, concatenation, f-strings."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.program import qualified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.program import Unit

_SAME = {"os.path.abspath", "os.path.normpath", "os.path.realpath", "str", "os.fspath"}
_SAME_METHODS = {"resolve", "absolute", "as_posix", "expanduser"}
_PATHS = {"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "Path"}
_FILE = "\0file"


@dataclass(frozen=True, slots=True)
class Value:
    """A path that an expression says.

    ``literals`` are the string literals it is joined from, each a run of whole components, if it is;
    empty if the text is put together in another way. ``of_module``: it is relative to the folder of the
    module that says it (``__file__``), not to the working directory.
    """

    text: str
    literals: tuple[ast.Constant, ...] = ()
    of_module: bool = False


class Constants:
    """What the names of a notebook and its modules stand for, where that is one known text."""

    def __init__(self, units: Sequence[Unit], imports: Mapping[str, str]) -> None:
        """Collect the assignments of ``units``; ``imports`` is the table of imported names."""
        self._imports = dict(imports)
        self._assigned: dict[str, list[ast.expr]] = {}
        for unit in units:
            for node in unit.nodes:
                self._collect(node)

    def _collect(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        self._assigned.setdefault(target.id, []).append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self._assigned.setdefault(name, []).append(value)
            case ast.AugAssign(target=ast.Name(id=name)) | ast.For(target=ast.Name(id=name)):
                self._assigned.setdefault(name, []).append(ast.expr())
            case ast.arg(arg=name):
                self._assigned.setdefault(name, []).append(ast.expr())

    def value(self, node: ast.AST, depth: int = 8) -> Value | None:
        """The path that the expression ``node`` says, or None if that is not known."""
        if depth == 0:
            return None
        match node:
            case ast.Constant(value=str(text)):
                return Value(text, (node,))
            case ast.Name(id="__file__"):
                return Value(_FILE, of_module=True)
            case ast.Name(id=name):
                found = self._assigned.get(name, [])
                return self.value(found[0], depth - 1) if len(found) == 1 else None
            case ast.Attribute(value=inner, attr="parent"):
                return _parent(self.value(inner, depth - 1))
            case ast.Call():
                return self._call(node, depth)
            case _:
                return self._composed(node, depth)

    def _composed(self, node: ast.AST, depth: int) -> Value | None:
        match node:
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._added([left, right], depth)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self._joined([left, right], depth)
            case ast.JoinedStr(values=parts):
                return self._added(parts, depth)
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                return self.value(inner, depth - 1)
            case _:
                return None

    def _call(self, node: ast.Call, depth: int) -> Value | None:
        name = qualified(node.func, self._imports)
        if name == "os.path.join" and node.args:
            return self._joined(node.args, depth)
        if name in ("os.getcwd", "pathlib.Path.cwd", "Path.cwd") and not node.args:
            return Value(".", ())
        if name == "os.path.dirname" and len(node.args) == 1:
            return _parent(self.value(node.args[0], depth - 1))
        if name in _SAME and len(node.args) == 1:
            return self.value(node.args[0], depth - 1)
        if name in _PATHS and node.args:
            return self._joined(node.args, depth)
        if isinstance(node.func, ast.Attribute):
            if node.func.attr == "joinpath":
                return self._joined([node.func.value, *node.args], depth)
            if node.func.attr in _SAME_METHODS and not node.args:
                return self.value(node.func.value, depth - 1)
        return None

    def _joined(self, nodes: Sequence[ast.expr], depth: int) -> Value | None:
        values = [self.value(node, depth - 1) for node in nodes]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        text = known[0].text
        for value in known[1:]:
            text = value.text if value.text.startswith("/") else f"{text.rstrip('/')}/{value.text}"
        literals = tuple(literal for value in known for literal in value.literals)
        whole = all(value.literals for value in known)
        return Value(text, literals if whole else (), known[0].of_module)

    def _added(self, nodes: Sequence[ast.expr], depth: int) -> Value | None:
        values = [self.value(node, depth - 1) for node in nodes]
        if not all(values):
            return None
        text = "".join(value.text for value in values if value)
        first = values[0]
        return Value(text, (), bool(first and first.of_module))


def _parent(value: Value | None) -> Value | None:
    if value is None:
        return None
    if value.text == _FILE:
        return Value(".", (), of_module=True)
    if value.of_module and value.text == ".":
        return Value("..", (), of_module=True)
    return Value(value.text.rpartition("/")[0] or ".", (), value.of_module)
