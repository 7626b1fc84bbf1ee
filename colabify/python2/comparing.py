"""Own fixers for comparisons by a function of two, which Python 3 sorts by no more."""

from __future__ import annotations

from typing import Any

from fissix.fixer_base import BaseFix
from fissix.fixer_util import Attr, Call, Name, touch_import
from fissix.pgen2 import token
from fissix.pytree import Leaf, Node

from colabify.python2.tree import kind


class FixCmp(BaseFix):  # type: ignore[misc]
    """``sorted(x, cmp=f)`` becomes ``sorted(x, key=functools.cmp_to_key(f))``."""

    BM_compatible = True
    PATTERN = "argument< name='cmp' '=' value=any >"

    def transform(self, node: Any, results: dict[str, Any]) -> None:
        """The keyword and its value."""
        trailer = node.parent if kind(node.parent) == "trailer" else node.parent.parent
        function = trailer.prev_sibling
        last = function.children[-1] if kind(function) == "trailer" else function
        if getattr(last, "value", "") not in ("sorted", "sort"):
            return
        new = _key(results["value"].clone(), self.syms)
        new.prefix = node.prefix
        node.replace(new)
        touch_import(None, "functools", trailer)


class FixCompare(BaseFix):  # type: ignore[misc]
    """``cmp(a, b)`` becomes ``((a > b) - (a < b))`` where ``a`` and ``b`` can be said twice."""

    BM_compatible = True
    PATTERN = "power< 'cmp' trailer< '(' arglist< one=any ',' other=any > ')' > >"

    def transform(self, node: Any, results: dict[str, Any]) -> Any:
        """The expression for the call."""
        one, other = str(results["one"]).strip(), str(results["other"]).strip()
        if any(sign in one + other for sign in "(\n#") or "lambda" in one + other:
            return None
        return Name(f"(({one} > {other}) - ({one} < {other}))", prefix=node.prefix)


class FixSorting(BaseFix):  # type: ignore[misc]
    """``x.sort(lambda a, b: …)`` becomes ``x.sort(key=functools.cmp_to_key(lambda a, b: …))``."""

    BM_compatible = True
    PATTERN = """
    power< any+ trailer< '.' 'sort' > trailer< '(' value=lambdef ')' > >
    |
    power< 'sorted' trailer< '(' arglist< any ',' value=lambdef > ')' > >
    """

    def transform(self, node: Any, results: dict[str, Any]) -> None:
        """The keyword for the function of two."""
        value = results["value"]
        if kind(value.children[1]) not in ("varargslist", "typedargslist"):
            return
        new = _key(value.clone(), self.syms)
        new.prefix = value.prefix
        value.replace(new)
        touch_import(None, "functools", node)


def _key(function: Any, syms: Any) -> Any:
    """``key=functools.cmp_to_key(…)``."""
    function.prefix = ""
    convert = Node(syms.power, Attr(Name("functools"), Name("cmp_to_key")))
    return Node(syms.argument, [Name("key"), Leaf(token.EQUAL, "="), Call(convert, [function])])
