"""Keras 3 has one level of modules, and neither ``keras.engine`` nor what was for TensorFlow 1.

Source: the release notes of Keras 2.0, 2.6, 2.13 and 3.0. Each row was tried on Python 3.13 with Keras 3.13
and TensorFlow 2.20, as ``keras`` and as ``tensorflow.keras``: they differ in what they still have. The new
names work in Keras 2 as well.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy
from colabify.rules.families import Row
from colabify.rules.keras.legacy import is_of_legacy_keras
from colabify.rules.keras.moved import Moved
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_ROOTS = {
    "keras": "keras 3.0",
    "tensorflow.keras": "tensorflow 2.16",
    "tensorflow.compat.v1.keras": "tensorflow 2.16",
}
_MODULES = {
    **{
        f"layers.{module}": "layers"
        for module in (
            "advanced_activations", "convolutional", "convolutional_recurrent", "core", "embeddings",
            "experimental.preprocessing", "merge", "noise", "normalization", "pooling", "preprocessing",
            "recurrent", "rnn", "wrappers",
        )
    },
    "objectives": "losses",
    "utils.data_utils": "utils",
    "utils.generic_utils": "utils",
    "utils.np_utils": "utils",
    "utils.vis_utils": "utils",
    "applications.mobilenetv2": "applications.mobilenet_v2",
}  # fmt: skip
_NAMES = {
    "constraints.maxnorm": "constraints.max_norm",
    "constraints.nonneg": "constraints.non_neg",
    "constraints.unitnorm": "constraints.unit_norm",
    "engine.Input": "layers.Input",
    "engine.InputLayer": "layers.InputLayer",
    "engine.InputSpec": "layers.InputSpec",
    "engine.Layer": "layers.Layer",
    "engine.Model": "models.Model",
    "engine.base_layer.Layer": "layers.Layer",
    "engine.input_layer.Input": "layers.Input",
    "engine.topology.Input": "layers.Input",
    "engine.topology.InputSpec": "layers.InputSpec",
    "engine.topology.Layer": "layers.Layer",
    "engine.training.Model": "models.Model",
    "initializers.normal": "initializers.RandomNormal",
    "initializers.uniform": "initializers.RandomUniform",
    "layers.CuDNNGRU": "layers.GRU",
    "layers.CuDNNLSTM": "layers.LSTM",
    "layers.Deconvolution2D": "layers.Conv2DTranspose",
    "layers.cudnn_recurrent.CuDNNGRU": "layers.GRU",
    "layers.cudnn_recurrent.CuDNNLSTM": "layers.LSTM",
    "losses.cosine_proximity": "losses.cosine_similarity",
    "models.Input": "layers.Input",
    "optimizers.adam_v2.Adam": "optimizers.Adam",
    "optimizers.adam.Adam": "optimizers.Adam",
    "optimizers.gradient_descent_v2.SGD": "optimizers.SGD",
    "optimizers.rmsprop_v2.RMSprop": "optimizers.RMSprop",
}  # fmt: skip
_TOLD = {
    "engine": "keras.engine is gone since Keras 3: take it from keras.layers or keras.models",
    "estimator": "keras.estimator is gone since Keras 3: train the model by its fit",
    "experimental": "keras.experimental is gone since Keras 3",
    "initializations": "keras.initializations is keras.initializers since Keras 2",
    "layers.AtrousConvolution2D": "use keras.layers.Conv2D with dilation_rate=",
    "layers.Highway": "Keras has no Highway layer since 2.0",
    "layers.LocallyConnected1D": "Keras 3 has no LocallyConnected1D",
    "layers.LocallyConnected2D": "Keras 3 has no LocallyConnected2D",
    "layers.MaxoutDense": "Keras has no MaxoutDense layer since 2.0",
    "layers.Merge": "Keras has no Merge layer since 2.0: use keras.layers.concatenate, add or multiply",
    "legacy": "keras.legacy has nothing for programs since Keras 3",
    "mixed_precision.experimental": "use keras.mixed_precision.set_global_policy",
    "models.model_from_yaml": "Keras reads no YAML any more: use to_json and model_from_json",
    "optimizers.TFOptimizer": "use an optimizer of keras.optimizers",
    "utils.io_utils.HDF5Matrix": "HDF5Matrix is gone: read the file with h5py",
    "utils.multi_gpu_model": "multi_gpu_model is gone: Colab has one GPU, so leave it out",
    "utils.training_utils.multi_gpu_model": "multi_gpu_model is gone: Colab has one GPU, so leave it out",
    "wrappers.scikit_learn": "the wrappers are a library of their own now: install scikeras, and take "
    "KerasClassifier(model=...) from scikeras.wrappers",
}  # fmt: skip
# What Keras has as modules alone since 3, and TensorFlow's Keras has still.
_ALONE = {
    "losses.KLD": "losses.kl_divergence",
    "losses.MAE": "losses.mean_absolute_error",
    "losses.MSE": "losses.mean_squared_error",
    "losses.kullback_leibler_divergence": "losses.kl_divergence",
    "losses.logcosh": "losses.log_cosh",
    "losses.mae": "losses.mean_absolute_error",
    "losses.mse": "losses.mean_squared_error",
    "metrics.MSE": "metrics.mean_squared_error",
    "metrics.mse": "metrics.mean_squared_error",
}  # fmt: skip
_WITHIN = {
    "losses.mean_absolute_error": "losses.MAE",
    "losses.mean_absolute_percentage_error": "losses.MAPE",
    "losses.mean_squared_error": "losses.MSE",
    "losses.mean_squared_logarithmic_error": "losses.MSLE",
    "metrics.mean_absolute_error": "metrics.MAE",
    "metrics.mean_squared_error": "metrics.MSE",
}  # fmt: skip
_MERGES = tuple(f"{root}.layers.merge" for root in _ROOTS)
_MERGE = (
    "keras.layers.merge was a function of Keras 1: use keras.layers.concatenate, add or multiply"
)
_PREPROCESSING = (
    "image.ImageDataGenerator", "image.apply_affine_transform", "image.random_rotation", "image.random_shift",
    "image.random_zoom", "sequence.TimeseriesGenerator", "sequence.make_sampling_table", "sequence.skipgrams",
)  # fmt: skip


def _rows() -> dict[str, Row]:
    rows = {}
    for root, since in _ROOTS.items():
        for old, new in _MODULES.items():
            rows[f"{root}.{old}"] = Row(f"{root}.{new}", since, module=True)
        for old, new in _NAMES.items():
            rows[f"{root}.{old}"] = Row(f"{root}.{new}", since)
        for old, told in _TOLD.items():
            rows[f"{root}.{old}"] = Row(since=since, text=told, module=True)
    for old, new in _ALONE.items():
        rows[f"keras.{old}"] = Row(f"keras.{new}", "keras 3.0")
    for old, new in _WITHIN.items():
        rows[f"tensorflow.keras.{old}"] = Row(f"tensorflow.keras.{new}", "tensorflow 2.16")
    for old in _PREPROCESSING:
        new = f"tensorflow.keras.preprocessing.{old}"
        rows[f"keras.preprocessing.{old}"] = Row(new, "keras 3.0")
    rows["keras.preprocessing.text"] = Row(
        "tensorflow.keras.preprocessing.text", "keras 3.0", module=True
    )
    return rows


class KerasNames(Moved):
    """Take a name of Keras from where Keras 3 has it.

    ``keras.layers.core.Dense`` is ``keras.layers.Dense``, ``np_utils.to_categorical`` is
    ``keras.utils.to_categorical``, ``CuDNNLSTM`` is ``LSTM``. What generates batches of images and reads
    text is only in ``tensorflow.keras.preprocessing`` now.
    """

    code = "COL193"
    name = "keras-names"
    rows: ClassVar = _rows()
    examples = (
        Example("from keras.layers.core import Dense, Dropout\nx = Dense(3).units\n",
                "from keras.layers import Dense, Dropout\nx = Dense(3).units\n", shows="x"),
        Example("from keras.utils import np_utils\ny = np_utils.to_categorical([0, 1])\n",
                "from keras import utils as np_utils\n"
                "y = np_utils.to_categorical([0, 1])\n", shows="y.tolist()"),
        Example("from keras.preprocessing.image import ImageDataGenerator\ng = ImageDataGenerator()\n",
                "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n"
                "g = ImageDataGenerator()\n"),
        Example("from keras.preprocessing.text import Tokenizer\nt = Tokenizer()\n",
                "from tensorflow.keras.preprocessing.text import Tokenizer\nt = Tokenizer()\n"),
        Example("import tensorflow as tf\nx = tf.keras.layers.experimental.preprocessing.Rescaling(0.5)\n",
                "import tensorflow as tf\nx = tf.keras.layers.Rescaling(0.5)\n"),
        Example("from keras.layers import CuDNNLSTM\nx = CuDNNLSTM(3).units\n",
                "from keras.layers import LSTM as CuDNNLSTM\nx = CuDNNLSTM(3).units\n", shows="x"),
        Example("import keras\nx = keras.layers.normalization.BatchNormalization().axis\n",
                "import keras\nx = keras.layers.BatchNormalization().axis\n", shows="x"),
        Example("from keras.wrappers.scikit_learn import KerasClassifier\n", told="scikeras"),
        Example("from keras.layers import Dense\nx = Dense(3)\n"),
        Example("from keras.preprocessing.sequence import pad_sequences\n"),
        Example("from keras.preprocessing import image\nx = image.img_to_array\n"),
        Example("from keras.applications.vgg16 import VGG16, preprocess_input\n"),
        Example("from keras.models import model_from_yaml\n", told="model_from_json"),
        Example("from keras.layers import merge\ny = merge([a, b], mode='concat')\n", told="concatenate"),
        Example("from sklearn.layers.core import Dense\n"),
        Example("import keras\nx = keras.losses.mean_squared_error\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name; nothing is told of what the older Keras has, where that is taken."""
        remedy = super().check(node, context)
        if remedy is not None and "merge" in code_of(node) and _merges(context):
            remedy = _OF_KERAS_1.check(node, context)
        if remedy is not None and remedy.new is None and is_of_legacy_keras(context):
            return None
        return remedy


class _OfKeras1(Moved):
    """The same in programs of Keras 1, for which ``merge`` was a function, and not yet a module."""

    rows: ClassVar = KerasNames.rows | {
        name: Row(since=since, text=_MERGE)
        for name, since in zip(_MERGES, _ROOTS.values(), strict=True)
    }


_OF_KERAS_1 = _OfKeras1()


def _merges(context: Context) -> bool:
    """Whether the program calls ``merge`` itself."""
    calls = (call for unit in context.units for call in unit.of(ast.Call))
    return any(qualified(call.func, context.names) in _MERGES for call in calls)
