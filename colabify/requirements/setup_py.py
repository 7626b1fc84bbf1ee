"""``setup.py``, read and never run: what stands in its call of ``setup()`` as data.

A list is known if it is written out, or put together of names bound once and of such lists; if it is made
of a file's lines, that file is read. A list made in any other way is reported.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.requirements.model import Reading, merge, problem, shown
from colabify.requirements.pip_file import read_named
from colabify.requirements.setup_cfg import group_and_marker, requirement
from colabify.requirements.setup_names import Names
from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.requirements.model import Read

_MAIN = "install_requires"
_OTHERS = ("setup_requires", "tests_require")
_MOST, _DEEPEST = 5_000, 50
"""How many expressions are looked at, and how deep: a list that leads to itself has no end."""


def read_setup_py(text: str, source: str, read: Read) -> Reading:
    """What the call of ``setup()`` in a ``setup.py``, which goes by the name ``source``, declares."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes such as "\d" in the author's strings
            tree = ast.parse(text)
            return merge(_Setup(tree, source, read).readings())
    except SyntaxError as error:
        return problem(source, error.lineno, f"{source} is not Python 3: {shown(error.msg)}.")
    except (ValueError, RecursionError, MemoryError):
        return problem(source, None, f"{source} is not Python 3.")


@dataclass(frozen=True, slots=True)
class _Item:
    """A string of a list, and its line; or what stands there and is not known, with no ``text``."""

    text: str | None
    line: int


class _Setup:
    """The setup script, while it is read."""

    def __init__(self, tree: ast.Module, source: str, read: Read) -> None:
        self._source = source
        self._read = read
        self._calls = [
            node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_setup(node.func)
        ]
        self._names = Names(tree)
        self._left = _MOST

    def readings(self) -> Iterator[Reading]:
        for call in self._calls:
            arguments = self._arguments(call)
            if _MAIN not in arguments and self._hidden(call):
                yield self._computed("its arguments", call.lineno)
            own = self._own(arguments)
            if _MAIN in arguments:
                yield from self._list(arguments[_MAIN], _MAIN, own)
            extras = arguments.get("extras_require")
            if extras is not None:
                yield from self._extras(extras, own)
            for name in _OTHERS:
                if name in arguments:
                    yield from self._list(arguments[name], name, own, group=name)

    def _arguments(self, call: ast.Call) -> dict[str, ast.expr]:
        """The keyword arguments, those of a ``**dict`` that is known included."""
        found: dict[str, ast.expr] = {}
        for keyword in call.keywords:
            if keyword.arg is not None:
                found[keyword.arg] = keyword.value
            else:
                found |= {k: value for k, value in self._pairs(keyword.value) or () if k}
        return found

    def _hidden(self, call: ast.Call) -> bool:
        """Whether some arguments come from a ``**dict`` that is not known."""
        return any(one.arg is None and self._pairs(one.value) is None for one in call.keywords)

    def _own(self, arguments: dict[str, ast.expr]) -> str:
        """The normalised name of what is set up, which its extras may ask for."""
        match self._names.known(arguments["name"]) if "name" in arguments else None:
            case ast.Constant(str() as name):
                return normalised_name(name)
            case _:
                return ""

    def _extras(self, node: ast.expr, own: str) -> Iterator[Reading]:
        pairs = self._pairs(node)
        if pairs is None:
            yield self._computed("extras_require", node.lineno)
        for name, value in pairs or ():
            if name is None:
                yield self._computed("extras_require", value.lineno)
            else:
                group, marker = group_and_marker(name)
                yield from self._list(value, f"extras_require {name}", own, group, marker)

    def _list(
        self, node: ast.expr, name: str, own: str, group: str = "", marker: str = ""
    ) -> Iterator[Reading]:
        unknown = 0
        for item in self._items(node):
            if item.text is None:
                unknown = unknown or item.line
                continue
            for line, text in enumerate(item.text.splitlines(), item.line):
                words = "" if text.startswith("#") else text.partition(" #")[0].strip()
                if words:
                    yield from requirement(
                        words, self._source, line, group=group, marker=marker, own=own
                    )
        if unknown and (file := self._names.only_file(node)):
            yield read_named(file, self._source, self._read, group)
        elif unknown:
            yield self._computed(name, unknown)

    def _items(self, node: ast.expr, depth: int = 0) -> list[_Item]:
        """The strings of a list, or of one string with a requirement a line."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            return [_Item(None, node.lineno)]
        match self._names.known(node):
            case ast.Constant(str() as text) as value:
                return [_Item(text, value.lineno)]
            case ast.Constant(None):
                return []
            case ast.List(parts) | ast.Tuple(parts) | ast.Set(parts):
                pass
            case ast.Call(ast.Name("list" | "sorted" | "tuple" | "set"), parts):
                pass
            case ast.BinOp(left, ast.Add(), right):
                parts = [left, right]
            case ast.Starred(part):
                parts = [part]
            case _:
                unknown = _Item(None, node.lineno)
                first = self._names.before_changes(node)
                return [*self._items(first, depth + 1), unknown] if first else [unknown]
        return [item for part in parts for item in self._items(part, depth + 1)]

    def _pairs(self, node: ast.expr) -> list[tuple[str | None, ast.expr]] | None:
        """The keys and values of a dictionary; None if it is not written out."""
        value = self._names.known(node) or self._names.before_changes(node)
        match value:
            case ast.Call(ast.Name("dict"), [], keywords):
                return [(one.arg, one.value) for one in keywords]
            case ast.Dict():
                pass
            case _:
                return None
        keys = [self._names.known(key) if key is not None else None for key in value.keys]
        texts = [key.value if isinstance(key, ast.Constant) else None for key in keys]
        return [
            (text if isinstance(text, str) else None, one)
            for text, one in zip(texts, value.values, strict=True)
        ]

    def _computed(self, name: str, line: int) -> Reading:
        message = f"{self._source} computes {name}, and is not run: write the list out."
        return problem(self._source, line, message)


def _is_setup(function: ast.expr) -> bool:
    """Whether a call is that of ``setup``, by itself or as a module's attribute."""
    name = function.attr if isinstance(function, ast.Attribute) else function
    return name == "setup" or (isinstance(name, ast.Name) and name.id == "setup")
