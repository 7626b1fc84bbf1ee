"""Expressions: how a new one takes an old one's place, what names are bound to, and how values are used."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import libcst as cst

    from colabify.rules.context import Context


def placed(code: str, node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression ``code`` with the brackets that ``node``, whose place it takes, stands in."""
    import libcst as cst

    new = cst.parse_expression(code)
    return new.with_changes(lpar=[*node.lpar, *new.lpar], rpar=[*new.rpar, *node.rpar])


def positional(call: cst.Call) -> list[str] | None:
    """The code of a call's arguments if all are positional; None if any has a keyword or a star."""
    if any(one.keyword or one.star for one in call.args):
        return None
    return [code_of(one.value) for one in call.args]


def is_simple(code: str) -> bool:
    """Whether code is a name, or one reached by dots, so that it can stand twice."""
    return all(part.isidentifier() for part in code.split("."))


def method_of(node: cst.CSTNode) -> tuple[cst.BaseExpression, str] | None:
    """The object and the name of the method that a call calls; None if it calls no method."""
    import libcst as cst

    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        return node.func.value, node.func.attr.value
    return None


def bindings_of(name: str, context: Context) -> list[ast.expr] | None:
    """All that a name is bound to by plain assignments; None if it is bound otherwise too, or never."""
    nodes = [node for unit in context.units for node in unit.nodes]
    found: list[ast.expr] = []
    plain: set[int] = set()
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                own = [one for one in targets if isinstance(one, ast.Name) and one.id == name]
            case ast.AugAssign(target=ast.Name(id=bound) as target, value=value) if bound == name:
                own = [target]
            case _:
                continue
        plain |= {id(one) for one in own}
        found += [value] * bool(own)
    otherwise = any(_binds(node, name) and id(node) not in plain for node in nodes)
    return None if otherwise or not found else found


def _binds(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=bound, ctx=ast.Store()) | ast.arg(arg=bound):
            return bound == name
        case ast.FunctionDef(name=bound) | ast.ClassDef(name=bound) | ast.ExceptHandler(name=bound):
            return bound == name
        case ast.alias(name=bound, asname=called):
            return (called or bound) == name
    return False


def uses_of(code: str, context: Context) -> Iterator[tuple[ast.expr, ast.AST, ast.AST | None]]:
    """Each place of the program that uses the expression ``code``, with its parent and grandparent."""
    wanted = ast.unparse(ast.parse(code, mode="eval"))
    kind = type(ast.parse(code, mode="eval").body)
    for unit in context.units:
        above = {id(child): node for node in unit.nodes for child in ast.iter_child_nodes(node)}
        for node in unit.nodes:
            if not isinstance(node, kind) or not isinstance(getattr(node, "ctx", None), ast.Load):
                continue
            if isinstance(node, ast.expr) and ast.unparse(node) == wanted:
                parent = above[id(node)]
                yield node, parent, above.get(id(parent))


def is_first_import(node: cst.Import | cst.ImportFrom, package: str, context: Context) -> bool:
    """Whether it is in the first unit that imports the package, and does so: what is said once goes there."""
    own = ast.parse(code_of(node)).body
    first = next((unit for unit in context.units if _imports(unit.nodes, package)), None)
    return _imports(own, package) and first is context.unit


def _imports(nodes: Sequence[ast.AST], package: str) -> bool:
    modules: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules.append(node.module or "")
    return any(module.partition(".")[0] == package for module in modules)
