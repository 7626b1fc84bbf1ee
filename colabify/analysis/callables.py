"""Callables that take a path: which argument it is, and what they do with it (``data/callables.json``).

Names are full names, as the import table resolves them. A new one is a word in the table.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from colabify.runtime import DATA

Effect = Literal["read", "write", "folder", "open", "map", "create", "list", "ask"]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument that is a path: its position, if it can be said by that; its keywords; what is done."""

    effect: Effect
    position: int | None
    keywords: frozenset[str]


@cache
def _table() -> dict[str, Any]:
    """The table; its keys are explained by its own ``sources``."""
    data: dict[str, Any] = json.loads((DATA / "callables.json").read_text("utf-8"))
    return data


@cache
def arguments() -> dict[str, tuple[Argument, ...]]:
    """The paths among the arguments of each callable, by its full name."""
    found: dict[str, tuple[Argument, ...]] = {}
    for module, effects in _table()["callables"].items():
        for spec, names in effects.items():
            several = _arguments(spec)
            for name in names.split():
                full = f"{module}.{name}".lstrip(".")
                found[full] = (*found.get(full, ()), *several)
    for name in names_or_paths():
        found[name] = _arguments("read")
    return found


@cache
def methods() -> dict[str, tuple[Argument, ...]]:
    """The same for methods of objects whose class is not known."""
    return {
        name: _arguments(effect)
        for effect, names in _table()["classes"].items()
        for name in names.split()
    }


@cache
def usual_names() -> dict[str, str]:
    """What a name is taken for that the code uses and does not import itself."""
    found: dict[str, str] = _table()["usual"]
    return found


def brought_by(module: str) -> list[str]:
    """The modules whose names ``from module import *`` brings."""
    return _table()["stars"].get(module, module).split()  # type: ignore[no-any-return]


@cache
def path_methods() -> dict[str, Effect]:
    """What each method of a path does with it."""
    return {name: e for e, names in _table()["paths"].items() for name in names.split()}


@cache
def names_or_paths() -> dict[str, str]:
    """Functions that take the name of something installed, or a path: what a path has in it."""
    found: dict[str, str] = _table()["names"]
    return found


@cache
def commands() -> dict[str, str]:
    """What each program of the shell does with the words that it is given."""
    return {name: e for e, names in _table()["commands"].items() for name in names.split()}


def _arguments(spec: str) -> tuple[Argument, ...]:
    """``read 0:src; write 1:dst`` as arguments."""
    return tuple(_argument(part) for part in spec.split(";"))


def _argument(text: str) -> Argument:
    effect, _, place = text.strip().partition(" ")
    position, _, keyword = place.partition(":")
    words = frozenset([keyword] if keyword else _table()["common"].split())
    at = None if position == "-" else int(position or 0)
    return Argument(effect, at, words)  # type: ignore[arg-type]
