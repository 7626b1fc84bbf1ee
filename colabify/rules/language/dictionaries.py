"""What dictionaries had in Python 2, in code that is Python 3 otherwise.

Source: "Dictionaries" in What's New in Python 3.0. What Python 3 has instead is in Python 2 as well.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import libcst as cst

    from colabify.rules.context import Context

_NEW = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values"}
_TAKE_ALL = frozenset(
    {
        "all", "any", "dict", "enumerate", "filter", "list", "map", "max", "min", "set", "sorted", "sum",
        "tuple", "zip",
    }
)  # fmt: skip
"""Functions to which it is all one whether they are given an iterator."""
_KEY = "a dictionary has no has_key since Python 3.0: use the operator in"


class DictionaryMethods(Rule):
    """Call ``items()`` of a dictionary, and no longer ``iteritems()``; ask whether a key is ``in`` it.

    Only where it is known that it is a dictionary, and nothing of pandas or of the course's own.
    """

    code = "COL129"
    name = "dictionary-methods"
    of_library = False
    needles = frozenset({*_NEW, "has_key"})
    nodes = ("Call",)
    examples = (
        Example("d = {'a': 1}\nfor key, value in d.iteritems():\n    print(key, value)\n",
                "d = {'a': 1}\nfor key, value in d.items():\n    print(key, value)\n"),
        Example("d = dict(a=1)\nx = sorted(d.itervalues()) + [key for key in d.iterkeys()]\n",
                "d = dict(a=1)\nx = sorted(d.values()) + [key for key in d.keys()]\n", shows="x"),
        Example("d = {'a': 1}\nrest = d.iteritems()\nx = next(rest)\n",
                "d = {'a': 1}\nrest = iter(d.items())\nx = next(rest)\n", shows="x"),
        Example("d = {'a': 1}\nx = d.has_key('a') == d.has_key('b')\n",
                "d = {'a': 1}\nx = ('a' in d) == ('b' in d)\n", shows="x"),
        Example("for key in read().iteritems():\n    print(key)\n"),
        Example("def f(d):\n    return d.has_key(1)\n"),
        Example("class D:\n    def iteritems(self):\n        return []\nx = D().iteritems()\n"),
        Example("d = {'a': 1}\ntry:\n    x = d.iteritems()\nexcept AttributeError:\n    x = d.items()\n"),
        Example("d = {'a': 1}\nx = list(d.items())\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call that Python 3 has instead."""
        import libcst as cst

        match node:
            case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(value=name)), args=args):
                pass
            case _:
                return None
        if name not in self.needles or context.kind(value) != "dict":
            return None
        if name == "has_key":
            return _has_key(value, args)
        if args:
            return None
        new = node.with_changes(func=node.func.with_changes(attr=cst.Name(_NEW[name])))
        if not _is_run_through(code_of(node), context):
            if "iter" in context.bound:
                return None
            new = cst.Call(cst.Name("iter"), [cst.Arg(new)])
        return Remedy(new)


def _has_key(value: cst.BaseExpression, args: Sequence[cst.Arg]) -> Remedy:
    import libcst as cst

    match args:
        case [cst.Arg(value=key, keyword=None, star="")] if isinstance(
            key,
            cst.Name | cst.Attribute | cst.Subscript | cst.Call | cst.SimpleString | cst.Integer,
        ):
            new = cst.parse_expression(f"({code_of(key)} in {code_of(value)})")
            return Remedy(new, text=_KEY)
    return Remedy(text=_KEY, safety="report")


def _is_run_through(code: str, context: Context) -> bool:
    """Whether all that the cell, or module, does with such a call is to take what it gives, one by one."""
    unit = context.unit
    if unit is None:
        return False
    taken = {id(one) for one in _taken(unit.nodes)}
    wanted = ast.dump(ast.parse(code, mode="eval").body)
    same = [one for one in unit.of(ast.Call) if ast.dump(one) == wanted]
    return bool(same) and all(id(one) in taken for one in same)


def _taken(nodes: Sequence[ast.AST]) -> Iterator[ast.AST]:
    for node in nodes:
        match node:
            case ast.For(iter=given) | ast.comprehension(iter=given):
                yield given
            case ast.Call(func=ast.Name(id=function), args=given) if function in _TAKE_ALL:
                yield from given
