"""Local files as units: a module is one, a notebook one for each cell that parses.

A notebook that colabify has ported is read as it was before: its setup cell is nobody's import.
"""

from __future__ import annotations

from dataclasses import replace

from colabify.errors import ColabifyError
from colabify.notebook import Document
from colabify.program import parse, read_program
from colabify.undo import undo
from colabify.unit import Unit


def read_units(path: str, raw: bytes) -> tuple[Unit, ...] | str:
    """A module as one unit, a notebook as one for each cell; or why it cannot be read."""
    if path.endswith(".ipynb"):
        try:
            units = read_program(undo(Document.parse(raw)).document).units
        except ColabifyError as error:
            return str(error)
        return tuple(replace(unit, cell=None, path=path) for unit in units)
    text = raw.decode("utf-8-sig", "replace")
    tree, problem = parse(text)
    return str(problem) if tree is None else (Unit(tree, path=path, text=text),)
