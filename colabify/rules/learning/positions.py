"""Since scikit-learn 1.0 most arguments are given by keyword: what 0.24 took by position, it no longer does.

Source: the release notes of 0.23 and 1.0, and ``data/sklearn.json``: only names that stood at the same place
in 0.19.2 and 1.1.3, and that 1.6.1 still has, are filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import named
from colabify.rules.learning.tables import KEYWORD_ONLY, public
from colabify.rules.provided import order_shims
from colabify.rules.since import is_gone
from colabify.rules.whole import least

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime


_LEAST = least((name, taken) for name, (taken, _) in KEYWORD_ONLY.items())


class KeywordOnly(Rule):
    """Name the arguments that scikit-learn takes by keyword alone since 1.0.

    ``GridSearchCV(model, grid, "accuracy")`` becomes ``GridSearchCV(model, grid, scoring="accuracy")``, which
    all versions understand.
    """

    code = "COL145"
    name = "sklearn-keyword-only"
    needles = frozenset(name.rpartition(".")[2] for name in KEYWORD_ONLY)
    packages = frozenset({"sklearn"})
    nodes = ("Call",)
    examples = (
        Example("from sklearn.metrics import accuracy_score\nx = accuracy_score([1, 0], [1, 1], False)\n",
                "from sklearn.metrics import accuracy_score\n"
                "x = accuracy_score([1, 0], [1, 1], normalize=False)\n", shows="int(x)"),
        Example("from sklearn.svm import SVC\nx = SVC(2.0, 'linear', tol=1e-3).kernel\n",
                "from sklearn.svm import SVC\nx = SVC(C=2.0, kernel='linear', tol=1e-3).kernel\n",
                shows="x"),
        Example("import numpy as np\nfrom sklearn.utils import class_weight\ny = np.array([0, 1, 1])\n"
                "x = class_weight.compute_class_weight('balanced',\n    np.unique(y), y)\n",
                "import numpy as np\nfrom sklearn.utils import class_weight\ny = np.array([0, 1, 1])\n"
                "x = class_weight.compute_class_weight('balanced',\n    classes=np.unique(y), y=y)\n",
                shows="x.tolist()"),
        Example("from sklearn.svm import SVC\n"
                "m = SVC(1.0, 'rbf', 3, 0.1, 0.0, True, False, 1e-3, 200, None, False, -1, 'ovr', 0, 0)\n",
                told="by keyword"),
        Example("from sklearn.neighbors import KNeighborsClassifier\nm = KNeighborsClassifier(3)\n"),
        Example("from sklearn.datasets import make_blobs\nX, y = make_blobs(10, 2, centers=3)\n"),
        Example("from sklearn.svm import SVC\nm = SVC(*args)\n"),
        Example("import sklearn\nfrom mylib import SVC\nm = SVC(1.0, 'linear')\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """Positions fail since scikit-learn 1.0."""
        return is_gone("scikit-learn 1.0", runtime)

    def concerns(self, context: Context) -> bool:
        """Whether a call here gives more by position than one of that name takes."""
        return context.here is not None and context.here.gives_more(_LEAST)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with the names of what it gives by position and may not."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return None
        function = public(context.qualified(node.func))
        if function not in KEYWORD_ONLY or any(one.star == "*" for one in node.args):
            return None
        taken, names = KEYWORD_ONLY[function]
        places = [n for n, one in enumerate(node.args) if one.keyword is None and not one.star]
        over = places[taken:]
        if not over:
            return None
        text = f"{function.rpartition('.')[2]} takes no more than {taken} arguments by position"
        shims = order_shims(function, taken, names)
        if len(over) > len(names):
            return Remedy(text=f"{text}: give the others by keyword", safety="report")
        args = list(node.args)
        for place, name in zip(over, names, strict=False):
            args[place] = named(args[place], name)
        return Remedy(node.with_changes(args=args), text=text, shims=shims)
