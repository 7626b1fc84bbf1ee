"""TensorFlow 2 builds no graphs and has no sessions; ``tensorflow.compat.v1`` does and has.

Source: TensorFlow's guide "Migrate your TensorFlow 1 code to TensorFlow 2"; sessions, placeholders and
``get_variable`` were run through ``tensorflow.compat.v1`` on Python 3.13 with TensorFlow 2.20. No runtime
that can be pinned has TensorFlow 1 or Keras 2, so that a pin never helps here. ``tf.layers``, the cells of
``tf.nn.rnn_cell`` and models of ``tf.keras`` need the older Keras too, see ``legacy.py``: the setup cell
asks for it by ``TF_USE_LEGACY_KERAS=1``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.imports import import_from
from colabify.rules.keras.programs import builds_graphs
from colabify.rules.provided import stand_in
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of, dotted

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_V1 = "tensorflow.compat.v1"
# What `tensorflow.compat.v1` lacks, or has of another kind.
_ELSEWHERE = frozenset({"compat", "contrib", "estimator", "examples", "keras", "python"})
_TEXT = "this is TensorFlow 1: import tensorflow.compat.v1 as tf instead, and call tf.disable_v2_behavior()"


class TensorFlow1(Rule):
    """Take TensorFlow from ``tensorflow.compat.v1`` where a program is written for TensorFlow 1.

    It is if it uses what only TensorFlow 1 had (sessions, placeholders, ``tf.layers``), and nothing that
    only TensorFlow 2 has. If it trains models of the ``keras`` that stands alone, it cannot be done so.
    """

    code = "COL190"
    name = "tensorflow-1"
    needles = frozenset({"tensorflow"})
    packages = frozenset({"tensorflow"})
    nodes = ("Import", "ImportFrom")
    examples = (
        Example("import tensorflow as tf\nx = tf.placeholder(tf.float32)\nwith tf.Session() as s:\n"
                "    y = s.run(x * 2, {x: 3.0})\n",
                "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
                "x = tf.placeholder(tf.float32)\n"
                "with tf.Session() as s:\n    y = s.run(x * 2, {x: 3.0})\n", shows="float(y)"),
        Example("import numpy as np, tensorflow as tf\n"
                "y = tf.InteractiveSession().run(tf.log(tf.ones(2)))\n",
                "import numpy as np, tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
                "y = tf.InteractiveSession().run(tf.log(tf.ones(2)))\n", shows="y.tolist()"),
        Example("from tensorflow import Session, constant\ny = Session().run(constant(3) + 1)\n",
                "from tensorflow.compat.v1 import Session, constant, disable_v2_behavior\n"
                "disable_v2_behavior()\n"
                "y = Session().run(constant(3) + 1)\n", shows="int(y)"),
        Example("import tensorflow as tf\nx = tf.constant(3) + 1\n"),
        Example("import tensorflow as tf\nx = tf.Variable(2.0)\n"),
        Example("import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\ns = tf.Session()\n"),
        Example("import tensorflow as tf\nwith tf.GradientTape() as tape:\n"
                "    a = tf.placeholder(tf.float32)\n"),
        Example("import tensorflow as tf\ns = tf.compat.v1.Session()\n"),
        Example("import keras\nimport tensorflow as tf\nm = keras.models.Sequential()\n"
                "x = tf.placeholder('float')\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The names are gone since TensorFlow 2.0."""
        return is_gone("tensorflow 2.0", runtime)

    def concerns(self, context: Context) -> bool:
        """Whether the program is one for TensorFlow 1."""
        return builds_graphs(context.used)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The import, of ``tensorflow.compat.v1``, and the call that turns graphs on if it is the first."""
        import libcst as cst

        if isinstance(node, cst.ImportFrom):
            if node.module is None or node.relative or code_of(node.module) != "tensorflow":
                return None
            made = _from_version_1(node, first=_is_first(context))
        elif isinstance(node, cst.Import):
            made = _version_1(node, first=_is_first(context))
        else:
            return None
        if not made or not builds_graphs(context.used):
            return None
        return Remedy(made, text=_TEXT, kept=stand_in("tensorflow"))


def _is_first(context: Context) -> bool:
    """Whether no cell above imports TensorFlow, so that this one has to turn graphs on."""
    for unit in context.units:
        if unit is context.unit:
            return True
        if any(_imports_it(node) for node in unit.nodes):
            return False
    return True


def _imports_it(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(one.name in ("tensorflow", _V1) for one in names)
        case ast.ImportFrom(module=str(module), names=names):
            return module in ("tensorflow", _V1) and any(n.name not in _ELSEWHERE for n in names)
    return False


def _version_1(node: cst.Import, *, first: bool) -> tuple[cst.BaseSmallStatement, ...]:
    import libcst as cst

    called = ""
    names = []
    for alias in node.names:
        if code_of(alias.name) == "tensorflow":
            asname = alias.asname or cst.AsName(cst.Name("tensorflow"))
            called = code_of(asname.name)
            alias = alias.with_changes(name=dotted(_V1), asname=asname)
        names.append(alias)
    if not called:
        return ()
    new = node.with_changes(names=names)
    return (new, _call(f"{called}.disable_v2_behavior()")) if first else (new,)


def _from_version_1(node: cst.ImportFrom, *, first: bool) -> tuple[cst.BaseSmallStatement, ...]:
    import libcst as cst

    if isinstance(node.names, cst.ImportStar):
        return ()
    ours = [one for one in node.names if code_of(one.name) not in _ELSEWHERE]
    others = [one for one in node.names if code_of(one.name) in _ELSEWHERE]
    if not ours:
        return ()
    if first:
        ours.append(cst.ImportAlias(cst.Name("disable_v2_behavior")))
    made: list[cst.BaseSmallStatement] = [import_from(_V1, ours)]
    if first:
        made.append(_call("disable_v2_behavior()"))
    return (*made, import_from("tensorflow", others)) if others else tuple(made)


def _call(code: str) -> cst.Expr:
    import libcst as cst

    return cst.Expr(cst.parse_expression(code))
