"""Calls that say a path: of ``os.path`` and ``pathlib``, of strings; and the items of lists and the like."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.paths.items import EachOf
from colabify.analysis.paths.texts import formatted, of_method
from colabify.analysis.paths.value import (
    MOST,
    UNKNOWN,
    Value,
    Values,
    added,
    anchored,
    combined,
    parent,
    path_of,
)
from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.constants import Constants

_SAME = {"os.path.normpath", "str", "os.fspath", "os.path.expanduser", "os.path.expandvars"}
_ANCHORED = {"os.path.abspath", "os.path.realpath"}
_SAME_METHODS = {"as_posix", "expanduser", "__str__"}
_ANCHORED_METHODS = {"resolve", "absolute"}
_PATHS = {"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "Path", "pathlib.PurePosixPath"}
WORKING_FOLDER = {"os.getcwd", "os.getcwdu", "pathlib.Path.cwd", "Path.cwd"}
"""Functions that say where the code stands."""
_HOME = {"pathlib.Path.home", "Path.home"}
_PATTERNS = {"glob.glob", "glob.iglob"}
_SETTINGS = {"os.environ.get", "os.getenv"}
_TEXT_METHODS = {"with_suffix", "with_name", "with_stem", "replace", "rstrip", "lstrip", "strip",
                 "lower", "upper", "removesuffix", "removeprefix"}  # fmt: skip


def call_values(node: ast.Call, constants: Constants) -> Values:
    """All that a call may say."""
    name = qualified(node.func, constants.imports)
    if name in ("os.path.join", *_PATHS) and node.args:
        return _join(node.args, constants)
    if name in WORKING_FOLDER or (name in _PATHS and not node.args):
        origin = node if name in WORKING_FOLDER else None
        return (Value(".", anchored=origin is not None, origin=origin),)
    if name in _HOME:
        return (Value("~"),)
    if name in _PATTERNS or name == "os.listdir":
        return _wild(name, node, constants)
    if name in _SETTINGS and len(node.args) == 2:
        default = constants.values(node.args[1])
        return tuple(one and replace(one, sure=False) for one in default)
    if len(node.args) == 1 and not node.keywords:
        found = _of_one(name, node, constants)
        if found is not None:
            return found
    return _method(node, constants) if isinstance(node.func, ast.Attribute) else UNKNOWN


def _of_one(name: str, node: ast.Call, constants: Constants) -> Values | None:
    """What a function of one path gives."""
    values = constants.values(node.args[0]) if name in _ONE else UNKNOWN
    if name in _SAME:
        return values
    if name in _ANCHORED:
        return combined([values], lambda one: anchored(one[0], node))
    if name == "os.path.dirname":
        return combined([values], lambda one: parent(one[0]))
    if name == "os.path.basename":
        return combined([values], lambda one: Value(one[0].text.rpartition("/")[2]))
    return None


_ONE = _SAME | _ANCHORED | {"os.path.dirname", "os.path.basename"}


def _join(nodes: Sequence[ast.expr], constants: Constants) -> Values:
    parts: list[ast.AST] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            items = EachOf(constants).items(node.value)
            if items is None or not all(isinstance(item, ast.AST) for item in items):
                return UNKNOWN
            parts += [item for item in items if isinstance(item, ast.AST)]
        else:
            parts.append(node)
    several = [constants.values(part) for part in parts]
    return combined(several, path_of) if several else UNKNOWN


def _wild(name: str, node: ast.Call, constants: Constants) -> Values:
    """What ``glob.glob`` and ``os.listdir`` find: the pattern stands for it."""
    if name == "os.listdir":
        return (Value("*"),)
    return constants.values(node.args[0]) if node.args else UNKNOWN


def _method(node: ast.Call, constants: Constants) -> Values:
    func = node.func
    if not isinstance(func, ast.Attribute):
        return UNKNOWN
    if func.attr == "joinpath":
        return _join([func.value, *node.args], constants)
    if func.attr == "format":
        return _format(func.value, node, constants)
    if func.attr == "join" and len(node.args) == 1:
        return _text_join(func.value, node.args[0], constants)
    if func.attr in ("glob", "rglob") and len(node.args) == 1:
        deep = [(Value("**"),)] if func.attr == "rglob" else []
        several = [constants.values(func.value), *deep, constants.values(node.args[0])]
        return combined(several, path_of)
    if func.attr == "iterdir" and not node.args:
        return combined([constants.values(func.value), (Value("*"),)], path_of)
    if not node.args and func.attr in _SAME_METHODS:
        return constants.values(func.value)
    if not node.args and func.attr in _ANCHORED_METHODS:
        return combined([constants.values(func.value)], lambda one: anchored(one[0], node))
    if func.attr in _TEXT_METHODS:
        several = [constants.values(one) for one in (func.value, *node.args)]
        return combined(several, lambda found: of_method(found[0], func.attr, found[1:]))
    return UNKNOWN


def _format(template: ast.expr, node: ast.Call, constants: Constants) -> Values:
    names = [word.arg for word in node.keywords if word.arg is not None]
    if len(names) < len(node.keywords) or any(isinstance(one, ast.Starred) for one in node.args):
        return UNKNOWN
    count = len(node.args)
    several = [constants.values(one) for one in (template, *node.args)]
    several += [constants.values(word.value) for word in node.keywords]

    def make(found: Sequence[Value]) -> Value | None:
        named = dict(zip(names, found[count + 1 :], strict=True))
        return formatted(found[0].text, found[1 : count + 1], named)

    return combined(several, make)


def _text_join(sign: ast.expr, listed: ast.expr, constants: Constants) -> Values:
    """``"/".join([...])`` joins; with another sign it adds."""
    items = EachOf(constants).items(listed)
    separator = constants.value(sign)
    if not items or separator is None or len(items) > MOST:
        return UNKNOWN
    several = [constants.values(one) if isinstance(one, ast.AST) else UNKNOWN for one in items]
    if separator.text == "/":
        return combined(several, path_of)

    def make(found: Sequence[Value]) -> Value | None:
        texts = [part for one in found for part in (Value(separator.text), one)]
        return added(texts[1:])

    return combined(several, make)
