"""What a notebook does for Colab already: mount Drive, clone, ask whether it runs there."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.analysis.paths import shell_words
from colabify.program import qualified
from colabify.remote import parse_remote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from colabify.escapes import Escape
    from colabify.program import Program
    from colabify.remote import Remote

Kind = Literal["mount", "clone", "check", "use"]


@dataclass(frozen=True, slots=True)
class ColabCode:
    """A place that is made for Colab, in words that go behind "it": "mounts Google Drive"."""

    kind: Kind
    cell: int
    said: str


def find_colab_code(
    program: Program, imports: Mapping[str, str], remote: Remote | None
) -> list[ColabCode]:
    """Every place in the notebook's cells that is made for Colab; of a clone, only of this repository."""
    found: list[ColabCode] = []
    for unit in program.units:
        cell = unit.cell or 0
        for node in unit.nodes:
            found += [ColabCode(kind, cell, said) for kind, said in _of_node(node, dict(imports))]
    for cell, escape in program.escapes:
        if _clones(escape, remote):
            found.append(ColabCode("clone", cell, "clones the repository"))
    for one in program.cells:
        if one.masked.foreign in ("bash", "sh", "shell", "script"):
            lines = one.masked.text.splitlines()
            if any(_is_clone(line.split(), remote) for line in lines):
                found.append(ColabCode("clone", one.index, "clones the repository"))
    return found


def _of_node(node: ast.AST, names: dict[str, str]) -> Iterator[tuple[Kind, str]]:
    match node:
        case ast.Call() if qualified(node.func, names) == "google.colab.drive.mount":
            yield "mount", "mounts Google Drive"
        case ast.Compare(left=ast.Constant(value="google.colab")):
            yield "check", "asks whether it runs on Colab"
        case ast.Import(names=aliases) if any(a.name == "google.colab" for a in aliases):
            yield "check", "asks whether it runs on Colab"
        case ast.ImportFrom(module="google.colab", names=aliases):
            for alias in aliases:
                yield "use", f"uses google.colab.{alias.name}"


def _clones(escape: Escape, remote: Remote | None) -> bool:
    return escape.kind == "!" and _is_clone(shell_words(escape), remote)


def _is_clone(words: list[str], remote: Remote | None) -> bool:
    if words[:1] == ["!"]:
        words = words[1:]
    if words[:2] != ["git", "clone"] or remote is None:
        return False
    cloned = [parse_remote(word) for word in words[2:]]
    return any(one is not None and one.name.lower() == remote.name.lower() for one in cloned)
