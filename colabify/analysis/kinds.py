"""Kinds: what an expression gives, as far as that is sure, such as ``pandas.DataFrame``.

A name has a kind if all that the program ever binds to it has the same one; a parameter, or anything else
that is not understood, has none. What the calls, methods and attributes of libraries give stands in
``data/kinds/*.json``, one file a top-level package.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.runtime import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.unit import Unit

_BUILT = {
    ast.List: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict", ast.Set: "set",
    ast.SetComp: "set", ast.Tuple: "tuple", ast.JoinedStr: "str", ast.GeneratorExp: "generator",
    ast.Lambda: "function", ast.Compare: "", ast.BoolOp: "",
}  # fmt: skip
_CALLED = frozenset(
    {"bytes", "dict", "float", "int", "len", "list", "range", "set", "sorted", "str", "tuple"}
)
_GIVES = {"len": "int", "sorted": "list"}
_PENDING = "?"
"""The kind of a name whose own bindings are being looked at: it agrees with any other."""


class _Part(ast.Constant):
    """The index of what a loop, or unpacking, takes out of something: ``"each"``, or a number."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What a package's callables (full names), methods, attributes and items give.

    ``methods`` and ``attributes`` go by ``kind.name``; ``items`` by ``kind[what]``, where what is ``str``,
    ``int``, ``list``, ``slice`` or ``mask``, ``each`` for what a loop over it gives, or ``0``, ``1`` for what
    it gives where it is unpacked; ``arithmetic`` are the kinds that operators keep.
    """

    calls: Mapping[str, str]
    methods: Mapping[str, str]
    attributes: Mapping[str, str]
    items: Mapping[str, str]
    arithmetic: frozenset[str]


@cache
def _table(package: str) -> _Table | None:
    file = DATA / "kinds" / f"{package}.json"
    if not file.is_file():
        return None
    data = json.loads(file.read_text("utf-8"))
    return _Table(
        data.get("calls", {}), data.get("methods", {}), data.get("attributes", {}),
        data.get("items", {}), frozenset(data.get("arithmetic", ())),
    )  # fmt: skip


_BINDING = (
    ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.AugAssign, ast.withitem, ast.For, ast.comprehension,
)  # fmt: skip
_BINDING_OTHERWISE = (ast.Name, ast.arg, ast.FunctionDef, ast.ClassDef, ast.ExceptHandler)


@dataclass
class Kinds:
    """The kinds of a program's expressions; ``names`` says what its imports stand for."""

    units: Sequence[Unit]
    names: Mapping[str, str]
    _known: dict[str, str] = field(default_factory=dict)

    def of(self, node: ast.expr) -> str:
        """The kind of an expression; empty if it is not sure."""
        found = self._of(node)
        return "" if found == _PENDING else found

    def _of(self, node: ast.expr) -> str:
        if type(node) in _BUILT:
            return _BUILT[type(node)]
        if isinstance(node, ast.BinOp | ast.UnaryOp | ast.IfExp | ast.NamedExpr):
            return self._of_operator(node)
        match node:
            case ast.Constant(value=value):
                return type(value).__name__
            case ast.Name(id=name):
                return self._of_name(name)
            case ast.Call(func=func):
                return self._of_call(func)
            case ast.Attribute(value=value, attr=attr):
                return self._member("attributes", value, attr)
            case ast.Subscript(value=value, slice=index):
                return self._of_item(value, index)
        return ""

    def _of_operator(self, node: ast.expr) -> str:
        match node:
            case ast.BinOp(op=ast.Div(), left=left, right=right):
                found = self._of_operation(left, right)
                return "float" if found == "int" else found
            case ast.BinOp(left=left, right=right):
                return self._of_operation(left, right)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert(), operand=operand):
                return self._of_operation(operand, operand)
            case ast.IfExp(body=one, orelse=other):
                return _agreed([self._of(one), self._of(other)])
            case ast.NamedExpr(value=value):
                return self._of(value)
        return ""

    def _of_name(self, name: str) -> str:
        if name in self.names:
            return ""
        if name not in self._known:
            self._known[name] = _PENDING
            bindings = self._bindings.get(name, ())
            kinds = [self._of(one) if one is not None else "" for one in bindings]
            self._known[name] = _agreed(kinds) if kinds else ""
        return self._known[name]

    def _of_call(self, func: ast.expr) -> str:
        name = qualified(func, self.names)
        if isinstance(func, ast.Name) and name in _CALLED and name not in self._bindings:
            return _GIVES.get(name, name)
        table = _table(name.partition(".")[0]) if name else None
        if table is not None and name in table.calls:
            return table.calls[name]
        if isinstance(func, ast.Attribute):
            return self._member("methods", func.value, func.attr)
        return ""

    def _member(self, what: str, value: ast.expr, name: str) -> str:
        kind = self._of(value)
        if kind == _PENDING:
            return _PENDING  # the other bindings decide
        table = _table(kind.partition(".")[0]) if kind else None
        members: Mapping[str, str] = getattr(table, what) if table is not None else {}
        return members.get(f"{kind}.{name}", "")

    def _of_item(self, value: ast.expr, index: ast.expr) -> str:
        kind = self._of(value)
        if kind == _PENDING:
            return _PENDING
        table = _table(kind.partition(".")[0]) if kind else None
        if table is None:
            return ""
        return table.items.get(f"{kind}[{self._index(index)}]", "")

    def _index(self, index: ast.expr) -> str:
        match index:
            case _Part(value=value):
                return str(value)
            case ast.Slice():
                return "slice"
            case ast.Compare() | ast.BoolOp():
                return "mask"
            case ast.BinOp(op=ast.BitAnd() | ast.BitOr()) | ast.UnaryOp(op=ast.Invert()):
                return "mask"
        return self.of(index)

    def _of_operation(self, left: ast.expr, right: ast.expr) -> str:
        for kind in (self._of(left), self._of(right)):
            if kind == _PENDING:
                return _PENDING
            table = _table(kind.partition(".")[0]) if kind else None
            if table is not None and kind in table.arithmetic:
                return kind
        both = {self._of(left), self._of(right)}
        return both.pop() if both in ({"int"}, {"str"}, {"list"}) else ""

    @cached_property
    def _bindings(self) -> dict[str, list[ast.expr | None]]:
        """What each name is bound to, everywhere; None for what is not an expression of its own."""
        found: dict[str, list[ast.expr | None]] = {}
        told: set[int] = set()
        for unit in self.units:
            for node in unit.of(*_BINDING):
                for target, value in _assignments(node):
                    told.add(id(target))
                    found.setdefault(target.id, []).append(value)
        for unit in self.units:
            for node in unit.of(*_BINDING_OTHERWISE):
                for name in _others(node, told):
                    found.setdefault(name, []).append(None)
        return found


def _agreed(kinds: Sequence[str]) -> str:
    sure = {one for one in kinds if one != _PENDING}
    return sure.pop() if len(sure) == 1 else ("" if sure else _PENDING)


def _assignments(node: ast.AST) -> Iterator[tuple[ast.Name, ast.expr]]:
    """The names that a statement binds to an expression of its own."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _pairs(target, value)
        case ast.AnnAssign(target=ast.Name() as name, value=ast.expr() as value):
            yield name, value
        case ast.NamedExpr(target=ast.Name() as name, value=value):
            yield name, value
        case ast.AugAssign(target=ast.Name() as name, op=op, value=value):
            yield name, ast.BinOp(ast.Name(name.id, ast.Load()), op, value)
        case ast.withitem(context_expr=value, optional_vars=ast.Name() as name):
            yield name, value
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield from _pairs(target, _part(value, "each"))


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target, value
    elif isinstance(target, ast.Tuple | ast.List):
        given = value.elts if isinstance(value, ast.Tuple | ast.List) else None
        if given is None:
            given = [_part(value, number) for number in range(len(target.elts))]
        if len(target.elts) == len(given) and not any(
            isinstance(one, ast.Starred) for one in target.elts
        ):
            for one, other in zip(target.elts, given, strict=True):
                yield from _pairs(one, other)


def _part(value: ast.expr, which: str | int) -> ast.Subscript:
    return ast.Subscript(value, _Part(which), ast.Load())


def _others(node: ast.AST, told: set[int]) -> Iterator[str]:
    """The names that a node binds in any other way."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) if id(node) not in told:
            yield name
        case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str(name)):
            yield name
