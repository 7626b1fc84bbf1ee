"""Whether code is in Python 2: Python 3 cannot read it, or no longer has what it uses."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.program import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = frozenset(
    {"xrange", "unicode", "raw_input", "basestring", "unichr", "execfile", "long", "reload"}
)
"""Built-in functions of Python 2 alone."""
_MODULES = frozenset({
    "cPickle", "cStringIO", "StringIO", "urllib2", "urlparse", "ConfigParser", "Queue",
    "__builtin__", "Tkinter", "httplib", "cookielib", "HTMLParser", "SocketServer",
    "BaseHTTPServer",
})  # fmt: skip
_METHODS = frozenset({"has_key", "iteritems", "iterkeys", "itervalues"})
_PANDAS = frozenset({"iteritems"})
"""Methods that pandas had too, in Python 3."""
_KEYWORDS = frozenset({"end", "sep", "file", "flush"})
_GUARDS = frozenset({"ImportError", "NameError", "ModuleNotFoundError"})


@dataclass(frozen=True, slots=True)
class Sign:
    """What says that code is in Python 2, and on which line (from 1); ``syntax``: Python 3 cannot read it."""

    line: int
    text: str
    syntax: bool = False


def may_be_old(text: str) -> bool:
    """Whether code that Python 3 can read has a word that might be a sign of Python 2."""
    return any(word in text for word in (*_NAMES, *_MODULES, *_METHODS))


def sign_of_python_2(text: str) -> Sign | None:
    """What says that ``text`` is in Python 2; None if nothing does."""
    tree, problem = parse(text)
    if tree is not None:
        return next(_gone(tree), None)
    if problem is None or not only_python_2(text):
        return None
    return Sign(problem.lineno or 1, "it parses as Python 2 alone", syntax=True)


def only_python_2(text: str) -> bool:
    """Whether Python 2 could read what Python 3 cannot: then there is a way to say it in Python 3."""
    from colabify.python2.convert import to_python_3

    return parse(text)[0] is None and not to_python_3([text])[0].problem


def only_python_3(tree: ast.Module) -> bool:
    """Whether code uses what Python 2 could not read, or would fail on."""
    future = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in ast.walk(tree))
    return any(_is_new(node, future=future) for node in ast.walk(tree))


def _is_new(node: ast.AST, *, future: bool) -> bool:
    match node:
        case ast.JoinedStr() | ast.AnnAssign() | ast.AsyncFunctionDef() | ast.Nonlocal():
            return True
        case ast.NamedExpr() | ast.YieldFrom() | ast.MatMult():
            return True
        case ast.Raise(cause=cause):
            return cause is not None
        case ast.FunctionDef(returns=returns, args=args):
            every = [*args.posonlyargs, *args.args, *args.kwonlyargs]
            return bool(args.kwonlyargs) or returns is not None or any(a.annotation for a in every)
        case ast.ClassDef(keywords=keywords):
            return bool(keywords)
        case ast.Call(func=ast.Name(id="print"), keywords=keywords):
            return not future and any(one.arg in _KEYWORDS for one in keywords)
        case _:
            return False


def _gone(tree: ast.Module) -> Iterator[Sign]:
    """Names, modules and methods that Python 3 has no more, where code does not know of both Pythons."""
    nodes = list(_unguarded(tree))
    bound = set(_bound(ast.walk(tree)))
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in _NAMES and name not in bound:
                yield Sign(node.lineno, name)
            case ast.Import(names=names):
                for one in names:
                    if one.name in _MODULES:
                        yield Sign(node.lineno, f"import {one.name}")
            case ast.ImportFrom(module=str(module), level=0) if module in _MODULES:
                yield Sign(node.lineno, f"from {module} import")
            case ast.Call(func=ast.Attribute(attr=name)) if name in _METHODS - _PANDAS:
                yield Sign(node.lineno, f".{name}()")


def _unguarded(tree: ast.Module) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Try) and any(_GUARDS & _names(one.type) for one in node.handlers):
            continue
        if isinstance(node, ast.If) and "version" in ast.unparse(node.test).lower():
            continue
        yield node
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _names(node: ast.expr | None) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} if node else set()


def _bound(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        match node:
            case (
                ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name)
            ):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (one.asname or one.name for one in names)
                if any(one.name == "*" for one in names):
                    yield from ("reload", "unicode", "long")
