"""What a notebook does for Colab already: mount Drive, clone, ask whether it runs there."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.analysis.given import given_by_cells
from colabify.full_names import qualified
from colabify.remote import parse_remote

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from colabify.program import Program
    from colabify.remote import Remote

Kind = Literal["mount", "clone", "check", "use"]
_LOOKED_AT = (ast.Call, ast.Compare, ast.Import, ast.ImportFrom)
_MARKS = frozenset({"google.colab", "COLAB_GPU", "COLAB_RELEASE_TAG"})
"""What people look for to know that they are on Colab: a module, and environment variables."""


@dataclass(frozen=True, slots=True)
class ColabCode:
    """A place that is made for Colab, in words that go behind "it": "mounts Google Drive"."""

    kind: Kind
    cell: int
    said: str


def find_colab_code(
    program: Program,
    imports: Mapping[str, str],
    remote: Remote | None,
    dead: Container[int | str] = (),
) -> list[ColabCode]:
    """Every place in the notebook's cells that is made for Colab; of a clone, only of this repository.

    ``dead`` are the nodes and escapes that Colab does not come to.
    """
    found: list[ColabCode] = []
    for unit in program.units:
        cell = unit.cell or 0
        for node in unit.of(*_LOOKED_AT):
            if id(node) not in dead:
                found += [ColabCode(kind, cell, said) for kind, said in _of_node(node, imports)]
    for cell, given in given_by_cells(program, imports):
        if given.is_in(dead):
            continue
        if _is_clone(given.command.texts, remote):
            found.append(ColabCode("clone", cell, "clones the repository"))
    return found


def _of_node(node: ast.AST, names: Mapping[str, str]) -> Iterator[tuple[Kind, str]]:
    match node:
        case ast.Call() if qualified(node.func, names) == "google.colab.drive.mount":
            yield "mount", "mounts Google Drive"
        case ast.Compare(left=ast.Constant(value=str(text))) if text in _MARKS:
            yield "check", "asks whether it runs on Colab"
        case ast.Import(names=aliases) if any(a.name == "google.colab" for a in aliases):
            yield "check", "asks whether it runs on Colab"
        case ast.ImportFrom(module="google.colab", names=aliases):
            for alias in aliases:
                yield "use", f"uses google.colab.{alias.name}"
        case ast.Call(args=[ast.Constant(value=str(text)), *_]) if text in _MARKS:
            yield "check", "asks whether it runs on Colab"


def _is_clone(words: list[str], remote: Remote | None) -> bool:
    """Whether a command clones this repository, or a fork of it."""
    pairs = itertools.pairwise(words)
    if remote is None or ("git", "clone") not in pairs:
        return False
    cloned = [parse_remote(word) for word in words]
    return any(one is not None and one.name.lower() == remote.name.lower() for one in cloned)
