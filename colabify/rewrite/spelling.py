"""How an expression spells a path: the pieces that it is put together from.

A piece is what a string literal says, or text that is fixed: a separator that ``os.path.join`` adds, or
what comes from elsewhere. What an expression is taken to say is compared with what the analysis has found
out, so that a piece is never one of another text.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.full_names import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.analysis.paths.uses import PathUse
    from colabify.unit import Unit

_SAME = frozenset({"str", "fspath", "normpath", "expanduser", "abspath", "realpath"})
_SAME_METHODS = frozenset({"as_posix", "expanduser", "resolve", "absolute"})
_PATHS = frozenset({"Path", "PurePath", "PosixPath"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a path, and the literal that begins with it (None: it is fixed)."""

    text: str
    literal: ast.Constant | None = None


Spelling = tuple[Piece, ...]
SLASH = Piece("/")
"""The separator that ``os.path.join`` adds."""


def constants_of(units: Sequence[Unit]) -> dict[str, ast.Constant]:
    """The names that are bound once in ``units``, to a string literal."""
    bound: Counter[str] = Counter()
    found = {}
    for unit in units:
        bound.update(
            one.id for one in unit.of(ast.Name) if isinstance(one.ctx, ast.Store | ast.Del)
        )
        bound.update(one.arg for one in unit.of(ast.arg))
        bound.update(one.name for one in unit.of(ast.FunctionDef, ast.ClassDef))
        for node in unit.of(ast.Assign):
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Constant(value=str()) as value
                ):
                    found[name] = value
    return {name: value for name, value in found.items() if bound[name] == 1}


def spellings(use: PathUse, names: Mapping[str, ast.Constant]) -> Iterator[Spelling]:
    """The ways in which what ``use`` says may be divided into pieces, the finest first."""
    pieces = _pieces(use.node, names) if use.node is not None else [None]
    whole = _without_gap(pieces, use)
    if whole is not None:
        yield whole
    by_literals = _joined([[Piece(str(one.value), one)] for one in use.literals])
    known = [one for one in by_literals if one is not None]
    if known and text_of(known) + use.tail == use.text:
        yield (*known, Piece(use.tail)) if use.tail else tuple(known)
    front = _front(pieces)
    if front and use.text.startswith(text_of(front)):
        yield (*front, Piece(use.text[len(text_of(front)) :]))


def folder_known(node: ast.AST | None, names: Mapping[str, ast.Constant]) -> Spelling:
    """The folder in which a path lies whose end is not known before the code runs; empty if there is none.

    ``node`` says the path, or is the call that it is an argument of.
    """
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            nodes = [*args, *(one.value for one in keywords), node]
            nodes += [func.value] if isinstance(func, ast.Attribute) else []
        case ast.expr():
            nodes = [node]
        case _:
            return ()
    for one in nodes:
        pieces = _pieces(one, names)
        folder = _to_last_slash(_front(pieces)) if None in pieces else ()
        if folder:
            return folder
    return ()


def pattern_folder(spelling: Spelling, fixed: int) -> Spelling:
    """The folder that the first ``fixed`` characters of a pattern name."""
    front: list[Piece] = []
    for piece in spelling:
        front.append(Piece(piece.text[:fixed], piece.literal))
        fixed -= len(front[-1].text)
    return _to_last_slash([one for one in front if one.text])


def text_of(pieces: Sequence[Piece]) -> str:
    """What the pieces say together."""
    return "".join(piece.text for piece in pieces)


def _front(pieces: Sequence[Piece | None]) -> list[Piece]:
    """The pieces before the first that is not known."""
    known = []
    for piece in pieces:
        if piece is None:
            break
        known.append(piece)
    return known


def _to_last_slash(pieces: Sequence[Piece]) -> Spelling:
    """The folder that the pieces end in, with the slash behind it."""
    text = text_of(pieces)
    end = max(text.rfind("/"), text.rfind("\\")) + 1
    found = []
    for piece in pieces:
        if end > 0:
            found.append(Piece(piece.text[:end], piece.literal))
            end -= len(piece.text)
    return tuple(found)


def _without_gap(pieces: Sequence[Piece | None], use: PathUse) -> Spelling | None:
    """The pieces, with the one that is not known taken from what is known to be said."""
    if pieces.count(None) > 1 or pieces == [None]:
        return None
    if None not in pieces:
        known = _front(pieces)
        return tuple(known) if text_of(known) == use.text else None
    if pieces[:2] == [None, SLASH] and text_of(_front(pieces[2:])) == use.text:
        return tuple(
            _front(pieces[2:])
        )  # what is joined to the own folder may be rewritten by itself
    front = _front(pieces)
    back = [one for one in pieces[len(front) + 1 :] if one is not None]
    start, end = len(text_of(front)), len(use.text) - len(text_of(back))
    if start > end or text_of(front) != use.text[:start] or text_of(back) != use.text[end:]:
        return None
    own = {id(one.literal) for one in (*front, *back)}
    others = _joined([[Piece(str(one.value), one)] for one in use.literals if id(one) not in own])
    gap = [one for one in others if one is not None]
    if text_of(gap) != use.text[start:end]:
        gap = [Piece(use.text[start:end])]
    return (*front, *gap, *back)


def _pieces(node: ast.AST, names: Mapping[str, ast.Constant]) -> list[Piece | None]:
    """What an expression says, in order; None is what is not known."""
    match node:
        case ast.Constant(value=str(text)):
            return [Piece(text, node)]
        case ast.Name(id=name) if name in names:
            return [Piece(str(names[name].value), names[name])]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_pieces(left, names), *_pieces(right, names)]
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _joined([_pieces(left, names), _pieces(right, names)])
        case ast.BinOp(left=ast.Constant(value=str(text)) as left, op=ast.Mod()):
            return [Piece(text.partition("%")[0], left), None]
        case ast.JoinedStr(values=values):
            return [piece for value in values for piece in _pieces(value, names)]
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            return _pieces(inner, names)
        case ast.Call():
            return _pieces_of_call(node, names)
        case _:
            return [None]


def _pieces_of_call(node: ast.Call, names: Mapping[str, ast.Constant]) -> list[Piece | None]:
    function, arguments = node.func, node.args
    last = function.attr if isinstance(function, ast.Attribute) else dotted(function)
    receiver = function.value if isinstance(function, ast.Attribute) else None
    if last == "format" and isinstance(receiver, ast.Constant) and isinstance(receiver.value, str):
        return [Piece(receiver.value.partition("{")[0].partition("}")[0], receiver), None]
    if last == "joinpath" and receiver is not None:
        arguments = [receiver, *arguments]
    elif last in _SAME_METHODS and not arguments and receiver is not None:
        return _pieces(receiver, names)
    elif last in _SAME and len(arguments) == 1:
        return _pieces(arguments[0], names)
    elif last not in _PATHS and (last != "join" or len(arguments) < 2):
        return [None]
    if len(arguments) > 1 and isinstance(arguments[0], ast.Call) and not arguments[0].args:
        arguments = arguments[1:]  # os.getcwd(): what is joined to it may be rewritten by itself
    return _joined([_pieces(one, names) for one in arguments]) or [None]


def _joined(parts: Sequence[list[Piece | None]]) -> list[Piece | None]:
    found: list[Piece | None] = []
    for part in parts:
        first = part[0] if part else None
        if first is not None and first.text.startswith("/"):
            found = []
        last = found[-1] if found else None
        if found and not (last is not None and last.text.endswith("/")):
            found.append(SLASH)
        found += part
    return found
