"""Python 2 to Python 3: the cells of a notebook together, or one module."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.full_names import import_names
from colabify.program import parse
from colabify.python2 import tool
from colabify.python2.binary import mend_buffers, mend_pickles, pickle_names
from colabify.python2.division import divide
from colabify.python2.numbers import Numbers
from colabify.python2.tree import bound_names, guarded_names
from colabify.rewrite.source import applied
from colabify.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Converted:
    """A cell or module in Python 3; ``text`` is the old one if nothing is to change.

    ``fails``: Python 3 would surely have failed on the old one. ``left`` are the lines of the divisions that
    only a person can judge, ``said`` is what could not be converted. ``problem``: why it is left alone.
    """

    text: str
    fails: bool = False
    left: tuple[int, ...] = ()
    said: tuple[str, ...] = ()
    problem: str = ""


def to_python_3(texts: Sequence[str], siblings: frozenset[str] = frozenset()) -> list[Converted]:
    """Python 2 code in Python 3. ``texts`` run one after the other, and share their names.

    ``siblings`` are the modules in the same package as the module of which ``texts`` is the only text.
    What is Python 3 already keeps every byte; so does what cannot be read, or would not parse afterwards.
    """
    converted = _in_python_3(texts, siblings)
    trees = [_parsed(one) for one in converted]
    known = [tree for tree in trees if tree is not None]
    numbers = Numbers(known, import_names([Unit(tree) for tree in known]))
    pickles = pickle_names(known)
    done, true_division = [], False
    for one, tree in zip(converted, trees, strict=True):
        if tree is None:
            done.append(one)
            continue
        true_division = true_division or _future("division", tree)
        edits = [*mend_pickles(tree, one.text, pickles), *mend_buffers(tree, one.text)]
        left: tuple[int, ...] = ()
        if not true_division:
            divisions = divide(tree, one.text, numbers)
            edits += divisions.edits
            left = divisions.left
        text = applied(one.text, edits)
        if parse(text)[0] is None:
            text = one.text
        done.append(replace(one, text=text, left=left))
    return done


def _in_python_3(texts: Sequence[str], siblings: frozenset[str]) -> list[Converted]:
    """What fissix makes of the texts."""
    trees, function = [], False
    for text in texts:
        function = function or ("print_function" in text and _imports_print(text))
        tree = tool.parse(text, print_function=function)
        trees.append(tree or tool.parse(text, print_function=not function))
    names = tool.Names()
    for tree in trees:
        if tree is not None:
            names.bound |= bound_names(tree, tool.CANDIDATES)
            names.guarded |= guarded_names(tree)
            names.modules |= tool.imported_modules(tree)
    done = []
    for text, tree in zip(texts, trees, strict=True):
        if tree is None:
            done.append(Converted(text, problem="it is neither Python 2 nor Python 3"))
            continue
        try:
            fails, said = tool.fix(tree, names, siblings)
        except Exception as error:  # a fixer of fissix that does not expect such code
            done.append(Converted(text, problem=f"fissix fails on it: {error}"))
            continue
        new = str(tree).removesuffix("\n")
        problem = parse(new)[1]
        if problem is None:
            done.append(Converted(new, fails, said=tuple(said)))
        else:
            done.append(Converted(text, problem=f"what became of it does not parse: {problem.msg}"))
    return done


def _parsed(one: Converted) -> ast.Module | None:
    return None if one.problem else parse(one.text)[0]


def _imports_print(text: str) -> bool:
    tree = tool.parse(text, print_function=True)
    return tree is not None and "print_function" in tool.future_features(tree)


def _future(feature: str, tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(one.name == feature for one in node.names)
        for node in tree.body
    )
