"""What a program is, as to TensorFlow: one that builds graphs and runs sessions, or one of TensorFlow 2.

``data/tensorflow_1.json`` has the names that only one of ``tensorflow.compat.v1`` and ``tensorflow`` has.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from colabify.runtime import DATA

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from colabify.rules.context import Context

# A program that says one of these builds a graph: without them TensorFlow 1 did nothing.
_GRAPH = frozenset(
    {
        "InteractiveSession",
        "Session",
        "get_default_session",
        "get_variable",
        "global_variables_initializer",
        "initialize_all_variables",
        "initialize_variables",
        "local_variables_initializer",
        "nn.bidirectional_dynamic_rnn",
        "nn.dynamic_rnn",
        "nn.static_rnn",
        "placeholder",
        "placeholder_with_default",
        "reset_default_graph",
        "sparse_placeholder",
        "train.MonitoredSession",
        "train.MonitoredTrainingSession",
        "train.Saver",
        "variable_scope",
        "variables_initializer",
    }
)
_SESSIONS = frozenset(
    {"InteractiveSession", "Session", "get_default_session", "reset_default_graph"}
)
_GRAPH_MODULES = ("layers.", "nn.rnn_cell.", "contrib.layers.", "contrib.rnn.")
# What computes at once instead, and who has seen to it already that his program runs.
_AT_ONCE = frozenset({"GradientTape", "enable_eager_execution", "function"})
_AT_ONCE_MODULES = ("compat.v1.", "compat.v2.", "config.", "contrib.eager")
_MODELS = ("keras.layers", "keras.models", "keras.Sequential", "keras.Model", "keras.engine")
_OPTIMIZERS = frozenset(
    f"train.{name}Optimizer"
    for name in ("Adadelta", "Adagrad", "Adam", "Ftrl", "GradientDescent", "Momentum", "RMSProp")
)


@cache
def table() -> Mapping[str, Mapping[str, str] | list[str]]:
    """``data/tensorflow_1.json``."""
    data: dict[str, dict[str, str] | list[str]] = json.loads(
        (DATA / "tensorflow_1.json").read_text("utf-8")
    )
    return data


def of_tensorflow(used: Collection[str]) -> frozenset[str]:
    """What a program uses of TensorFlow: ``nn.relu`` for the full name ``tensorflow.nn.relu``."""
    return frozenset(
        name.removeprefix("tensorflow.") for name in used if name.startswith("tensorflow.")
    )


def builds_graphs(used: Collection[str]) -> bool:
    """Whether a program that uses these full names is all of TensorFlow 1, written for its graphs.

    It is not if it also computes at once, knows of ``tensorflow.compat.v1``, or trains models of the
    ``keras`` that stands alone: that one cannot do without TensorFlow 2's behaviour.
    """
    names = of_tensorflow(used)
    if names & _AT_ONCE or any(name.startswith(_AT_ONCE_MODULES) for name in names):
        return False
    if names & set(table()["new"]) or any(name.startswith(_MODELS) for name in used):
        return False
    if names & _GRAPH or any(name.startswith(_GRAPH_MODULES) for name in names):
        return True
    trains_models = any(name.startswith("keras.") for name in names)
    return bool(names & _OPTIMIZERS) and not trains_models


def needs_graphs(used: Collection[str]) -> bool:
    """Whether a program that uses these full names builds graphs, whatever else it does.

    One that makes a session alone does not: that is how memory of a GPU was kept free.
    """
    names = of_tensorflow(used) - _SESSIONS
    return bool(names & _GRAPH) or any(name.startswith(_GRAPH_MODULES) for name in names)


def disables_version_2(used: Collection[str]) -> bool:
    """Whether the program turns TensorFlow 2's behaviour off by itself."""
    return any(
        name.startswith(("tensorflow.compat.v1.disable_", "tensorflow.disable_")) for name in used
    )


def spelled(full: str, new: str, code: str, context: Context) -> tuple[str, tuple[str, ...]]:
    """How to write ``new`` where ``code`` says ``full``, and the imports that this needs.

    The name by which ``full`` is reached serves for ``new`` too, if both lie in what it stands for.
    """
    root = code.partition(".")[0]
    owner = context.names.get(root, "")
    if owner and new.startswith(f"{owner}.") and full.startswith(f"{owner}."):
        return f"{root}.{new.removeprefix(f'{owner}.')}", ()
    return context.spell(new)
