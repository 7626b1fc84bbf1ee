"""fastai 2 is another library than fastai 1 and 0.7: most modules have other names, and none has its classes.

Source: the packages of fastai 1.0.61 and 2.8.8. In the latter ``fastai/__init__.py`` and those of ``text``,
``vision`` and ``tabular`` hold nothing, so that ``from fastai.vision import *`` succeeds and brings nothing:
what is missing is found out by a NameError some cells later. What replaces a ``DataBunch`` takes other
arguments, so that nothing is rewritten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_EMPTY = frozenset({"fastai.text", "fastai.vision", "fastai.tabular"})
_GONE = frozenset(
    f"fastai.{name}"
    for name in (
        "basic_data", "basic_train", "callbacks", "core", "data_block", "datasets", "general_optimizer",
        "train", "utils", "widgets", "vision.cyclegan", "vision.image", "vision.interpret",
        "vision.transform", "vision.tta", "text.interpret", "text.qrnn", "text.transform",
        "tabular.transform", "column_data", "conv_learner", "dataset", "lm_rnn", "model", "nlp", "plots",
        "rnn_reg", "rnn_train", "sgdr", "structured", "transforms",
    )
)  # fmt: skip
_TEXT = (
    "written for fastai 1 or older, of which fastai 2, the one that Colab has, keeps neither the modules nor "
    "DataBunch: from fastai.vision.all import *, and DataLoaders instead"
)


class Fastai(Rule):
    """Say that fastai 2 is another library than fastai 1: ``from fastai.vision import *`` brings nothing."""

    code = "COL186"
    name = "fastai-2"
    safety = "report"
    packages = frozenset({"fastai"})
    needles = frozenset({"fastai"})
    nodes = ("Import", "ImportFrom")
    examples = (
        Example("from fastai.vision import *\n", told="fastai 1"),
        Example("from fastai.basic_train import Learner\n", told="fastai 1"),
        Example("from fastai.callbacks.hooks import *\n", told="fastai 1"),
        Example("import fastai.structured\n", told="fastai 1"),
        Example("from fastai.vision import models\n"),
        Example("from fastai.vision.all import *\n"),
        Example("from fastai.text.all import *\n"),
        Example("from fastai.collab import *\n"),
        Example("from fastai import *\n"),
        Example("import fastai\n"),
    )

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:  # noqa: ARG002
        """An import of what only older versions have, or of everything where there is nothing."""
        import libcst as cst

        match node:
            case cst.ImportFrom(relative=[], module=cst.CSTNode() as module):
                names = [code_of(module)]
                bare = isinstance(node.names, cst.ImportStar) and names[0] in _EMPTY
            case cst.Import(names=aliases):
                names, bare = [code_of(one.name) for one in aliases], False
            case _:
                return None
        if bare or any(_begins(one) & _GONE for one in names):
            return Remedy(text=_TEXT, safety="report", since="fastai 2")
        return None


def _begins(module: str) -> set[str]:
    """``a.b.c``, ``a.b`` and ``a`` for ``a.b.c``."""
    parts = module.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts) + 1)}
