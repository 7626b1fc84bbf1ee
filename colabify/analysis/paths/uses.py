"""Which paths a notebook and its modules use, where, and for what."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.paths.escapes import in_cell, in_escapes
from colabify.analysis.paths.functions import Found, at_call, followed
from colabify.analysis.paths.looks import is_url, looks_like_file, looks_like_path, may_be_path
from colabify.analysis.paths.sinks import Use, sinks
from colabify.analysis.resolve import is_absolute, join
from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from colabify.analysis.constants import Constants, Value
    from colabify.analysis.paths.functions import Template
    from colabify.escapes import Escape
    from colabify.program import CodeCell
    from colabify.unit import Unit

_JOINERS = frozenset({"join", "joinpath", "Path", "PurePath", "format", "abspath", "realpath",
                      "resolve", "absolute", "normpath", "with_suffix", "with_name"})  # fmt: skip
_OPERATORS = (ast.Add, ast.Div, ast.Mod)


@dataclass(frozen=True, slots=True)
class PathUse:
    """A path that the code uses; ``text`` is empty where it is not known before the code runs.

    ``use`` is "mention" for a literal that only looks like a path, for what is only asked about, and for
    one of several that may be read. A pattern has use "list" and a wildcard in its text. ``line`` counts
    from 1 in the Python of its cell or module, ``node`` is what says it there. ``literals`` and ``tail``
    are those of a
    :class:`~colabify.analysis.constants.Value`. ``escape`` is the magic or shell line that says it.
    ``folder`` is the folder, below the repository's root, that a relative path starts from: where the code
    stands by then, or the module's own; None where that is not known. ``origin`` is the call that asked
    for that folder earlier (``os.getcwd()``); ``moved`` are the folders that the same shell line went to.
    """

    text: str
    use: Use
    unit: Unit
    line: int
    node: ast.AST | None = None
    literals: tuple[ast.Constant, ...] = ()
    tail: str = ""
    of_module: bool = False
    escape: Escape | None = None
    folder: str | None = None
    origin: ast.AST | None = None
    moved: tuple[str, ...] = ()

    @property
    def path(self) -> str | None:
        """Where a relative path leads, below the root; None if it is unknown, absolute or leaves it."""
        text = self.text.replace("\\", "/")
        if not text or self.folder is None or is_absolute(text):
            return None
        return join(self.folder, text)

    @property
    def line_there(self) -> int:
        """The line in the whole cell, what stands above its Python included; or in the module."""
        return self.unit.head + self.line

    @property
    def makes(self) -> bool:
        """Whether the file or folder is made, so that it need not be there."""
        return self.use in ("write", "folder")


class PathFinder:
    """Finds the paths of units that share their names: a notebook's cells, or one module."""

    def __init__(
        self, units: Sequence[Unit], constants: Constants, cells: Sequence[CodeCell] = ()
    ) -> None:
        """``cells`` are the notebook's: those of another language say paths too."""
        self._units = units
        self._constants = constants
        self._calls = [(unit, one) for unit in units for one in unit.of(ast.Call)]
        found = [
            Found(value, sink.use, unit, sink.node, sink.sign)
            for unit, call in self._calls
            for sink in sinks(call, constants)
            for value in constants.values(sink.node)
        ]
        self._found, self.templates = followed(found, units, constants)
        self._escapes = [
            PathUse(said.text, said.use, unit, line, node, escape=escape, moved=said.moved)
            for unit in units
            for said, line, node, escape in in_escapes(unit, constants)
        ]
        self._escapes += [
            PathUse(said.text, said.use, unit, line, moved=said.moved)
            for cell in cells
            for unit, said, line in in_cell(cell)
        ]

    def uses(self, exports: Callable[[str], Sequence[Template]] = lambda _: ()) -> list[PathUse]:
        """Every path that is used, in order; ``exports`` is what local modules' functions use of theirs.

        It is asked by the full name of a function.
        """
        more: list[Found] = []
        for unit, call in self._calls:
            name = qualified(call.func, self._constants.imports)
            for template in exports(name) if name else ():
                more += at_call(template, call, unit, self._constants)
        more, _ = followed(more, self._units, self._constants)
        return self._sorted([*self._found, *more]) if more else list(self._own)

    @cached_property
    def _own(self) -> list[PathUse]:
        return self._sorted(self._found)

    def _sorted(self, found: Sequence[Found]) -> list[PathUse]:
        """What is found, and what is mentioned besides, in order."""
        made = [use for one in found if (use := _use_of(one)) is not None]
        seen = {id(literal) for use in made for literal in use.literals}
        seen |= {id(one.node) for one in found}
        mentions = [use for unit in self._units for use in self._mentions(unit, seen)]
        orders = {id(unit): at for at, unit in enumerate(self._units)}
        every = dict.fromkeys([*made, *self._escapes, *mentions])

        def order(use: PathUse) -> tuple[int, int]:
            at = use.unit.cell if use.unit.cell is not None else orders.get(id(use.unit), 0)
            return at, use.line

        return sorted(every, key=order)

    def _mentions(self, unit: Unit, seen: set[int]) -> Iterator[PathUse]:
        """What looks like a path, and nothing is known to be done with it."""
        no_paths = _docstrings(unit) | _fragments(unit)
        for node in unit.of(ast.BinOp, ast.Call):
            if isinstance(node, ast.BinOp):
                composes = isinstance(node.op, _OPERATORS)
            else:
                composes = getattr(node.func, "attr", getattr(node.func, "id", "")) in _JOINERS
            for value in self._constants.values(node) if composes else ():
                ids = {id(one) for one in value.literals} if value is not None else set()
                if value is None or value.holes or ids & seen or not looks_like_path(value.text):
                    continue
                seen |= ids
                yield _use(value, "mention", unit, node)
        for one in unit.of(ast.Constant):
            text = one.value
            if id(one) in seen or id(one) in no_paths or not isinstance(text, str):
                continue
            if looks_like_path(text) or looks_like_file(text):
                yield PathUse(text, "mention", unit, one.lineno, one, (one,))


def _use_of(found: Found) -> PathUse | None:
    value, use = found.value, found.use
    if value is None:
        line = getattr(found.node, "lineno", 1)
        return None if found.sign else PathUse("", use, found.unit, line, found.node)
    if value.number is not None or not may_be_path(value.text) or found.sign not in value.text:
        return None
    if "*" in value.text:
        return _use(value, "list", found.unit, found.node) if set(value.text) != {"*"} else None
    unsure = not value.sure and use in ("read", "list")
    return _use(value, "mention" if unsure else use, found.unit, found.node)


def _use(value: Value, use: Use, unit: Unit, node: ast.AST) -> PathUse:
    line = getattr(node, "lineno", 1)
    return PathUse(
        value.text, use, unit, line, node, value.literals, value.tail, value.of_module,
        origin=value.origin,
    )  # fmt: skip


def _docstrings(unit: Unit) -> set[int]:
    """The strings that are statements of their own."""
    return {id(node.value) for node in unit.of(ast.Expr) if isinstance(node.value, ast.Constant)}


def _fragments(unit: Unit) -> set[int]:
    """The strings that only continue others: what is added, or joined behind the first."""
    found: set[int] = set()
    for node in unit.of(ast.BinOp, ast.JoinedStr, ast.Call):
        match node:
            case ast.BinOp(op=ast.Add(), right=right):
                found.add(id(right))
            case ast.JoinedStr(values=[_, *rest]):
                found.update(map(id, rest))
            case ast.Call(func=ast.Attribute(value=ast.Attribute(), attr="join"), args=[_, *rest]):
                found.update(map(id, rest))
    return found


def is_said_only(use: PathUse) -> bool:
    """Whether a mention is a name without a folder: it counts only if there is such a file."""
    return use.use == "mention" and not looks_like_path(use.text) and not is_url(use.text)
