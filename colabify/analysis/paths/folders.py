"""Folders that code lists or goes to: what fails where they are not there."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.analysis.resolve import is_absolute
from colabify.full_names import qualified

if TYPE_CHECKING:
    from colabify.analysis.paths.uses import PathUse
    from colabify.facts import Facts

_ASKING = frozenset({"os.chdir", "os.listdir", "os.scandir"})


def asked_by(use: PathUse, facts: Facts) -> str:
    """The function that fails if the folder is not there (``glob`` finds nothing); empty: none does.

    The folders above the repository's root are there, whatever they hold.
    """
    inside = is_absolute(use.text.replace("\\", "/")) or not (use.path or "..").startswith("..")
    if use.use != "list" or not inside:
        return ""
    names = facts.names if use.unit.path is None else use.unit.names
    calls = (one for one in use.unit.of(ast.Call) if use.node in one.args)
    asked = (qualified(one.func, names) for one in calls)
    return next((name for name in asked if name in _ASKING), "")
