"""The walk of rules over a libcst module: which nodes they have something to say about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import libcst as cst

    from colabify.rules import Context, Remedy, Rule

_WORD = re.compile(r"\w+")
_EXPECTED = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError", "NameError"})
_LEAVES = frozenset(
    {"Comma", "Dot", "EmptyLine", "Float", "Integer", "Name", "Newline", "ParenthesizedWhitespace",
     "SimpleString", "SimpleWhitespace", "TrailingWhitespace"}
)  # fmt: skip
"""Types of nodes below which there is nothing but spaces, brackets and comments: most of them."""
_ANY = frozenset({"", "Exception", "BaseException"})


@dataclass
class Walk:
    """Finds what rules have to say about the nodes of a module."""

    by_type: Mapping[str, Sequence[Rule]]
    context: Context
    applies: Callable[[Rule, Remedy], bool]
    silent: Callable[[Rule, cst.CSTNode], bool]
    """Whether a person has what a rule says about a node left alone."""
    codes: list[str] = field(default_factory=list)
    told: list[tuple[Rule, Remedy, cst.CSTNode]] = field(default_factory=list)
    touched: set[Any] = field(default_factory=set)
    """The statements at the top in which nodes are replaced."""

    def look(
        self, module: cst.Module, news: dict[Any, Any], imports: list[str]
    ) -> list[tuple[Rule, Remedy, cst.CSTNode]]:
        """Add the outermost nodes that are replaced to ``news``, and what they need to ``imports``.

        Returned is what is said of all others.
        """
        waiting = [(one, one, False) for one in reversed(module.children)]
        while waiting:
            node, top, tried = waiting.pop()
            kind = type(node).__name__
            if node in news or (kind in ("If", "Try") and _knows_of_versions(node)):
                continue
            if self._is_replaced(node, news, imports, tried=tried):
                self.touched.add(top)
                continue
            tried = tried or (kind == "Try" and bool(_caught(node) & _ANY))
            waiting += [(child, top, tried) for child in reversed(_read_by(node))]
        return self.told

    def _is_replaced(
        self, node: cst.CSTNode, news: dict[Any, Any], imports: list[str], *, tried: bool
    ) -> bool:
        kind = type(node).__name__
        if tried and kind in ("Import", "ImportFrom"):
            return True  # whoever tries an import knows what to do without it
        for rule in self.by_type.get(kind, ()):
            remedy = rule.check(node, self.context)
            if remedy is None or self.silent(rule, node):
                continue
            if self.applies(rule, remedy):
                self.codes.append(rule.code)
                news[node] = remedy.new
                imports += remedy.imports
                return True
            self.told.append((rule, remedy, node))
        return False


def statements_of(module: cst.Module, placeholders: set[str]) -> Iterator[cst.CSTNode]:
    """The statements that are an escape which is removed."""
    waiting: list[cst.CSTNode] = [module] if placeholders else []
    while waiting:
        node = waiting.pop()
        name = getattr(node, "value", None)
        if type(node).__name__ == "Expr" and getattr(name, "value", None) in placeholders:
            yield node
        waiting += node.children


def _knows_of_versions(node: cst.CSTNode) -> bool:
    """Whether code says by itself what to do without a name: by version, or by what it catches."""
    if _caught(node) & _EXPECTED:
        return True
    if type(node).__name__ != "If":
        return False
    import libcst as cst

    test = cst.Module([]).code_for_node(node.test).lower()  # type: ignore[attr-defined]
    return any(word in test for word in ("version", "py2", "py3", "hasattr"))


def _caught(node: cst.CSTNode) -> frozenset[str]:
    """The names of the exceptions that a ``try`` catches; an empty one for all of them."""
    if type(node).__name__ != "Try":
        return frozenset()
    import libcst as cst

    found = set()
    for handler in node.handlers:  # type: ignore[attr-defined]
        code = cst.Module([]).code_for_node(handler.type) if handler.type is not None else ""
        found |= set(_WORD.findall(code)) or {""}
    return frozenset(found)


def _read_by(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """The children of a node, less a name or attribute that is assigned to: that is no use of it.

    What an import names is looked at with the import, and a keyword is no name either.
    """
    kind = type(node).__name__
    if kind in _LEAVES:
        return ()
    if kind in ("AssignTarget", "AugAssign", "AnnAssign", "Del"):
        target: cst.CSTNode = node.target  # type: ignore[attr-defined]
        if type(target).__name__ in ("Name", "Attribute"):
            return [*target.children, *(child for child in node.children if child is not target)]
    if kind in ("Import", "ImportFrom"):
        return ()
    if kind == "Attribute":
        return [node.value]  # type: ignore[attr-defined]
    if kind == "Arg":
        return [node.value]  # type: ignore[attr-defined]
    return node.children


def lines_of(module: cst.Module) -> Callable[[cst.CSTNode], int]:
    """Where the nodes of a module stand: their lines, from 1."""
    from libcst.metadata import MetadataWrapper, PositionProvider

    places = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    return lambda node: places[node].start.line
