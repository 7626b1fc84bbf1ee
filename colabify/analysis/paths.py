"""Which paths a notebook and its modules use, where, and for what."""

from __future__ import annotations

import ast
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.analysis.callables import (
    DOWNLOADS,
    EFFECTS,
    KEYWORDS,
    METHODS,
    NAME_OR_PATH,
    POSITIONS,
    Effect,
)
from colabify.program import qualified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.analysis.constants import Constants, Value
    from colabify.escapes import Escape
    from colabify.program import Unit

Use = Literal["read", "write", "list", "mention"]
_WRITE_MODES = frozenset("wax")
_SHELL_READS = frozenset(
    [
        "cat",
        "head",
        "tail",
        "more",
        "less",
        "unzip",
        "tar",
        "python",
        "python3",
        "bash",
        "sh",
        "ls",
        "cp",
        "mv",
    ]
)
_DOWNLOADERS = frozenset(["wget", "curl", "gdown", "aria2c", "kaggle", "git"])


@dataclass(frozen=True, slots=True)
class PathUse:
    """A path that the code uses; ``text`` is empty where it is not known before the code runs.

    ``use`` is "mention" for a literal that only looks like a path.
    ``line`` counts from 1 in its cell or module. ``escape`` is the magic or shell line that says it.
    """

    text: str
    use: Use
    unit: Unit
    line: int
    literals: tuple[ast.Constant, ...] = ()
    of_module: bool = False
    escape: Escape | None = None


def find_paths(
    units: Sequence[Unit], imports: Mapping[str, str], constants: Constants
) -> list[PathUse]:
    """Every path that ``units`` use, in order."""
    return [
        use
        for unit in units
        for use in (*_in_python(unit, dict(imports), constants), *_in_escapes(unit))
    ]


def downloads(units: Sequence[Unit], imports: Mapping[str, str]) -> bool:
    """Whether the code brings or unpacks files by itself, so that a missing one may be no fault."""
    for unit in units:
        for node in unit.nodes:
            if isinstance(node, ast.Call):
                name = qualified(node.func, dict(imports)) or getattr(node.func, "attr", "")
                if name.rpartition(".")[2] in DOWNLOADS:
                    return True
        for escape in unit.escapes:
            words = shell_words(escape)
            if escape.kind in "!" and (_DOWNLOADERS | {"unzip", "tar"}) & set(words):
                return True
    return False


def changes_folder(units: Sequence[Unit], imports: Mapping[str, str]) -> bool:
    """Whether the code moves the working directory."""
    for unit in units:
        if any(escape.name in ("cd", "pushd", "popd") for escape in unit.escapes):
            return True
        for node in unit.nodes:
            if isinstance(node, ast.Call) and qualified(node.func, dict(imports)) == "os.chdir":
                return True
    return False


def shell_words(escape: Escape) -> list[str]:
    """The words of a shell line or of a magic's arguments; empty if quotes are left open."""
    try:
        return shlex.split(escape.args, comments=True)
    except ValueError:
        return []


def _in_python(unit: Unit, imports: dict[str, str], constants: Constants) -> Iterator[PathUse]:
    seen: set[int] = set()
    for node in unit.nodes:
        if isinstance(node, ast.Call):
            yield from _of_call(node, unit, imports, constants, seen)
    documentation = _docstrings(unit.tree)
    for node in unit.nodes:
        if isinstance(node, (ast.Call, ast.BinOp)):
            value = constants.value(node)
            if value is not None and looks_like_path(value.text) and not seen & _ids(value):
                seen |= _ids(value)
                yield _use(value, "mention", unit, node)
    for node in unit.nodes:
        if not isinstance(node, ast.Constant) or id(node) in seen or id(node) in documentation:
            continue
        if isinstance(node.value, str) and looks_like_path(node.value):
            value = constants.value(node)
            if value is not None:
                yield _use(value, "mention", unit, node)


def _of_call(
    node: ast.Call,
    unit: Unit,
    imports: dict[str, str],
    constants: Constants,
    seen: set[int],
) -> Iterator[PathUse]:
    found = _path_argument(node, imports)
    if found is None:
        return
    argument, effect = found
    value = constants.value(argument)
    sign = NAME_OR_PATH.get(qualified(node.func, imports), "")
    if value is None and not sign:
        yield PathUse("", _mode(node) if effect == "open" else effect, unit, node.lineno)
    if value is None or is_url(value.text) or sign not in value.text:
        return
    seen |= _ids(value)
    use: Use = _mode(node) if effect == "open" else effect
    yield _use(value, use, unit, argument)


def _path_argument(node: ast.Call, imports: dict[str, str]) -> tuple[ast.expr, Effect] | None:
    name = qualified(node.func, imports)
    if name in POSITIONS:
        position, effect = POSITIONS[name]
        arguments = node.args[position : position + 1]
        return (arguments[0], _effect(effect)) if arguments else None
    effect_of_name = "read" if name in NAME_OR_PATH else EFFECTS.get(name)
    if effect_of_name is None and isinstance(node.func, ast.Attribute):
        effect_of_name = METHODS.get(node.func.attr)
    if effect_of_name is None:
        return None
    if node.args:
        return node.args[0], effect_of_name
    named = [word.value for word in node.keywords if word.arg in KEYWORDS]
    return (named[0], effect_of_name) if named else None


def _effect(text: str) -> Effect:
    return "write" if text == "write" else "read"


def _mode(node: ast.Call) -> Use:
    modes = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "mode")]
    for mode in modes:
        if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
            return "write" if _WRITE_MODES & set(mode.value) else "read"
        return "mention"
    return "read"


def _ids(value: Value) -> set[int]:
    return {id(literal) for literal in value.literals}


def _use(value: Value, use: Use, unit: Unit, node: ast.AST) -> PathUse:
    line = getattr(node, "lineno", 1)
    return PathUse(value.text, use, unit, line, value.literals, value.of_module)


def _docstrings(tree: ast.Module) -> set[int]:
    """The strings that are statements of their own."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _in_escapes(unit: Unit) -> Iterator[PathUse]:
    for escape in unit.escapes:
        words = shell_words(escape)
        if escape.kind == "%" and escape.name in ("run", "load", "cd"):
            named = [word for word in words if not word.startswith("-")][:1]
            use: Use = "list" if escape.name == "cd" else "read"
            yield from (_escaped(word, use, unit, escape) for word in named if "$" not in word)
        elif escape.kind == "!" and words and words[0] in _SHELL_READS:
            found = [word for word in words[1:] if looks_like_path(word) and "$" not in word]
            yield from (_escaped(word, "mention", unit, escape) for word in found)


def _escaped(word: str, use: Use, unit: Unit, escape: Escape) -> PathUse:
    return PathUse(word, use, unit, escape.line + 1, escape=escape)


def is_url(text: str) -> bool:
    """Whether ``text`` begins with a scheme, such as ``https://`` or ``gs://``."""
    scheme, found, _ = text.partition("://")
    return bool(found) and scheme.isalnum() and scheme != "file"


def looks_like_path(text: str) -> bool:
    """Whether a string could be a path: has a separator, and no white space, wildcard or URL."""
    if not 3 <= len(text) <= 300 or is_url(text):
        return False
    if any(char.isspace() or char in "*?<>|{}\"'`;," for char in text):
        return False
    return "/" in text.strip("/") or "\\" in text.strip("\\")
