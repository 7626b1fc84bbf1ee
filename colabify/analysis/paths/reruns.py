"""Moves of the working folder that a second run of their cell would make again."""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from colabify.analysis.constants import Constants
from colabify.analysis.paths.scopes import outline
from colabify.analysis.resolve import is_absolute
from colabify.analysis.working_folder import Walk
from colabify.findings import Finding

if TYPE_CHECKING:
    from colabify.analysis.paths.moves import Move
    from colabify.facts import Facts
    from colabify.unit import Unit

_ROOT = "/root of the repository"
"""Stands for the repository's root, so that folders above it have a path too."""


def folder_findings(facts: Facts) -> list[Finding]:
    """A finding (COL321) for each cell that moves on each time it is run, with what it may say instead."""
    found = []
    constants = Constants(facts.program.units, facts.names) if facts.moves else None
    for unit in facts.program.units if constants else ():
        moves = [move for move in facts.moves if move.unit is unit and _is_plain(move)]
        if not moves or constants is None:
            continue
        start = facts.walk.folder_in_cell(unit.cell or 0)
        if start is None or not _moves_on(unit, facts, constants, start):
            continue
        move = moves[0]
        text = f"{move.said} moves each time the cell is run: {_advice(move, start)}"
        found.append(Finding("COL321", text, cell=unit.cell, line=unit.head + move.line))
    return found


def _is_plain(move: Move) -> bool:
    """Whether a move is relative and surely made: one under a condition asks where it stands."""
    statement = next((s for s in outline(move.unit).statements if s.node.lineno == move.line), None)
    at_top = statement is not None and not statement.block.chain and not statement.block.scope.outer
    text = (move.text or "-").replace("\\", "/")
    relative = text != "-" and not is_absolute(text)
    now = move.origin is None or any(one is move.origin for one in ast.walk(move.node))
    return at_top and relative and now


def _moves_on(unit: Unit, facts: Facts, constants: Constants, start: str) -> bool:
    """Whether a second run of a cell, where the first one has led, leads elsewhere."""
    moves = {id(move.node): move for move in facts.moves}
    before = posixpath.normpath(f"{_ROOT}/{start}")
    after = Walk([unit], constants, moves, before, _gone).end.folder
    if after in (None, before):
        return False
    return Walk([unit], constants, moves, after, _gone).end.folder != after


def _gone(folder: str | None, text: str) -> str | None:
    if is_absolute(text):
        return text if text.startswith("/") else None
    return None if folder is None else posixpath.normpath(posixpath.join(folder, text))


def _advice(move: Move, start: str) -> str:
    """What to write instead, which works at home and on Colab alike."""
    text = move.text or "."
    name = posixpath.basename(start)
    if ".." not in text.split("/"):
        return f"write `import os` and `if os.path.isdir({text!r}): os.chdir({text!r})`"
    if name:
        test = f"os.path.basename(os.getcwd()) == {name!r}"
        return f"write `import os` and `if {test}: os.chdir({text!r})`"
    return (
        "keep the first folder, `import os; HOME = globals().get('HOME', os.getcwd())`,"
        f" and write `os.chdir(os.path.join(HOME, {text!r}))`"
    )
