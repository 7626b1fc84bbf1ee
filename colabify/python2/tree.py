"""Questions about fissix's trees: what binds a name, what is guarded, what only iterates over a value.

fissix has no types: its nodes are ``Any`` here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CONSUMERS = frozenset({
    "sorted", "list", "set", "frozenset", "any", "all", "tuple", "sum", "min", "max",
    "enumerate", "zip", "map", "filter", "dict", "iter", "Counter", "OrderedDict", "izip",
    "imap", "ifilter",
})  # fmt: skip
"""Functions that only iterate over what they are given."""
_EXPECTED = frozenset({"ImportError", "NameError", "ModuleNotFoundError"})
_VERSIONS = ("version", "PY2", "PY3")
_CHANGING = frozenset({
    "pop", "popitem", "clear", "update", "setdefault", "append", "remove", "insert", "extend",
})  # fmt: skip
_PARAMETERS = frozenset(
    {"parameters", "typedargslist", "varargslist", "lambdef", "vfpdef", "tfpdef"}
)
_TARGETS = frozenset({"testlist", "testlist_gexp", "exprlist", "testlist_star_expr", "atom"})


def kind(node: Any) -> str:
    """The grammar's name for a node, such as ``print_stmt``; a number for a leaf, empty for none."""
    from fissix.pytree import type_repr

    return "" if node is None else str(type_repr(node.type))


def leaves(node: Any) -> Iterator[Any]:
    """The leaves of a tree, in order."""
    yield from node.leaves()


def bound_names(tree: Any, wanted: Iterable[str]) -> set[str]:
    """Those of ``wanted`` that the code binds itself: assigned, a parameter, defined, imported."""
    names = frozenset(wanted)
    return {leaf.value for leaf in leaves(tree) if leaf.value in names and _binds(leaf)}


def guarded_names(tree: Any) -> set[str]:
    """The names that code imports while it knows of both Pythons."""
    return {
        leaf.value
        for leaf in leaves(tree)
        if leaf.value.isidentifier() and _imports(leaf) and is_guarded(leaf)
    }


def is_guarded(node: Any) -> bool:
    """Whether code knows by itself what to do: under ``try`` for a missing name, under a version."""
    child, parent = node, node.parent
    while parent is not None:
        name = kind(parent)
        if name == "try_stmt" and _catches(parent):
            return True
        test = str(parent.children[1]) if name == "if_stmt" else ""
        if any(word in test for word in _VERSIONS) and child is not parent.children[1]:
            return True
        child, parent = parent, parent.parent
    return False


def is_consumed(node: Any, *, view: bool = False) -> bool:
    """Whether all that is asked of a value is to be iterated over, once, or searched.

    ``view``: it is one of a dictionary, which has a length.
    """
    parent = node.parent
    if parent is None:
        return False
    name = kind(parent)
    if name in ("for_stmt", "comp_for", "old_comp_for"):
        return parent.children[parent.children.index(_token(parent, "in")) + 1] is node
    if name == "comparison":
        before = node.prev_sibling
        return str(before).strip() in ("in", "not in") and len(parent.children) == 3
    if name == "expr_stmt" and parent.children[-1] is node and len(parent.children) == 3:
        return kind(parent.children[0]) in ("testlist_star_expr", "testlist", "exprlist")
    if name == "arglist":
        node, parent = parent, parent.parent
    if kind(parent) != "trailer" or parent.children[0].value != "(":
        return False
    function = parent.prev_sibling
    if function is None:
        return False
    if kind(function) == "trailer":
        return len(function.children) == 2 and function.children[1].value in ("join", "fromkeys")
    called = getattr(function, "value", "") if function.prev_sibling is None else ""
    return called in _CONSUMERS or (view and called == "len")


def loop_changes(node: Any, head: str) -> bool:
    """Whether the loop over ``node`` may change the size of the dictionary ``head`` as it goes."""
    loop = node.parent
    if kind(loop) != "for_stmt":
        return False
    for leaf in leaves(loop.children[-1] if len(loop.children) == 6 else loop):
        parent = leaf.parent
        if leaf.value in _CHANGING and str(parent.prev_sibling or "").strip() == head:
            return True
        if leaf.value == "[" and _power_before(parent).strip() == head and _is_set(parent.parent):
            return True
    return False


def _is_set(node: Any) -> bool:
    """Whether an item is assigned or deleted."""
    after = node.next_sibling
    return str(after or "").strip() == "=" or kind(node.parent) == "del_stmt"


def _power_before(trailer: Any) -> str:
    """What stands before an index, if nothing else stands behind it."""
    if kind(trailer) != "trailer" or trailer.next_sibling is not None:
        return ""
    before = trailer.parent.children[:-1]
    return "".join(str(one) for one in before)


def _token(node: Any, value: str) -> Any:
    return next(one for one in node.children if getattr(one, "value", None) == value)


def _catches(statement: Any) -> bool:
    for child in statement.children:
        if kind(child) == "except_clause" or getattr(child, "value", "") == "except":
            caught = {leaf.value for leaf in leaves(child)}
            if caught & _EXPECTED:
                return True
            if "Exception" in caught or len(caught) == 1:
                return _only_imports(statement.children[2])
    return False


def _only_imports(suite: Any) -> bool:
    said = [one for one in suite.children if kind(one) == "simple_stmt"] or [suite]
    return all(
        kind(one) in ("import_name", "import_from")
        for line in said
        for one in line.children
        if getattr(one, "value", None) is None
    )


def _imports(leaf: Any) -> bool:
    parent = leaf.parent
    if kind(parent) in ("import_as_name", "dotted_as_name"):
        return bool(parent.children[-1] is leaf)
    if kind(parent) in ("import_as_names", "dotted_as_names", "import_name"):
        return bool(leaf.value != "import")
    return kind(parent) == "import_from" and leaf is not parent.children[1] and leaf.value != "from"


def _binds(leaf: Any) -> bool:
    parent = leaf.parent
    name = kind(parent)
    if name in ("funcdef", "classdef"):
        return bool(parent.children[1] is leaf)
    if name in _PARAMETERS:
        before = getattr(leaf.prev_sibling, "value", "")
        return before != "=" and not (name == "lambdef" and leaf is parent.children[-1])
    if name == "global_stmt" or _imports(leaf):
        return True
    node = leaf
    while kind(parent) in _TARGETS:
        node, parent = parent, parent.parent
    name = kind(parent)
    if name == "expr_stmt":
        return bool(getattr(node.next_sibling, "value", "") == "=")
    if name in ("for_stmt", "comp_for", "old_comp_for"):
        return getattr(node.next_sibling, "value", "") == "in"
    before = getattr(node.prev_sibling, "value", "")
    return before == "as" or (name == "except_clause" and before == ",")
