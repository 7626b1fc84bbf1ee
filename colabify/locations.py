"""Locations: where the line of a cell stands in the ``.ipynb`` file, for programs that show files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.jsonspan import characters, elements

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
    return document.line_of(_place(document.text, document.cells[index], (line or 1) - 1))


def _place(text: str, cell: Cell, wanted: int) -> int:
    """Where the source's line number ``wanted``, from 0, begins; one beyond the end is its last string."""
    span = cell.source_span
    if span is None:
        return cell.span.start
    strings = list(elements(text, span.start)) if text[span.start] == "[" else [span]
    line = 0
    for string in strings:
        said, places = characters(text, string)
        for character, (start, _) in zip(said, places, strict=True):
            if line == wanted:
                return start
            line += character == "\n"
    return strings[-1].start if strings else span.start


def below_root(shown: str) -> str:
    """The path of a file below the root of its repository, as forges name it.

    Of a file in no repository: below the current folder; of one that is not there either: as it is.
    """
    real = Path(os.path.realpath(shown))
    roots = (one for one in real.parents if os.path.lexists(one / ".git"))
    root = next(roots, Path.cwd())
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else real.as_posix()
