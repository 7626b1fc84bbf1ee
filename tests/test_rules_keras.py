"""What the examples of the rules for TensorFlow and Keras cannot show: several cells, and the older Keras."""

from __future__ import annotations

import ast

import pytest

from colabify.rules.keras import RULES
from colabify.rules.keras.legacy import legacy_keras
from colabify.rules.whole import Whole
from colabify.runtime import load_runtime
from colabify.unit import Unit
from tests.ruled import ruled

TF = "import tensorflow as tf\n"
V1 = "import tensorflow.compat.v1 as tf\n"
OFF = "tf.disable_v2_behavior()\n"


# cells, what becomes of them
SEVERAL = {
    "only the first import turns graphs on": (
        [TF, f"{TF}x = tf.placeholder(tf.float32)\n"],
        [V1 + OFF, f"{V1}x = tf.placeholder(tf.float32)\n"],
    ),
    "what a later cell uses decides": (
        [TF, "x = tf.log(tf.ones(2))\n", "s = tf.Session()\n"],
        [V1 + OFF, "x = tf.log(tf.ones(2))\n", "s = tf.Session()\n"],
    ),
    "computing at once forbids it": (
        [TF, "x = tf.log(tf.ones(2))\n", "with tf.GradientTape() as t:\n    pass\n"],
        [TF, "x = tf.math.log(tf.ones(2))\n", "with tf.GradientTape() as t:\n    pass\n"],
    ),
    "contrib together with the import": (
        [TF, "c = tf.contrib.rnn.LSTMCell(3)\n"],
        [V1 + OFF, "c = tf.nn.rnn_cell.LSTMCell(3)\n"],
    ),
    "a backend that another cell uses": (
        ["import keras.backend as K\n", "x = K.mean(y)\n"],
        ["import tensorflow.keras.backend as K\n", "x = K.mean(y)\n"],
    ),
    "a file of weights that another cell loads": (
        ["import keras\nm = keras.models.Sequential()\nm.save_weights('a.h5')\n", "m.load_weights('a.h5')\n"],
        [
            "import keras\nm = keras.models.Sequential()\nm.save_weights('a.weights.h5')\n",
            "m.load_weights('a.weights.h5')\n",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEVERAL)
def test_several_cells(name: str) -> None:
    before, after = SEVERAL[name]
    assert [one.source for one in ruled(*before, rules=RULES)] == after
    assert [one.source for one in ruled(*after, rules=RULES)] == after


KERAS = "from tensorflow import keras\n"
# source, a part of the reason (empty: the older Keras is not needed)
LEGACY = {
    "layers of TensorFlow 1": (f"{TF}tf.layers.dense(tf.placeholder(tf.float32), 3)", "tf.layers"),
    "the same, ported": (f"{V1}{OFF}tf.layers.dense(x, 3)", "tf.layers"),
    "cells of TensorFlow 1": (f"{TF}tf.Session()\ntf.nn.rnn_cell.LSTMCell(3)", "rnn_cell"),
    "models in graphs": (f"{TF}tf.Session()\ntf.keras.layers.Dense(3)", "graphs"),
    "graphs without Keras": (f"{TF}tf.Session()\ntf.keras.datasets.mnist.load_data()", ""),
    "renames are enough": (f"{KERAS}keras.optimizers.Adam(lr=0.1)\nmodel.fit_generator(g)", ""),
    "a folder": (f"{KERAS}model = keras.Sequential()\nmodel.save('saved')", "folder"),
    "a file": (f"{KERAS}model = keras.Sequential()\nmodel.save('saved.h5')", ""),
    "a folder by its format": (
        f"{KERAS}net = keras.Sequential()\nnet.save('a.x', save_format='tf')",
        "folder",
    ),
    "a file by its format": (
        f"{KERAS}model = keras.Sequential()\nmodel.save('a', save_format='h5')",
        "",
    ),
    "another argument": (
        f"{KERAS}model = keras.Sequential()\nmodel.save('saved', overwrite=True)",
        "folder",
    ),
    "no model": (f"{KERAS}keras.Sequential()\nfigure.save('saved')", ""),
    "tf of an Input": (f"{TF}x = tf.keras.Input((3,))\ntf.reduce_mean(x)", "tf.keras.Input"),
    "tf of a layer's": (
        f"{TF}x = tf.keras.Input((3,))\nx = tf.keras.layers.Dense(3)(x)\ntf.concat([x, x], 1)",
        "tf.keras.Input",
    ),
    "tf of a tensor": (f"{TF}x = tf.keras.Input((3,))\ny = tf.ones(3)\ntf.reduce_mean(y)", ""),
    "a session of Keras": (
        "from tensorflow.keras import backend as K\nK.set_session(s)",
        "session",
    ),
    "Keras alone": ("import keras\nkeras.models.Sequential()\nkeras.backend.set_session(s)", ""),
    "a name with a slash": (f"{TF}tf.keras.layers.Dense(3, name='features/layer0')", "a /"),
    "a name with a slash, of a metric": (f"{TF}tf.keras.metrics.Mean(name='train/loss')", ""),
    "a checkpoint": (f"{KERAS}net = keras.Sequential()\nnet.load_weights('a.ckpt')", "checkpoint"),
    "a checkpoint under a name": (
        f"{KERAS}PATH = 'data/net.ckpt'\nnet = keras.Sequential()\nnet.load_weights(PATH)",
        "checkpoint",
    ),
    "the last checkpoint": (
        f"{TF}net = tf.keras.Sequential()\nnet.load_weights(tf.train.latest_checkpoint('a'))",
        "checkpoint",
    ),
    "weights in a file": (f"{KERAS}net = keras.Sequential()\nnet.load_weights('a.h5')", ""),
    "weights of another kind": (f"{KERAS}net = keras.Sequential()\nnet.load_weights('a.npy')", ""),
    "weights of which it is not known where they are": (
        f"{KERAS}PATH = 'a.ckpt'\nPATH = 'a.h5'\nnet = keras.Sequential()\nnet.load_weights(PATH)",
        "",
    ),
    "TensorFlow 2": (f"{TF}tf.keras.Sequential([tf.keras.layers.Dense(3)])", ""),
}


@pytest.mark.parametrize("name", LEGACY)
def test_older_keras(name: str) -> None:
    source, reason = LEGACY[name]
    unit = Unit(ast.parse(source), cell=0)
    found = legacy_keras([Whole([unit])], load_runtime())
    assert reason in found
    assert bool(found) == bool(reason)


def test_a_module_counts_by_its_own_imports() -> None:
    cell = Unit(ast.parse("import model"), cell=0)
    module = Unit(ast.parse(f"{TF}tf.layers.dense(x, 3)"), path="model.py")
    assert legacy_keras([Whole([cell]), Whole([module])], load_runtime())


def test_no_older_keras_where_the_machine_has_none() -> None:
    unit = Unit(ast.parse(f"{TF}tf.layers.dense(x, 3)"), cell=0)
    assert not legacy_keras([Whole([unit])], load_runtime(image="tpu"))
