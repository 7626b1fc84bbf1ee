"""Trailers: what a commit of a branch of colabify's own says of itself, for the next one.

``Colabify-Base`` is the commit whose notebooks it has ported; each ``Colabify-Path`` is what was given of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BASE, _PATH = "Colabify-Base", "Colabify-Path"


@dataclass(frozen=True, slots=True)
class Trailers:
    """The commit that was ported (empty: the message says nothing of it), and which of its paths."""

    base: str = ""
    paths: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines of the message."""
        lines = [f"{_BASE}: {self.base}", *(f"{_PATH}: {_written(one)}" for one in self.paths)]
        return "\n".join(lines)


def read_trailers(said: str) -> Trailers:
    """What the trailers of a message say, as ``git log`` prints them."""
    pairs = [(key, value) for key, _, value in (line.partition(": ") for line in said.split("\n"))]
    base = next((value for key, value in pairs if key == _BASE), "")
    return Trailers(base, tuple(_read(value) for key, value in pairs if key == _PATH))


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that are not inside another of them."""
    every = set(paths)
    return tuple(
        sorted(
            one
            for one in every
            if not any(two != one and PurePosixPath(one).is_relative_to(two) for two in every)
        )
    )


def _written(path: str) -> str:
    """A path as it survives in a message; as JSON, if it is an odd one."""
    plain = path.isprintable() and path == path.strip() and not path.startswith('"')
    return path if plain else json.dumps(path)


def _read(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value))
    except ValueError:  # a person has written it
        return value
