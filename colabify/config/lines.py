"""On which line of a TOML file each key stands.

:mod:`tomllib` does not tell. But the shortest run of lines that it reads is one statement, so that the file
is read again, a statement at a time: no grammar of TOML is needed, and it is done only for an error, or
for a person who asks.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Keys", "lines_of_keys", "tomllib"]

Keys = tuple[str | int, ...]
"""The way to a value: names of tables and of the key; a number counts in an array of tables."""


def lines_of_keys(text: str) -> Mapping[Keys, int]:
    """The line, from 1, on which each table and each key of a TOML file begins."""
    found: dict[Keys, int] = {}
    counts: dict[Keys, int] = {}
    table: Keys = ()
    for line, statement in _statements(text):
        said = tomllib.loads(statement)
        if not statement.lstrip().startswith("["):
            for keys in _ways(said):
                found.setdefault((*table, *keys), line)
            continue
        names = max(_ways(said), key=len, default=())
        array = statement.lstrip().startswith("[[")
        table = _placed(names[:-1] if array else names, counts)
        if array:
            counts[table] = counts.get(table, -1) + 1
            found.setdefault(table, line)
            table = (*table, counts[table])
        for end in range(1, len(table) + 1):
            found.setdefault(table[:end], line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The statements with the lines on which they begin; comments and blank lines are none."""
    waiting, begins = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if not waiting and line.strip(" \t\r")[:1] in ("", "#"):
            continue
        begins = begins if waiting else number
        waiting += f"{line}\n"
        try:
            tomllib.loads(waiting)
        except tomllib.TOMLDecodeError:
            continue
        yield begins, waiting
        waiting = ""


def _ways(value: Any) -> Iterator[Keys]:
    """The ways to all that is in a value, tables included."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        items = enumerate(value)
    for key, inner in items:
        yield (key,)
        yield from ((key, *rest) for rest in _ways(inner))


def _placed(names: Keys, counts: Mapping[Keys, int]) -> Keys:
    """A header's names, with the number of the last table where one of them is an array of tables."""
    table: Keys = ()
    for at, name in enumerate(names):
        table = (*table, name)
        if table in counts and at < len(names) - 1:
            table = (*table, counts[table])
    return table
