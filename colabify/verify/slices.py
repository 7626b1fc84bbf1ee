"""What a cell has to do for its imports to work, and nothing else: imports, and what leads them.

The statements of a cell that import, that change ``sys.path`` or the working folder, and that install; with
the plain assignments that these need. Nothing heavy is computed.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.program import CodeCell, Program

_MAGICS = frozenset({"cd", "pushd", "popd", "load_ext", "reload_ext", "pip", "env", "set_env"})
_LEADING = frozenset(
    {"sys.path.append", "sys.path.insert", "sys.path.extend", "site.addsitedir", "os.chdir"}
)
_LIGHT = frozenset({"os", "sys", "pathlib", "Path", "str", "posixpath", "site"})
"""What plain assignments may call: nothing that takes long."""
_FILES = frozenset({"writefile", "file"})
"""Cell magics that write a module, say, which another cell imports."""


def import_slices(program: Program, names: dict[str, str]) -> dict[int, str]:
    """By the index of a cell, the part of its source that imports; cells that have none are left out.

    ``names`` is what each imported name stands for; nothing for one that is bound otherwise.
    """
    slicer = _Slicer({name: target for name, target in names.items() if target})
    found = {cell.index: slicer.of(cell) for cell in program.cells}
    return {index: text for index, text in found.items() if text}


class _Slicer:
    """Goes through the cells in order; ``_plain`` are the plain assignments that came by, by name."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._plain: dict[str, str] = {}

    def of(self, cell: CodeCell) -> str:
        if cell.masked.foreign:
            return cell.source if cell.masked.foreign in _FILES else ""
        if cell.unit is None:
            return ""
        text = cell.masked.text
        escapes = {one.placeholder: one for one in cell.masked.escapes}
        kept = []
        for statement in cell.unit.tree.body:
            escape = escapes.get(_name(statement))
            if escape is not None:
                wanted = escape.name in _MAGICS or (escape.kind == "!" and _installs(escape.args))
                kept += [escape.raw] if wanted else []
            elif not any(name in escapes for name in _read(statement)):
                kept += self._python(statement, ast.get_source_segment(text, statement) or "")
        return "\n".join(kept)

    def _python(self, statement: ast.stmt, source: str) -> Iterator[str]:
        match statement:
            case ast.Import() | ast.ImportFrom():
                yield source
            case ast.Try() | ast.If() if _only_imports(statement):
                yield source
            case ast.Expr(value=ast.Call(func=func)) if qualified(func, self._names) in _LEADING:
                needed = self._needed(statement)
                if needed is not None:
                    yield from [*needed, source]
            case ast.Assign(targets=[ast.Name(id=name)]) if self._is_light(statement.value):
                self._plain.pop(name, None)  # it stands where it was bound last
                self._plain[name] = source

    def _needed(self, statement: ast.stmt) -> list[str] | None:
        """The assignments that the statement needs, in order; None if one is not plain."""
        found: set[str] = set()
        left = [name for name in _read(statement) if name not in self._names]
        while left:
            name = left.pop()
            if name in found or name in _LIGHT:
                continue
            if name not in self._plain:
                return None
            found.add(name)
            left += [one for one in _read(ast.parse(self._plain[name])) if one not in self._names]
        return [source for name, source in self._plain.items() if name in found]

    def _is_light(self, value: ast.expr) -> bool:
        calls = [node.func for node in ast.walk(value) if isinstance(node, ast.Call)]
        roots = {qualified(func, self._names).partition(".")[0] for func in calls}
        texts = {"format", "join", "replace", "strip"}  # of strings, whatever they are called on
        methods = {func.attr for func in calls if isinstance(func, ast.Attribute)}
        return roots - {""} <= _LIGHT and ("" not in roots or methods <= texts)


def _only_imports(statement: ast.Try | ast.If) -> bool:
    """Whether the statement has nothing but imports, and what to do where they fail."""
    bodies = [statement.body, statement.orelse]
    if isinstance(statement, ast.Try):
        bodies += [statement.finalbody, *(handler.body for handler in statement.handlers)]
    inner = [one for body in bodies for one in body]
    light = (ast.Import, ast.ImportFrom, ast.Pass, ast.Raise)
    imports = any(isinstance(one, ast.Import | ast.ImportFrom) for one in inner)
    return imports and all(
        isinstance(one, light)
        or (isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant | ast.Name))
        or (isinstance(one, ast.Try | ast.If) and _only_imports(one))
        for one in inner
    )


def _installs(command: str) -> bool:
    words = command.split()
    return words[:2] in (["pip", "install"], ["pip3", "install"]) or words[1:4] == [
        "-m", "pip", "install",
    ]  # fmt: skip


def _name(statement: ast.stmt) -> str:
    match statement:
        case ast.Expr(value=ast.Name(id=name)):
            return name
        case _:
            return ""


def _read(node: ast.AST) -> list[str]:
    return [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]
