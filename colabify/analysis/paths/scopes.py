"""Scopes: where the names of a unit are bound, and which statement an expression stands in.

Statements are walked once; expressions are found again by their position, since few of them matter.
"""

from __future__ import annotations

import ast
import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.unit import Unit

Kind = Literal["value", "item", "argument", "added", "definition", "other"]
Function = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """A module's names, or a function's or class's own. ``bindings`` are in order."""

    node: ast.AST
    outer: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    """The names that it takes from its module (``global x``)."""

    @property
    def function(self) -> Function | None:
        """The function that it is the inside of."""
        return self.node if isinstance(self.node, _FUNCTIONS) else None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A run of statements of which all are run if one is. ``fork`` and ``arm`` tell alternatives apart."""

    scope: Scope
    chain: tuple[Block, ...] = ()
    fork: int = 0
    arm: int = 0
    loops: bool = False

    @property
    def all(self) -> tuple[Block, ...]:
        """The block, behind those round it."""
        return (*self.chain, self)


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """A name gets a value in the statement ``order`` of ``unit``.

    ``node`` is what it is bound to: the value; what a loop goes through; the parameter's default or None;
    the statement that adds to it; the definition. ``steps`` lead into the items of a loop or the parts of
    a value that is unpacked.
    """

    kind: Kind
    node: ast.AST | None
    unit: Unit
    order: int
    block: Block
    steps: tuple[int, ...] = ()
    name: str = ""


class Statement(NamedTuple):
    """A statement with its place in the unit and the block that it is in."""

    node: ast.stmt
    order: int
    block: Block


class Outline:
    """The statements, scopes and comprehensions of a unit."""

    def __init__(self, unit: Unit) -> None:
        """Walk the statements of ``unit``."""
        self.unit = unit
        self.module = Scope(unit.tree, None)
        self.statements: list[Statement] = []
        self.classes: dict[int, Scope] = {}
        self.top = Block(self.module)
        self._body(unit.tree.body, self.top)
        self._starts = [(one.node.lineno, one.node.col_offset) for one in self.statements]
        self.ranges = unit.of(*_COMPREHENSIONS)
        self.lambdas = list(unit.of(ast.Lambda))

    def statement_of(self, node: ast.AST) -> Statement | None:
        """The innermost statement that ``node`` stands in."""
        position = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
        at = bisect.bisect_right(self._starts, position) - 1
        return self.statements[at] if at >= 0 else None

    def _body(self, body: Sequence[ast.stmt], block: Block) -> None:
        for statement in body:
            order = len(self.statements)
            self.statements.append(Statement(statement, order, block))
            self._statement(statement, order, block)

    def _statement(self, node: ast.stmt, order: int, block: Block) -> None:
        match node:
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Delete():
                self._bind_assigned(node, order, block)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                for alias in names:
                    name = alias.asname or alias.name.partition(".")[0]
                    self._bind(name, "other", None, order, block)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._bind(node.name, "definition", node, order, block)
                self._function(node, order, block)
            case ast.ClassDef():
                self._bind(node.name, "definition", node, order, block)
                self.classes[id(node)] = Scope(node, block.scope)
                self._body(node.body, Block(self.classes[id(node)]))
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                for target in (item.optional_vars for item in items if item.optional_vars):
                    self._unpack(target, "other", None, order, block)
                self._body(body, block)
            case ast.Global(names=names):
                block.scope.shared.update(names)
            case _:
                self._branches(node, order, block)

    def _branches(self, node: ast.stmt, order: int, block: Block) -> None:
        match node:
            case ast.For() | ast.AsyncFor():
                inside = self._inner(block, node, 0, loops=True)
                self._unpack(node.target, "item", node.iter, order, inside)
                self._body(node.body, inside)
                self._body(node.orelse, block)
            case ast.While():
                self._body(node.body, self._inner(block, node, 0, loops=True))
                self._body(node.orelse, block)
            case ast.If():
                self._body(node.body, self._inner(block, node, 0))
                self._body(node.orelse, self._inner(block, node, 1))
            case ast.Match():
                for arm, case in enumerate(node.cases):
                    self._body(case.body, self._inner(block, node, arm))
            case _ if hasattr(node, "handlers"):
                self._try(node, order, block)

    def _try(self, node: ast.stmt, order: int, block: Block) -> None:
        """What is tried is taken to succeed; handlers and the rest come behind it."""
        self._body(getattr(node, "body", []), block)
        for handler in getattr(node, "handlers", []):
            inside = self._inner(block, handler, 0)
            if handler.name:
                self._bind(handler.name, "other", None, order, inside)
            self._body(handler.body, inside)
        self._body(getattr(node, "orelse", []), block)
        self._body(getattr(node, "finalbody", []), block)

    def _inner(self, block: Block, node: ast.AST, arm: int, *, loops: bool = False) -> Block:
        return Block(block.scope, block.all, id(node), arm, loops)

    def _function(self, node: Function, order: int, block: Block) -> None:
        inside = Block(Scope(node, block.scope))
        for name, default in parameters(node):
            self._bind(name, "argument", default, order, inside)
        for other in filter(None, (node.args.vararg, node.args.kwarg)):
            self._bind(other.arg, "other", None, order, inside)
        self._body(node.body, inside)

    def _bind_assigned(self, node: ast.stmt, order: int, block: Block) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._unpack(target, "value", value, order, block)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._unpack(target, "value", value, order, block)
            case ast.AugAssign(target=target):
                self._unpack(target, "added", node, order, block)
            case ast.Delete(targets=targets):
                for target in targets:
                    if isinstance(target, ast.Name):
                        self._unpack(target, "other", None, order, block)

    def _unpack(
        self,
        target: ast.AST,
        kind: Kind,
        node: ast.AST | None,
        order: int,
        block: Block,
        steps: tuple[int, ...] = (),
    ) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for index, one in enumerate(target.elts):
                self._unpack(one, kind, node, order, block, (*steps, index))
        elif name := said_name(target):
            self._bind(name, kind, node, order, block, steps)

    def _bind(
        self,
        name: str,
        kind: Kind,
        node: ast.AST | None,
        order: int,
        block: Block,
        steps: tuple[int, ...] = (),
    ) -> None:
        binding = Binding(kind, node, self.unit, order, block, steps, name)
        scope = block.scope
        if name.startswith("self.") and scope.outer is not None:
            scope = scope.outer  # all methods of a class share what one of them sets
        elif name in scope.shared:
            scope = self.module
        scope.bindings.setdefault(name, []).append(binding)


@once
def outline(unit: Unit) -> Outline:
    """The outline of a unit."""
    return Outline(unit)


def parameters(function: Function) -> Iterator[tuple[str, ast.expr | None]]:
    """The parameters that a call can name, with their defaults."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    defaults = [*([None] * missing), *arguments.defaults]
    for argument, default in zip(positional, defaults, strict=True):
        yield argument.arg, default
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield argument.arg, default


def said_name(node: ast.AST) -> str:
    """``x``, ``x.y`` or ``x['y']`` for an expression that names one thing; empty for others."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            return f"{name}.{attribute}"
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str() | int() as key)):
            return f"{name}[{key!r}]"
    return ""
