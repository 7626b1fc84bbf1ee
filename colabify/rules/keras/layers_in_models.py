"""``tf.keras.Sequential`` takes no layers of ``tf.layers`` since TensorFlow 1.13.

Source: the error of the older Keras (``tf-keras`` 2.20), which says what to take instead. ``tf.layers`` are
made of Keras's layers: a model of either was trained on Python 3.13 with TensorFlow 2.20, in a graph, from
the same seeds, and had the same losses. Left alone is what ``tf.layers`` did besides: they put updates and
losses into collections of the graph (batch normalization, regularizers), and shared variables.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import has_star
from colabify.rules.keras.programs import spelled
from colabify.rules.provided import stand_in
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_TENSORFLOW = ("tensorflow.compat.v1.", "tensorflow.")
_MODELS = frozenset(
    f"{prefix}keras.{name}"
    for prefix in _TENSORFLOW
    for name in ("Sequential", "models.Sequential")
)
# The layers that are Keras's and nothing else, and how many arguments both take by position.
_SAME = {
    "Dense": 10,
    "Flatten": 0,
    **{f"Conv{n}D": 6 for n in (1, 2, 3)},
    **{f"{kind}Pooling{n}D": 4 for kind in ("Max", "Average") for n in (1, 2, 3)},
}
_SAME_KEYWORDS = frozenset(
    {
        "activation", "bias_constraint", "bias_initializer", "data_format", "dilation_rate", "filters",
        "input_shape", "kernel_constraint", "kernel_initializer", "kernel_size", "name", "padding",
        "pool_size", "strides", "trainable", "units", "use_bias",
    }
)  # fmt: skip
_TEXT = "tf.keras.Sequential takes no tf.layers any more: use tf.keras.layers"
_SHIM = "tensorflow.compat.v1.layers.Layer"
_BEFORE = (
    "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\nx = tf.ones([2, 3])\n{}"
    "with tf.Session() as s:\n    s.run(tf.global_variables_initializer())\n    y = s.run(model(x)).shape\n"
)


class LayersInModels(Rule):
    """Make the layers of a ``tf.keras.Sequential`` by ``tf.keras.layers``, no longer by ``tf.layers``.

    Where a list has others than dense, flat, convolution and pooling layers, or regularizers, it stays, and
    the setup cell has models take them as they are.
    """

    code = "COL189"
    name = "layers-in-models"
    needles = frozenset({"layers"})
    packages = frozenset({"tensorflow"})
    nodes = ("Assign", "Call")
    examples = (
        Example(_BEFORE.format("model = tf.keras.Sequential([tf.layers.Dense(4)])\n"),
                _BEFORE.format("model = tf.keras.Sequential([tf.keras.layers.Dense(4)])\n"),
                not_run="needs TF_USE_LEGACY_KERAS=1, which the setup cell sets"),
        Example(_BEFORE.format("layers = [tf.layers.Flatten(), tf.layers.Dense(4)]\n"
                               "model = tf.keras.Sequential(layers)\n"),
                _BEFORE.format("layers = [tf.keras.layers.Flatten(), tf.keras.layers.Dense(4)]\n"
                               "model = tf.keras.Sequential(layers)\n"),
                not_run="needs TF_USE_LEGACY_KERAS=1, which the setup cell sets"),
        Example(_BEFORE.format("model = tf.keras.Sequential()\nmodel.add(tf.layers.Dense(4))\n"),
                _BEFORE.format("model = tf.keras.Sequential()\nmodel.add(tf.keras.layers.Dense(4))\n"),
                not_run="needs TF_USE_LEGACY_KERAS=1, which the setup cell sets"),
        Example("import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
                "x = tf.layers.Dense(4)(tf.ones([2, 3]))\nlayers = [tf.layers.Dense(4)]\nprint(layers)\n"),
        Example("import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
                "x = tf.layers.dense(tf.ones([2, 3]), 4)\n"),
        Example("import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
                "model = tf.keras.Sequential([tf.keras.layers.Dense(4)])\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """Whether the runtime's TensorFlow is of version 2."""
        return is_gone("tensorflow 2.0", runtime)

    def concerns(self, context: Context) -> bool:
        """Whether the program has such models, and such layers."""
        return bool(_MODELS & context.used) and any(_layer_of(one) for one in context.used)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The model, its list, or the layer that it is given."""
        import libcst as cst

        match node:
            case cst.Call(args=[cst.Arg(value=value), *_]) if (
                context.qualified(node.func) in _MODELS
            ):
                pass
            case cst.Call(
                func=cst.Attribute(value=cst.Name(value=model), attr=cst.Name(value="add")),
                args=[cst.Arg(value=value)],
            ) if _is_model(model, context):
                pass
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value):
                if not isinstance(value, cst.List) or not _is_given(name, context):
                    return None
            case _:
                return None
        layers = [one.value for one in value.elements] if isinstance(value, cst.List) else [value]
        old = [one for one in layers if isinstance(one, cst.Call) and _name_of(one, context)]
        if not old:
            return None
        if not all(_is_same(one, context) for one in old):
            return Remedy(text=_TEXT, safety="report", shims=stand_in(_SHIM))
        return _made(node, old, context)


def _made(node: cst.CSTNode, old: Sequence[cst.Call], context: Context) -> Remedy:
    """The node with the layers made by Keras."""
    import libcst as cst

    imports: tuple[str, ...] = ()
    new = node
    for one in old:
        full = context.qualified(one.func)
        root = full.partition("layers.")[0]
        func, more = spelled(
            full, f"{root}keras.layers.{_name_of(one, context)}", code_of(one.func), context
        )
        imports += more
        changed = new.deep_replace(one, one.with_changes(func=cst.parse_expression(func)))
        new = cst.ensure_type(changed, type(node))
    shims = stand_in(_SHIM)
    if isinstance(new, cst.Assign):
        return Remedy((new,), imports, _TEXT, shims=shims)
    return Remedy(cst.ensure_type(new, cst.Call), imports, _TEXT, shims=shims)


def _layer_of(full: str) -> str:
    """``Dense`` for ``tensorflow.layers.Dense``; empty for functions and all else."""
    for prefix in _TENSORFLOW:
        if full.startswith(f"{prefix}layers."):
            name = full.removeprefix(f"{prefix}layers.")
            return name if name[:1].isupper() and "." not in name else ""
    return ""


def _name_of(call: cst.Call, context: Context) -> str:
    return _layer_of(context.qualified(call.func))


def _is_same(call: cst.Call, context: Context) -> bool:
    """Whether Keras's layer is the same, with these arguments."""
    placed = [one for one in call.args if one.keyword is None]
    named = {one.keyword.value for one in call.args if one.keyword is not None}
    least = _SAME.get(_name_of(call, context), -1)
    return not has_star(call) and len(placed) <= least and named <= _SAME_KEYWORDS


def _is_given(name: str, context: Context) -> bool:
    """Whether all that this cell, or module, does with a name is to give it to a model."""
    unit = context.unit
    if unit is None:
        return False
    given = {
        id(one.args[0])
        for one in unit.of(ast.Call)
        if one.args and qualified(one.func, context.names) in _MODELS
    }
    read = [n for n in unit.of(ast.Name) if n.id == name and isinstance(n.ctx, ast.Load)]
    return bool(read) and all(id(one) in given for one in read)


def _is_model(name: str, context: Context) -> bool:
    """Whether the program calls nothing but models by this name."""
    values = [
        node.value
        for unit in context.units
        for node in unit.of(ast.Assign)
        if any(isinstance(one, ast.Name) and one.id == name for one in node.targets)
    ]
    return bool(values) and all(
        isinstance(one, ast.Call) and qualified(one.func, context.names) in _MODELS
        for one in values
    )
