"""What code displays by a relative address: Colab's outputs find no file by one.

Which arguments become an address, and which are read: the documentation of IPython.display.
"""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from colabify.analysis.destinations import locate
from colabify.findings import Finding
from colabify.full_names import qualified
from colabify.markdown import find_html_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.project import Project
    from colabify.unit import Unit

_MODULES = ("IPython.display.", "IPython.core.display.", "IPython.lib.display.")
_HTML = {"HTML", "display_html"}
_BY_ADDRESS = {
    "Audio": (None, ("url",), "give it as filename="),
    "IFrame": (0, ("src",), "link to it"),
    "Image": (None, ("url",), "give it as filename="),
    "Video": (0, ("data", "filename", "url"), "add embed=True"),
}
"""The argument that becomes an address, by position and by name, and what to do instead."""


def find_shown(
    units: Sequence[Unit], names: Mapping[str, str], project: Project, notebook: str
) -> list[Finding]:
    """The files of the repository that code displays by an address relative to ``notebook``."""
    found = [
        Finding(
            "COL333",
            f"{name} shows {url} by its address, which Colab's outputs do not find: {instead}",
            cell=unit.cell,
            line=unit.head + line,
            path=unit.path,
        )
        for unit in units
        for node in unit.of(ast.Call)
        for name, url, line, instead in _addresses(node, names)
        if (place := locate(url, project, posixpath.dirname(notebook))) and place.there
    ]
    return list(dict.fromkeys(found))


def _addresses(call: ast.Call, names: Mapping[str, str]) -> Iterator[tuple[str, str, int, str]]:
    """What a call shows by address: its name, the address, the line, and what to do instead."""
    full = qualified(call.func, names)
    module = next((one for one in _MODULES if full.startswith(one)), None)
    name = full.removeprefix(module or full)
    given = {word.arg: word.value for word in call.keywords if word.arg}
    if name in _HTML:
        text = _text(call.args[0] if call.args else given.get("data"))
        for target in find_html_targets(text, 0):
            if target.kind != "link":
                yield name, target.url, call.lineno, "show it with IPython.display.Image"
    if name in _BY_ADDRESS and not _is_true(given.get("embed")):
        at, words, instead = _BY_ADDRESS[name]
        values = [given[word] for word in words if word in given]
        values += call.args[at : at + 1] if at is not None else []
        for value in values:
            if url := _text(value):
                yield name, url, call.lineno, instead


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and bool(node.value)
