"""Changes of the working folder: ``os.chdir``, ``%cd``, ``%pushd`` and ``%popd``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from colabify.analysis.paths.escapes import folder_origin, folder_said, lookup
from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from colabify.analysis.constants import Constants
    from colabify.unit import Unit

_MAGICS = frozenset({"cd", "pushd", "popd"})
_CHDIR = frozenset({"os.chdir", "contextlib.chdir", "shutil.chdir"})


class Move(NamedTuple):
    """A change of the working folder; ``text`` is None where it leads nobody knows where.

    ``origin`` is the ``os.getcwd()`` whose answer it goes back to, ``kind`` one of ``to``, ``push`` and
    ``pop``. ``said`` is how the code says it.
    """

    unit: Unit
    node: ast.AST
    line: int
    text: str | None
    kind: str = "to"
    origin: ast.AST | None = None
    said: str = ""


def find_moves(units: Iterable[Unit], constants: Constants) -> dict[int, Move]:
    """Every change of the working folder, by the id of the node that says it."""
    found: dict[int, Move] = {}
    for unit in units:
        if any(escape.name in _MAGICS for escape in unit.escapes):
            found.update((id(one.node), one) for one in _by_magic(unit, constants))
        found.update((id(one.node), one) for one in _by_call(unit, constants))
    return found


def _by_magic(unit: Unit, constants: Constants) -> Iterator[Move]:
    places = {node.id: node for node in unit.of(ast.Name)}
    for escape in unit.escapes:
        node = places.get(escape.placeholder)
        if escape.name not in _MAGICS or node is None:
            continue
        kind = {"pushd": "push", "popd": "pop"}.get(escape.name, "to")
        text = folder_said(escape, lookup(constants, node))
        if text == "":
            text = "~" if kind == "to" else None
        origin = folder_origin(escape, constants, node)
        yield Move(unit, node, escape.line + 1, text, kind, origin, escape.raw.strip())


def _by_call(unit: Unit, constants: Constants) -> Iterator[Move]:
    for node in unit.of(ast.Call):
        if not node.args:
            continue
        if qualified(node.func, constants.imports) in _CHDIR:
            value = constants.value(node.args[0])
            text = value.text if value is not None and not value.of_module else None
            origin = value.origin if value is not None else None
            yield Move(unit, node, node.lineno, text, "to", origin, ast.unparse(node))
        elif getattr(node.func, "attr", "") in ("run_line_magic", "magic"):
            words = " ".join(str(getattr(one, "value", "?")) for one in node.args).split()
            if words[:1] == ["cd"]:
                text = " ".join(words[1:])
                yield Move(unit, node, node.lineno, text or "~", "to", None, ast.unparse(node))
