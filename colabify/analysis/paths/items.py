"""The items of lists, tuples, dictionaries and ranges, and what a loop's names are in each round."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.paths.scopes import said_name
from colabify.analysis.paths.texts import without_ending
from colabify.analysis.paths.value import MOST, UNKNOWN, Value, Values, combined
from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.constants import Constants

Item = ast.AST | tuple["Item", ...] | None
"""An item: the expression that says it, several that are unpacked, or None."""

_LISTS = {"list", "tuple", "set", "sorted", "reversed", "iter", "frozenset"}
_SHOWS = {"tqdm", "track", "progress_bar", "tqdm_notebook", "log_progress"}
_WILD = {"glob.glob", "glob.iglob", "os.listdir"}
_WILD_METHODS = {"glob", "rglob", "iterdir"}
_DEEP = 12


class EachOf:
    """Looks into what goes by items."""

    def __init__(self, constants: Constants) -> None:
        """``constants`` says what the expressions in it are."""
        self._constants = constants

    def items(self, node: ast.AST, depth: int = _DEEP) -> Sequence[Item] | None:
        """What a loop over ``node`` goes through; None if that is not known."""
        if depth == 0:
            return None
        match node:
            case ast.List(elts=several) | ast.Tuple(elts=several) | ast.Set(elts=several):
                return several if len(several) <= MOST else None
            case ast.Dict(keys=keys):
                return keys if len(keys) <= MOST else None
            case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item) | ast.SetComp(elt=item):
                return [item]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                one, other = self.items(left, depth - 1), self.items(right, depth - 1)
                return None if one is None or other is None else [*one, *other]
            case ast.Call():
                return self._of_call(node, depth)
            case ast.Name() | ast.Attribute() | ast.Subscript():
                shapes = self._shapes(node)
                return self.items(shapes[0], depth - 1) if len(shapes) == 1 else None
            case _:
                return None

    def _of_call(self, node: ast.Call, depth: int) -> Sequence[Item] | None:
        name = qualified(node.func, self._constants.imports)
        last = name.rpartition(".")[2] or getattr(node.func, "attr", "")
        if name in _WILD or (isinstance(node.func, ast.Attribute) and last in _WILD_METHODS):
            return [node]
        if name == "range":
            return self._range(node)
        if name in _LISTS or last in _SHOWS:
            return self.items(node.args[0], depth - 1) if node.args else None
        if name == "enumerate" and node.args:
            inner = self.items(node.args[0], depth - 1)
            return (
                None if inner is None else [(ast.Constant(i), one) for i, one in enumerate(inner)]
            )
        if name == "zip":
            several = [self.items(one, depth - 1) for one in node.args]
            known = [one for one in several if one is not None]
            if not known or len(known) < len(several):
                return None
            return list(zip(*known, strict=False))
        if name == "dict" and not node.args:
            return [ast.Constant(word.arg) for word in node.keywords]
        if isinstance(node.func, ast.Attribute) and not node.args:
            return self._of_dictionary(node.func, last)
        return None

    def _range(self, node: ast.Call) -> Sequence[Item] | None:
        ends = [self._constants.value(one) for one in node.args]
        numbers = [one.number for one in ends if one is not None and isinstance(one.number, int)]
        if not numbers or len(numbers) < len(ends) or (len(numbers) > 2 and not numbers[2]):
            return None
        found = range(*numbers[:3])
        return [ast.Constant(one) for one in found] if len(found) <= MOST else None

    def _of_dictionary(self, func: ast.Attribute, method: str) -> Sequence[Item] | None:
        shapes = self._shapes(func.value)
        pairs = _pairs(shapes[0]) if len(shapes) == 1 else None
        if pairs is None or len(pairs) > MOST:
            return None
        found: dict[str, Sequence[Item]] = {
            "items": pairs,
            "values": [value for _, value in pairs],
            "keys": [key for key, _ in pairs],
        }
        return found.get(method)

    def rounds(self, node: ast.AST, steps: Sequence[int]) -> Values:
        """What a name is in each round of a loop over ``node``; ``steps`` lead into the item."""
        items = self.items(node)
        if not items:
            return UNKNOWN
        found: list[Value | None] = []
        for index, item in enumerate(items):
            inner = _step(item, steps)
            values = self._constants.values(inner) if isinstance(inner, ast.AST) else UNKNOWN
            choice = (id(node), index)
            found += (one and replace(one, choices=(*one.choices, choice)) for one in values)
        return tuple(dict.fromkeys(found)) if len(found) <= MOST else UNKNOWN

    def step(self, node: ast.AST, steps: Sequence[int]) -> Values:
        """A part of a value that is unpacked."""
        inner = _step(node, steps)
        if inner is None and len(steps) == 1:
            items = self.items(node)
            inner = items[steps[0]] if items is not None and steps[0] < len(items) else None
        return self._constants.values(inner) if isinstance(inner, ast.AST) else UNKNOWN

    def selected(self, node: ast.AST) -> Values:
        """What an item of a list or dictionary says, by its index or key."""
        if not isinstance(node, ast.Subscript):
            return UNKNOWN
        found: list[Value | None] = []
        containers = self._shapes(node.value)
        for key in self._keys(node.slice):
            picked = [one for shape in containers for one in _picked(shape, key)]
            sure = len(picked) == 1 and (key is None or key.sure)
            choices = key.choices if key is not None else ()
            values = (value for one in picked for value in self._constants.values(one))
            found += (value and _narrowed(value, choices, sure=sure) for value in values)
        return tuple(dict.fromkeys(found)) if 0 < len(found) <= MOST else UNKNOWN

    def _keys(self, node: ast.expr) -> Values:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
                return (Value(str(-number), number=-number),)
            case _:
                return self._constants.values(node)

    def one_of(self, call: ast.Call, index: ast.expr) -> Values | None:
        """``glob.glob(pattern)[0]`` and ``os.path.splitext(path)[0]``; None if it is neither."""
        if isinstance(index, ast.Slice):
            return None
        name = qualified(call.func, self._constants.imports)
        if name == "os.path.splitext" and call.args:
            values = self._constants.values(call.args[0])
            return combined([values], lambda one: without_ending(one[0]))
        if name in _WILD or (
            isinstance(call.func, ast.Attribute) and call.func.attr in _WILD_METHODS
        ):
            return self._constants.values(call)
        items = self.items(call)
        if items and len(items) == 1 and isinstance(items[0], ast.Call):
            return self._constants.values(items[0])
        return None

    def _shapes(self, node: ast.AST) -> list[ast.expr]:
        """The expressions that a name or an item may stand for, each of which says it itself."""
        known = self._constants.shapes
        if id(node) not in known:
            known[id(node)] = (node, [])  # what stands for itself is not known
            known[id(node)] = (node, self._find_shapes(node)[:MOST])
        return known[id(node)][1]

    def _find_shapes(self, node: ast.AST) -> list[ast.expr]:
        name = said_name(node)
        bindings = self._constants.names.reaching(name, node) if name else []
        if bindings:
            return [
                shape
                for one in bindings
                if one.kind == "value" and not one.steps and one.node is not None
                for shape in self._shapes(one.node)
            ]
        if isinstance(node, ast.Subscript):
            containers = self._shapes(node.value)
            keys = self._keys(node.slice)
            inner = [one for shape in containers for key in keys for one in _picked(shape, key)]
            return [shape for one in inner[:MOST] for shape in self._shapes(one) or [one]]
        return [node] if isinstance(node, ast.expr) and not isinstance(node, ast.Name) else []


def _narrowed(value: Value, choices: tuple[tuple[int, int], ...], *, sure: bool) -> Value:
    return replace(value, choices=(*value.choices, *choices), sure=value.sure and sure)


def _picked(shape: ast.expr, key: Value | None) -> list[ast.expr]:
    """The items of a list or dictionary that ``key`` may pick; all of them if it is not known."""
    several: Sequence[tuple[object, ast.expr]]
    said: object = None if key is None else key.text if key.number is None else key.number
    if isinstance(shape, ast.List | ast.Tuple):
        several = list(enumerate(shape.elts))
        said = said + len(several) if isinstance(said, int) and said < 0 else said
    else:
        several = [(getattr(one, "value", None), value) for one, value in _pairs(shape) or ()]
    return [value for one, value in several if key is None or one == said]


def _pairs(shape: ast.expr) -> list[tuple[ast.AST | None, ast.expr]] | None:
    """The keys and values of a dictionary."""
    if isinstance(shape, ast.Dict):
        return list(zip(shape.keys, shape.values, strict=True))
    match shape:
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=words):
            return [(ast.Constant(word.arg), word.value) for word in words if word.arg is not None]
    return None


def _step(item: Item, steps: Sequence[int]) -> Item:
    for step in steps:
        parts = item.elts if isinstance(item, ast.Tuple | ast.List) else item
        if not isinstance(parts, tuple | list) or step >= len(parts):
            return None
        item = parts[step]
    return item
