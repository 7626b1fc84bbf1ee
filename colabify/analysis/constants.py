"""Expressions that say a path: literals, ``os.path.join``, ``pathlib``, concatenation, f-strings."""

from __future__ import annotations

import ast
import posixpath
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.program import qualified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.program import Unit

_SAME = {"os.path.normpath", "str", "os.fspath", "os.path.expanduser"}
_ANCHORED = {"os.path.abspath", "os.path.realpath"}
_SAME_METHODS = {"as_posix", "expanduser"}
_ANCHORED_METHODS = {"resolve", "absolute"}
_PATHS = {"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "Path"}
_WORKING_FOLDER = {"os.getcwd", "os.getcwdu", "pathlib.Path.cwd", "Path.cwd"}
_FILE = "\0file"


@dataclass(frozen=True, slots=True)
class Value:
    """A path that an expression says.

    ``literals`` are the string literals it is joined from, each a run of whole components, if it is;
    empty if the text is put together in another way. ``tail`` is text added behind them, which is no
    literal of its own. ``of_module``: it is relative to the folder of the module that says it
    (``__file__``), not to the working directory. ``anchored``: its parent is a folder above, even if
    the text is ``.``; of a plain ``Path(".")`` the parent is ``.`` again.
    """

    text: str
    literals: tuple[ast.Constant, ...] = ()
    tail: str = ""
    of_module: bool = False
    anchored: bool = False


class Constants:
    """What the names of a notebook and its modules stand for, where that is one known text."""

    def __init__(self, units: Sequence[Unit], imports: Mapping[str, str]) -> None:
        """Collect the assignments of ``units``; ``imports`` is the table of imported names."""
        self._imports = dict(imports)
        self._assigned: dict[str, list[ast.expr]] = {}
        self._bound: Counter[str] = Counter()
        for unit in units:
            for node in unit.nodes:
                self._collect(node)

    def _collect(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name)):
                self._bound[name] += 1
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                self._bound[name] += 1
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                self._bound[name] += 1

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match target, value:
            case ast.Name(id=name), _:
                self._assigned.setdefault(name, []).append(value)
            case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
                for one, other in zip(names, values, strict=True):
                    self._assign(one, other)

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
                return self._named(name, depth)
            case ast.Attribute(value=inner, attr="parent"):
                return _parent(self.value(inner, depth - 1), 1)
            case ast.Subscript(
                value=ast.Attribute(value=inner, attr="parents"), slice=ast.Constant(value=int(up))
            ) if up >= 0:
                return _parent(self.value(inner, depth - 1), up + 1)
            case ast.Call():
                return self._call(node, depth)
            case _:
                return self._composed(node, depth)

    def _named(self, name: str, depth: int) -> Value | None:
        """What a name stands for: it is bound once, or always to the same expression."""
        found = self._assigned.get(name, [])
        if not found or len(found) != self._bound[name]:
            return None
        value = self.value(found[0], depth - 1)
        if len(found) == 1 or value is None:
            return value
        if len({ast.dump(one) for one in found}) > 1:
            return None
        return replace(value, literals=())

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
        if name in ("os.path.join", *_PATHS) and node.args:
            return self._joined(node.args, depth)
        if name in _WORKING_FOLDER or (name in _PATHS and not node.args):
            return Value(".", anchored=name in _WORKING_FOLDER)
        if len(node.args) == 1 and (name in _SAME or name in _ANCHORED):
            return _anchored(self.value(node.args[0], depth - 1), name in _ANCHORED)
        if name == "os.path.dirname" and len(node.args) == 1:
            return _parent(self.value(node.args[0], depth - 1), 1)
        if isinstance(node.func, ast.Attribute):
            return self._method(node.func, node.args, depth)
        return None

    def _method(
        self, func: ast.Attribute, arguments: Sequence[ast.expr], depth: int
    ) -> Value | None:
        if func.attr == "joinpath":
            return self._joined([func.value, *arguments], depth)
        if not arguments and func.attr in (*_SAME_METHODS, *_ANCHORED_METHODS):
            return _anchored(self.value(func.value, depth - 1), func.attr in _ANCHORED_METHODS)
        return None

    def _joined(self, nodes: Sequence[ast.expr], depth: int) -> Value | None:
        values = [self.value(node, depth - 1) for node in nodes]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        first = known[0]
        if first.anchored and first.text == "." and not first.literals and len(known) > 1:
            known = known[1:]  # what is joined to the working folder may be rewritten by itself
        text = known[0].text
        for value in known[1:]:
            text = value.text if value.text.startswith("/") else f"{text.rstrip('/')}/{value.text}"
        literals = tuple(literal for value in known for literal in value.literals)
        whole = all(value.literals and not value.tail for value in known) and not first.of_module
        return Value(text, literals if whole else (), "", first.of_module, first.anchored)

    def _added(self, nodes: Sequence[ast.expr], depth: int) -> Value | None:
        values = [self.value(node, depth - 1) for node in nodes]
        known = [value for value in values if value is not None]
        if not known or len(known) < len(values):
            return None
        first = known[0]
        tail = "".join(value.text for value in known[1:])
        return replace(first, text=first.text + tail, tail=first.tail + tail)


def _anchored(value: Value | None, anchored: bool) -> Value | None:
    return replace(value, anchored=True) if value and anchored else value


def _parent(value: Value | None, levels: int) -> Value | None:
    if value is None:
        return None
    text, anchored = value.text, value.anchored
    for _ in range(levels):
        if text == _FILE:
            text, anchored = ".", True
        elif anchored:
            text = posixpath.normpath(posixpath.join(text, ".."))
        else:
            text = posixpath.dirname(text) or "."
    return Value(text, (), "", value.of_module, anchored)
