"""Findings: the cells that a message names are where they are once a notebook is ported."""

from __future__ import annotations

import pytest

from colabify.findings import Finding

# what a message says, and what it says when each cell stands two further down
MESSAGES = {
    "a cell": ("cell 3 imports b", "cell 5 imports b"),
    "with a line": ("runtime 2026.01 is asked for: cell 59, line 1: no", "runtime 2026.01 is asked for: cell 61, line 1: no"),
    "several": ("Python 2 in 2 cells (4, 11)", "Python 2 in 2 cells (6, 13)"),
    "one of several": ("Python 2 in 1 cell (5): x", "Python 2 in 1 cell (7): x"),
    "a number of cells": ("3 cells", "3 cells"),
    "a file's name": ("data/cell 3 is not there", "data/cell 3 is not there"),
    "a file's name, with an ending": ("cell 3.csv is not there", "cell 3.csv is not there"),
    "another word": ("supercell 3, cell 3x", "supercell 3, cell 3x"),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_cells_that_a_message_names_move(name: str) -> None:
    before, after = MESSAGES[name]
    for cell, moved in ((None, None), (1, 3)):
        found = Finding("COL900", before, cell=cell).moved(lambda at: at + 2)
        assert (found.message, found.cell) == (after, moved)
