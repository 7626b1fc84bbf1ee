"""Findings: what a person should know about a notebook, each with a permanent code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
