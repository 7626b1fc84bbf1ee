"""Values in the setup cell: Python literals, so that nothing that a repository says is run as code."""

from __future__ import annotations

from string import Template
from typing import Any

_ROOM = 70
"""How long a list or a dict may be on one line."""


def filled(block: str, **values: Any) -> str:
    """``block`` with a literal for each ``$name``, in one pass: what a value says is never filled in."""
    return Template(block).substitute({name: literal(value) for name, value in values.items()})


def literal(value: Any) -> str:
    """A Python literal, ASCII alone, in double quotes, and with one item a line where it gets long."""
    if isinstance(value, tuple):
        return f"({', '.join(literal(item) for item in value)})"
    if isinstance(value, list):
        return _collection("[]", [literal(item) for item in value])
    if isinstance(value, dict):
        return _collection("{}", [f"{literal(k)}: {literal(v)}" for k, v in value.items()])
    text = ascii(value)
    if text.startswith("'") and '"' not in text:
        text = '"' + text[1:-1] + '"'
    return text


def _collection(brackets: str, items: list[str]) -> str:
    line = brackets[0] + ", ".join(items) + brackets[1]
    if len(line) <= _ROOM:
        return line
    lines = "".join(f"\n        {item}," for item in items)
    return f"{brackets[0]}{lines}\n    {brackets[1]}"
