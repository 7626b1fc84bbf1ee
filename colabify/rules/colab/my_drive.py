"""Google Drive's own folder is called ``MyDrive`` where it is mounted; ``My Drive`` leads there, too.

The name without a space needs no quoting (colabtools#1850, #1853). Where the other one is quoted as it has to
be, it works, and stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.colab.magics import with_sign

if TYPE_CHECKING:
    from colabify.escapes import Escape
    from colabify.rules.context import Context

_ESCAPED = "drive/My\\ Drive"
_ENDS = ("", "/", "'", '"')
"""What may stand behind the folder's name where it is that folder's."""


class MyDrive(Rule):
    r"""Write ``%cd drive/MyDrive`` for ``%cd drive/My\ Drive``."""

    code = "COL206"
    name = "my-drive"
    of_library = False
    examples = (
        Example("%cd drive/My\\ Drive/course\n", "%cd drive/MyDrive/course\n"),
        Example("%cd /content/gdrive/My\\ Drive\n", "%cd /content/gdrive/MyDrive\n"),
        Example("%cd '/content/drive/My Drive/course'\n"),
        Example("!cp a.txt '/content/drive/My Drive/'\n"),
        Example("x = '/content/drive/My Drive/course'\n"),
        Example("%cd drive/My\\ Drives\n"),
        Example("!echo My\\ Drive\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """The change of folder by the name that needs no quoting."""
        if escape.assigned or escape.kind != "%" or escape.name != "cd":
            return None
        new = _renamed(escape.raw)
        return Remedy(with_sign(escape, new)) if new != escape.raw else None


def _renamed(raw: str) -> str:
    """A line with the name without a space, wherever the folder's name ends there."""
    first, *rest = raw.split(_ESCAPED)
    pieces = [first]
    for one in rest:
        pieces += ["drive/MyDrive" if one[:1].strip() in _ENDS else _ESCAPED, one]
    return "".join(pieces)
