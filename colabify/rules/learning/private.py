"""Modules of scikit-learn that became private in 0.24: ``sklearn.ensemble.forest`` and a hundred others.

Source: ``data/sklearn.json``. Their packages have always exported what is public of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Row
from colabify.rules.learning.modules import MovedModules
from colabify.rules.learning.tables import PRIVATE
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_FUNCTIONS = frozenset({"sklearn.decomposition.dict_learning"})
"""What is called like a module that is gone."""
_SAID = "{} is private now, and what it does may change with any version"


class PrivateModules(MovedModules):
    """Take from its package what is imported from a module that is private since scikit-learn 0.24.

    ``from sklearn.ensemble.forest import RandomForestClassifier`` is right without the ``.forest``. What the
    package does not export has no stable place any more.
    """

    code = "COL143"
    name = "sklearn-private-modules"
    needles = frozenset(module.rpartition(".")[2] for module in PRIVATE)
    packages = frozenset({"sklearn"})
    examples = (
        Example("from sklearn.ensemble.forest import RandomForestClassifier\n"
                "model = RandomForestClassifier(5)\n",
                "from sklearn.ensemble import RandomForestClassifier\nmodel = RandomForestClassifier(5)\n",
                shows="model.n_estimators"),
        Example("from sklearn.datasets.samples_generator import (make_blobs,\n"
                "                    make_moons)\nX, y = make_blobs(10, 2)\n",
                "from sklearn.datasets import (make_blobs,\n                    make_moons)\n"
                "X, y = make_blobs(10, 2)\n", shows="X.shape"),
        Example("from sklearn import datasets\nX, y = datasets.samples_generator.make_blobs(10, 2)\n",
                "from sklearn import datasets\nX, y = datasets.make_blobs(10, 2)\n", shows="X.shape"),
        Example("from sklearn.ensemble import forest\nmodel = forest.RandomForestClassifier(5)\n",
                "from sklearn import ensemble as forest\nmodel = forest.RandomForestClassifier(5)\n",
                shows="model.n_estimators"),
        Example("from sklearn.ensemble.forest import _generate_sample_indices\n", told="private"),
        Example("from sklearn.ensemble import forest\nforest._generate_sample_indices = None\n",
                told="private"),
        Example("from sklearn.decomposition import dict_learning\n"),
        Example("from sklearn.datasets import make_blobs\n"),
        Example("import sklearn\nfrom mylib.tree import tree\n"),
        Example("from sklearn.model_selection import train_test_split as data\n"),
    )  # fmt: skip

    def row_for(self, full: str, runtime: Runtime) -> tuple[Row, str] | None:
        """What became of a module, or of what is in it."""
        if not is_gone("scikit-learn 0.24", runtime) or full in _FUNCTIONS:
            return None
        module, _, name = full.rpartition(".")
        if full in PRIVATE:
            return Row(module, module=True), module
        if module not in PRIVATE:
            return None
        new = f"{module.rpartition('.')[0]}.{name}" if name in PRIVATE[module] else ""
        return Row(new, text="" if new else _SAID.format(full)), new

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name that ``node`` uses or imports."""
        for module in _modules_of(node):
            lost = self._lost(module, context)
            if lost:
                return Remedy(text=_SAID.format(lost), safety="report")
        return super().check(node, context)

    def _lost(self, module: str, context: Context) -> str:
        """What the program uses of a module, and the module's package does not have."""
        used = sorted(name for name in context.used if name.startswith(f"{module}."))
        rows = {name: self.row_for(name, context.runtime) for name in used}
        return next((name for name, found in rows.items() if found and not found[1]), "")


def _modules_of(node: cst.CSTNode) -> list[str]:
    """The private modules that an import takes from their package."""
    import libcst as cst

    if not isinstance(node, cst.ImportFrom) or node.module is None:
        return []
    if isinstance(node.names, cst.ImportStar):
        return []
    names = [f"{code_of(node.module)}.{code_of(alias.name)}" for alias in node.names]
    return [name for name in names if name in PRIVATE and name not in _FUNCTIONS]
