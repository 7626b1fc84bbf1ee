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
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.rules import Context, Rule

_WORD = re.compile(r"\w+")
_SPACING = frozenset(
    {
        "comma", "dot", "equal", "footer", "header", "lbrace", "lbracket", "leading_lines", "lpar",
        "operator", "rbrace", "rbracket", "rpar", "semicolon", "trailing_whitespace", "whitespace_after",
        "whitespace_after_arg", "whitespace_after_func", "whitespace_after_star", "whitespace_before_args",
    }
)  # fmt: skip


def words_of(text: str, context: Context) -> frozenset[str]:
    """The words of a text, and of what the imported names among them stand for."""
    words = frozenset(_WORD.findall(text))
    return words.union(*(context.names[one].split(".") for one in words & context.names.keys()))


def has_something(text: str, by_type: Mapping[str, Sequence[Rule]], context: Context) -> bool:
    """Whether a rule of ``by_type`` has something to say of ``text``; if that cannot be seen, yes."""
    rules = dict.fromkeys(rule for each in by_type.values() for rule in each)
    wanted = [rule for rule in rules if rule.concerns(context)]
    if not wanted:
        return False
    tree, _ = parse(text)
    if tree is None:
        return True
    return any(_says_something(piece, wanted, context) for piece in _pieces(text, tree))


def _pieces(text: str, tree: ast.Module) -> Iterator[str]:
    """The statements at the top, as text; those that share a line are one piece."""
    lines = text.split("\n") if "\r" not in text else [text]
    start = end = 0
    for one in tree.body if len(lines) > 1 else ():
        first = min(node.lineno for node in (one, *getattr(one, "decorator_list", ())))
        if first > end:
            yield "\n".join(lines[start:end])
            start = first - 1
        end = one.end_lineno or first
    yield "\n".join(lines[start:])


def _says_something(piece: str, rules: Sequence[Rule], context: Context) -> bool:
    words = words_of(piece, context)
    by_type: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.needles & words:
            for name in rule.nodes:
                by_type.setdefault(name, []).append(rule)
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
