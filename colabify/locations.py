"""Locations: where the line of a cell stands in the ``.ipynb`` file, for programs that show files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.jsonspan import Element, elements, place_in

if TYPE_CHECKING:
    from colabify.notebook import Cell, Document
    from colabify.plans import Plan


def located(plan: Plan, document: Document) -> Plan:
    """The plan with ``file_line`` set wherever it names a cell of ``document``."""
    sources = tuple(
        replace(one, file_line=line_in_file(document, one.cell)) for one in plan.sources
    )
    findings = tuple(
        one
        if one.cell is None
        else replace(one, file_line=line_in_file(document, one.cell, one.line))
        for one in plan.findings
    )
    return replace(plan, sources=sources, findings=findings)


def line_in_file(document: Document, index: int, line: int | None = None) -> int:
    """The line of the file, from 1, on which ``line`` of a cell's source (None: the first) begins."""
    return document.line_of(index, _place(document.cells[index], (line or 1) - 1))


def _place(cell: Cell, wanted: int) -> int:
    """Where the source's line number ``wanted``, from 0, begins; one beyond the end is its last string."""
    text, span = cell.text, cell.source_span
    if span is None:
        return 0
    is_list = text[span.start] == "["
    strings = elements(text, span.start) if is_list else [Element(*span, cell.source)]
    for string in strings:
        lines = string.value.split("\n")
        before = sum(len(line) + 1 for line in lines[:wanted])
        if before < len(string.value):
            return place_in(text, string, before)
        wanted -= len(lines) - 1
    return strings[-1].start if strings else span.start


def below_root(shown: str) -> str:
    """The path of a file below the root of its repository, as forges name it.

    Of a file in no repository: below the current folder; of one that is not there either: as it is.
    """
    real = Path(os.path.realpath(shown))
    roots = (one for one in real.parents if os.path.lexists(one / ".git"))
    root = next(roots, Path.cwd())
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else real.as_posix()
