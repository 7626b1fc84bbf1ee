"""What the code makes by itself: files written, downloaded, unpacked, copied; folders made; and when."""

from __future__ import annotations

import fnmatch
import math
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.flow import outermost_functions
from colabify.analysis.made_by_calls import may_be
from colabify.analysis.resolve import is_absolute

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection

    from colabify.analysis.made_by_commands import Making
    from colabify.unit import Unit

Place = tuple[float, float]
"""Where something is in the order in which cells are run: a cell's index and a line of it."""

FIRST: Place = (-1, 0)
"""A local module may be run at any time: what it makes may be there from the start."""
LAST: Place = (math.inf, 0)
"""What stands in a function or a module may be run after everything else."""

_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Maker:
    """Something in the code that makes a file or a folder.

    ``path`` is below the repository's root (``../x`` beside it), None if it is not known: then ``making``
    says what it may be. ``place`` is when that is, ``label`` where, ``folder`` where the code stands by then,
    None if that is not known.
    """

    making: Making
    path: str | None
    place: Place
    label: str
    folder: str | None = None

    @property
    def why(self) -> str:
        """What it does in words: ``cell 3 unpacks it``."""
        done = self.making.done
        if self.path is None:
            return f"{self.label} {done}" + (
                "" if done.startswith(("runs", "may")) else " something"
            )
        return f"{self.label} {done} it" if not done.endswith("folder") else f"{self.label} {done}"

    def runs(self, script: str) -> bool:
        """Whether it runs a script of that name, wherever that is."""
        return bool(script) and posixpath.basename(self.making.script) == posixpath.basename(script)

    def makes(self, path: str) -> bool:
        """Whether it makes ``path``: that very file, a folder that it is in, or something in it.

        ``np.save("x", x)`` makes ``x.npy``.
        """
        if self.path is None:
            return False
        if not self.path or self.path in (path, posixpath.splitext(path)[0]):
            return True
        if _WILD & set(path) and fnmatch.fnmatchcase(self.path, path):
            return True
        return path.startswith(f"{self.path}/") or self.path.startswith(f"{path}/")


@dataclass(frozen=True)
class Makers:
    """All that the code makes, in no particular order."""

    every: tuple[Maker, ...]

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files and folders that are made, as far as they are known."""
        return frozenset(one.path for one in self.every if one.path)

    @property
    def unknown(self) -> bool:
        """Whether something may be made of which the path is not known."""
        return any(one.path is None for one in self.every)

    def of(self, path: str, before: Place = LAST) -> Maker | None:
        """What makes ``path`` by the time that ``before`` is run; the latest of those."""
        found = [one for one in self.every if one.place <= before and one.makes(path)]
        return max(found, key=lambda one: (one.path == path, one.place), default=None)

    def perhaps(
        self, path: str, before: Place = LAST, *, idle: Collection[Maker] = ()
    ) -> Maker | None:
        """What may make ``path`` by then, since it is not known what it makes; ``idle`` make nothing."""
        ready = (one for one in self.every if one.path is None and one.place <= before)
        unknown = (one for one in ready if one not in idle)
        found = [one for one in unknown if may_be(one.making, path) and not one.runs(path)]
        return max(found, key=lambda one: one.place, default=None)

    def running(self, before: Place = LAST) -> list[Maker]:
        """What runs a script by the time that ``before`` is run."""
        return [one for one in self.every if one.making.script and one.place <= before]


def place_of(unit: Unit, node: ast.AST | None, line: int) -> Place:
    """When something that reads is run: what a function does, as late as possible."""
    if unit.cell is None or (node is not None and id(node) in outermost_functions(unit)):
        return LAST
    return (unit.cell, line)


def path_from(folder: str | None, text: str) -> str | None:
    """Where ``text`` leads from ``folder``, below the root or beside it; None if not known or absolute."""
    slashed = text.replace("\\", "/")
    if folder is None or not text or is_absolute(slashed):
        return None
    joined = posixpath.normpath(posixpath.join(folder, slashed))
    return "" if joined == "." else joined
