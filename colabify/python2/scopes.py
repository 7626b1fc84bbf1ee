"""What binds each name of a program: a notebook's cells share one scope, a function has its own.

``self.x`` counts as a name of its class.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Key = tuple[int, str]
"""A scope (0: the program's own; else a function or class by its id), and a name in it."""

_INT = ast.Constant(0)
"""Stands for a value that is surely an int."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a name is bound to: ``value`` (None: not known), and ``other`` of an augmented assignment."""

    value: ast.expr | None
    operator: ast.operator | None = None


@dataclass
class Scopes:
    """The bindings of a program, and the scope that each of its names is in."""

    bindings: dict[Key, list[Binding]] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)
    """For each ``ast.Name`` and ``self.x``, by its id, what it names."""

    def key(self, node: ast.expr) -> Key | None:
        """What a name, or an attribute of ``self``, is a name of; None for any other expression."""
        return self.keys.get(id(node))

    def of(self, key: Key) -> list[Binding]:
        """What binds a name."""
        return self.bindings.get(key, [])


def read_scopes(trees: Sequence[ast.Module]) -> Scopes:
    """The scopes of a program that consists of ``trees``."""
    scopes = Scopes()
    uses: list[tuple[ast.expr, str, tuple[ast.AST, ...]]] = []
    for tree in trees:
        _read(tree.body, (), scopes, uses)
    for node, name, chain in uses:
        scopes.keys[id(node)] = _resolve(name, chain, scopes, own=isinstance(node, ast.Attribute))
    return scopes


def _resolve(name: str, chain: tuple[ast.AST, ...], scopes: Scopes, *, own: bool) -> Key:
    if own:
        inner = [id(one) for one in chain if isinstance(one, ast.ClassDef)]
        return (inner[-1] if inner else 0, f".{name}")
    for number, scope in enumerate(reversed(chain)):
        if isinstance(scope, ast.ClassDef) and number:
            continue  # a class is no scope of its methods
        if name in _globals(scope):
            return (0, name)
        if (id(scope), name) in scopes.bindings:
            return (id(scope), name)
    return (0, name)


def _globals(scope: ast.AST) -> set[str]:
    if not isinstance(scope, ast.FunctionDef):
        return set()
    said = (node for node in ast.walk(scope) if isinstance(node, ast.Global))
    return {name for node in said for name in node.names}


def _read(
    nodes: Sequence[ast.AST],
    chain: tuple[ast.AST, ...],
    scopes: Scopes,
    uses: list[tuple[ast.expr, str, tuple[ast.AST, ...]]],
) -> None:
    """Note the bindings and the names of ``nodes``, which stand in the scopes of ``chain``."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        for target, binding in _bindings(node):
            _bind(target, binding, chain, scopes)
        if isinstance(node, ast.Name):
            uses.append((node, node.id, chain))
        elif isinstance(node, ast.Attribute) and _is_self(node):
            uses.append((node, node.attr, chain))
        if isinstance(node, Function):
            inner = (*chain, node)
            _parameters(node.args, node, scopes)
            outside = [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]
            outside += [] if isinstance(node, ast.Lambda) else node.decorator_list
            _read(outside, chain, scopes, uses)
            body = [node.body] if isinstance(node, ast.Lambda) else node.body
            _read(body, inner, scopes, uses)
        elif isinstance(node, ast.ClassDef):
            _read([*node.bases, *node.decorator_list], chain, scopes, uses)
            _read(node.body, (*chain, node), scopes, uses)
        else:
            waiting += reversed(list(ast.iter_child_nodes(node)))


def _parameters(args: ast.arguments, scope: ast.AST, scopes: Scopes) -> None:
    plain = [*args.posonlyargs, *args.args]
    for one in [*plain, *args.kwonlyargs, args.vararg, args.kwarg]:
        if one is not None:
            scopes.bindings.setdefault((id(scope), one.arg), []).append(Binding(None))


def _bind(
    target: ast.expr | str, binding: Binding, chain: tuple[ast.AST, ...], scopes: Scopes
) -> None:
    scope = chain[-1] if chain else None
    name = target if isinstance(target, str) else ""
    if isinstance(target, ast.Name):
        name = target.id
    elif isinstance(target, ast.Attribute) and _is_self(target):
        key = _resolve(target.attr, chain, scopes, own=True)
        scopes.bindings.setdefault(key, []).append(binding)
        return
    if not name:
        return
    inside = 0 if scope is None or name in _globals(scope) else id(scope)
    scopes.bindings.setdefault((inside, name), []).append(binding)


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr | str, Binding]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _taken_apart(target, value)
        case ast.AnnAssign(target=target, value=value):
            yield target, Binding(value)
        case ast.AugAssign(target=target, op=operator, value=value):
            yield target, Binding(value, operator)
        case ast.NamedExpr(target=target, value=value):
            yield target, Binding(value)
        case ast.For(target=target, iter=over) | ast.comprehension(target=target, iter=over):
            yield from _of_loop(target, over)
        case _:
            yield from _other_bindings(node)


def _other_bindings(node: ast.AST) -> Iterator[tuple[ast.expr | str, Binding]]:
    """What is bound to something of which nothing is known."""
    match node:
        case ast.withitem(optional_vars=ast.expr() as target):
            yield from _unknown(target)
        case ast.ExceptHandler(name=str(name)):
            yield name, Binding(None)
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, Binding(None)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            for alias in names:
                yield alias.asname or alias.name.partition(".")[0], Binding(None)


def _taken_apart(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[ast.expr, Binding]]:
    """What an assignment binds, item by item: of ``x.shape`` each is an int."""
    if not isinstance(target, ast.Tuple | ast.List):
        yield target, Binding(value)
        return
    items: list[ast.expr | None] = [None] * len(target.elts)
    if isinstance(value, ast.Attribute) and value.attr == "shape":
        items = [_INT] * len(target.elts)
    elif isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(items):
        items = list(value.elts)
    for one, item in zip(target.elts, items, strict=True):
        yield from _taken_apart(one, item)


def _of_loop(target: ast.expr, over: ast.expr) -> Iterator[tuple[ast.expr, Binding]]:
    called = over.func.id if isinstance(over, ast.Call) and isinstance(over.func, ast.Name) else ""
    if called == "range" and isinstance(target, ast.Name):
        yield target, Binding(_INT)
    elif called == "enumerate" and isinstance(target, ast.Tuple) and target.elts:
        assert isinstance(over, ast.Call)  # noqa: S101 - for mypy
        yield target.elts[0], Binding(_INT if len(over.args) == 1 else None)
        for one in target.elts[1:]:
            yield from _unknown(one)
    elif isinstance(over, ast.List | ast.Tuple) and isinstance(target, ast.Name):
        for item in over.elts:
            yield target, Binding(item)
    else:
        yield from _unknown(target)


def _unknown(target: ast.expr) -> Iterator[tuple[ast.expr, Binding]]:
    yield from _taken_apart(target, None)


def _is_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "self"
