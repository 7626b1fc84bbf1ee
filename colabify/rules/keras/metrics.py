"""Metrics of Keras are set back by ``reset_state`` since TensorFlow 2.5; Keras 3 has no ``reset_states``.

Source: the API of Keras 3; run on Python 3.13 with Keras 3.13. The older Keras has both.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Methods, Row

_BEFORE = (
    "import tensorflow as tf\nm = tf.keras.metrics.Mean()\nm.update_state(3.0)\nm.{}()\n"
    "x = float(m.result())\n"
)


class KerasMetrics(Methods):
    """Set metrics of Keras back by ``reset_state``, which was ``reset_states``."""

    code = "COL119"
    name = "keras-metrics"
    rows: ClassVar = {
        "keras.metrics.Metric.reset_states": Row("reset_state", since="keras 3.0"),
        "tensorflow.keras.metrics.Metric.reset_states": Row("reset_state", since="keras 3.0"),
    }
    examples = (
        Example(_BEFORE.format("reset_states"), _BEFORE.format("reset_state"), shows="x"),
        Example("from keras.metrics import Precision\nm = Precision()\nm.reset_states()\n",
                "from keras.metrics import Precision\nm = Precision()\nm.reset_state()\n"),
        Example("import keras\ncell = keras.layers.LSTM(3, stateful=True)\ncell.reset_states()\n"),
        Example("import keras\ndef begin(metric):\n    metric.reset_states()\n"),
    )  # fmt: skip
