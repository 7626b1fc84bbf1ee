"""Own fixers for fissix, where 2to3's change more than Python 3 asks for, or less.

2to3 puts parentheses round parentheses, takes the ``u`` off strings, makes ``list(d.items())`` of every
loop, ``.__next__`` of a linked list's ``.next``, and ``bytes`` of ``types.StringType``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from fissix.fixer_base import BaseFix
from fissix.fixer_util import Name
from fissix.fixes import (
    fix_dict,
    fix_import,
    fix_imports,
    fix_next,
    fix_print,
    fix_tuple_params,
    fix_types,
    fix_urllib,
)
from fissix.pgen2 import token

from colabify.python2.tree import is_consumed, kind, leaves, loop_changes

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRING = {
    "letters": "ascii_letters", "lowercase": "ascii_lowercase", "uppercase": "ascii_uppercase",
}  # fmt: skip
_OPERATORS = {
    "__div__": "__truediv__", "__rdiv__": "__rtruediv__", "__idiv__": "__itruediv__",
}  # fmt: skip


class FixPrint(fix_print.FixPrint):  # type: ignore[misc]
    """``print x`` becomes ``print(x)``; ``print("a", x)`` is what its author means, and stays."""

    def transform(self, node: Any, results: dict[str, Any]) -> Any:
        """The call for a print statement."""
        said = node.children[1:] if kind(node) == "print_stmt" else []
        if len(said) == 1 and kind(said[0]) == "atom" and said[0].children[0].value == "(":
            return None
        return super().transform(node, results)


class FixDict(fix_dict.FixDict):  # type: ignore[misc]
    """``d.iteritems()`` becomes ``d.items()``, and ``d.items()`` a list where one is needed."""

    def in_special_context(self, node: Any, isiter: bool) -> bool:
        """Whether the view will do."""
        loops = kind(node.parent) in ("for_stmt", "comp_for", "old_comp_for")
        if not isiter and loops:
            head = "".join(str(one) for one in node.children[:-2]).strip()
            return is_consumed(node) and not loop_changes(node, head)
        return is_consumed(node, view=not isiter) or kind(node.parent) in (
            "yield_expr",
            "yield_arg",
        )


class FixNext(fix_next.FixNext):  # type: ignore[misc]
    """``it.next()`` becomes ``next(it)``, and the method of an iterator ``__next__``."""

    PATTERN = """
    power< base=any+ trailer< '.' attr='next' > trailer< '(' ')' > >
    |
    classdef< 'class' any+ ':'
              suite< any*
                     funcdef< 'def' name='next' parameters< '(' NAME ')' > any+ >
                     any* > >
    """

    def start_tree(self, tree: Any, filename: str) -> None:
        """Look whether ``next`` is a method of something else than iterators."""
        super().start_tree(tree, filename)
        classes = [one for one in tree.pre_order() if kind(one) == "classdef"]
        self.other = any("def next(" in str(one) and "__iter__" not in str(one) for one in classes)

    def transform(self, node: Any, results: dict[str, Any]) -> Any:
        """The built-in's call, or the method's new name."""
        return None if self.other else super().transform(node, results)


class FixRawUnicode(BaseFix):  # type: ignore[misc]
    """``ur"x"`` becomes ``r"x"``; ``u"x"`` is Python 3 too."""

    BM_compatible = False
    _accept_type = token.STRING

    def match(self, node: Any) -> bool:
        """Whether a string has the prefix."""
        return bool(node.value[:2].lower() == "ur")

    def transform(self, node: Any, results: Any) -> None:  # noqa: ARG002
        """The string less its first letter."""
        node.value = node.value[1:]
        node.changed()


class FixOperators(BaseFix):  # type: ignore[misc]
    """``def __div__`` becomes ``def __truediv__``, unless the class has both."""

    BM_compatible = True
    PATTERN = "funcdef< 'def' name=('__div__' | '__rdiv__' | '__idiv__') any* >"

    def transform(self, node: Any, results: dict[str, Any]) -> None:
        """The method's new name."""
        name = results["name"][0]
        new = _OPERATORS[name.value]
        body = node.parent
        if not any(leaf.value == new for leaf in leaves(body)):
            name.value = new
            name.changed()


class FixString(BaseFix):  # type: ignore[misc]
    """``string.letters`` becomes ``string.ascii_letters``."""

    BM_compatible = True
    PATTERN = "power< 'string' trailer< '.' name=('letters' | 'lowercase' | 'uppercase') > any* >"

    def transform(self, node: Any, results: dict[str, Any]) -> None:  # noqa: ARG002
        """The constant's new name."""
        name = results["name"][0]
        name.value = _STRING[name.value]
        name.changed()


class FixEncoding(BaseFix):  # type: ignore[misc]
    """``reload(sys)`` and ``sys.setdefaultencoding("utf8")`` become ``pass``: text is Unicode now."""

    BM_compatible = True
    order = "pre"
    run_order = 1
    PATTERN = """
    simple_stmt< call=power< 'reload' trailer< '(' 'sys' ')' > > any* >
    |
    simple_stmt< call=power< 'sys' trailer< '.' 'setdefaultencoding' > any* > any* >
    """

    def transform(self, node: Any, results: dict[str, Any]) -> None:  # noqa: ARG002
        """The statement that does nothing."""
        call = results["call"]
        call.replace(Name("pass", prefix=call.prefix))


class FixTupleParams(fix_tuple_params.FixTupleParams):  # type: ignore[misc]
    """``def f((a, b)):`` becomes ``def f(items):`` and ``(a, b) = items``."""

    def new_name(self, template: str = "items") -> str:
        """A name that the code does not use."""
        return str(super().new_name(template))


class FixTypes(fix_types.FixTypes):  # type: ignore[misc]
    """``types.ListType`` becomes ``list``, ``types.StringType`` becomes ``str``."""

    def transform(self, node: Any, results: dict[str, Any]) -> Any:
        """The type's own name."""
        texts = {"StringType": "str", "StringTypes": "str"}
        new = texts.get(results["name"].value)
        return Name(new, prefix=node.prefix) if new else super().transform(node, results)


class FixImport(fix_import.FixImport):  # type: ignore[misc]
    """``import util`` becomes ``from . import util`` where that is the module beside, in a package."""

    siblings: ClassVar[frozenset[str]] = frozenset()

    def probably_a_local_import(self, imp_name: str) -> bool:
        """Whether Python 2 would take the module of the package."""
        return imp_name.partition(".")[0] in self.siblings


class FixImports(fix_imports.FixImports):  # type: ignore[misc]
    """``import cPickle`` becomes ``import pickle``; what another cell imported is known as well."""

    elsewhere: ClassVar[Mapping[str, str]] = {}

    def start_tree(self, tree: Any, filename: str) -> None:
        """Begin with what other cells import."""
        super().start_tree(tree, filename)
        self.replace = dict(self.elsewhere)


class FixUrllib(fix_urllib.FixUrllib):  # type: ignore[misc]
    """``urllib2.urlopen`` becomes ``urllib.request.urlopen``, unless code knows of both."""

    bound: ClassVar[set[str]] = set()

    def match(self, node: Any) -> Any:
        """What is to change, less the modules that guarded code has imported."""
        results = super().match(node)
        if results and results.get("bare_with_attr"):
            found = results["bare_with_attr"]
            name = found[0] if isinstance(found, list) else found
            return False if name.value in self.bound else results
        return results
