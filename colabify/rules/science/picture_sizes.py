"""What the image functions of ``scipy.misc`` were given, as far as it is sure: pictures, sizes and factors.

``imresize`` took a size in rows and columns, a whole number for percents, or a float for a factor; and it
stretched whatever was no 8-bit picture to the range from 0 to 255 first.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from colabify.rules.context import Context

_PICTURE = "scipy.misc.image"
_BYTES = frozenset({"numpy.uint8", "'uint8'", "'u1'"})
_INDICES = frozenset({"numpy.argmax", "numpy.argmin"})
_SIDES = ("n", "side", "length", "pixels")


@dataclass(frozen=True)
class Pictures:
    """What is known where a call stands: what a function binds, only its own statements decide."""

    context: Context
    call: ast.Call
    _seen: tuple[str, ...] = ()

    def is_picture(self, node: ast.expr) -> bool:
        """Whether an expression is an 8-bit picture for sure: one that was read, or cast to ``uint8``."""
        match node:
            case ast.Name(id=name):
                return self._always(name, Pictures.is_picture)
            case ast.Subscript(value=value, slice=ast.Slice() | ast.Tuple()):
                return self.is_picture(value)
            case ast.Call(func=ast.Attribute(attr="astype"), args=[ast.Constant(value=kind)]):
                return repr(kind) in _BYTES
            case ast.Call(func=ast.Attribute(attr="astype"), args=[kind]):
                return self._full(kind) in _BYTES
            case ast.Call(func=ast.Attribute(value=value, attr="copy" | "reshape" | "transpose")):
                return self.is_picture(value)
            case ast.Call(func=func) if self._full(func) == "numpy.uint8":
                return True
        return self.context.kinds.of(node) == _PICTURE and not _reads_otherwise(self.context)

    def size(self, node: ast.expr, picture: ast.expr) -> str | None:
        """The code of Pillow's size, ``(width, height)``; None if it is not known what ``node`` is."""
        match node:
            case ast.Tuple(elts=[rows, columns, *_]) | ast.List(elts=[rows, columns, *_]):
                if isinstance(rows, ast.Starred) or isinstance(columns, ast.Starred):
                    return None
                return f"({ast.unparse(columns)}, {ast.unparse(rows)})"
            case ast.Constant(value=int(percents)):
                node = ast.Constant(percents / 100)
        if not self.is_factor(node) or not isinstance(picture, ast.Name):
            return None  # the picture would be computed twice
        used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        side = next(one for one in _SIDES if one not in used)
        code = ast.unparse(node)
        factor = code if isinstance(node, ast.Name | ast.Constant) else f"({code})"
        return f"[int({side} * {factor}) for {side} in {picture.id}.shape[1::-1]]"

    def is_factor(self, node: ast.expr) -> bool:
        """Whether an expression is a float, and no array: ``0.5``, ``float(size) / image.shape[0]``."""
        match node:
            case ast.Constant(value=float()) | ast.Call(func=ast.Name(id="float")):
                return True
            case ast.Name(id=name):
                return self._always(name, Pictures.is_factor)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self._is_number(left) and self._is_number(right)
            case ast.BinOp(left=left, op=ast.Mult() | ast.Add() | ast.Sub(), right=right):
                numbers = self._is_number(left) and self._is_number(right)
                return numbers and (self.is_factor(left) or self.is_factor(right))
        return False

    def _is_number(self, node: ast.expr) -> bool:
        """Whether an expression is a number for sure, and no array of some."""
        match node:
            case ast.Constant(value=int() | float()):
                return True
            case ast.Call(func=ast.Name(id="int" | "float" | "len" | "round")):
                return True
            case ast.Subscript(value=value, slice=index):
                return self._is_row(value) and self._is_index(index)
            case ast.Name(id=name):
                return self._always(name, Pictures._is_number)
        return self.is_factor(node)

    def _is_row(self, node: ast.expr) -> bool:
        """Whether an expression has one dimension: a shape, a part of one, or an array of it."""
        match node:
            case ast.Attribute(attr="shape"):
                return True
            case ast.Subscript(value=value, slice=ast.Slice()):
                return self._is_row(value)
            case ast.Call(func=func, args=[one]) if self._full(func) == "numpy.array":
                return self._is_row(one)
            case ast.Name(id=name):
                return self._always(name, Pictures._is_row)
        return False

    def _is_index(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant(value=int()) | ast.UnaryOp(operand=ast.Constant(value=int())):
                return True
            case ast.Call(func=func, args=[_], keywords=[]):
                return self._full(func) in _INDICES
            case ast.Name(id=name):
                return self._always(name, Pictures._is_index)
        return False

    def _always(self, name: str, is_one: Callable[[Pictures, ast.expr], bool]) -> bool:
        """Whether all that a name is bound to is one; what it is bound to by itself does not matter."""
        if name in self._seen:
            return True
        values = _values(name, self._scope(name))
        deeper = Pictures(self.context, self.call, (*self._seen, name))
        return bool(values) and all(one is not None and is_one(deeper, one) for one in values)

    def _scope(self, name: str) -> list[ast.AST]:
        """The nodes among which a name is bound: those of the function round the call, if it binds it."""
        for unit in self.context.units:
            for node in unit.of(ast.FunctionDef):
                inside = list(ast.walk(node))
                if self.call in inside and _values(name, inside):
                    return inside
        return [node for unit in self.context.units for node in unit.nodes]

    def _full(self, node: ast.expr) -> str:
        return qualified(node, self.context.names)


def _values(name: str, nodes: list[ast.AST]) -> list[ast.expr | None]:
    """What a name is bound to among nodes; None for a binding that is no plain assignment."""
    found: list[ast.expr | None] = []
    told: set[int] = set()
    for node in nodes:
        for target, value in _pairs(node):
            told.add(id(target))
            found += [value] if target.id == name else []
    for node in nodes:
        match node:
            case ast.Name(id=bound, ctx=ast.Store()) if bound == name and id(node) not in told:
                found.append(None)
            case ast.arg(arg=bound) if bound == name:
                found.append(None)
    return found


def _pairs(node: ast.AST) -> Iterator[tuple[ast.Name, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name() as target], value=value):
            yield target, value
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            for one, other in zip(targets, values, strict=False):
                if isinstance(one, ast.Name):
                    yield one, other


def _reads_otherwise(context: Context) -> bool:
    """Whether the program reads pictures in another mode, which may be one of floats."""
    for unit in context.units:
        for node in unit.of(ast.Call):
            if context.kinds.of(node) == _PICTURE:
                name = qualified(node.func, context.names).rpartition(".")[2]
                if name == "imread" and (len(node.args) > 1 or node.keywords):
                    return True
    return False
