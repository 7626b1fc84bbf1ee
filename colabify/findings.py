"""Findings: what a person should know about a notebook, each with a permanent code."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

_CELLS = re.compile(r"(?<![\w/.-])(cells? \(?)(\d+(?:, \d+)*)(?![\w/-]|\.\w)")
"""How a message names cells: ``cell 3``, ``2 cells (3, 8)``; and not the file ``cell 3.csv``."""

Severity = Literal["error", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know. ``error``: the notebook will fail on Colab, and colabify could not mend it.

    ``cell`` counts from 0, ``line`` from 1; ``path`` is a module of the repository, if it is in one.
    ``unsafe_fix``: ``--unsafe-fixes`` would mend it. ``file_line`` is where a cell's line stands in the
    ``.ipynb``, once that is known (:mod:`colabify.locations`).
    """

    code: str
    message: str
    severity: Severity = "advice"
    cell: int | None = None
    line: int | None = None
    path: str | None = None
    unsafe_fix: bool = False
    file_line: int | None = None

    @property
    def place(self) -> str:
        """Where it is, as a person counts: ``cell 3``, ``cell 3, line 2``, ``a.py:7``; or empty."""
        if self.path is not None:
            return self.path if self.line is None else f"{self.path}:{self.line}"
        if self.cell is None:
            return ""
        line = "" if self.line is None else f", line {self.line}"
        return f"cell {self.cell + 1}{line}"

    def moved(self, place: Callable[[int], int]) -> Finding:
        """The same where each cell, those that the message names too, stands where ``place`` says."""

        def renamed(found: re.Match[str]) -> str:
            numbers = (int(one) for one in found[2].split(", "))
            return found[1] + ", ".join(str(place(one - 1) + 1) for one in numbers)

        cell = None if self.cell is None else place(self.cell)
        return replace(self, cell=cell, message=_CELLS.sub(renamed, self.message))
