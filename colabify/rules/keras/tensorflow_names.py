"""TensorFlow 2.0 moved or dropped half of TensorFlow 1's names; ``tensorflow.compat.v1`` has all of them.

Source: ``data/tensorflow_1.json``, which was asked of TensorFlow 2.20 on Python 3.13. A program that is all
of TensorFlow 1 gets another import instead (``tensorflow_1.py``).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import argument, has_star
from colabify.rules.families import Row
from colabify.rules.keras.moved import Moved
from colabify.rules.keras.programs import (
    builds_graphs,
    disables_version_2,
    needs_graphs,
    spelled,
    table,
)
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SINCE = "tensorflow 2.0"
# What needs a graph, so that it fails where TensorFlow 2 computes at once.
_OF_GRAPHS = (
    "contrib", "layers", "nn.dynamic_rnn", "nn.bidirectional_dynamic_rnn", "nn.rnn_cell", "placeholder",
    "placeholder_with_default", "sparse_placeholder", "nn.static_rnn", "train.Saver", "train.batch",
    "train.shuffle_batch", "train.string_input_producer", "train.start_queue_runners",
)  # fmt: skip
_BOTH = (
    "this is of TensorFlow 1's graphs, and something else in the program (keras, GradientTape) cannot do "
    "with them: rewrite it for TensorFlow 2"
)
_CASTS = {
    "to_float": "float32",
    "to_double": "float64",
    "to_int32": "int32",
    "to_int64": "int64",
}
_OPTIMIZERS = {
    "AdamOptimizer": "Adam",
    "GradientDescentOptimizer": "SGD",
}


def _rows() -> dict[str, Row]:
    data = table()
    moved = dict(data["moved"]) if isinstance(data["moved"], dict) else {}
    rows = {
        f"tensorflow.{old}": Row(f"tensorflow.{new}", since=_SINCE) for old, new in moved.items()
    }
    for name in (*data["gone"], *data["modules"]):
        rows[f"tensorflow.{name}"] = _row(name, module=name in data["modules"])
    return rows


def _row(name: str, *, module: bool) -> Row:
    if name.startswith(_OF_GRAPHS):
        new = f"tensorflow.compat.v1.{name}"
        return Row(new, _SINCE, _BOTH, "report", module=module, shim=False)
    text = f"tf.{name} is tf.compat.v1.{name} now"
    return Row(f"tensorflow.compat.v1.{name}", _SINCE, text, module=module)


class TensorFlowNames(Moved):
    """Take a name of TensorFlow 1 from where TensorFlow 2 has it, in a program that is of both.

    ``tf.log`` is ``tf.math.log``, ``tf.set_random_seed`` is ``tf.random.set_seed``, ``tf.to_float(x)`` is
    ``tf.cast(x, tf.float32)``. What TensorFlow 2 has no more is taken from ``tf.compat.v1``.
    """

    code = "COL191"
    name = "tensorflow-names"
    rows: ClassVar = _rows()
    nodes = ("Attribute", "Call", "Import", "ImportFrom", "Name")
    examples = (
        Example("import tensorflow as tf\nx = tf.exp(tf.log(3.0))\n",
                "import tensorflow as tf\nx = tf.exp(tf.math.log(3.0))\n"),
        Example("import tensorflow as tf\ntf.set_random_seed(1)\n"
                "tf.logging.set_verbosity(tf.logging.ERROR)\n",
                "import tensorflow as tf\ntf.random.set_seed(1)\n"
                "tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)\n"),
        Example("import tensorflow as tf\nx = tf.to_float([1, 2])\n",
                "import tensorflow as tf\nx = tf.cast([1, 2], tf.float32)\n"),
        Example("from tensorflow import set_random_seed\nset_random_seed(2)\n",
                "from tensorflow.random import set_seed as set_random_seed\nset_random_seed(2)\n"),
        Example("import numpy as np\nimport tensorflow as tf\n"
                "m = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,))])\n"
                "m.compile(optimizer=tf.train.AdamOptimizer(0.01), loss='mse')\n"
                "m.fit(np.ones((4, 3)), np.ones(4))\n",
                "import numpy as np\nimport tensorflow as tf\n"
                "m = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,))])\n"
                "m.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss='mse')\n"
                "m.fit(np.ones((4, 3)), np.ones(4))\n"),
        Example("import tensorflow as tf\nx = tf.math.log(3.0)\n"),
        Example("import tensorflow.compat.v1 as tf\nx = tf.placeholder(tf.float32)\ny = tf.log(x)\n"),
        Example("import tensorflow as tf\ntf.config.list_physical_devices()\n"
                "x = tf.placeholder(tf.float32)\n",
                told="of TensorFlow 1's graphs"),
        Example("import keras\nimport tensorflow as tf\nm = keras.models.Sequential()\n"
                "with tf.variable_scope('a'):\n    pass\n", told="rewrite it for TensorFlow 2"),
        Example("import tensorflow as tf\nx = tf.cast([1, 2], tf.float32)\n"),
        Example("tf.set_random_seed(1)\n"),
        Example("import tensorflow as tf\ntf.random.set_seed(1)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name, unless all of the program is of TensorFlow 1."""
        import libcst as cst

        call = node if isinstance(node, cst.Call) else None
        remedy = _call(call, context) if call is not None else super().check(node, context)
        if remedy is None or builds_graphs(context.used):
            return None
        if disables_version_2(context.used):
            return Remedy(remedy.new, remedy.imports, remedy.text)
        if ".compat.v1" in remedy.text and needs_graphs(context.used):
            return Remedy(text=_BOTH, safety="report")
        return remedy


def _is_for_keras(context: Context) -> bool:
    """Whether the program trains by Keras alone, not by an optimizer's own methods."""
    methods = {"apply_gradients", "compute_gradients", "minimize"}
    called = {node.attr for unit in context.units for node in unit.of(ast.Attribute)}
    return not methods & called and any(".keras." in one for one in context.used)


def _call(node: cst.Call, context: Context) -> Remedy | None:
    """The calls that are another call now."""
    import libcst as cst

    full = context.qualified(node.func)
    name = full.removeprefix("tensorflow.")
    code = code_of(node.func)
    if not full.startswith("tensorflow.") or has_star(node):
        return None
    if name in _CASTS and len(node.args) == 1 and "." in code:
        value = argument(node, "x", 0)
        if value is None:
            return None
        func, _ = spelled(full, "tensorflow.cast", code, context)
        dtype, _ = spelled(full, f"tensorflow.{_CASTS[name]}", code, context)
        new = cst.parse_expression(f"{func}({code_of(value)}, {dtype})")
        return Remedy(new, text=f"tf.{name}(x) is tf.cast(x, tf.{_CASTS[name]}) now")
    keras = _OPTIMIZERS.get(name.removeprefix("train."))
    if keras and len(node.args) <= 1 and _is_for_keras(context):
        if not all(
            one.keyword is None or one.keyword.value == "learning_rate" for one in node.args
        ):
            return None
        func, imports = spelled(full, f"tensorflow.keras.optimizers.{keras}", code, context)
        text = f"Keras takes no tf.{name} any more: use tf.keras.optimizers.{keras}"
        return Remedy(node.with_changes(func=cst.parse_expression(func)), imports, text)
    return None
