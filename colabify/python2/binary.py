"""What Python 2 wrote and read as bytes: pickles, which Python 3 reads as Latin-1 text, in binary files."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import dotted
from colabify.rewrite.literals import Offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.rewrite.literals import Edit

_MODULES = frozenset({"pickle", "cPickle", "_pickle", "six.moves.cPickle", "six.moves.pickle"})
_FUNCTIONS = ("load", "loads", "dump", "dumps")
_READERS = frozenset({"ZipFile", "GzipFile", "BZ2File"})
_IMAGES = frozenset({"Image.open", "PIL.Image.open", "plt.imread", "np.load", "numpy.load"})
_MODES = {"r": "rb", "w": "wb", "a": "ab", "": "rb"}


def pickle_names(trees: Sequence[ast.Module]) -> dict[str, str]:
    """What code calls the functions of ``pickle``: ``{"pickle.load": "load"}``."""
    found: dict[str, str] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.Import(names=names):
                aliases = [one.asname or one.name for one in names if one.name in _MODULES]
                found |= {f"{one}.{name}": name for one in aliases for name in _FUNCTIONS}
            case ast.ImportFrom(module=module, names=names):
                for one in names:
                    if module in _MODULES and one.name in _FUNCTIONS:
                        found[one.asname or one.name] = one.name
                    elif f"{module}.{one.name}" in _MODULES:
                        found |= {f"{one.asname or one.name}.{name}": name for name in _FUNCTIONS}
    return found


def mend_pickles(tree: ast.Module, text: str, names: dict[str, str]) -> list[Edit]:
    """The edits that let Python 3 read and write pickles; ``names`` are those of :func:`pickle_names`."""
    if not names:
        return []
    offsets = Offsets(text)
    edits: list[Edit] = []
    for node in ast.walk(tree):
        called = names.get(dotted(node.func), "") if isinstance(node, ast.Call) else ""
        if called in ("load", "loads") and isinstance(node, ast.Call):
            edits += _encoding(node, text, offsets)
    for call in _files(tree, names):
        edits += _binary(call, offsets)
    return list(dict.fromkeys(edits))


def _encoding(call: ast.Call, text: str, offsets: Offsets) -> Iterator[Edit]:
    """``encoding="latin1"``, behind the only argument."""
    span = offsets.span(call.args[0]) if len(call.args) == 1 and not call.keywords else None
    whole = offsets.span(call)
    if span is None or whole is None or isinstance(call.args[0], ast.Starred):
        return
    rest = text[span[1] : whole[1] - 1]
    if not rest.strip(" \t\r\n)"):  # no comment, no comma
        at = span[1] + len(rest.rstrip(" \t\r\n"))
        yield at, at, ', encoding="latin1"'


def mend_buffers(tree: ast.Module, text: str) -> list[Edit]:
    """``io.StringIO(x)`` becomes ``io.BytesIO(x)`` where bytes are meant: an answer's content, an archive."""
    offsets = Offsets(text)
    edits: list[Edit] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        inside = dotted(node.func).rpartition(".")[2] in _READERS or dotted(node.func) in _IMAGES
        buffers = [one for one in node.args if inside and _is_buffer(one)]
        if _is_buffer(node) and len(node.args) == 1 and _gives_bytes(node.args[0]):
            buffers.append(node)
        for one in buffers:
            span = offsets.span(one.func)  # type: ignore[attr-defined]
            if span is not None:
                edits.append((span[1] - len("StringIO"), span[1], "BytesIO"))
    return list(dict.fromkeys(edits))


def _is_buffer(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func) == "io.StringIO"


def _gives_bytes(node: ast.expr) -> bool:
    """Whether an expression is what came over the net: ``answer.content``, ``urlopen(x).read()``."""
    match node:
        case ast.Attribute(attr="content"):
            return True
        case ast.Call(func=ast.Attribute(value=value, attr="read")):
            return isinstance(value, ast.Call) and dotted(value.func).endswith("urlopen")
        case _:
            return False


def _files(tree: ast.Module, names: dict[str, str]) -> Iterator[ast.Call]:
    """The calls of ``open`` whose file is used for nothing but pickles."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in names:
            yield from (one for one in node.args if isinstance(one, ast.Call) and _is_open(one))
        if isinstance(node, ast.Module | ast.FunctionDef):
            yield from _named_files(node, names)


def _named_files(scope: ast.AST, names: dict[str, str]) -> Iterator[ast.Call]:
    """The calls of ``open`` in a scope that are given a name which stands for nothing else."""
    opened: dict[str, list[ast.Call]] = {}
    picked: set[int] = set()
    closed: set[int] = set()
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                opened.setdefault(name, []).append(call)
            case ast.withitem(context_expr=ast.Call() as call, optional_vars=ast.Name(id=name)):
                opened.setdefault(name, []).append(call)
            case ast.Call(args=args) if dotted(node.func) in names:
                picked |= {id(one) for one in args}
            case ast.Attribute(value=ast.Name() as file, attr="close"):
                closed.add(id(file))
    read = [one for one in ast.walk(scope) if isinstance(one, ast.Name)]
    read = [one for one in read if isinstance(one.ctx, ast.Load)]
    used = {one.id for one in read if id(one) in picked}
    spoilt = {one.id for one in read if id(one) not in picked | closed}
    for name in (opened.keys() & used) - spoilt:
        if all(_is_open(one) for one in opened[name]):
            yield from opened[name]


def _is_open(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func) in ("open", "io.open")


def _binary(call: ast.Call, offsets: Offsets) -> Iterator[Edit]:
    """The mode with a ``b``."""
    if call.keywords or not call.args:
        return
    if len(call.args) == 1:
        span = offsets.span(call)
        if span is not None:
            yield span[1] - 1, span[1] - 1, ', "rb"'
        return
    mode = call.args[1]
    if isinstance(mode, ast.Constant) and mode.value in _MODES and len(call.args) == 2:
        span = offsets.span(mode)
        if span is not None and mode.value:
            yield span[1] - 1, span[1] - 1, "b"
