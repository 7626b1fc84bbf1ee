"""``%tensorflow_version`` chose between two TensorFlows that Colab had until 2021.

Now ``1.x`` raises ValueError and anything else does nothing but print; elsewhere there is no such magic.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.escapes import Escape
    from colabify.rules.context import Context


class TensorflowVersion(Rule):
    """Leave out ``%tensorflow_version``: there is one TensorFlow to be had.

    Not where it stands in a ``try``, which is right wherever it runs.
    """

    code = "COL204"
    name = "tensorflow-version"
    of_library = False
    examples = (
        Example("%tensorflow_version 1.x\nimport tensorflow as tf\n", "import tensorflow as tf\n"),
        Example("%tensorflow_version 2.x\n", ""),
        Example("if True:\n    %tensorflow_version 2.x\n", "if True:\n    pass\n"),
        Example("try:\n    %tensorflow_version 2.x\nexcept Exception:\n    pass\n"),
        Example("# %tensorflow_version 1.x\n"),
        Example("%tensorflow_version?\n"),
        Example("%tensorboard --logdir logs\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:
        """Nothing in place of the magic."""
        if escape.kind != "%" or escape.name != "tensorflow_version" or escape.assigned:
            return None
        if escape.placeholder in _tried(context):
            return None
        return Remedy("", text="Colab has one TensorFlow: leave %tensorflow_version out")


def _tried(context: Context) -> Iterator[str]:
    """The names that stand in a ``try``."""
    for node in context.unit.nodes if context.unit is not None else ():
        if isinstance(node, ast.Try):
            for one in node.body:
                yield from (inner.id for inner in ast.walk(one) if isinstance(inner, ast.Name))
