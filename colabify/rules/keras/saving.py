"""Keras 3 saves a model only as ``.keras`` or ``.h5``, and weights only as ``.weights.h5``.

Source: the release notes of Keras 3.0; run on Python 3.13 with Keras 3.13. Keras 2 takes all three names.
Programs of ``tf.keras`` that save a folder get the older Keras instead, see ``legacy.py``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, text_of
from colabify.rules.keras.legacy import is_of_legacy_keras
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_WEIGHTS = ".weights.h5"
_ENDS = (".h5", ".hdf5", ".hdf")
_METHODS = frozenset({"save", "save_weights", "load_weights"})
_TEXT = "Keras 3 saves weights only into files whose name ends with .weights.h5"
_MODEL = "Keras 3 saves a model only as a .keras or .h5 file: give its name one of these ends"


class SavedWeights(Rule):
    """Save weights into a file whose name ends with ``.weights.h5``.

    A file name is changed wherever the program says it: in ``save_weights``, ``load_weights`` and a
    ``ModelCheckpoint`` of weights. Where it stands elsewhere too, or a model is saved as a folder, it is
    told.
    """

    code = "COL198"
    name = "keras-saving"
    needles = frozenset({"save", "save_weights", "load_weights", "ModelCheckpoint"})
    packages = frozenset({"keras", "tensorflow"})
    nodes = ("Call",)
    examples = (
        Example("from keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential([Dense(1, input_shape=(2,))])\n"
                "m.save_weights('w.h5')\nm.load_weights('w.h5')\nn = len(m.get_weights())\n",
                "from keras.models import Sequential\nfrom keras.layers import Dense\n"
                "m = Sequential([Dense(1, input_shape=(2,))])\n"
                "m.save_weights('w.weights.h5')\nm.load_weights('w.weights.h5')\n"
                "n = len(m.get_weights())\n", shows="n"),
        Example("from keras.callbacks import ModelCheckpoint\n"
                "c = ModelCheckpoint('best.hdf5', save_weights_only=True)\n",
                "from keras.callbacks import ModelCheckpoint\n"
                "c = ModelCheckpoint('best.weights.h5', save_weights_only=True)\n"),
        Example("import keras\nfrom keras.callbacks import ModelCheckpoint\n"
                "c = ModelCheckpoint('a.h5', save_weights_only=True)\n"
                "model.load_weights('a.h5')\n",
                "import keras\nfrom keras.callbacks import ModelCheckpoint\n"
                "c = ModelCheckpoint('a.weights.h5', save_weights_only=True)\n"
                "model.load_weights('a.weights.h5')\n",
                not_run="has no model"),
        Example("import keras\nm = keras.models.Sequential()\nm.save_weights('w.h5')\n"
                "size('w.h5')\n", told="weights.h5"),
        Example("import keras\nm = keras.models.Sequential()\nm.save_weights(path)\n"),
        Example("import keras\nm = keras.models.Sequential()\nm.load_weights('given.h5')\n"),
        Example("import keras\nm = keras.models.Sequential()\nm.save('model.h5')\n"
                "m.save_weights('a.weights.h5')\n"),
        Example("import keras\nm = keras.models.Sequential()\nm.save('model')\n", told=".keras or .h5"),
        Example("import keras\nfigure.save('w')\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """It is so since Keras 3."""
        return is_gone("keras 3.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with a name that Keras 3 takes."""
        import libcst as cst

        if not isinstance(node, cst.Call) or _is_legacy(context):
            return None
        if not isinstance(node.func, cst.Attribute):
            return self._checkpoint(node, context)
        name = node.func.attr.value
        if name not in _METHODS or context.full_names(node.func.value):
            return self._checkpoint(node, context)
        kind = context.kind(node.func.value)
        if kind != "keras.Model" and (kind or name == "save"):
            return None
        file = argument(node, "filepath", 0)
        if name == "save":
            return _of_model(file)
        if name == "load_weights" and text_of(file) not in _written(context):
            return None
        return _renamed(node, file, context)

    def _checkpoint(self, node: cst.Call, context: Context) -> Remedy | None:
        """A callback that saves weights."""
        full = context.qualified(node.func)
        only = argument(node, "save_weights_only")
        if not full.endswith(".callbacks.ModelCheckpoint") or only is None:
            return None
        return (
            _renamed(node, argument(node, "filepath", 0), context)
            if code_of(only) == "True"
            else None
        )


def _is_legacy(context: Context) -> bool:
    """Whether the setup cell asks for the older Keras, which takes any name."""
    return is_of_legacy_keras(context)


def _of_model(file: cst.BaseExpression | None) -> Remedy | None:
    name = text_of(file)
    if name is None or name.endswith((".keras", *_ENDS)):
        return None
    return Remedy(text=_MODEL, safety="report")


def _renamed(node: cst.Call, file: cst.BaseExpression | None, context: Context) -> Remedy | None:
    import libcst as cst

    name = text_of(file)
    if name is None or name.endswith(_WEIGHTS) or not isinstance(file, cst.SimpleString):
        return None
    end = next((one for one in _ENDS if name.endswith(one)), "")
    if not end or _said(name, context) != len(_calls(name, context)):
        return Remedy(text=_TEXT, safety="report")
    at = file.value.rindex(end)
    new = file.with_changes(value=f"{file.value[:at]}{_WEIGHTS}{file.value[at + len(end) :]}")
    args = [one.with_changes(value=new) if one.value is file else one for one in node.args]
    return Remedy(node.with_changes(args=args), text=_TEXT)


def _written(context: Context) -> frozenset[str]:
    """The files that the program saves weights into."""
    found = set()
    for unit in context.units:
        for node in unit.of(ast.Call):
            if _is_of_weights(node) and not _loads(node):
                found |= set(_files(node))
    return frozenset(found)


def _said(name: str, context: Context) -> int:
    """How often the program says the name of a file."""
    return sum(
        isinstance(node, ast.Constant) and node.value == name
        for unit in context.units
        for node in unit.nodes
    )


def _calls(name: str, context: Context) -> list[ast.Call]:
    """The calls that save weights into the file of that name, or load them from it."""
    return [
        node
        for unit in context.units
        for node in unit.of(ast.Call)
        if _is_of_weights(node) and name in _files(node)
    ]


def _is_of_weights(node: ast.Call) -> bool:
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called == "ModelCheckpoint":
        return any(
            one.arg == "save_weights_only" and getattr(one.value, "value", None) is True
            for one in node.keywords
        )
    return called in ("save_weights", "load_weights")


def _loads(node: ast.Call) -> bool:
    return getattr(node.func, "attr", "") == "load_weights"


def _files(node: ast.Call) -> list[str]:
    """The file names that a call is given as text."""
    given = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "filepath")]
    values = [one.value for one in given if isinstance(one, ast.Constant)]
    return [one for one in values if isinstance(one, str)]
