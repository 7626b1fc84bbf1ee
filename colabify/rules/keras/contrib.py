"""TensorFlow 2.0 dropped ``tf.contrib`` and its tutorials, 2.16 ``tf.estimator``.

Source: TensorFlow's guide "Migrate your TensorFlow 1 code to TensorFlow 2"; what stands for them here was
run through ``tensorflow.compat.v1`` on Python 3.13 with TensorFlow 2.20. ``l2_regularizer`` halved its
argument, and ``fully_connected`` applied a rectifier unless told otherwise: so does what stands for them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import has_star, with_keyword
from colabify.rules.families import Row
from colabify.rules.keras.moved import Moved
from colabify.rules.keras.programs import spelled
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_V1 = "tensorflow.compat.v1"
_ROOTS = ("tensorflow", _V1)
_CELLS_OF = tuple(f"{root}.contrib.rnn" for root in _ROOTS)
_SINCE = "tensorflow 2.0"
_CELLS = (
    "BasicLSTMCell", "BasicRNNCell", "DeviceWrapper", "DropoutWrapper", "GRUCell", "LSTMCell",
    "LSTMStateTuple", "MultiRNNCell", "RNNCell", "ResidualWrapper",
)  # fmt: skip
_TOLD = {
    "contrib": "tf.contrib is gone since TensorFlow 2.0: use what tf.keras or another library has for it",
    "contrib.slim": "tf.contrib.slim is a library of its own now: install tf_slim and import tf_slim as slim",
    "contrib.seq2seq": "tf.contrib.seq2seq is gone since TensorFlow 2.0: use the layers of tf.keras",
    "contrib.distributions": "tf.contrib.distributions is tensorflow_probability.distributions now",
    "contrib.eager": "tf.contrib.eager is gone: TensorFlow 2 computes at once by itself",
    "contrib.learn": "tf.contrib.learn is gone since TensorFlow 2.0: use tf.keras",
    "examples": "tensorflow.examples is gone since TensorFlow 2.0: tf.keras.datasets.mnist.load_data() "
    "gives MNIST, as arrays of pixels from 0 to 255",
}  # fmt: skip
_ESTIMATOR = "tf.estimator is gone since TensorFlow 2.16: use tf.keras"
# The arguments of `fully_connected` and of `tf.layers.dense`.
_DENSE = {
    "inputs": "inputs", "num_outputs": "units", "activation_fn": "activation", "scope": "name",
    "weights_initializer": "kernel_initializer", "biases_initializer": "bias_initializer",
    "weights_regularizer": "kernel_regularizer", "biases_regularizer": "bias_regularizer",
    "reuse": "reuse", "trainable": "trainable",
}  # fmt: skip


def _rows() -> dict[str, Row]:
    rows = {}
    for root in _ROOTS:
        for name, text in _TOLD.items():
            rows[f"{root}.{name}"] = Row(since=_SINCE, text=text, module=True)
        rows[f"{root}.estimator"] = Row(since="tensorflow 2.16", text=_ESTIMATOR, module=True)
        cells = Row(f"{_V1}.nn.rnn_cell", _SINCE, module=True, shim=False)
        rows[f"{root}.contrib.rnn"] = cells
        for cell in _CELLS:
            rows[f"{root}.contrib.rnn.{cell}"] = replace(
                cells, new=f"{cells.new}.{cell}", module=False
            )
        for name in ("static_rnn", "static_bidirectional_rnn"):
            rows[f"{root}.contrib.rnn.{name}"] = Row(f"{_V1}.nn.{name}", _SINCE, shim=False)
        flat = Row(f"{_V1}.layers.flatten", _SINCE, shim=False)
        rows[f"{root}.contrib.layers.flatten"] = flat
        rows[f"{root}.contrib.keras"] = Row("tensorflow.keras", _SINCE, module=True, shim=False)
        plugins = Row("tensorboard.plugins", _SINCE, module=True, shim=False)
        rows[f"{root}.contrib.tensorboard.plugins"] = plugins
    return rows


class TensorFlowContrib(Moved):
    """Replace what ``tf.contrib`` had by what TensorFlow has for it, where it has the like.

    ``tf.contrib.rnn.LSTMCell`` is ``tf.nn.rnn_cell.LSTMCell``, ``xavier_initializer`` is
    ``tf.glorot_uniform_initializer``, the projector is TensorBoard's. The rest of
    ``tf.contrib``, ``tf.estimator`` and ``tensorflow.examples`` is told.
    """

    code = "COL192"
    name = "tensorflow-contrib"
    rows: ClassVar = _rows()
    nodes = ("Attribute", "Call", "Import", "ImportFrom", "Name")
    examples = (
        Example("import tensorflow.compat.v1 as tf\nc = tf.contrib.rnn.BasicLSTMCell(4)\n",
                "import tensorflow.compat.v1 as tf\nc = tf.nn.rnn_cell.BasicLSTMCell(4)\n",
                not_run="needs TF_USE_LEGACY_KERAS=1, which the setup cell sets"),
        Example("import tensorflow.compat.v1 as tf\nfrom tensorflow.contrib import rnn\n"
                "c = rnn.BasicLSTMCell(4)\no = rnn.static_rnn\n",
                "import tensorflow.compat.v1 as tf\nfrom tensorflow.compat.v1.nn import rnn_cell as rnn\n"
                "c = rnn.BasicLSTMCell(4)\no = tf.nn.static_rnn\n",
                not_run="needs TF_USE_LEGACY_KERAS=1, which the setup cell sets"),
        Example("from tensorflow.contrib.rnn import GRUCell, static_rnn\n"
                "from tensorflow.contrib.layers import flatten\n",
                "from tensorflow.compat.v1.nn.rnn_cell import GRUCell\n"
                "from tensorflow.compat.v1.nn import static_rnn\n"
                "from tensorflow.compat.v1.layers import flatten\n",
                not_run="needs TF_USE_LEGACY_KERAS=1, which the setup cell sets"),
        Example("from tensorflow.contrib.tensorboard.plugins import projector\n"
                "c = projector.ProjectorConfig()\n",
                "from tensorboard.plugins import projector\nc = projector.ProjectorConfig()\n"),
        Example("import tensorflow.compat.v1 as tf\nc = tf.contrib.rnn.GridLSTMCell\n", told="tf.contrib"),
        Example("import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
                "w = tf.get_variable('w', [2, 2], initializer=tf.contrib.layers.xavier_initializer())\n",
                "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
                "w = tf.get_variable('w', [2, 2], initializer=tf.glorot_uniform_initializer())\n"),
        Example("import tensorflow.compat.v1 as tf\nr = tf.contrib.layers.l2_regularizer(scale=0.1)\n",
                "import tensorflow.compat.v1 as tf\nr = tf.keras.regularizers.l2(0.5 * (0.1))\n"),
        Example("import tensorflow.compat.v1 as tf\n"
                "y = tf.contrib.layers.fully_connected(tf.ones([2, 3]), 4)\n",
                "import tensorflow.compat.v1 as tf\n"
                "y = tf.layers.dense(tf.ones([2, 3]), 4, activation=tf.nn.relu)\n",
                not_run="needs TF_USE_LEGACY_KERAS=1, which the setup cell sets"),
        Example("from tensorflow.examples.tutorials.mnist import input_data\n", told="mnist.load_data()"),
        Example("import tensorflow.compat.v1 as tf\n"
                "x = tf.contrib.learn.DNNClassifier()\n", told="tf.keras"),
        Example("import tensorflow as tf\nx = tf.estimator.DNNClassifier\n", told="2.16"),
        Example("import tensorflow.contrib.slim as slim\n", told="tf_slim"),
        Example("import tensorflow as tf\nx = tf.keras.layers.Flatten()\n"),
        Example("import tensorflow.compat.v1 as tf\n"
                "y = tf.contrib.layers.fully_connected(x, 4, normalizer_fn=f)\n", told="tf.contrib"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What stands for the name, or the call, that ``tf.contrib`` had."""
        import libcst as cst

        if isinstance(node, cst.Call):
            return _call(node, context)
        if isinstance(node, cst.Attribute) and context.qualified(node) in _CELLS_OF:
            return Remedy(
                text=_TOLD["contrib"], safety="report"
            )  # not by an import, nor for a cell
        return super().check(node, context)

    def row_for(self, full: str, runtime: Runtime) -> tuple[Row, str] | None:
        """As of every rule; of what else stood beside the cells, no more is known than that it is gone."""
        module, _, name = full.rpartition(".")
        if module in _CELLS_OF and full not in self.rows:
            return super().row_for(f"{module.removesuffix('.rnn')}.{name}", runtime)
        return super().row_for(full, runtime)

    def spelled(
        self, full: str, new: str, code: str, context: Context
    ) -> tuple[str, tuple[str, ...]]:
        """What only ``tensorflow.compat.v1`` has is reached through the ``tf`` that the program has for it.

        A program of TensorFlow 1 has it as ``tf`` once COL190 has seen to its imports.
        """
        if not new.startswith(f"{_V1}."):
            return super().spelled(full, new, code, context)
        called, rest = code.partition(".")[0], new.removeprefix(f"{_V1}.")
        if context.names.get(called) in _ROOTS:
            return f"{called}.{rest}", ()
        owner = next((one for one in _ROOTS if one in context.names.values()), _V1)
        first, _, tail = rest.partition(".")
        known, imports = context.spell(f"{owner}.{first}")
        return f"{known}.{tail}", imports


def _call(node: cst.Call, context: Context) -> Remedy | None:
    """The calls whose arguments differ."""
    full = context.qualified(node.func)
    root, _, name = full.partition(".contrib.layers.")
    if root not in _ROOTS or has_star(node):
        return None
    if not root.startswith(_owner(node, context)):
        return None  # reached through another import, that of tf.contrib.layers
    if name in ("xavier_initializer", "xavier_initializer_conv2d"):
        if all(one.keyword is not None and one.keyword.value == "seed" for one in node.args):
            return _renamed(node, full, f"{root}.glorot_uniform_initializer", context)
    elif name in ("l1_regularizer", "l2_regularizer") and len(node.args) == 1:
        return _regularizer(node, full, f"{root}.keras.regularizers.{name[:2]}", context)
    elif name in ("fully_connected", "linear"):
        return _dense(node, full, f"{root}.layers.dense", context)
    return None


def _owner(node: cst.Call, context: Context) -> str:
    """What the first name of what is called stands for."""
    return context.names.get(code_of(node.func).partition(".")[0], "?")


def _renamed(node: cst.Call, full: str, new: str, context: Context) -> Remedy:
    import libcst as cst

    code, imports = spelled(full, new, code_of(node.func), context)
    text = f"{full} is gone: use {code}"
    return Remedy(node.with_changes(func=cst.parse_expression(code)), imports, text)


def _regularizer(node: cst.Call, full: str, new: str, context: Context) -> Remedy | None:
    """The call for a regularizer; that for squares had half of what it was told."""
    import libcst as cst

    only = node.args[0]
    if only.keyword is not None and only.keyword.value != "scale":
        return None
    scale = code_of(only.value)
    half = f"0.5 * ({scale})" if new.endswith("l2") else scale
    plain = node.with_changes(args=[cst.Arg(cst.parse_expression(half))])
    return _renamed(plain, full, new, context)


def _dense(node: cst.Call, full: str, new: str, context: Context) -> Remedy | None:
    """The call for a dense layer, under the names that its arguments have in ``tf.layers.dense``."""
    import libcst as cst

    args = []
    for one in node.args:
        if one.keyword is None:
            args.append(one)
            continue
        keyword = _DENSE.get(one.keyword.value)
        if keyword is None:
            return None
        args.append(one.with_changes(keyword=cst.Name(keyword)))
    if sum(one.keyword is None for one in args) > 2:  # the third is the activation
        return None
    call = node.with_changes(args=args)
    has = {one.keyword.value for one in args if one.keyword is not None}
    if "activation" not in has and full.endswith("fully_connected"):
        relu, _ = spelled(
            full, f"{full.partition('.contrib')[0]}.nn.relu", code_of(node.func), context
        )
        call = with_keyword(call, "activation", relu)
    return _renamed(call, full, new, context)
