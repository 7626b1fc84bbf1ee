"""Base of the rules for names of TensorFlow and Keras, which are deep and reached through ``tf``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.families import Renamed
from colabify.rules.keras.programs import spelled
from colabify.rules.spelling import code_of
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context


class Moved(Renamed):
    """Base of rules for names that stand elsewhere now, and that are reached through what is there still.

    ``tf.log`` is ``tf.math.log``: nothing has to be imported for it.
    """

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name that ``node`` uses or imports."""
        import libcst as cst

        if not isinstance(node, cst.Attribute):
            return super().check(node, context)
        full = context.qualified(node)
        found = self.row_for(full, context.runtime) if full else None
        if found is None:
            return None
        row, new = found
        if new and self._follows(node, new, context):
            return None
        if not new:
            return Remedy(text=row.text, safety="report", fails=row.fails)
        code, imports = self.spelled(full, new, code_of(node), context)
        expression = cst.parse_expression(code)
        expression = expression.with_changes(lpar=node.lpar, rpar=node.rpar)
        text = row.text or f"{full} is {new} now"
        shims = (Shim(full, new),) if row.shim else ()
        return Remedy(expression, imports, text, row.safety, row.fails, shims)

    def spelled(
        self, full: str, new: str, code: str, context: Context
    ) -> tuple[str, tuple[str, ...]]:
        """How to write ``new`` where ``code`` says ``full``, and the imports that this needs."""
        return spelled(full, new, code, context)

    def _follows(self, node: cst.Attribute, new: str, context: Context) -> bool:
        """Whether the name comes along with what it is reached through, whose import is mended."""
        root, _, rest = code_of(node).partition(".")
        moved = self.row_for(context.names.get(root, ""), context.runtime)
        return moved is not None and f"{moved[1]}.{rest}" == new
