"""Expressions that say a path: literals, names, ``os.path.join``, ``pathlib``, f-strings, lists and loops."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.callables import brought_by, usual_names
from colabify.analysis.paths.calls import call_values
from colabify.analysis.paths.items import EachOf
from colabify.analysis.paths.names import Names
from colabify.analysis.paths.scopes import said_name
from colabify.analysis.paths.texts import of_attribute, percent, specified
from colabify.analysis.paths.value import (
    FILE,
    MOST,
    UNKNOWN,
    Value,
    Values,
    added,
    combined,
    hole,
    number_of,
    parent,
    path_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.analysis.paths.scopes import Binding, Scope
    from colabify.unit import Unit

__all__ = ["Constants", "Value"]

_DEEP = 60


class Constants:
    """What the expressions of a notebook, or of a module, say."""

    def __init__(self, units: Sequence[Unit], imports: Mapping[str, str]) -> None:
        """Nothing is looked at before it is asked for; ``imports`` is the table of imported names."""
        self.imports = {**usual_names(), **imports}
        self.names = Names(units)
        self.stars = [
            module
            for unit in units
            for node in unit.tree.body
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" and node.module
            for module in brought_by(node.module)
        ]
        """The modules that all names are imported of."""
        self._known: dict[int, tuple[ast.AST, Values]] = {}
        self.shapes: dict[int, tuple[ast.AST, list[ast.expr]]] = {}
        """What :class:`EachOf` has found so far."""
        self._depth = 0
        self._holes: list[tuple[Scope, str]] = []

    def value(self, node: ast.AST) -> Value | None:
        """The path that the expression ``node`` says, or None if that is not known."""
        found = self.values(node)
        only = found[0] if len(found) == 1 else None
        return only if only is None or (only.sure and not only.holes) else None

    def values(self, node: ast.AST) -> Values:
        """All the paths that ``node`` may say; None among them stands for what is not known."""
        key = id(node)
        if key in self._known:
            return self._known[key][1]
        if self._depth > _DEEP:
            return UNKNOWN
        self._known[key] = (node, UNKNOWN)  # what is said by itself is not known
        self._depth += 1
        found = self._values(node)
        self._depth -= 1
        self._known[key] = (node, found)
        return found

    def said(self, name: str, near: ast.AST) -> Values:
        """What a name stands for where ``near`` is."""
        return self._bound(self.names.reaching(name, near), self.names.of(name, near))

    def parameter(self, sign: str) -> tuple[Scope, str]:
        """The inside of the function, and the parameter, that a hole stands for."""
        return self._holes[number_of(sign)]

    def _values(self, node: ast.AST) -> Values:
        match node:
            case ast.Constant(value=str(text)):
                return (Value(text, (node,)),)
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return (Value(str(number), number=number),)
            case ast.Name(id="__file__"):
                return (Value(FILE, of_module=True),)
            case ast.Name(id=name):
                return self.said(name, node)
            case ast.Call():
                return call_values(node, self)
            case ast.Attribute() | ast.Subscript():
                return self._part(node)
            case ast.NamedExpr(value=inner):
                return self.values(inner)
            case ast.AugAssign(target=target, op=ast.Add() | ast.Div() as operator, value=right):
                make = _sum if isinstance(operator, ast.Add) else path_of
                return combined([self.said(said_name(target), node), self.values(right)], make)
            case _:
                return self._composed(node)

    def _composed(self, node: ast.AST) -> Values:
        match node:
            case ast.IfExp(body=one, orelse=other):
                return _alternatives(node, [self.values(one), self.values(other)])
            case ast.BoolOp(op=ast.Or(), values=several):
                return _alternatives(node, [self.values(one) for one in several])
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return combined([self.values(left), self.values(right)], _sum)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return combined([self.values(left), self.values(right)], path_of)
            case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod(), right=right):
                return self._percent(text, right)
            case ast.JoinedStr(values=[_, *_] as parts):
                return combined([self.values(part) for part in parts], added)
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                return self.values(inner)
            case ast.FormattedValue(
                value=inner,
                conversion=-1,
                format_spec=ast.JoinedStr(values=[ast.Constant() as spec]),
            ):
                text = str(spec.value)
                return combined([self.values(inner)], lambda one: specified(one[0], text))
            case _:
                return UNKNOWN

    def _percent(self, template: str, right: ast.expr) -> Values:
        if isinstance(right, ast.Dict):
            keys = [str(key.value) for key in right.keys if isinstance(key, ast.Constant)]
            several = [self.values(value) for value in right.values]
            if len(keys) < len(several):
                return UNKNOWN
            return combined(several, lambda found: percent(template, found, keys))
        parts = right.elts if isinstance(right, ast.Tuple) else [right]
        return combined(
            [self.values(part) for part in parts], lambda found: percent(template, found)
        )

    def _part(self, node: ast.Attribute | ast.Subscript) -> Values:
        """An attribute or an item: one that is set by name, one of a path, one of a list or dictionary."""
        name = said_name(node)
        bindings = self.names.reaching(name, node) if name else []
        if bindings:
            return self._bound(bindings, self.names.of(name, node))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            bindings = self.names.of_class(node.value.id, node.attr, node)
            if bindings:
                return self._bound(bindings, bindings)
        match node:
            case ast.Subscript(value=ast.Name(id="_dh")):  # the folders that IPython has been in
                return (Value(".", anchored=True, origin=node),)
            case ast.Attribute(value=inner, attr="parent"):
                return combined([self.values(inner)], lambda one: parent(one[0]))
            case ast.Attribute(value=ast.Name(id="os"), attr="sep"):
                return (Value("/"),)
            case ast.Attribute(value=inner, attr=attribute):
                return combined([self.values(inner)], lambda one: of_attribute(one[0], attribute))
            case ast.Subscript(
                value=ast.Attribute(value=inner, attr="parents"), slice=ast.Constant(value=int(up))
            ) if up >= 0:
                return combined([self.values(inner)], lambda one: parent(one[0], up + 1))
            case ast.Subscript(value=ast.Call() as call):
                found = EachOf(self).one_of(call, node.slice)
                return found if found is not None else UNKNOWN
        return EachOf(self).selected(node)

    def _bound(self, bindings: Sequence[Binding], every: Sequence[Binding]) -> Values:
        """What a name says that has one of ``bindings``; ``every`` are all that its scope has."""
        if not bindings:
            return UNKNOWN
        if len(every) > 1 and _all_same(every):
            found = self._binding(bindings[0])
            return tuple(one and replace(one, literals=()) for one in found)
        several = [self._binding(one) for one in bindings]
        return several[0] if len(several) == 1 else _alternatives(bindings[0], several)

    def _binding(self, binding: Binding) -> Values:
        node = binding.node
        if binding.kind == "argument":
            return self._hole(binding)
        if binding.kind == "item" and node is not None:
            return EachOf(self).rounds(node, binding.steps)
        if binding.kind == "value" and isinstance(node, ast.expr):
            return EachOf(self).step(node, binding.steps) if binding.steps else self.values(node)
        return self.values(node) if isinstance(node, ast.AugAssign) else UNKNOWN

    def _hole(self, binding: Binding) -> Values:
        key = (binding.block.scope, binding.name)
        if key not in self._holes:
            self._holes.append(key)
        return (hole(self._holes.index(key)),)


def _sum(parts: Sequence[Value]) -> Value | None:
    left, right = parts
    if left.number is not None and right.number is not None:
        total = left.number + right.number
        return Value(str(total), number=total)
    return None if left.number is not None or right.number is not None else added(parts)


def _all_same(bindings: Sequence[Binding]) -> bool:
    if any(one.kind != "value" or one.node is None or one.steps for one in bindings):
        return False
    return len({ast.dump(one.node) for one in bindings if one.node is not None}) == 1


def _alternatives(key: object, several: Sequence[Values]) -> Values:
    """What is said if one of ``several`` is, and nobody knows which."""
    if sum(map(len, several)) > MOST:
        return UNKNOWN
    found: dict[Value | None, None] = {}
    for index, values in enumerate(several):
        for one in values:
            choice = (id(key), index)
            found[one and replace(one, sure=False, choices=(*one.choices, choice))] = None
    return tuple(found)
