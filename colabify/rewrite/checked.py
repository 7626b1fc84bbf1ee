"""The proof of an edit: read again, the code differs in the literals that were meant, and nowhere else."""

from __future__ import annotations

import ast
from itertools import zip_longest
from typing import TYPE_CHECKING

from colabify.program import parse

if TYPE_CHECKING:
    from collections.abc import Mapping


def says(tree: ast.Module, text: str, meant: Mapping[int, str]) -> bool:
    """Whether ``text`` is the program ``tree`` but for the literals ``meant``, by their ids."""
    new, _ = parse(text)
    if new is None:
        return False
    return all(
        old is not None and other is not None and _same(old, other, meant)
        for old, other in zip_longest(ast.walk(tree), ast.walk(new))
    )


def _same(old: ast.AST, new: ast.AST, meant: Mapping[int, str]) -> bool:
    if type(old) is not type(new):
        return False
    if isinstance(old, ast.Constant) and isinstance(new, ast.Constant) and id(old) in meant:
        return bool(new.value == meant[id(old)])
    return all(_alike(getattr(old, name, None), getattr(new, name, None)) for name in old._fields)


def _alike(old: object, new: object) -> bool:
    """Whether two fields are alike; nodes in them are compared by themselves."""
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_alike, old, new))
    if isinstance(old, ast.AST) or isinstance(new, ast.AST):
        return type(old) is type(new)
    return type(old) is type(new) and repr(old) == repr(new)
