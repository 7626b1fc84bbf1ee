"""A quick look: whether any rule has something to say of a cell or module, without a tree of all of it.

Rules look by :mod:`ast` first. Then statements are looked at one by one, and only those that hold a word of
such a rule: the trees of libcst cost more than all the rest of a port. What a rule says of a node it says by
the node and the program round it, so the statement by itself tells no less than the whole.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from colabify.program import parse

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence

    from colabify.rules import Context, Rule

_WORD = re.compile(r"\w+")
_SPACING = frozenset(
    {
        "comma", "dot", "equal", "footer", "header", "lbrace", "lbracket", "leading_lines", "lpar",
        "operator", "rbrace", "rbracket", "rpar", "semicolon", "trailing_whitespace", "whitespace_after",
        "whitespace_after_arg", "whitespace_after_func", "whitespace_after_star", "whitespace_before_args",
    }
)  # fmt: skip


def rules_for(text: str, rules: Sequence[Rule], context: Context) -> list[Rule]:
    """Those of ``rules`` of which ``text`` has a word, and the program a package; in their order."""
    index = _by_word(tuple(rules))
    found = {nth for word in _words_of(text, context) & index.keys() for nth in index[word]}
    packages = context.packages
    wanted = [rules[nth] for nth in sorted(found)]
    return [one for one in wanted if not one.packages or not one.packages.isdisjoint(packages)]


@cache
def _by_word(rules: tuple[Rule, ...]) -> dict[str, list[int]]:
    """The places of the rules that have each word among their needles."""
    found: dict[str, list[int]] = {}
    for nth, rule in enumerate(rules):
        for word in rule.needles:
            found.setdefault(word, []).append(nth)
    return found


def _words_of(text: str, context: Context) -> frozenset[str]:
    """The words of a text, and of what the imported names among them stand for."""
    words = frozenset(_WORD.findall(text))
    return words.union(*(context.names[one].split(".") for one in words & context.names.keys()))


def has_something(text: str, rules: Sequence[Rule], context: Context) -> bool:
    """Whether one of ``rules`` has something to say of ``text``; if that cannot be seen, yes."""
    wanted = [rule for rule in rules if rule.nodes and rule.concerns(context)]
    if not wanted:
        return False
    unit = context.unit
    tree = unit.tree if unit is not None and unit.text == text else parse(text)[0]
    if tree is None:
        return True
    return any(_says_something(piece, wanted, context) for piece in _pieces(text, tree))


def by_node(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """The rules that want to see each type of libcst's nodes, by its name."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in rule.nodes:
            found.setdefault(name, []).append(rule)
    return found


def _pieces(text: str, tree: ast.Module) -> Iterator[str]:
    """The statements at the top, as text; those that share a line are one piece."""
    lines = text.split("\n") if "\r" not in text else [text]  # a lone \r ends a line, too, for ast
    start = end = 0
    for one in tree.body if len(lines) > 1 else ():
        first = min(node.lineno for node in (one, *getattr(one, "decorator_list", ())))
        if first > end:
            yield "\n".join(lines[start:end])
            start = first - 1
        end = one.end_lineno or first
    yield "\n".join(lines[start:])


def _says_something(piece: str, rules: Sequence[Rule], context: Context) -> bool:
    words = _words_of(piece, context)
    by_type = by_node([rule for rule in rules if not rule.needles.isdisjoint(words)])
    if not by_type:
        return False
    import libcst as cst

    try:
        waiting: list[Any] = [cst.parse_module(f"{piece}\n")]
    except (cst.ParserSyntaxError, RecursionError):
        return True
    while waiting:
        node = waiting.pop()
        asked = by_type.get(type(node).__name__)
        if asked and any(rule.check(node, context) is not None for rule in asked):
            return True
        for name in _parts(node.__class__):
            value = getattr(node, name)
            waiting += value if isinstance(value, list | tuple) else (value,)
    return False


@cache
def _parts(kind: type[object]) -> tuple[str, ...]:
    """The attributes of a type of nodes that may hold what a rule looks at: spaces and commas do not."""
    return tuple(name for name in getattr(kind, "__dataclass_fields__", ()) if name not in _SPACING)
