"""Whether a program needs the Keras that TensorFlow came with before 2.16, and why.

Colab has it beside Keras 3, as ``tf-keras``; TensorFlow takes it if ``TF_USE_LEGACY_KERAS=1`` is in the
environment before it is imported. It stands for ``tf.keras`` alone: ``import keras`` is Keras 3 anyway. What
rules rename is right in both, so that all else that breaks decides. A pinned runtime is no help: each has
Keras 3, and none TensorFlow 1. Source: runs on Python 3.13 with TensorFlow 2.20, once with and once without.
"""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.once import once
from colabify.rules.keras.programs import builds_graphs, of_tensorflow
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.rules.context import Context
    from colabify.rules.whole import Whole
    from colabify.runtime import Runtime
    from colabify.unit import Unit

# What TensorFlow 1's programs take of Keras, through `tensorflow.compat.v1`.
_GRAPH_LAYERS = ("layers.", "nn.rnn_cell.", "contrib.layers.", "contrib.rnn.", "contrib.keras.")
_NO_MODELS = ("keras.datasets", "keras.utils.to_categorical", "keras.utils.get_file")
# What Keras 3 has no more, and nothing stands for in a line; `tf-keras` has each of them.
_GONE = {
    "keras.backend.function": "uses K.function",
    "keras.backend.get_session": "uses Keras's session",
    "keras.backend.learning_phase": "uses K.learning_phase",
    "keras.backend.manual_variable_initialization": "uses Keras's session",
    "keras.backend.set_learning_phase": "uses K.set_learning_phase",
    "keras.backend.set_session": "uses Keras's session",
    "keras.estimator": "uses tf.keras.estimator",
    "keras.experimental": "uses tf.keras.experimental",
    "keras.layers.DenseFeatures": "uses DenseFeatures",
    "keras.layers.LocallyConnected1D": "uses LocallyConnected1D",
    "keras.layers.LocallyConnected2D": "uses LocallyConnected2D",
    "keras.layers.experimental.RandomFourierFeatures": "uses RandomFourierFeatures",
    "keras.models.model_from_yaml": "reads a model from YAML",
    "keras.optimizers.experimental": "uses tf.keras.optimizers.experimental",
    "keras.optimizers.legacy": "uses tf.keras.optimizers.legacy",
}
_ARGUMENTS = frozenset({"batch_input_shape", "period"})
_STAND_ALONE = ("keras.layers", "keras.models", "keras.Sequential", "keras.Model", "keras.engine")
_FILES = (".keras", ".h5", ".hdf5", ".hdf", ".weights.h5")
_NAMED = (
    "tensorflow.keras.Input",
    "tensorflow.keras.Model",
    "tensorflow.keras.Sequential",
    "tensorflow.keras.layers.",
    "tensorflow.keras.models.",
)
_OPERATIONS = frozenset(
    {
        "abs", "add", "cast", "concat", "divide", "exp", "expand_dims", "gather", "image.resize", "matmul",
        "maximum", "minimum", "multiply", "nn.relu", "nn.softmax", "one_hot", "reduce_max", "reduce_mean",
        "reduce_sum", "reshape", "shape", "sigmoid", "split", "sqrt", "square", "squeeze", "stack",
        "subtract", "tanh", "tile", "transpose", "zeros_like",
    }
)  # fmt: skip


def legacy_keras(wholes: Sequence[Whole], runtime: Runtime) -> str:
    """Why ``TF_USE_LEGACY_KERAS=1`` is needed; empty if it is not, or if the runtime lacks ``tf-keras``.

    ``wholes`` are what a notebook's cells say, and each of the local modules that it imports.
    """
    if not runtime.has("tf-keras") or not is_gone("keras 3.0", runtime):
        return ""
    return next((reason for one in wholes if (reason := _reason(one))), "")


def is_of_legacy_keras(context: Context) -> bool:
    """Whether the program that a rule is shown gets the older Keras."""
    return bool(legacy_keras([context.whole], context.runtime))


@once
def _reason(whole: Whole) -> str:
    if not any(name.startswith("tensorflow") for name in whole.used):
        return ""
    of_graphs = _of_graphs(whole.used)
    if of_graphs:
        return of_graphs
    if any(name.startswith(_STAND_ALONE) for name in whole.used):
        return ""  # its models are of Keras 3: what belongs to them has to be as well
    names = of_tensorflow(whole.used)
    taken = {name for name in names if name.startswith("keras.")}
    for name, reason in _GONE.items():
        if any(one == name or one.startswith(f"{name}.") for one in taken):
            return f"{reason}, which Keras 3 lacks"
    if any(one.startswith("compat.v1.keras.") for one in names):
        return "uses tf.compat.v1.keras, which Keras 3 lacks"
    return _of_models(whole.units, whole.names) if taken else ""


def _of_graphs(used: frozenset[str]) -> str:
    """The reason that a program has which builds graphs through ``tensorflow.compat.v1``."""
    names = of_tensorflow(used)
    plain = {one.removeprefix("compat.v1.") for one in names}
    through_v1 = builds_graphs(used) or any(one.startswith("compat.v1.disable_") for one in names)
    if not through_v1:
        return ""
    layers = sorted(one for one in plain if one.startswith(_GRAPH_LAYERS))
    if layers:
        return f"uses tf.{layers[0]}, which TensorFlow 1 made of the Keras of its time"
    models = [one for one in plain if one.startswith("keras.") and not one.startswith(_NO_MODELS)]
    return "uses tf.keras in TensorFlow 1's graphs, which Keras 3 does not know" if models else ""


def _of_models(units: Sequence[Unit], names: Mapping[str, str]) -> str:
    """The reason that lies in how models are made and saved."""
    symbolic = _symbolic(units, names)
    for unit in units:
        for node in unit.of(ast.Call):
            full = qualified(node.func, names)
            if full.removeprefix("tensorflow.") in _OPERATIONS and _takes(node, symbolic):
                return f"gives a tf.keras.Input to {full}, which Keras 3 refuses"
            gone = {one.arg for one in node.keywords} & _ARGUMENTS
            if gone and full.startswith("tensorflow.keras."):
                return (
                    f"gives {gone.pop()}= to {full.rpartition('.')[2]}, which Keras 3 does not take"
                )
            if full == "tensorflow_hub.KerasLayer":
                return "uses hub.KerasLayer, which is a layer of Keras 2"
            if full.startswith(_NAMED) and _has_slash(node):
                return "gives a layer a name with a /, which Keras 3 refuses"
            if isinstance(node.func, ast.Attribute) and _saves_folder(node, names):
                return "saves a model as a folder, which Keras 3 refuses"
            if isinstance(node.func, ast.Attribute) and _loads_checkpoint(node, units, names):
                return "loads a checkpoint of TensorFlow into a model, which Keras 3 refuses"
    return ""


def _has_slash(node: ast.Call) -> bool:
    given = [one.value for one in node.keywords if one.arg == "name"]
    return any(isinstance(one, ast.Constant) and "/" in str(one.value) for one in given)


def _loads_checkpoint(node: ast.Call, units: Sequence[Unit], names: Mapping[str, str]) -> bool:
    """Whether weights are loaded from a checkpoint, by its name."""
    match node:
        case ast.Call(func=ast.Attribute(attr="load_weights"), args=[ast.Call(func=func), *_]):
            return qualified(func, names) == "tensorflow.train.latest_checkpoint"
        case ast.Call(func=ast.Attribute(attr="load_weights"), args=[file, *_]):
            texts = [file]
            if isinstance(file, ast.Name):
                texts = [
                    one.value
                    for unit in units
                    for one in unit.of(ast.Assign)
                    if any(isinstance(to, ast.Name) and to.id == file.id for to in one.targets)
                ]
            return bool(texts) and all(
                isinstance(one, ast.Constant)
                and isinstance(one.value, str)
                and (".ckpt" in one.value or "." not in posixpath.basename(one.value))
                for one in texts
            )
    return False


def _saves_folder(node: ast.Call, names: Mapping[str, str]) -> bool:
    """Whether a model, by all signs, is saved as a folder, or its weights as TensorFlow's checkpoint."""
    func = node.func
    if not isinstance(func, ast.Attribute) or func.attr not in ("save", "save_weights"):
        return False
    if any(one.arg == "save_format" for one in node.keywords):
        return any(getattr(one.value, "value", "") == "tf" for one in node.keywords)
    owner = getattr(func.value, "id", getattr(func.value, "attr", ""))
    if "model" not in owner.lower() or names.get(owner):
        return False
    match node.args:
        case [ast.Constant(value=str(file))]:
            return not file.endswith(_FILES)
    return False


def _symbolic(units: Sequence[Unit], names: Mapping[str, str]) -> frozenset[str]:
    """The names that hold what ``tf.keras.Input`` gave, or what a layer made of it, and nothing else."""
    kept: set[str] = set()
    others: set[str] = set()
    for unit in units:
        inside = {id(node) for each in unit.of(ast.FunctionDef) for node in ast.walk(each)}
        for node in unit.of(ast.Assign):
            if isinstance(node.targets[0], ast.Name):
                made = id(node) not in inside and _is_symbolic(node.value, names)
                (kept if made else others).add(node.targets[0].id)
        others |= {node.arg for node in unit.of(ast.arg)}
    return frozenset(kept - others)


def _is_symbolic(value: ast.expr, names: Mapping[str, str]) -> bool:
    match value:
        case ast.Call(func=ast.Call(func=layer)):
            return qualified(layer, names).startswith("tensorflow.keras.layers.")
        case ast.Call(func=func):
            return qualified(func, names) in (
                "tensorflow.keras.Input",
                "tensorflow.keras.layers.Input",
            )
    return False


def _takes(node: ast.Call, symbolic: frozenset[str]) -> bool:
    """Whether a call is given one of these names, by itself or in a list."""
    given = [one for arg in node.args for one in getattr(arg, "elts", [arg])]
    return any(isinstance(one, ast.Name) and one.id in symbolic for one in given)
