"""Google Drive's own folder is called ``MyDrive`` where it is mounted; ``My Drive`` leads there, too.

The name without a space needs no quoting (colabtools#1850, #1853).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.colab.magics import with_sign

if TYPE_CHECKING:
    import libcst as cst

    from colabify.escapes import Escape
    from colabify.rules.context import Context

_ROOTS = tuple(f"/content/{mount}/My Drive" for mount in ("drive", "gdrive"))
_ESCAPED = "drive/My\\ Drive"
_PLAIN = "drive/My Drive"
_TEXT = "Drive's own folder is MyDrive, without a space"
_ENDS = ("", "/", "'", '"')
"""What may stand behind the folder's name where it is that folder's."""


class MyDrive(Rule):
    r"""Write ``MyDrive`` for ``My\ Drive`` in magics and shell lines, and in paths of the mounted Drive."""

    code = "COL206"
    name = "my-drive"
    of_library = False
    needles = frozenset({"Drive"})
    nodes = ("SimpleString", "FormattedString")
    examples = (
        Example("%cd drive/My\\ Drive/course\n", "%cd drive/MyDrive/course\n"),
        Example("%cd /content/drive/My Drive/course\n", "%cd /content/drive/MyDrive/course\n"),
        Example("!cp a.txt '/content/drive/My Drive/'\n", "!cp a.txt '/content/drive/MyDrive/'\n"),
        Example("x = '/content/drive/My Drive/course'\n", "x = '/content/drive/MyDrive/course'\n"),
        Example("x = f\"/content/gdrive/My Drive/{3}\"\n", "x = f\"/content/gdrive/MyDrive/{3}\"\n"),
        Example("%cd drive/MyDrive/course\n"),
        Example("!cp a.txt drive/My Drive/\n"),
        Example("x = '/content/drive/MyDrive/course'\n"),
        Example("x = '/content/drive/My Drives'\n"),
        Example("print('Put it into My Drive')\n"),
        Example("x = 'see /content/drive/My Drive'\n"),
        Example("!echo My\\ Drive\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """The line with the name that needs no quoting, where it is quoted, or alone behind ``%cd``."""
        if escape.assigned or escape.kind not in ("%", "!"):
            return None
        new = _renamed(escape.raw, _ESCAPED)
        if escape.name == "cd" or _is_quoted(escape.raw):
            new = _renamed(new, _PLAIN)
        return Remedy(with_sign(escape, new)) if new != escape.raw else None

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:  # noqa: ARG002
        """A path that begins with the mounted Drive."""
        import libcst as cst

        changed: cst.BaseExpression
        match node:
            case cst.SimpleString() if not node.prefix:
                text, quote = node.raw_value, node.quote
                new = _rooted(text)
                changed = node.with_changes(value=f"{quote}{new}{quote}")
            case cst.FormattedString(parts=[cst.FormattedStringText() as first, *rest]):
                new = _rooted(first.value, ends=_ENDS[:2] if not rest else _ENDS[1:2])
                part = first.with_changes(value=new)
                changed = node.with_changes(parts=[part, *rest])
            case _:
                return None
        return Remedy(changed, text=_TEXT, fails=False) if new else None


def _rooted(text: str, ends: tuple[str, ...] = _ENDS[:2]) -> str:
    """A path below the mounted Drive by the name without a space; empty for any other text."""
    for root in _ROOTS:
        if text.startswith(root) and text[len(root) :][:1] in ends:
            return root.replace("My Drive", "MyDrive") + text[len(root) :]
    return ""


def _renamed(raw: str, old: str) -> str:
    """A line with ``old`` by the name without a space, wherever the folder's name ends with it."""
    first, *rest = raw.split(old)
    pieces = [first]
    for one in rest:
        name = "drive/MyDrive" if one[:1].strip() in _ENDS else old
        pieces += [name, one]
    return "".join(pieces)


def _is_quoted(raw: str) -> bool:
    """Whether all that a line says of the folder stands in quotes."""
    pieces = raw.split(_PLAIN)
    before = ""
    for one in pieces[:-1]:
        before += one
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return False
    return True
