"""Calls that do something with a path: which of their arguments it is, and what they do with it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Literal, NamedTuple

from colabify.analysis.callables import (
    arguments,
    methods,
    names_or_paths,
    path_methods,
)
from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.analysis.callables import Argument, Effect
    from colabify.analysis.constants import Constants

Use = Literal["read", "write", "folder", "list", "mention"]
_WRITE_MODES = frozenset("wax")
_STREAMS = frozenset({"StringIO", "BytesIO", "open", "urlopen", "get", "decode", "read", "stdin"})
"""Last names of calls and attributes that give something to read from, and no path."""


class Sink(NamedTuple):
    """An argument that a call uses as a path; ``sign`` is what is in it if it is one."""

    node: ast.expr
    use: Use
    sign: str = ""


def sinks(node: ast.Call, constants: Constants) -> Iterator[Sink]:
    """The arguments of a call that are paths."""
    name = qualified(node.func, constants.imports)
    found = _arguments_of(name, constants)
    if found is None and isinstance(node.func, ast.Attribute):
        found = methods().get(node.func.attr)
    if found is None:
        yield from _run_by(node)
        yield from _of_path(node, constants)
        return
    for argument in found:
        said = _argument(node, argument)
        for one in _each(said) if said is not None else ():
            if not _is_no_path(one):
                yield Sink(one, _use(argument.effect, node, 1), names_or_paths().get(name, ""))


def _arguments_of(name: str, constants: Constants) -> tuple[Argument, ...] | None:
    table = arguments()
    if name in table:
        return table[name]
    module, _, last = name.rpartition(".")
    if module.endswith(".numpy"):  # autograd's, jax's
        return table.get(f"numpy.{last}")
    return next(
        (table[full] for one in constants.stars if (full := f"{one}.{name}") in table), None
    )


def _argument(node: ast.Call, argument: Argument) -> ast.expr | None:
    at = argument.position
    if at is not None and at < len(node.args):
        return (
            None
            if any(isinstance(one, ast.Starred) for one in node.args[: at + 1])
            else node.args[at]
        )
    return next((word.value for word in node.keywords if word.arg in argument.keywords), None)


def _each(node: ast.expr) -> list[ast.expr]:
    """The paths in a list or a dictionary of them; of anything else, itself."""
    if isinstance(node, ast.Dict):
        return [one for value in node.values for one in _each(value)]
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        return list(node.elts)
    return [node]


def _is_no_path(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return not isinstance(value, str)
        case ast.Call(func=func):
            return getattr(func, "attr", getattr(func, "id", "")) in _STREAMS
        case ast.Attribute(attr=attribute):
            return attribute in ("stdin", "content")
        case ast.Lambda() | ast.Dict() | ast.Set() | ast.Compare():
            return True
    return False


def _run_by(node: ast.Call) -> Iterator[Sink]:
    """What ``get_ipython().run_line_magic("run", "x.py")`` runs, as nbconvert writes ``%run x.py``."""
    match node:
        case ast.Call(
            func=ast.Attribute(attr="run_line_magic"),
            args=[ast.Constant(value="run"), ast.Constant(value=str(text)) as said],
        ) if "." in text and not set(text) & set(" -$"):
            yield Sink(said, "read")


def _of_path(node: ast.Call, constants: Constants) -> Iterator[Sink]:
    """The path that ``Path("a").read_text()`` reads: the object is a path if its text is known."""
    func = node.func
    if not isinstance(func, ast.Attribute) or func.attr not in path_methods():
        return
    path = func.value
    if isinstance(path, ast.Constant | ast.JoinedStr):
        return
    if any(value is not None and value.number is None for value in constants.values(path)):
        searches = func.attr in ("glob", "rglob") and node.args
        yield Sink(node if searches else path, _use(path_methods()[func.attr], node, 0))


def _use(effect: Effect, node: ast.Call, mode_at: int) -> Use:
    if effect == "open":
        return _mode(node, mode_at)
    if effect == "map":
        return _mapped(node)
    return "mention" if effect == "ask" or effect == "create" else effect


def _mode(node: ast.Call, at: int) -> Use:
    modes = [
        *node.args[at : at + 1],
        *(word.value for word in node.keywords if word.arg == "mode"),
    ]
    for mode in modes:
        if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
            return "write" if _WRITE_MODES & set(mode.value.partition(":")[0]) else "read"
        return "mention"
    return "read"


def _mapped(node: ast.Call) -> Use:
    """What ``memmap(filename, dtype, mode)`` does: the mode ``w+``, or ``write``, makes the file."""
    modes = [*node.args[2:3], *(word.value for word in node.keywords if word.arg == "mode")]
    if not modes:
        return "read"
    match modes[0]:
        case ast.Constant(value=str(mode)):
            return "write" if mode.startswith("w") else "read"
    return "mention"
