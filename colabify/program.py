"""Program: what a notebook's code cells say, and the local modules they import.

Every cell is read by the standard :mod:`ast` with IPython's escapes masked. A cell that does not parse is
left alone: it is listed with the reason, and nothing looks into it.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar, overload

from colabify.both_pythons import one_target
from colabify.escapes import Escape, Masked, mask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from colabify.notebook import Document

_WRITERS = ("%%writefile", "%%file")
_PYTHON_2 = ("Missing parentheses in call to", "multiple exception types must be parenthesized")


_PLACELESS = ast.expr_context | ast.operator | ast.unaryop | ast.cmpop | ast.boolop
_LEAVES = frozenset(
    {ast.Name, ast.Constant, ast.alias, ast.Pass, ast.Break, ast.Continue, ast.Global}
)
"""What nothing stands below: more than half of all nodes."""

K = TypeVar("K", bound=ast.AST)
L = TypeVar("L", bound=ast.AST)
M = TypeVar("M", bound=ast.AST)
N = TypeVar("N", bound=ast.AST)
S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True)
class Unit:
    """A piece of Python that is read as a whole: a code cell, or a local module.

    ``path`` is a module's path in the repository, None for a cell; ``cell`` counts cells from 0. ``head`` is
    how many lines of the cell stand above the tree (those of a cell magic). ``text`` is what the tree was
    read from, where somebody may ask whether it still is that.
    """

    tree: ast.Module
    cell: int | None = None
    path: str | None = None
    escapes: tuple[Escape, ...] = ()
    head: int = 0
    text: str | None = None

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes that stand somewhere, outer before inner: neither operators nor contexts do."""
        return tuple(walk(self.tree))

    @overload
    def of(self, first: type[N], /) -> Sequence[N]: ...
    @overload
    def of(self, first: type[N], second: type[M], /) -> Sequence[N | M]: ...
    @overload
    def of(self, first: type[N], second: type[M], third: type[L], /) -> Sequence[N | M | L]: ...
    @overload
    def of(
        self, first: type[N], second: type[M], third: type[L], fourth: type[K], /
    ) -> Sequence[N | M | L | K]: ...
    @overload
    def of(self, *kinds: type[ast.AST]) -> Sequence[ast.AST]: ...

    def of(self, *kinds: type[ast.AST]) -> Sequence[ast.AST]:
        """The nodes of exactly these types, outer before inner: sought once."""
        if kinds not in self._of:
            self._of[kinds] = [node for node in self.nodes if type(node) in kinds]
        return self._of[kinds]

    @cached_property
    def _of(self) -> dict[tuple[type[ast.AST], ...], Sequence[ast.AST]]:
        by_type: dict[type[ast.AST], list[ast.AST]] = {}
        for node in self.nodes:
            by_type.setdefault(type(node), []).append(node)
        return {(kind,): nodes for kind, nodes in by_type.items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each name that it imports stands for (:func:`import_names`), going by itself alone."""
        return import_names([self])

    @property
    def label(self) -> str:
        """How a person would call it: ``cell 3``, or the module's path."""
        return self.path if self.path is not None else f"cell {(self.cell or 0) + 1}"


def walk(tree: ast.AST) -> list[ast.AST]:
    """A node and all below it that stand somewhere, outer before inner, as :func:`ast.walk` goes."""
    found = [tree]
    for node in found:
        for name in () if type(node) in _LEAVES else node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found += [one for one in value if isinstance(one, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, _PLACELESS):
                found.append(value)
    return found


def once(find: Callable[[S], T]) -> Callable[[S], T]:
    """``find``, called once for each unit, or document: what a module says is the same for a whole run."""
    key = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def ask(of: S) -> T:
        if key not in of.__dict__:
            of.__dict__[key] = find(of)
        found: T = of.__dict__[key]
        return found

    return ask


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A code cell: its masked source, and its Unit or the reason why there is none."""

    index: int
    source: str
    masked: Masked
    unit: Unit | None
    problem: str = ""
    line: int | None = None

    @property
    def python_2(self) -> bool:
        """Whether the reason is one that only Python 2 would accept."""
        return self.problem.startswith(_PYTHON_2)


@dataclass(frozen=True)
class Program:
    """The code cells of a notebook, in order."""

    cells: tuple[CodeCell, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The cells that parse."""
        return tuple(cell.unit for cell in self.cells if cell.unit is not None)

    @cached_property
    def written_files(self) -> tuple[str, ...]:
        """The files that ``%%writefile`` cells make."""
        heads = (cell.masked.cell_magic.split() for cell in self.cells if cell.masked.foreign)
        return tuple(words[-1] for words in heads if words[0] in _WRITERS and len(words) > 1)

    @cached_property
    def escapes(self) -> tuple[tuple[int, Escape], ...]:
        """Every magic and shell line with the index of its cell."""
        return tuple((cell.index, one) for cell in self.cells for one in cell.masked.escapes)


@once
def read_program(document: Document) -> Program:
    """The program of a document's code cells."""
    sources = [(cell.index, cell.source) for cell in document.cells if cell.kind == "code"]
    avoid = "".join(source for _, source in sources if "__escape" in source)
    return Program(tuple(_read_cell(index, source, avoid) for index, source in sources))


def _read_cell(index: int, source: str, avoid: str) -> CodeCell:
    masked = mask(source, avoid)
    if masked.foreign:
        return CodeCell(index, source, masked, None)
    tree, error = parse(masked.text)
    if tree is None:
        bare = mask(source, avoid, automagic=True)
        bare_tree, _ = parse(bare.text)
        if bare_tree is not None:
            masked, tree = bare, bare_tree
    if tree is None and error is not None:
        line = (error.lineno or 1) + masked.head.count("\n")
        return CodeCell(index, source, masked, None, error.msg, line)
    head = masked.head.count("\n")
    tree = tree or ast.Module([], [])
    unit = Unit(tree, cell=index, escapes=masked.escapes, head=head, text=masked.text)
    return CodeCell(index, source, masked, unit)


def parse(text: str) -> tuple[ast.Module | None, SyntaxError | None]:
    """``(tree, None)`` or ``(None, why not)``; invalid escapes in old strings warn, which is not ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text), None
    except SyntaxError as error:
        return None, error
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes; nested too deeply
        return None, SyntaxError(str(error) or "nested too deeply")


def import_names(units: Sequence[Unit]) -> dict[str, str]:
    """What each imported name stands for, over all units: ``{"np": "numpy", "imread": "imageio.imread"}``.

    A name that is bound to two different things, or assigned to as well, is left out; unless they are
    one thing in Python 2 and in Python 3.
    """
    found: dict[str, set[str]] = {}
    for unit in units:
        for name, target in _bindings(unit):
            found.setdefault(name, set()).add(target)
    known = {name: one_target(targets) for name, targets in found.items()}
    return {name: target for name, target in known.items() if target is not None}


@once
def _bindings(unit: Unit) -> tuple[tuple[str, str], ...]:
    """The names that a unit binds, each with what it imports under it; empty for whatever else."""
    found: dict[tuple[str, str], None] = {}
    for node in unit.of(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            found |= {(a.asname or a.name.split(".")[0], _bound(a)): None for a in node.names}
        elif node.module is not None and not node.level:
            found |= {(a.asname or a.name, f"{node.module}.{a.name}"): None for a in node.names}
    return (*found, *((name, "") for name in sorted(bound_names(unit))))


@once
def bound_names(unit: Unit) -> frozenset[str]:
    """The names that a unit binds otherwise than by importing."""
    found = {one.id for one in unit.of(ast.Name) if isinstance(one.ctx, ast.Store)}
    found |= {one.arg for one in unit.of(ast.arg)}
    return frozenset(found.union(one.name for one in unit.of(ast.FunctionDef, ast.ClassDef)))


def _bound(alias: ast.alias) -> str:
    return alias.name if alias.asname else alias.name.split(".")[0]


def dotted(node: ast.AST) -> str:
    """``np.random.rand`` for the expression that says so; empty for any other."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def qualified(node: ast.AST, names: Mapping[str, str]) -> str:
    """The full name that ``node`` stands for, by the table of :func:`import_names`; else its own."""
    name = dotted(node)
    first, dot, rest = name.partition(".")
    return names.get(first, "") + dot + rest if names.get(first) else name
