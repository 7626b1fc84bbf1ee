"""Cells of other languages: what Colab's machine or front end cannot do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.findings import Finding

if TYPE_CHECKING:
    from colabify.program import CodeCell, Program

_MISSING = {
    "python2": "Colab has no Python 2: bring the cell to Python 3",
    "pypy": "Colab has no PyPy",
    "ruby": "Colab has no Ruby: !apt-get -qq install ruby brings it",
}
_OBJECTS = ("IPython.", "Jupyter.", "base/js/")
_SCRIPTS = frozenset({"javascript", "js", "html", "HTML"})
NEEDS_JUPYTER = (
    "its JavaScript needs Jupyter's own page, which Colab's is not: "
    "do it in Python, or leave it out"
)


def about_foreign_cells(program: Program) -> list[Finding]:
    """The cells whose language Colab lacks, and those whose script needs Jupyter's own page."""
    found = (_about(cell) for cell in program.cells if cell.masked.foreign)
    return [one for one in found if one is not None]


def needs_jupyter(script: str) -> bool:
    """Whether a script asks for the objects of Jupyter's own page."""
    return any(one in script for one in _OBJECTS)


def _about(cell: CodeCell) -> Finding | None:
    magic = cell.masked.foreign
    if magic in _MISSING:
        text = f"%%{magic}: {_MISSING[magic]}"
        return Finding("COL236", text, "error", cell=cell.index, line=_line(cell))
    if magic not in _SCRIPTS or not needs_jupyter(cell.masked.text):
        return None
    if magic.lower() == "html" and "<script" not in cell.masked.text:
        return None
    return Finding("COL235", NEEDS_JUPYTER, cell=cell.index, line=_line(cell))


def _line(cell: CodeCell) -> int:
    """The line of the cell magic, from 1."""
    return cell.masked.head.rstrip("\n").count("\n") + 1
