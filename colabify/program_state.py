"""The state of colabify itself, and of what is installed beside it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.seen import line_of, look_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = (".dist-info", ".egg-info")


def state_of_program() -> list[str]:
    """The state of colabify itself, and of the folders that Python finds packages in."""
    found = [line for place in sys.path for line in _packages_in(place)]
    own = look_at(str(Path(__file__).parent))
    found += [line_of(shutil.which("git") or "git"), *own.others, *own.notebooks.values()]
    return [one.decode("utf-8", "surrogateescape") for one in found]


def _packages_in(place: str) -> Iterator[bytes]:
    """The lines for what can be imported from a folder.

    Whatever is installed, or taken away, changes the folder. Where a person works that happens all the time,
    and what could be imported there stands in for it.
    """
    here = place or "."
    yield os.fsencode(place)
    try:
        names = sorted(os.listdir(here))  # noqa: PTH208
        works = os.path.samefile(here, ".")  # noqa: PTH121
        changed = os.stat(here).st_mtime_ns  # noqa: PTH116
    except OSError:
        return
    if works:
        yield from (
            line_of(f"{here}/{one}") for one in names if "." not in one or one.endswith(".py")
        )
    else:
        yield b"%d" % changed
    yield from (
        line_of(f"{here}/{one}/entry_points.txt") for one in names if one.endswith(_PACKAGES)
    )
