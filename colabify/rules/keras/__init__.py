"""Rules for TensorFlow and Keras."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.keras.backend import KerasBackend
from colabify.rules.keras.contrib import TensorFlowContrib
from colabify.rules.keras.history import AccuracyName
from colabify.rules.keras.keras_names import KerasNames
from colabify.rules.keras.keywords import KerasKeywords
from colabify.rules.keras.layers_in_models import LayersInModels
from colabify.rules.keras.learning_rate import LearningRate
from colabify.rules.keras.methods import KerasMethods
from colabify.rules.keras.metrics import KerasMetrics
from colabify.rules.keras.saving import SavedWeights
from colabify.rules.keras.tensorflow_1 import TensorFlow1
from colabify.rules.keras.tensorflow_names import TensorFlowNames

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    TensorFlow1(),
    TensorFlowContrib(),
    TensorFlowNames(),
    KerasNames(),
    KerasKeywords(),
    KerasMethods(),
    LearningRate(),
    AccuracyName(),
    SavedWeights(),
    KerasBackend(),
    LayersInModels(),
    KerasMetrics(),
)
