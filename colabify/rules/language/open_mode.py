"""Python 3.11 no longer knows the mode ``U`` of ``open``: all text is read with universal newlines.

Source: What's New in Python 3.11; ``ValueError: invalid mode`` on Python 3.13. ``U`` did nothing since 3.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, text_of
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_MODES = {"U": "r", "rU": "r", "Ur": "r", "rtU": "rt", "rUt": "rt", "rbU": "rb", "rUb": "rb"}
_OPENS = frozenset({"io.open", "codecs.open", "builtins.open"})


class OpenMode(Rule):
    """Leave the ``U`` out of the mode with which a file is opened."""

    code = "COL126"
    name = "open-mode"
    needles = frozenset({"open"})
    nodes = ("Call",)
    examples = (
        Example("open('a.txt', 'w').close()\nwith open('a.txt', 'rU') as f:\n    x = f.read()\n",
                "open('a.txt', 'w').close()\nwith open('a.txt', 'r') as f:\n    x = f.read()\n", shows="x"),
        Example("open('a.txt', 'w').close()\nx = open('a.txt', mode=\"U\").read()\n",
                "open('a.txt', 'w').close()\nx = open('a.txt', mode=\"r\").read()\n", shows="x"),
        Example("import io\nopen('a.txt', 'w').close()\nx = io.open('a.txt', 'rbU').read()\n",
                "import io\nopen('a.txt', 'w').close()\nx = io.open('a.txt', 'rb').read()\n", shows="x"),
        Example("f = open('a.txt', 'r')\n"),
        Example("f = open('U')\n"),
        Example("import tarfile\nf = tarfile.open('a.tar', 'rU')\n"),
        Example("def open(a, b):\n    pass\nopen('a', 'rU')\n"),
        Example("f = open('a.txt', mode)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """It is gone since Python 3.11."""
        return is_gone("python 3.11", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with a mode that there still is."""
        import libcst as cst

        if not isinstance(node, cst.Call) or not _opens(node.func, context):
            return None
        mode = argument(node, "mode", 1)
        new = _MODES.get(text_of(mode) or "")
        if not new or not isinstance(mode, cst.SimpleString):
            return None
        quote = mode.quote
        changed = mode.with_changes(value=f"{quote}{new}{quote}")
        text = "open knows no mode U since Python 3.11: leave it out"
        return Remedy(cst.ensure_type(node.deep_replace(mode, changed), cst.Call), text=text)


def _opens(func: cst.BaseExpression, context: Context) -> bool:
    """Whether a call is one of the builtin, or of the functions that pass the mode on to it."""
    import libcst as cst

    if isinstance(func, cst.Name) and func.value == "open" and "open" not in context.bound:
        return context.names.get("open", "open") in {"open", *_OPENS}
    return context.qualified(func) in _OPENS
