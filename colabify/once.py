"""Once: what is said of a value that never changes is found once."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S")
T = TypeVar("T")


def once(find: Callable[[S], T]) -> Callable[[S], T]:
    """``find``, called once for each unit, or document: what a module says is the same for a whole run."""
    key = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def ask(of: S) -> T:
        if key not in of.__dict__:
            of.__dict__[key] = find(of)
        found: T = of.__dict__[key]
        return found

    return ask
