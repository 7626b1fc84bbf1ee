"""Where the code stands: ``os.chdir``, ``%cd`` and the like, followed through the cells in order."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from colabify.analysis.constants import Constants
    from colabify.analysis.paths.moves import Move
    from colabify.analysis.paths.scopes import Statement
    from colabify.unit import Unit

    Resolve = Callable[[str | None, str], str | None]
    """Where a path leads from a folder; None if that is not known."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEEP = 3


class State(NamedTuple):
    """The folder where the code stands, the one before, and those that ``%pushd`` has put aside."""

    folder: str | None
    last: str | None = None
    stack: tuple[str | None, ...] = ()

    def gone(self, folder: str | None) -> State:
        """The state after a move to ``folder``."""
        return State(folder, self.folder, self.stack)


_LOST = State(None)


class Walk:
    """One run of the cells from top to bottom; it says where the code stands at each statement."""

    def __init__(
        self,
        units: Sequence[Unit],
        constants: Constants,
        moves: dict[int, Move],
        start: str | None,
        resolve: Resolve,
    ) -> None:
        """Run ``units`` from the folder ``start``."""
        self._constants = constants
        self.moves = moves
        self._resolve = resolve
        self._before: dict[int, str | None] = {}
        self._segments: list[str | None] = [start]
        self._reached: dict[int, int] = {}
        self._cells: list[tuple[int, str | None]] = []
        self._movers = _movers(units, moves)
        self._deep = 0
        self.end = State(start)
        for unit in units if moves else ():
            self._cells.append((unit.cell or 0, self.end.folder))
            self.end = self._body(unit.tree.body, self.end)

    @property
    def visited(self) -> list[str]:
        """The folders where the code stands at some time, as far as they are known."""
        return list(dict.fromkeys(one for one in self._segments if one is not None))

    def folder_at(self, node: ast.AST) -> str | None:
        """Where the code stands when ``node`` is run; in a function, whenever it may be called."""
        if not self.moves:
            return self._segments[0]
        statement = self._constants.names.statement_of(node)
        if statement is None:
            return self._segments[0]
        if id(statement.node) in self._before:
            return self._before[id(statement.node)]
        return self.folder_from(_definition(statement))

    def folder_from(self, statement: ast.AST | None) -> str | None:
        """Where the code stands at all times from a statement on; None if it moves."""
        folders = set(self._segments[self._reached.get(id(statement), 0) :])
        return folders.pop() if len(folders) == 1 else None

    def folder_in_cell(self, index: int) -> str | None:
        """Where the code stands when the cell of that index begins, which may be in another language."""
        after = (folder for cell, folder in self._cells if cell >= index)
        return next(after, self.end.folder)

    def _body(self, body: Iterable[ast.stmt], state: State) -> State:
        for statement in body:
            state = self._statement(statement, state)
        return state

    def _statement(self, node: ast.stmt, state: State) -> State:
        known = self._before.get(id(node), state.folder)
        self._before[id(node)] = state.folder if known == state.folder else None
        self._reached.setdefault(id(node), len(self._segments) - 1)
        if isinstance(node, _FUNCTIONS):
            return state
        state, first = self._expressions(node, state), state
        match node:
            case ast.If(body=body, orelse=other):
                state = _either(self._body(body, state), self._body(other, state))
            case ast.For() | ast.AsyncFor() | ast.While():
                after = self._body(node.body, state)
                if after.folder != state.folder:
                    after = self._body(node.body, _LOST)
                state = self._body(node.orelse, _either(after, state))
            case ast.With(body=body) | ast.AsyncWith(body=body):
                inside = self._body(body, state)
                state = first if state != first else inside
            case ast.ClassDef(body=body):
                state = self._body(body, state)
            case ast.Match(cases=cases):
                for case in cases:
                    state = _either(self._body(case.body, state), state)
            case _ if hasattr(node, "handlers"):
                state = self._try(node, state)
        self._note(state)
        return state

    def _try(self, node: ast.stmt, state: State) -> State:
        after = self._body(getattr(node, "body", []), state)
        after = self._body(getattr(node, "orelse", []), after)
        for handler in getattr(node, "handlers", []):
            after = _either(self._body(handler.body, _either(after, state)), after)
        return self._body(getattr(node, "finalbody", []), after)

    def _expressions(self, node: ast.stmt, state: State) -> State:
        """The state after what stands in a statement, other than other statements."""
        inside = [
            one
            for child in ast.iter_child_nodes(node)
            if not isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case)
            for one in ast.walk(child)
        ]
        for one in inside:
            move = self.moves.get(id(one))
            if move is not None:
                state = self._moved(move, state)
            elif isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
                function = self._movers.get(one.func.id)
                if function is not None:
                    state = self._called(function, state)
        self._note(state)
        return state

    def _called(self, function: ast.stmt, state: State) -> State:
        if self._deep >= _DEEP:
            return _LOST
        self._deep += 1
        state = self._body(getattr(function, "body", []), state)
        self._deep -= 1
        return state

    def _moved(self, move: Move, state: State) -> State:
        if move.kind == "pop":
            return State(state.stack[-1], state.folder, state.stack[:-1]) if state.stack else _LOST
        if move.text == "-":
            return state.gone(state.last)
        base = state.folder if move.origin is None else self.folder_at(move.origin)
        gone = state.gone(None if move.text is None else self._resolve(base, move.text))
        return gone._replace(stack=(*state.stack, state.folder)) if move.kind == "push" else gone

    def _note(self, state: State) -> None:
        if state.folder != self._segments[-1]:
            self._segments.append(state.folder)


def _either(one: State, other: State) -> State:
    return one if one == other else State(one.folder if one.folder == other.folder else None)


def _movers(units: Iterable[Unit], moves: dict[int, Move]) -> dict[str, ast.stmt]:
    """The functions that move, by name."""
    if not moves:
        return {}
    return {
        node.name: node
        for unit in units
        for node in unit.of(ast.FunctionDef, ast.AsyncFunctionDef)
        if any(id(inner) in moves for inner in ast.walk(node))
    }


def _definition(statement: Statement) -> ast.AST:
    """The outermost function or class that a statement stands in."""
    scope = statement.block.scope
    while scope.outer is not None and scope.outer.outer is not None:
        scope = scope.outer
    return scope.node
