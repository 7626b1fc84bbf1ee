"""Which expressions of Python 2 code are surely ints, and which surely floats.

An expression is an int by itself (``len(x)``, ``x.shape[0]``), because all that binds its name is, or
because it is used where Python and NumPy take nothing else: as an argument of ``range``, in a slice, as a
shape. Python 2 code that runs has an int there.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.python2.scopes import read_scopes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.python2.scopes import Binding, Key, Scopes

_CLOSED = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.Div)
"""Operators that give an int of ints, and of nothing else but ints, in Python 2."""
_BITS = (ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr, ast.BitXor)
_INTS = frozenset(
    {"len", "int", "ord", "range", "hash", "id", "numpy.random.randint", "random.randint"}
)
_SHAPES = {
    "zeros": (0,), "ones": (0,), "empty": (0,), "full": (0,), "eye": (0, 1), "identity": (0,),
    "reshape": (1,), "tile": (1,), "repeat": (1,), "roll": (1,), "linspace": (2,), "split": (1,),
    "array_split": (1,),
    "random.rand": (0, 1, 2, 3), "random.randn": (0, 1, 2, 3), "random.permutation": (0,),
    "random.choice": (1,), "random.random": (0,), "random.random_sample": (0,),
}  # fmt: skip
"""Positions of NumPy's functions at which an int, or a tuple of ints, stands."""
_PLACES = {
    **{f"numpy.{name}": places for name, places in _SHAPES.items()},
    "range": (0, 1, 2), "matplotlib.pyplot.subplot": (0, 1, 2), "matplotlib.pyplot.subplots": (0, 1),
    "random.sample": (1,), "itertools.islice": (1, 2, 3), "itertools.combinations": (1,),
}  # fmt: skip
_KEYWORDS = frozenset({"size", "shape", "num"})
_FLOAT_MODULES = ("math.", "numpy.random.rand", "random.random", "random.uniform", "random.gauss")
_FLOATS = frozenset({
    "sqrt", "exp", "log", "log2", "log10", "sin", "cos", "tan", "arctan", "tanh", "mean",
    "average", "std", "var", "linspace", "random.normal", "random.uniform", "random.random",
    "zeros", "ones", "empty", "float32", "float64", "eye", "linalg.norm", "median",
})  # fmt: skip
"""NumPy's functions that give floats."""
_KEEPERS = frozenset(
    {"sum", "max", "min", "dot", "copy", "reshape", "T", "transpose", "ravel", "flatten"}
)
_FLOAT_METHODS = frozenset({"mean", "std", "var"})


@dataclass
class Numbers:
    """What is known of the numbers in a program of ``trees``; ``names`` are its imports."""

    trees: Sequence[ast.Module]
    names: Mapping[str, str]
    _ints: set[Key] = field(init=False, default_factory=set)
    _floats: set[Key] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Find the names that are ints (as many as do not contradict each other), and floats."""
        self._ints = {*self.scopes.bindings, *self._demands[1]}
        while wrong := {key for key in self._ints if not self._is_bound_to_ints(key)}:
            self._ints -= wrong
        while more := {key for key in self.scopes.bindings if self._becomes_float(key)}:
            self._floats |= more

    @cached_property
    def scopes(self) -> Scopes:
        """What binds each name."""
        return read_scopes(self.trees)

    @cached_property
    def demanded(self) -> frozenset[int]:
        """The expressions, by their ids, that stand where nothing but an int can."""
        return self._demands[0]

    @cached_property
    def _demands(self) -> tuple[frozenset[int], frozenset[Key]]:
        waiting = [
            one for tree in self.trees for node in ast.walk(tree) for one in self._asked(node)
        ]
        nodes: set[int] = set()
        keys: set[Key] = set()
        while waiting:
            node = waiting.pop()
            if id(node) in nodes:
                continue
            nodes.add(id(node))
            waiting += _parts(node)
            key = self.scopes.key(node)
            if key is None or key in keys:
                continue
            keys.add(key)
            bindings = self.scopes.of(key)
            # a notebook's own names are used again for other things, and some become ints only later
            made = any(isinstance(one.value, ast.Call) for one in bindings)
            if len(bindings) == 1 or (key[0] and not made):
                waiting += [one.value for one in bindings if one.value is not None]
        return frozenset(nodes), frozenset(keys)

    def is_int(self, node: ast.expr) -> bool:
        """Whether an expression is surely an int."""
        match node:
            case ast.Constant(value=value):
                return type(value) is int
            case ast.BinOp(left=left, op=operator, right=right):
                if isinstance(operator, ast.Pow):
                    return (
                        self.is_int(left) and isinstance(right, ast.Constant) and self.is_int(right)
                    )
                closed = isinstance(operator, (*_CLOSED, *_BITS))
                return closed and self.is_int(left) and self.is_int(right)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert(), operand=operand):
                return self.is_int(operand)
            case ast.IfExp(body=body, orelse=orelse):
                return self.is_int(body) and self.is_int(orelse)
            case ast.Call(func=function, args=args):
                called = qualified(function, self.names)
                if called in ("max", "min", "abs") and len(args) > (called != "abs"):
                    return all(self.is_int(one) for one in args)
                return called in _INTS and called != "range" and self._is_one(called, node)
            case ast.Subscript(value=ast.Attribute(attr="shape"), slice=index):
                return not isinstance(index, ast.Slice)
            case ast.Attribute(attr="ndim"):
                return True
        key = self.scopes.key(node)
        return key in self._ints

    def _is_one(self, called: str, call: ast.Call) -> bool:
        """Whether a call gives one int: with a size, it gives an array of them."""
        return "randint" not in called or (len(call.args) < 3 and not call.keywords)

    def _is_bound_to_ints(self, key: Key) -> bool:
        bindings = self.scopes.of(key)
        known = [one for one in bindings if one.value is not None]
        if not all(self._binds_int(one) for one in known):
            return False
        if len(known) == len(bindings) and known:
            return any(one.operator is None for one in known)
        return key in self._demands[1] and len(bindings) - len(known) <= 1

    def _binds_int(self, binding: Binding) -> bool:
        closed = binding.operator is None or isinstance(binding.operator, _CLOSED)
        return closed and binding.value is not None and self.is_int(binding.value)

    def is_float(self, node: ast.expr) -> bool:
        """Whether an expression is surely a float, or an array of them."""
        match node:
            case ast.Constant(value=value):
                return isinstance(value, float | complex)
            case ast.BinOp(left=left, right=right):
                return self.is_float(left) or self.is_float(right)
            case ast.UnaryOp(operand=operand) | ast.Subscript(value=operand):
                return self.is_float(operand)
            case ast.Call():
                return self._gives_float(node)
            case ast.Attribute(value=value, attr=attr):
                if qualified(node, self.names) in ("math.pi", "math.e", "numpy.pi", "numpy.e"):
                    return True
                if attr in _KEEPERS:
                    return self.is_float(value)
        return self.scopes.key(node) in self._floats

    def _becomes_float(self, key: Key) -> bool:
        values = [one.value for one in self.scopes.of(key) if one.operator is None]
        floats = bool(values) and all(one is not None and self.is_float(one) for one in values)
        return floats and key not in self._floats

    def _gives_float(self, call: ast.Call) -> bool:
        called = qualified(call.func, self.names)
        if called == "float" or called.startswith(_FLOAT_MODULES) or called == "time.time":
            return True
        if called in ("abs", "max", "min", "sum"):
            return any(self.is_float(one) for one in call.args)
        name = called.removeprefix("numpy.")
        if name != called:
            typed = any(one.arg == "dtype" for one in call.keywords)
            if name in _FLOATS:
                return not typed and (name != "zeros" or len(call.args) < 2)
            return any(self.is_float(one) for one in call.args)
        if isinstance(call.func, ast.Attribute):
            if call.func.attr == "astype":
                return "float" in ast.unparse(call)
            kept = call.func.attr in _KEEPERS and self.is_float(call.func.value)
            return kept or call.func.attr in _FLOAT_METHODS
        return False

    def _asked(self, node: ast.AST) -> Iterator[ast.expr]:
        """The expressions of a node that have to be ints."""
        match node:
            case ast.Slice(lower=lower, upper=upper, step=step):
                yield from (one for one in (lower, upper, step) if one is not None)
            case ast.Call(func=function, args=args, keywords=keywords):
                called = qualified(function, self.names)
                places = _PLACES.get(called, ())
                method = isinstance(function, ast.Attribute) and not called.startswith("numpy.")
                if method and function.attr == "reshape":  # type: ignore[attr-defined]
                    places = tuple(range(len(args)))
                for place in places:
                    yield from _items(args[place : place + 1])
                if called.startswith("numpy."):
                    named = [one.value for one in keywords if one.arg in _KEYWORDS]
                    yield from _items(named)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                for one, other in ((left, right), (right, left)):
                    text = isinstance(one, ast.Constant) and isinstance(one.value, str)
                    if text or isinstance(one, ast.List):
                        yield other


def _items(nodes: Sequence[ast.expr]) -> Iterator[ast.expr]:
    for node in nodes:
        yield from node.elts if isinstance(node, ast.Tuple | ast.List) else (node,)


def _parts(node: ast.expr) -> Sequence[ast.expr]:
    """The parts of an expression that are ints if it is."""
    match node:
        case ast.BinOp(left=left, op=operator, right=right) if isinstance(operator, _CLOSED):
            return left, right
        case ast.UnaryOp(operand=operand):
            return (operand,)
        case ast.Tuple(elts=items):  # a shape that was given a name
            return items
        case ast.IfExp(body=body, orelse=orelse):
            return body, orelse
        case ast.Call(func=ast.Name(id="max" | "min"), args=args) if len(args) > 1:
            return args
        case _:
            return ()
