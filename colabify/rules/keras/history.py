"""What a model was told to measure as "accuracy" goes by that name since Keras 2.3, and was "acc" before.

Source: the release notes of Keras 2.3; run on Python 3.13 with Keras 3.13. A model that is told to measure
"acc" has "acc" in its history now as then.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, text_of
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_NEW = {"acc": "accuracy", "val_acc": "val_accuracy"}
_CALLBACKS = ("EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau")


class AccuracyName(Rule):
    """Ask a history for "accuracy", where the models of the program are told to measure that.

    ``history.history["acc"]`` and ``EarlyStopping(monitor="val_acc")`` say ``accuracy``; nothing is done
    where ``metrics=["acc"]`` stands anywhere.
    """

    code = "COL197"
    name = "keras-accuracy"
    needles = frozenset(_NEW)
    packages = frozenset({"keras", "tensorflow"})
    nodes = ("Call", "Subscript")
    examples = (
        Example("import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential([Dense(1, input_shape=(2,))])\n"
                "m.compile('sgd', 'mse', metrics=['accuracy'])\n"
                "h = m.fit(np.ones((4, 2)), np.ones(4), verbose=0)\nn = len(h.history['acc'])\n",
                "import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential([Dense(1, input_shape=(2,))])\n"
                "m.compile('sgd', 'mse', metrics=['accuracy'])\n"
                "h = m.fit(np.ones((4, 2)), np.ones(4), verbose=0)\n"
                "n = len(h.history['accuracy'])\n", shows="n"),
        Example("import keras\nmodel.compile('sgd', metrics=['accuracy'])\n"
                "stop = keras.callbacks.EarlyStopping(monitor='val_acc')\n",
                "import keras\nmodel.compile('sgd', metrics=['accuracy'])\n"
                "stop = keras.callbacks.EarlyStopping(monitor='val_accuracy')\n", not_run="has no model"),
        Example("import keras\nmodel.compile('sgd', metrics=['accuracy'])\nh = model.fit(x, y)\n"
                "plot(h.history['acc'], h.history[\"val_acc\"])\n",
                "import keras\nmodel.compile('sgd', metrics=['accuracy'])\nh = model.fit(x, y)\n"
                "plot(h.history['accuracy'], h.history[\"val_accuracy\"])\n", not_run="has no model"),
        Example("import keras\nmodel.compile('sgd', metrics=['acc'])\nplot(h.history['acc'])\n"),
        Example("import keras\nmodel.compile('sgd', metrics=[f])\nplot(h.history['acc'])\n"),
        Example("import keras\nmodel.compile('sgd', metrics=['accuracy'])\nplot(row['acc'])\n"),
        Example("import keras\nmodel.compile('sgd', metrics=['accuracy'])\nplot(h.history['accuracy'])\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The name is another one since Keras 2.3."""
        return is_gone("keras 2.3", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The expression that asks for the name that the models measure by."""
        import libcst as cst

        if isinstance(node, cst.Subscript):
            new: cst.BaseExpression | None = _of_history(node, context)
        elif isinstance(node, cst.Call):
            new = _of_callback(node, context)
        else:
            return None
        if new is None or not _measures_accuracy(context):
            return None
        return Remedy(new, text='a history has "accuracy" for what it called "acc"')


def _of_history(node: cst.Subscript, context: Context) -> cst.Subscript | None:
    import libcst as cst

    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]:
            new = _renamed(key)
        case _:
            return None
    of = node.value
    is_named_so = isinstance(of, cst.Attribute) and of.attr.value == "history"
    if new is None or not (is_named_so or context.kind(of) == "keras.Logs"):
        return None
    return node.with_changes(slice=[cst.SubscriptElement(cst.Index(new))])


def _of_callback(node: cst.Call, context: Context) -> cst.Call | None:
    import libcst as cst

    full = context.qualified(node.func)
    if ".callbacks." not in full or full.rpartition(".")[2] not in _CALLBACKS:
        return None
    monitor = argument(node, "monitor")
    new = _renamed(monitor) if isinstance(monitor, cst.SimpleString) else None
    if new is None:
        return None
    args = [one.with_changes(value=new) if one.value is monitor else one for one in node.args]
    return node.with_changes(args=args)


def _renamed(key: cst.SimpleString) -> cst.SimpleString | None:
    """The string with the new name, in the quotes that it has; None if it is no old name."""
    old = text_of(key) or ""
    return key.with_changes(value=key.value.replace(old, _NEW[old])) if old in _NEW else None


def _measures_accuracy(context: Context) -> bool:
    """Whether all metrics that the program names are texts, "accuracy" among them and no "acc"."""
    named: set[str] = set()
    for unit in context.units:
        for node in unit.of(ast.keyword):
            if node.arg == "metrics":
                texts = [getattr(one, "value", None) for one in getattr(node.value, "elts", [])]
                if not texts and isinstance(node.value, ast.Constant):
                    texts = [node.value.value]
                named |= {one for one in texts if isinstance(one, str)}
    return "accuracy" in named and "acc" not in named
