"""An optimizer's learning rate is ``learning_rate`` since Keras 2.3, and ``lr`` no longer since Keras 3.

Source: the release notes of Keras 2.3 and 3.0; run on Python 3.13 with Keras 3.13. ``optimizer.lr = 0.1``
runs there, and changes nothing; ``K.set_value`` fails on what Keras 3 holds the rate in. ``learning_rate``
can be read and assigned to in Keras 2 as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule, Safety
from colabify.rules.calls import has_star
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_OPTIMIZER = "keras.Optimizer"
_BACKENDS = ("keras.backend", "tensorflow.keras.backend", "tensorflow.compat.v1.keras.backend")
_TEXT = "an optimizer's .lr is .learning_rate now"


class LearningRate(Rule):
    """Read and set an optimizer's learning rate by the name that it has now.

    ``optimizer.lr`` is ``optimizer.learning_rate``, and ``K.set_value(optimizer.lr, 0.1)`` is an assignment.
    Where it is not sure that an object is an optimizer of Keras, ``--unsafe-fixes`` is asked for.
    """

    code = "COL196"
    name = "keras-learning-rate"
    needles = frozenset({"lr", "set_value"})
    packages = frozenset({"keras", "tensorflow"})
    nodes = ("Assign", "Attribute", "Expr")
    examples = (
        Example("from keras.optimizers import SGD\no = SGD(0.5)\no.lr = 0.25\n"
                "r = float(o.learning_rate.numpy())\n",
                "from keras.optimizers import SGD\no = SGD(0.5)\no.learning_rate = 0.25\n"
                "r = float(o.learning_rate.numpy())\n",
                not_run="the old line runs, and changes nothing"),
        Example("from keras.optimizers import SGD\no = SGD(0.5)\nr = float(o.lr)\n",
                "from keras.optimizers import SGD\no = SGD(0.5)\nr = float(o.learning_rate)\n"),
        Example("from tensorflow import keras\nfrom tensorflow.keras import backend as K\n"
                "m = keras.Sequential([keras.layers.Dense(1)])\nm.compile('sgd', 'mse')\n"
                "K.set_value(m.optimizer.lr, 0.25)\n"
                "r = float(K.get_value(m.optimizer.lr))\n",
                "from tensorflow import keras\nfrom tensorflow.keras import backend as K\n"
                "m = keras.Sequential([keras.layers.Dense(1)])\nm.compile('sgd', 'mse')\n"
                "m.optimizer.learning_rate = 0.25\n"
                "r = float(K.get_value(m.optimizer.learning_rate))\n", shows="r"),
        Example("import keras\nclass C(keras.callbacks.Callback):\n"
                "    def on_epoch_end(self, epoch, logs=None):\n"
                "        print(self.model.optimizer.lr)\n",
                "import keras\nclass C(keras.callbacks.Callback):\n"
                "    def on_epoch_end(self, epoch, logs=None):\n"
                "        print(self.model.optimizer.learning_rate)\n", unsafe=True,
                not_run="defines a method, and does not call it"),
        Example("from keras.optimizers import SGD\no = SGD(0.5)\nr = o.learning_rate\n"),
        Example("import keras\nr = schedule.lr\n"),
        Example("import keras\nargs.lr = 0.1\n"),
        Example("r = model.optimizer.lr\n"),
        Example("from keras import backend as K\nimport keras\nK.clear_session()\nlr = 0.1\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The old name is gone since Keras 3."""
        return is_gone("keras 3.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The expression, or the statement, with the name that it has now."""
        import libcst as cst

        if isinstance(node, cst.Attribute) and node.attr.value == "lr":
            return _remedy(node, context)
        if isinstance(node, cst.Assign):
            return _assigned(node, context)
        if isinstance(node, cst.Expr) and isinstance(node.value, cst.Call):
            return _set_value(node.value, context)
        return None


def _sure(owner: cst.BaseExpression, context: Context) -> bool | None:
    """Whether an expression is surely an optimizer of Keras; None if there is no reason to think so."""
    import libcst as cst

    kind = context.kind(owner)
    if kind or context.full_names(owner):
        return True if kind == _OPTIMIZER else None
    is_named_so = isinstance(owner, cst.Attribute) and owner.attr.value == "optimizer"
    return False if is_named_so else None


def _remedy(node: cst.Attribute, context: Context) -> Remedy | None:
    import libcst as cst

    sure = _sure(node.value, context)
    if sure is None:
        return None
    safety: Safety = "safe" if sure else "unsafe"
    return Remedy(
        node.with_changes(attr=cst.Name("learning_rate")), text=_TEXT, safety=safety, fails=sure
    )


def _assigned(node: cst.Assign, context: Context) -> Remedy | None:
    """``optimizer.lr = x``, which the optimizer does not see."""
    import libcst as cst

    if len(node.targets) != 1:
        return None
    target = node.targets[0].target
    if not isinstance(target, cst.Attribute) or target.attr.value != "lr":
        return None
    remedy = _remedy(target, context)
    if remedy is None or not isinstance(remedy.new, cst.Attribute):
        return None
    new = node.with_changes(targets=[node.targets[0].with_changes(target=remedy.new)])
    return Remedy((new,), text=_TEXT, safety=remedy.safety, fails=False)


def _set_value(call: cst.Call, context: Context) -> Remedy | None:
    """``K.set_value(optimizer.lr, x)``: nothing but an optimizer has what is set so."""
    import libcst as cst

    names = {f"{backend}.set_value" for backend in _BACKENDS}
    if context.qualified(call.func) not in names or len(call.args) != 2 or has_star(call):
        return None
    what, value = (one.value for one in call.args)
    if any(one.keyword for one in call.args) or not isinstance(what, cst.Attribute):
        return None
    if what.attr.value not in ("lr", "learning_rate"):
        return None
    line = f"{code_of(what.value)}.learning_rate = {code_of(value)}"
    statement = cst.ensure_type(cst.parse_statement(line), cst.SimpleStatementLine)
    return Remedy(tuple(statement.body), text="assign to the optimizer's .learning_rate")
