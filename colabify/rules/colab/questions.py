"""``input()`` and ``getpass()`` wait for an answer, and "Run all" waits with them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.unit import Unit

_ASKS = frozenset({"input", "getpass.getpass", "builtins.input"})
_TEXT = "Run all stops at input() and getpass() until a student answers; a #@param field does not"


class Questions(Rule):
    """Tell of the first cell that asks a question: "Run all" stops there.

    A form field (``name = "" #@param``) is filled in before; a secret is best kept as a Colab secret
    (``google.colab.userdata``).
    """

    code = "COL231"
    name = "asks-a-question"
    of_library = False
    safety = "report"
    needles = frozenset({"input", "getpass"})
    nodes = ("Call",)
    examples = (
        Example("name = input('Your name? ')\n", told="#@param"),
        Example("from getpass import getpass\nkey = getpass()\n", told="getpass"),
        Example("def input(x):\n    return x\ninput(3)\n"),
        Example("x = layer.input(3)\n"),
        Example("getpass('x')\n"),
    )

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """Advice about the first question of all."""
        import libcst as cst

        unit = context.unit
        if not isinstance(node, cst.Call) or unit is None or unit.cell is None:
            return None
        code = cst.Module([]).code_for_node(node.func)
        asked = context.qualified(node.func) or ("input" if code == "input" else "")
        if asked not in _ASKS or (asked == "input" and "input" in context.bound):
            return None
        for one in context.units:
            if one is unit:
                return Remedy(text=_TEXT, fails=False)
            if _asks(one, context):
                return None
        return None


def _asks(unit: Unit, context: Context) -> bool:
    return any(
        isinstance(node, ast.Call) and qualified(node.func, context.names) in _ASKS
        for node in unit.nodes
    )
