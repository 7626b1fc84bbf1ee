"""Keras 3 took the mathematics out of ``keras.backend``; ``tensorflow.keras.backend`` has it still.

Source: the release notes of Keras 3.0, and the names of both on Python 3.13 with Keras 3.13: losses, metrics
and ``Lambda`` layers made of these functions were run there. They do not take what ``Input`` gives itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Row
from colabify.rules.imports import import_from
from colabify.rules.keras.moved import Moved
from colabify.rules.spelling import code_of, dotted
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_OLD, _NEW = "keras.backend", "tensorflow.keras.backend"
_NAMES = (
    "abs", "all", "any", "arange", "argmax", "argmin", "batch_dot", "batch_flatten", "batch_get_value",
    "batch_normalization", "batch_set_value", "bias_add", "binary_crossentropy", "cast", "cast_to_floatx",
    "categorical_crossentropy", "clip", "concatenate", "constant", "conv1d", "conv2d", "conv2d_transpose",
    "conv3d", "cos", "count_params", "ctc_batch_cost", "ctc_decode", "cumprod", "cumsum", "depthwise_conv2d",
    "dot", "dropout", "dtype", "elu", "equal", "eval", "exp", "expand_dims", "eye", "flatten", "foldl",
    "foldr", "gather", "get_value", "greater", "greater_equal", "hard_sigmoid", "in_top_k", "int_shape",
    "is_sparse", "l2_normalize", "less", "less_equal", "log", "map_fn", "max", "maximum", "mean", "min",
    "minimum", "moving_average_update", "name_scope", "ndim", "not_equal", "one_hot", "ones", "ones_like",
    "permute_dimensions", "pool2d", "pool3d", "pow", "prod", "random_normal", "random_normal_variable",
    "random_uniform", "random_uniform_variable", "relu", "repeat", "repeat_elements", "reshape",
    "resize_images", "resize_volumes", "reverse", "rnn", "round", "separable_conv2d", "set_value", "shape",
    "sigmoid", "sign", "sin", "softmax", "softplus", "softsign", "sparse_categorical_crossentropy",
    "spatial_2d_padding", "spatial_3d_padding", "sqrt", "square", "squeeze", "stack", "std", "stop_gradient",
    "sum", "switch", "tanh", "temporal_padding", "tile", "to_dense", "transpose", "truncated_normal",
    "update", "update_add", "update_sub", "var", "variable", "zeros", "zeros_like",
)  # fmt: skip
_SESSION = (
    "Keras has no sessions any more: leave the line out, "
    "Colab lets TensorFlow take a GPU's memory bit by bit"
)
_TOLD = {
    "function": "keras.backend.function is gone since Keras 3: make a keras.Model of the inputs and outputs",
    "get_session": _SESSION,
    "gradients": "keras.backend.gradients does not work since TensorFlow 2: use tf.GradientTape",
    "image_dim_ordering": "use keras.backend.image_data_format(): 'channels_first' for 'th', "
    "'channels_last' for 'tf'",
    "learning_phase": "keras.backend.learning_phase is gone since Keras 3: call the model with training=",
    "manual_variable_initialization": _SESSION,
    "set_image_dim_ordering": "use keras.backend.set_image_data_format: 'channels_first' for 'th', "
    "'channels_last' for 'tf'",
    "set_learning_phase": "keras.backend.set_learning_phase is gone since Keras 3: "
    "call the model with training=",
    "set_session": _SESSION,
    "tensorflow_backend": _SESSION,
    "tf": "keras.backend.tf is gone: import tensorflow as tf",
}  # fmt: skip
_COMPAT = "tensorflow.compat.v1.keras.backend"


class KerasBackend(Moved):
    """Take the functions of ``keras.backend`` from ``tensorflow.keras.backend``.

    ``from keras import backend as K`` becomes ``from tensorflow.keras import backend as K`` where the program
    uses ``K.mean`` or the like; what Keras 3 has itself, such as ``K.clear_session``, needs nothing.
    """

    code = "COL199"
    name = "keras-backend"
    rows: ClassVar = {
        **{f"{_OLD}.{name}": Row(f"{_NEW}.{name}", "keras 3.0") for name in _NAMES},
        **{
            f"{_OLD}.{name}": Row(since="keras 3.0", text=text, module=True)
            for name, text in _TOLD.items()
        },
        **{
            f"{_NEW}.{name}": Row(f"{_COMPAT}.{name}", "tensorflow 2.0", shim=False)
            for name in ("get_session", "set_session")
        },
    }
    examples = (
        Example("from keras import backend as K\ny = K.eval(K.mean(K.constant([1.0, 3.0])))\n",
                "from tensorflow.keras import backend as K\n"
                "y = K.eval(K.mean(K.constant([1.0, 3.0])))\n", shows="float(y)"),
        Example("import keras.backend as K\ny = K.eval(K.square(K.constant(3.0)))\n",
                "import tensorflow.keras.backend as K\n"
                "y = K.eval(K.square(K.constant(3.0)))\n", shows="float(y)"),
        Example("from keras.backend import constant, epsilon, eval\ny = eval(constant(3.0))\n",
                "from keras.backend import epsilon\nfrom tensorflow.keras.backend import constant, eval\n"
                "y = eval(constant(3.0))\n", shows="float(y)"),
        Example("import keras\ndef loss(t, p):\n    return keras.backend.mean(t - p)\n",
                "import keras\nimport tensorflow.keras.backend\ndef loss(t, p):\n"
                "    return tensorflow.keras.backend.mean(t - p)\n",
                not_run="defines a function, and does not call it"),
        Example("from keras import backend as K\nK.clear_session()\n"),
        Example("from tensorflow.keras import backend as K\nx = K.mean\n"),
        Example("from keras import backend as K\nK.set_session(None)\n", told="leave the line out"),
        Example("import keras\nx = keras.backend.image_data_format()\n"),
        Example("K.mean(x)\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether the program uses what has moved: its import may stand in another cell."""
        return any(self.row_for(one, context.runtime) is not None for one in context.used)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The import of the backend, or what became of a name of it."""
        import libcst as cst

        if isinstance(node, cst.Import | cst.ImportFrom):
            return self._module(node, context) or super().check(node, context)
        remedy = super().check(node, context)
        if remedy is None or remedy.new is None or isinstance(node, cst.Name):
            return remedy
        root = code_of(node).partition(".")[0]
        return None if context.names.get(root) == _OLD else remedy  # its import is mended

    def _module(self, node: cst.Import | cst.ImportFrom, context: Context) -> Remedy | None:
        """The import under a name of its own of the module, of which the program uses what has moved."""
        moved = sorted(
            one
            for one in context.used
            if one.startswith(f"{_OLD}.") and self.row_for(one, context.runtime)
        )
        shims = tuple(
            Shim(one, self.rows[one].new)
            for one in moved
            if one in self.rows and self.rows[one].new
        )
        if not shims:
            return None
        text = (
            "keras.backend has no functions since Keras 3: take them from tensorflow.keras.backend"
        )
        new = _of_tensorflow(node)
        return Remedy(new, text=text, shims=shims) if new else None


def _of_tensorflow(
    node: cst.Import | cst.ImportFrom,
) -> tuple[cst.BaseSmallStatement, ...]:
    """The import with the backend of ``tensorflow.keras``; none if it gives no name to that of Keras."""
    import libcst as cst

    if isinstance(node, cst.Import):
        only = node.names[0]
        if len(node.names) > 1 or code_of(only.name) != _OLD or only.asname is None:
            return ()
        return (node.with_changes(names=[only.with_changes(name=dotted(_NEW))]),)
    if node.module is None or code_of(node.module) != "keras":
        return ()
    names = () if isinstance(node.names, cst.ImportStar) else node.names
    ours = [one for one in names if code_of(one.name) == "backend"]
    others = [one for one in names if code_of(one.name) != "backend"]
    if not ours:
        return ()
    made = import_from("tensorflow.keras", ours)
    return (import_from("keras", others), made) if others else (made,)


KerasBackend.needles |= {"backend"}
