"""Since when something is gone: the distribution and its version, ``numpy 1.24`` or ``python 3.12``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colabify.runtime import Runtime


def is_gone(since: str, runtime: Runtime) -> bool:
    """Whether the runtime has the version that ``since`` names, or a newer one.

    What the runtime lacks is installed in its newest version; an empty ``since`` holds everywhere.
    """
    if not since:
        return True
    distribution, _, version = since.partition(" ")
    if distribution == "python":
        return runtime.python_minor >= as_numbers(version)[:2]
    has = runtime.version(distribution)
    return has is None or as_numbers(has) >= as_numbers(version)


@cache
def as_numbers(version: str) -> tuple[int, ...]:
    """``(2, 1, 3)`` for ``2.1.3``; what follows the numbers of a release does not count."""
    numbers: list[int] = []
    for part in version.split("+")[0].split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)
