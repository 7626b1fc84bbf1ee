"""Keras 2 renamed most arguments of Keras 1, and Keras 3 takes no old names any more.

Source: the release notes of Keras 2.0 and 3.0; each row was tried on Python 3.13 with Keras 3.13, as
``keras`` and as ``tensorflow.keras``. All of the new names work in Keras 2.3 as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import functions_of, has_star
from colabify.rules.families import Keyword, Keywords
from colabify.rules.keras.legacy import is_of_legacy_keras
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_ROOTS = {
    "keras": "keras 3.0",
    "tensorflow.keras": "tensorflow 2.16",
    "tensorflow.compat.v1.keras": "tensorflow 2.16",
}
_DATA_FORMATS = {"'th'": "'channels_first'", "'tf'": "'channels_last'"}
_SCHEDULE = (
    "Keras 3 knows no such argument, and no mending it is sure: give learning_rate a schedule"
)
_BATCH = "Keras 3 takes the size of a batch from a first layer keras.Input(batch_shape=...)"
_COMMON = {
    "W_constraint": "kernel_constraint", "W_regularizer": "kernel_regularizer", "bias": "use_bias",
    "b_constraint": "bias_constraint", "b_regularizer": "bias_regularizer", "init": "kernel_initializer",
}  # fmt: skip
_CONVOLUTION = {**_COMMON, "border_mode": "padding", "nb_filter": "filters", "subsample": "strides"}
_RECURRENT = {
    **_COMMON, "U_regularizer": "recurrent_regularizer", "dropout_U": "recurrent_dropout",
    "dropout_W": "dropout", "inner_activation": "recurrent_activation", "inner_init": "recurrent_initializer",
    "output_dim": "units",
}  # fmt: skip
_LINE = {**_CONVOLUTION, "filter_length": "kernel_size", "subsample_length": "strides"}
_POOL = {"border_mode": "padding"}
_POOL_LINE = {**_POOL, "pool_length": "pool_size", "stride": "strides"}
_LAYERS = {
    "AveragePooling1D": _POOL_LINE, "AveragePooling2D": _POOL, "Conv1D": _LINE, "Conv2D": _CONVOLUTION,
    "Conv2DTranspose": _CONVOLUTION, "Convolution1D": _LINE, "Convolution2D": _CONVOLUTION,
    "BatchNormalization": {"beta_init": "beta_initializer", "gamma_init": "gamma_initializer"},
    "Dense": {**_COMMON, "output_dim": "units"}, "Dropout": {"p": "rate"},
    "Embedding": {"W_regularizer": "embeddings_regularizer", "init": "embeddings_initializer"},
    "GRU": _RECURRENT, "GaussianNoise": {"sigma": "stddev"}, "LSTM": _RECURRENT, "MaxPooling1D": _POOL_LINE,
    "MaxPooling2D": _POOL, "SeparableConv2D": _CONVOLUTION, "SimpleRNN": _RECURRENT,
    "SpatialDropout1D": {"p": "rate"}, "SpatialDropout2D": {"p": "rate"},
}  # fmt: skip
_OPTIMIZERS = ("Adadelta", "Adagrad", "Adam", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD")
_IMAGES = ("AveragePooling2D", "Conv2D", "Convolution2D", "Flatten", "MaxPooling2D", "UpSampling2D")
_PERIOD = "ModelCheckpoint has no period= any more: save_freq= counts batches"
_KERNELS = ("Convolution2D", "Deconvolution2D")


def _rows() -> dict[str, Keyword]:
    rows = {}
    for root, since in _ROOTS.items():
        for name, row in {**_of_layers(since), **_of_others(since)}.items():
            rows[f"{root}.{name}"] = row
    for method in ("fit", "evaluate", "predict"):
        for name in ("workers", "use_multiprocessing", "max_queue_size", "max_q_size"):
            rows[f"keras.Model.{method}({name})"] = Keyword(since="keras 3.0", drop=True)
    rows["keras.Model.fit(nb_epoch)"] = Keyword("epochs", "keras 3.0")
    return rows


def _of_layers(since: str) -> dict[str, Keyword]:
    rows = {
        f"layers.{layer}({old})": Keyword(new, since)
        for layer, names in _LAYERS.items()
        for old, new in names.items()
    }
    for layer in _IMAGES:
        row = Keyword("data_format", since, values=_DATA_FORMATS, only=True)
        rows[f"layers.{layer}(dim_ordering)"] = row
    for layer in ("LSTM", "GRU", "SimpleRNN"):
        rows[f"layers.{layer}(batch_input_shape)"] = Keyword(since=since, text=_BATCH)
        rows[f"layers.{layer}(consume_less)"] = Keyword(since=since, drop=True)
    zero = Keyword(since=since, drop=True, values={"0": "0"}, only=True)
    rows["layers.BatchNormalization(mode)"] = zero
    rows["layers.BatchNormalization(fused)"] = Keyword(since=since, drop=True)
    return rows


def _of_others(since: str) -> dict[str, Keyword]:
    rows = {f"regularizers.{name}(l)": Keyword(name, since) for name in ("l1", "l2")}
    none = Keyword(since=since, drop=True, values={"None": "None"}, only=True)
    for name in _OPTIMIZERS:
        rows[f"optimizers.{name}(lr)"] = Keyword("learning_rate", since)
        rows[f"optimizers.{name}(epsilon)"] = none
        rows[f"optimizers.{name}(schedule_decay)"] = Keyword(since=since, text=_SCHEDULE)
    for name in ("Model", "models.Model"):
        rows[f"{name}(input)"] = Keyword("inputs", since)
        rows[f"{name}(output)"] = Keyword("outputs", since)
    for name in ("write_grads", "batch_size", "embeddings_layer_names", "embeddings_data"):
        rows[f"callbacks.TensorBoard({name})"] = Keyword(since=since, drop=True)
    rows["callbacks.ModelCheckpoint(period)"] = Keyword(since=since, text=_PERIOD)
    for name in ("utils.to_categorical", "utils.np_utils.to_categorical"):
        rows[f"{name}(nb_classes)"] = Keyword("num_classes", since)
    return rows


class KerasKeywords(Keywords):
    """Call Keras with the arguments that it takes now.

    ``Adam(lr=0.01)`` is ``Adam(learning_rate=0.01)``, ``nb_epoch=`` is ``epochs=``, ``border_mode=`` is
    ``padding=``, and ``fit`` takes no ``workers=`` any more. ``Convolution2D(32, 3, 3)`` named the height
    and the width of its kernel, where ``(32, (3, 3))`` stands now.
    """

    code = "COL194"
    name = "keras-keywords"
    rows: ClassVar = _rows()
    examples = (
        Example("from keras.optimizers import Adam\no = Adam(lr=0.5, epsilon=None)\n",
                "from keras.optimizers import Adam\no = Adam(learning_rate=0.5)\n"),
        Example("import tensorflow as tf\no = tf.keras.optimizers.SGD(lr=0.5, momentum=0.9)\n",
                "import tensorflow as tf\no = tf.keras.optimizers.SGD(learning_rate=0.5, momentum=0.9)\n"),
        Example("import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential()\nm.add(Dense(output_dim=1, init='zero', input_dim=2))\n"
                "m.compile('sgd', 'mse')\nh = m.fit(np.ones((4, 2)), np.ones(4), nb_epoch=2, verbose=0)\n",
                "import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential()\nm.add(Dense(units=1, kernel_initializer='zero', input_dim=2))\n"
                "m.compile('sgd', 'mse')\nh = m.fit(np.ones((4, 2)), np.ones(4), epochs=2, verbose=0)\n"),
        Example("from keras.layers import Convolution2D\n"
                "c = Convolution2D(8, 3, 5, border_mode='same').kernel_size\n",
                "from keras.layers import Convolution2D\n"
                "c = Convolution2D(8, (3, 5), padding='same').kernel_size\n",
                shows="c"),
        Example("import numpy as np\nimport tensorflow as tf\n"
                "m = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(2,))])\n"
                "m.compile('sgd', 'mse')\n"
                "h = m.fit(np.ones((4, 2)), np.ones(4), workers=4, use_multiprocessing=False)\n",
                "import numpy as np\nimport tensorflow as tf\n"
                "m = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(2,))])\n"
                "m.compile('sgd', 'mse')\n"
                "h = m.fit(np.ones((4, 2)), np.ones(4))\n"),
        Example("from keras.callbacks import ModelCheckpoint\nc = ModelCheckpoint('a.h5', period=5)\n",
                told="save_freq"),
        Example("from keras.optimizers import Adam\no = Adam(learning_rate=0.5, epsilon=1e-8)\n"),
        Example("from torch.optim import Adam\no = Adam(p, lr=0.5)\n"),
        Example("import keras\nh = model.fit(x, y, nb_epoch=2)\n"),
        Example("from keras.layers import Conv2D\nc = Conv2D(8, 3, 2)\n"),
        Example("from keras.layers import Convolution2D\nc = Convolution2D(8, (3, 3), (2, 2))\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with all its arguments brought up to date."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return None
        functions = functions_of(node, context)
        if any(one.endswith(_KERNELS) and one.split(".layers.")[0] in _ROOTS for one in functions):
            remedy = _kernel(node)
            if remedy is not None:
                return remedy
        remedy = super().check(node, context)
        if remedy is not None and remedy.new is None and is_of_legacy_keras(context):
            return None  # the older Keras takes it
        return remedy


def _kernel(node: cst.Call) -> Remedy | None:
    """The call with the height and the width of its kernel in one argument; None if they are."""
    import libcst as cst

    plain = [one for one in node.args if one.keyword is None]
    if len(plain) != 3 or has_star(node) or isinstance(plain[1].value, cst.Tuple):
        return None
    if any(one.keyword and one.keyword.value in ("strides", "kernel_size") for one in node.args):
        return None
    filters, height, width = plain
    size = cst.parse_expression(f"({code_of(height.value)}, {code_of(width.value)})")
    both = width.with_changes(value=size)
    text = "Convolution2D takes the size of its kernel as one argument now: (3, 3)"
    return Remedy(node.with_changes(args=[filters, both, *node.args[3:]]), text=text)
