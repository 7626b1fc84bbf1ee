"""Which paths a notebook and its modules use, where, and for what."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.analysis.callables import (
    CREATES,
    EFFECTS,
    KEYWORDS,
    METHODS,
    NAME_OR_PATH,
    PATH_METHODS,
    POSITIONS,
    Effect,
)
from colabify.analysis.shell_line import read_text, split_words
from colabify.program import qualified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.analysis.constants import Constants, Value
    from colabify.analysis.shell_line import Command
    from colabify.escapes import Escape
    from colabify.program import Unit

Use = Literal["read", "write", "folder", "list", "mention"]
_WRITE_MODES = frozenset("wax")
_PAGERS = frozenset({"cat", "head", "tail", "more", "less"})
_INTERPRETERS = frozenset({"python", "python3", "bash", "sh"})
_SHELL_NAMES = _PAGERS | _INTERPRETERS | {"unzip", "tar", "ls", "cp", "mv"}


@dataclass(frozen=True, slots=True)
class PathUse:
    """A path that the code uses; ``text`` is empty where it is not known before the code runs.

    ``use`` is "mention" for a literal that only looks like a path. ``line`` counts from 1 in its cell or
    module, ``node`` is what says it there. ``literals`` and ``tail`` are those of a
    :class:`~colabify.analysis.constants.Value`. ``escape`` is the magic or shell line that says it.
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

    @property
    def makes(self) -> bool:
        """Whether the file or folder is made, so that it need not be there."""
        return self.use in ("write", "folder")


def find_paths(
    units: Sequence[Unit], imports: Mapping[str, str], constants: Constants
) -> list[PathUse]:
    """Every path that ``units`` use, in order."""
    return [
        use for unit in units for use in (*_in_python(unit, imports, constants), *_in_escapes(unit))
    ]


def changes_folder(units: Sequence[Unit], imports: Mapping[str, str]) -> bool:
    """Whether the code moves the working directory."""
    for unit in units:
        if any(escape.name in ("cd", "pushd", "popd") for escape in unit.escapes):
            return True
        for node in unit.nodes:
            if isinstance(node, ast.Call) and qualified(node.func, imports) == "os.chdir":
                return True
    return False


def _in_python(unit: Unit, imports: Mapping[str, str], constants: Constants) -> Iterator[PathUse]:
    seen: set[int] = set()
    for node in unit.nodes:
        if isinstance(node, ast.Call):
            yield from _of_call(node, unit, imports, constants, seen)
    documentation = _docstrings(unit)
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
    imports: Mapping[str, str],
    constants: Constants,
    seen: set[int],
) -> Iterator[PathUse]:
    found = _path_argument(node, imports) or _path_object(node, constants)
    if found is None:
        return
    argument, effect = found
    value = constants.value(argument)
    use: Use = _mode(node, imports) if effect == "open" else effect
    sign = NAME_OR_PATH.get(qualified(node.func, imports), "")
    if value is None and not sign:
        yield PathUse("", use, unit, node.lineno, node)
    if value is None or is_url(value.text) or sign not in value.text:
        return
    seen |= _ids(value)
    yield _use(value, use, unit, argument)


def _path_argument(node: ast.Call, imports: Mapping[str, str]) -> tuple[ast.expr, Effect] | None:
    name = qualified(node.func, imports)
    if name in POSITIONS:
        position, effect = POSITIONS[name]
        arguments = node.args[position : position + 1]
        return (arguments[0], effect) if arguments else None
    effect_of_name = "read" if name in NAME_OR_PATH else EFFECTS.get(name)
    if effect_of_name is None and isinstance(node.func, ast.Attribute):
        effect_of_name = METHODS.get(node.func.attr)
    if effect_of_name is None:
        return None
    if node.args:
        return node.args[0], effect_of_name
    named = [word.value for word in node.keywords if word.arg in KEYWORDS]
    return (named[0], effect_of_name) if named else None


def _path_object(node: ast.Call, constants: Constants) -> tuple[ast.expr, Effect] | None:
    """The path that ``Path("a").read_text()`` reads: the object is a path if its text is known."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in PATH_METHODS:
        return None
    path = node.func.value
    if isinstance(path, (ast.Constant, ast.JoinedStr)) or constants.value(path) is None:
        return None
    return path, PATH_METHODS[node.func.attr]


def _mode(node: ast.Call, imports: Mapping[str, str]) -> Use:
    name = qualified(node.func, imports)
    if name in CREATES:
        return "mention"
    is_method = isinstance(node.func, ast.Attribute) and name not in EFFECTS
    modes = [
        *(node.args[:1] if is_method else node.args[1:2]),
        *(word.value for word in node.keywords if word.arg == "mode"),
    ]
    for mode in modes:
        if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
            return "write" if _WRITE_MODES & set(mode.value) else "read"
        return "mention"
    return "read"


def _ids(value: Value) -> set[int]:
    return {id(literal) for literal in value.literals}


def _use(value: Value, use: Use, unit: Unit, node: ast.AST) -> PathUse:
    line = getattr(node, "lineno", 1)
    return PathUse(value.text, use, unit, line, node, value.literals, value.tail, value.of_module)


def _docstrings(unit: Unit) -> set[int]:
    """The strings that are statements of their own."""
    return {
        id(node.value)
        for node in unit.nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _in_escapes(unit: Unit) -> Iterator[PathUse]:
    places = {node.id: node for node in unit.nodes if isinstance(node, ast.Name)}
    for escape in unit.escapes:
        for text, use in _said_by(escape):
            if not is_url(text) and not set(text) & set("$*?{}"):
                node = places.get(escape.placeholder)
                yield PathUse(text, use, unit, escape.line + 1, node, escape=escape)


def _said_by(escape: Escape) -> Iterator[tuple[str, Use]]:
    words = split_words(escape.args)
    if escape.kind == "%" and escape.name == "run":
        if words and not words[0].startswith("-m"):
            yield from ((_script(word), "read") for word in _first(words))
    elif escape.kind == "%" and escape.name in ("load", "loadpy"):
        last = words[-1:]  # in front are line ranges and names, behind -r and -s
        yield from ((word, "read") for word in last if "." in word and not word.startswith("-"))
    elif escape.kind == "%" and escape.name == "cd":
        yield from ((word, "list") for word in _first(words))
    elif escape.kind == "!":
        for command in read_text(escape.args):
            yield from _of_command(command)


def _first(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.startswith("-")][:1]


def _script(word: str) -> str:
    """``%run train`` runs ``train.py``."""
    return word if word.endswith((".py", ".ipynb", ".ipy")) else f"{word}.py"


def _of_command(command: Command) -> Iterator[tuple[str, Use]]:
    program, *words = command.texts
    if program not in _SHELL_NAMES or not {"-c", "-m"}.isdisjoint(words):
        return
    named = [word for word in words if not word.startswith("-")]
    named += [one.target.text for one in command.redirections if one.reads]
    for index, word in enumerate(named):
        if program in _PAGERS or (program in _INTERPRETERS and index == 0):
            if "/" in word:
                yield word, "read"
        elif looks_like_path(word):
            yield word, "mention"


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
