"""The tests with the Python at hand, which tox runs beside those with 3.10 and 3.13.

Where these two are, all tests run with the oldest and the newest Python, and a third time would find little: it
is those of the command and of what the distribution holds. Else it is all of them.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import pytest

OTHERS = ("python3.10", "python3.13")
PART = ("cli", "readme")


def chosen(posargs: Sequence[str], path: str | None = None) -> list[str]:
    """What pytest is to run; ``posargs`` are a person's own words, ``path`` where programs are."""
    if posargs:
        return list(posargs)
    if all(shutil.which(name, path=path) for name in OTHERS):
        return [f"tests/test_{name}.py" for name in PART]
    return ["tests"]


if __name__ == "__main__":
    asked = chosen(sys.argv[1:])
    if len(asked) > 1 and not sys.argv[1:]:
        print(f"{' and '.join(OTHERS)} run all tests: here it is {', '.join(PART)}", flush=True)  # noqa: T201
    sys.exit(pytest.main(["-W", "error", "-n", "2", "--dist", "loadgroup", "-rs", *asked]))
