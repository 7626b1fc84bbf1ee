"""The tags of a cell, and whether its error is meant: a lesson may show what fails, and how."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from colabify.findings import Finding
    from colabify.notebook import Cell

_EXPECTED = frozenset({"raises-exception", "nbval-raises-exception"})
"""What Jupyter, nbconvert and nbval take for a cell whose error is meant."""
_EXPECTED_COMMENT = "NBVAL_RAISES_EXCEPTION"
"""What nbval takes for one as a comment of its own."""


def tags_of(cell: Cell) -> frozenset[str]:
    """The tags of a cell."""
    tags = cell.metadata.get("tags")
    return (
        frozenset(one for one in tags if isinstance(one, str))
        if isinstance(tags, list)
        else frozenset()
    )


def meant_error(cell: Cell) -> str:
    """The tag or comment by which the error of a cell is meant; empty if it is not."""
    tags = tags_of(cell) & _EXPECTED
    if tags:
        return min(tags)
    lines = (line.strip() for line in cell.source.splitlines())
    said = any(one.startswith("#") and one.strip("# ") == _EXPECTED_COMMENT for one in lines)
    return _EXPECTED_COMMENT if said else ""


def without_meant(findings: Iterable[Finding], cells: Sequence[Cell]) -> Iterator[Finding]:
    """The findings; errors in cells whose error is meant are no more than advice."""
    meant = {cell.index for cell in cells if cell.kind == "code" and meant_error(cell)}
    for one in findings:
        yield replace(one, severity="advice") if one.cell in meant else one
