"""Keras dropped methods of models: those for generators in 3.0 (2.1 of TensorFlow), for classes in 2.6.

Source: the release notes of TensorFlow 2.1 and 2.6 and of Keras 3.0; run on Python 3.13 with Keras 3.13, on
generators and ``ImageDataGenerator``. ``fit`` takes generators since TensorFlow 2.0.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import has_star, named
from colabify.rules.keras.last_layer import last_activation
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_MODEL = "keras.Model"
_FIT = (
    "x", "steps_per_epoch", "epochs", "verbose", "callbacks", "validation_data", "validation_steps",
)  # fmt: skip
_STEPS = ("x", "steps")
# The method that stands for one for generators, and what the latter's arguments were by position.
_GENERATORS = {
    "fit_generator": ("fit", _FIT),
    "evaluate_generator": ("evaluate", _STEPS),
    "predict_generator": ("predict", _STEPS),
}
_METHODS = frozenset({*_GENERATORS, "predict_classes", "predict_proba"})
_DROPPED = frozenset(
    {"max_q_size", "max_queue_size", "pickle_safe", "use_multiprocessing", "workers"}
)
_RENAMED = {"generator": "x", "nb_epoch": "epochs"}
# What Keras 1 counted in samples; it takes the size of a batch to tell the steps.
_SAMPLES = frozenset({"nb_val_samples", "nb_worker", "samples_per_epoch", "val_samples"})


class KerasMethods(Rule):
    """Call the methods that models of Keras have now.

    ``fit_generator`` is ``fit``, which takes generators itself. ``predict_classes`` is the place of the
    largest prediction where the last layer is a softmax, and whether it is above a half where it is a
    single sigmoid. Where it is not sure that an object is a model, ``--unsafe-fixes`` is asked for.
    """

    code = "COL195"
    name = "keras-methods"
    needles = _METHODS
    packages = frozenset({"keras", "tensorflow"})
    nodes = ("Call",)
    examples = (
        Example("import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "def batches():\n    while True:\n        yield np.ones((4, 2)), np.ones(4)\n"
                "m = Sequential([Dense(1, input_shape=(2,))])\nm.compile('sgd', 'mse')\n"
                "h = m.fit_generator(batches(), 2, 3, verbose=0, workers=1)\ne = h.epoch\n",
                "import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "def batches():\n    while True:\n        yield np.ones((4, 2)), np.ones(4)\n"
                "m = Sequential([Dense(1, input_shape=(2,))])\nm.compile('sgd', 'mse')\n"
                "h = m.fit(batches(), steps_per_epoch=2, epochs=3, verbose=0)\ne = h.epoch\n", shows="e"),
        Example("import numpy as np\nfrom keras.models import Sequential\n"
                "from keras.layers import Dense\nm = Sequential()\n"
                "m.add(Dense(2, activation='softmax', input_shape=(3,), kernel_initializer='ones'))\n"
                "m.compile('sgd', 'mse')\nc = m.predict_classes(np.ones((4, 3)))\n",
                "import numpy as np\nfrom keras.models import Sequential\n"
                "from keras.layers import Dense\nm = Sequential()\n"
                "m.add(Dense(2, activation='softmax', input_shape=(3,), kernel_initializer='ones'))\n"
                "m.compile('sgd', 'mse')\n"
                "c = m.predict(np.ones((4, 3))).argmax(axis=-1)\n", shows="c.tolist()"),
        Example("import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential([Dense(1, 'sigmoid', input_shape=(3,), kernel_initializer='ones')])\n"
                "m.compile('sgd', 'mse')\nc = m.predict_classes(np.ones((2, 3)))\n",
                "import numpy as np\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential([Dense(1, 'sigmoid', input_shape=(3,), kernel_initializer='ones')])\n"
                "m.compile('sgd', 'mse')\n"
                "c = (m.predict(np.ones((2, 3))) > 0.5).astype('int32')\n", shows="c.tolist()"),
        Example("import keras\nh = model.fit_generator(g, steps_per_epoch=2, epochs=3)\n",
                "import keras\nh = model.fit(g, steps_per_epoch=2, epochs=3)\n", unsafe=True,
                not_run="has no model"),
        Example("import keras\nm = keras.models.Sequential()\nm.fit_generator(g, samples_per_epoch=100)\n",
                told="samples_per_epoch"),
        Example("import keras\nm = keras.models.Sequential()\nm.add(f())\n"
                "m.predict_classes(x)\n", told="argmax"),
        Example("import keras\ny = forest.predict_proba(x)\n"),
        Example("import keras\ndef fit_generator(self):\n    pass\nmodel.fit_generator(g)\n"),
        Example("h = model.fit_generator(g)\n"),
        Example("import keras\nm = keras.models.Sequential()\nm.fit(g, steps_per_epoch=2)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """They are gone since Keras 3."""
        return is_gone("keras 3.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call of what stands for the method."""
        import libcst as cst

        if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
            return None
        name = node.func.attr.value
        if name not in _METHODS or context.full_names(node.func.value):
            return None
        kind = context.kind(node.func.value)
        if kind != _MODEL and (kind or name == "predict_proba" or _is_defined(name, context)):
            return None
        if name in _GENERATORS:
            return _generator(node, name, sure=kind == _MODEL)
        if name == "predict_classes":
            return _classes(node, context)
        text = ".predict_proba is .predict now"
        return Remedy(node.with_changes(func=_named(node.func, "predict")), text=text)


def _is_defined(name: str, context: Context) -> bool:
    return any(
        isinstance(node, ast.FunctionDef) and node.name == name
        for unit in context.units
        for node in unit.nodes
    )


def _generator(node: cst.Call, name: str, *, sure: bool) -> Remedy | None:
    """The call without what was for generators alone, its arguments by name where their order differs."""
    method, order = _GENERATORS[name]
    text = f".{name} is .{method} now"
    args: list[cst.Arg] = []
    for index, one in enumerate(node.args):
        if one.star:
            args.append(one)
            continue
        keyword = one.keyword.value if one.keyword is not None else ""
        if keyword in _SAMPLES:
            text = f"{text}, and it counts steps, of a batch each, where {keyword}= counted samples"
            return Remedy(text=text, safety="report", fails=sure)
        if keyword in _DROPPED:
            continue
        if not keyword and index:
            if index >= len(order):
                return Remedy(text=text, safety="report", fails=sure)
            keyword = order[index]
        args.append(_by_name(one, _RENAMED.get(keyword, keyword)) if keyword else one)
    if args:
        args[-1] = _as_last(args[-1], node.args)
    new = node.with_changes(func=_named(node.func, method), args=args)
    return Remedy(new, text=text, safety="safe" if sure else "unsafe", fails=sure)


def _by_name(one: cst.Arg, keyword: str) -> cst.Arg:
    import libcst as cst

    if one.keyword is None:
        return named(one, keyword)
    return one.with_changes(keyword=cst.Name(keyword))


def _as_last(one: cst.Arg, args: Sequence[cst.Arg]) -> cst.Arg:
    """An argument with what stood behind the last of ``args``."""
    last = args[-1]
    return one.with_changes(comma=last.comma, whitespace_after_arg=last.whitespace_after_arg)


def _named(func: cst.BaseExpression, name: str) -> cst.BaseExpression:
    import libcst as cst

    return func.with_changes(attr=cst.Name(name))


def _classes(node: cst.Call, context: Context) -> Remedy | None:
    """What told the classes of samples, from the predictions."""
    import libcst as cst

    text = (
        ".predict_classes is gone: it is .predict(x).argmax(axis=-1) for a softmax, "
        "and .predict(x) > 0.5 for a single sigmoid"
    )
    func = node.func
    owner = func.value if isinstance(func, cst.Attribute) else func
    activation = last_activation(code_of(owner), context) if not has_star(node) else ""
    predict = code_of(node.with_changes(func=_named(func, "predict"), lpar=[], rpar=[]))
    made = {
        "softmax": f"{predict}.argmax(axis=-1)",
        "sigmoid": f"({predict} > 0.5).astype('int32')",
    }.get(activation)
    if made is None:
        return Remedy(text=text, safety="report", fails=context.kind(owner) == _MODEL)
    return Remedy(cst.parse_expression(made), text=text)
