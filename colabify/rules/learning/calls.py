"""Calls that are to be built otherwise with today's scikit-learn; how is in :mod:`.built`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.learning.built import BUILDERS
from colabify.rules.learning.tables import public
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_COUNTS = frozenset(
    {"max_depth", "max_iter", "n_clusters", "n_estimators", "n_init", "n_neighbors"}
)
"""What is an integer for every estimator that has it."""


class LearningCalls(Rule):
    """Build estimators and scores of scikit-learn with the arguments that they need now.

    ``LogisticRegression(penalty="l1")`` needs ``solver="liblinear"`` since 0.22; ``mean_squared_error(a, b,
    squared=False)`` is ``np.sqrt(mean_squared_error(a, b))`` since 1.6; ``base_estimator=`` is given as the
    first argument; a count such as ``max_iter=1e4`` is an integer since 1.2; ``GMM`` and ``RandomizedPCA``,
    gone in 0.20, are classes with other defaults.
    """

    code = "COL146"
    name = "sklearn-calls"
    needles = _COUNTS | frozenset(name.rpartition(".")[2] for name in BUILDERS)
    packages = frozenset({"sklearn"})
    nodes = ("Call",)
    examples = (
        Example("from sklearn.linear_model import LogisticRegression\n"
                "m = LogisticRegression(penalty='l1', C=0.1)\n"
                "x = m.fit([[0], [1]] * 9, [0, 1] * 9).coef_\n",
                "from sklearn.linear_model import LogisticRegression\n"
                "m = LogisticRegression(penalty='l1', C=0.1, solver='liblinear')\n"
                "x = m.fit([[0], [1]] * 9, [0, 1] * 9).coef_\n", shows="x.round(6).tolist()"),
        Example("from sklearn.metrics import mean_squared_error\n"
                "x = mean_squared_error([0, 1], [1, 3], squared=False)\n",
                "from sklearn.metrics import mean_squared_error\nimport numpy as np\n"
                "x = np.sqrt(mean_squared_error([0, 1], [1, 3]))\n"),
        Example("from sklearn.ensemble import AdaBoostClassifier\n"
                "from sklearn.tree import DecisionTreeClassifier\n"
                "m = AdaBoostClassifier(n_estimators=5, "
                "base_estimator=DecisionTreeClassifier(max_depth=1))\n"
                "x = m.fit([[0], [1]], [0, 1]).predict([[1]])\n",
                "from sklearn.ensemble import AdaBoostClassifier\n"
                "from sklearn.tree import DecisionTreeClassifier\n"
                "m = AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=5)\n"
                "x = m.fit([[0], [1]], [0, 1]).predict([[1]])\n", shows="x.tolist()"),
        Example("from sklearn import cluster\nX = [[0], [1], [9]]\n"
                "x = [cluster.AgglomerativeClustering(2, affinity='euclidean', linkage='ward').fit(X),\n"
                "     cluster.AgglomerativeClustering(2, affinity='manhattan', linkage='average').fit(X)]\n",
                "from sklearn import cluster\nX = [[0], [1], [9]]\n"
                "x = [cluster.AgglomerativeClustering(2, linkage='ward').fit(X),\n"
                "     cluster.AgglomerativeClustering(2, metric='manhattan', linkage='average').fit(X)]\n",
                shows="[one.labels_.tolist() for one in x]"),
        Example("from sklearn.feature_extraction.text import CountVectorizer\nstop = {'a', 'the'}\n"
                "x = CountVectorizer(stop_words=stop).fit(['the cat']).vocabulary_\n",
                "from sklearn.feature_extraction.text import CountVectorizer\nstop = {'a', 'the'}\n"
                "x = CountVectorizer(stop_words=list(stop)).fit(['the cat']).vocabulary_\n", shows="x"),
        Example("from sklearn.linear_model import Perceptron\nm = Perceptron(n_iter=40, random_state=1)\n"
                "x = m.fit([[0], [1]], [0, 1]).coef_\n",
                "from sklearn.linear_model import Perceptron\n"
                "m = Perceptron(max_iter=40, random_state=1, tol=None)\n"
                "x = m.fit([[0], [1]], [0, 1]).coef_\n", shows="x.tolist()"),
        Example("from sklearn.svm import LinearSVC\n"
                "x = LinearSVC(max_iter=1e4, random_state=0).fit([[0], [1]], [0, 1]).predict([[1]])\n",
                "from sklearn.svm import LinearSVC\n"
                "x = LinearSVC(max_iter=10000, random_state=0).fit([[0], [1]], [0, 1]).predict([[1]])\n",
                shows="x.tolist()"),
        Example("from sklearn.metrics import make_scorer, mean_squared_error\n"
                "s = make_scorer(mean_squared_error, squared=False)\n", told="neg_root_mean_squared_error"),
        Example("from sklearn.metrics import mean_squared_error\n"
                "x = mean_squared_error([0], [1], squared=root)\n", told="square root"),
        Example("from sklearn.linear_model import LogisticRegression\n"
                "m = LogisticRegression(penalty='l1', solver='saga')\n"),
        Example("from sklearn.linear_model import LogisticRegression\n"
                "m = LogisticRegression(penalty='l2', max_iter=100)\n"),
        Example("from sklearn.feature_extraction.text import TfidfVectorizer\n"
                "v = TfidfVectorizer(stop_words=['a'])\n"),
        Example("from sklearn.cluster import AffinityPropagation\n"
                "m = AffinityPropagation(affinity='precomputed')\n"),
        Example("from sklearn.ensemble import BaggingClassifier\n"
                "m = BaggingClassifier(tree, n_estimators=5)\n"),
        Example("import sklearn\nmean_squared_error([0], [1], squared=False)\n"),
        Example("import sklearn\nfrom scipy.optimize import minimize\nminimize(f, 0, max_iter=1e4)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call as it is to be built now."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return None
        function = public(context.qualified(node.func))
        since, build = BUILDERS.get(function, ("", None))
        if build is not None and is_gone(f"scikit-learn {since}", context.runtime):
            found = build(node, context)
            if found is not None:
                return found
        if function.startswith("sklearn.") and function.rpartition(".")[2][:1].isupper():
            return _counted(node) if is_gone("scikit-learn 1.2", context.runtime) else None
        return None


def _counted(call: cst.Call) -> Remedy | None:
    """The call with counts that are written as floats written as integers."""
    import libcst as cst

    args = [
        one.with_changes(value=cst.Integer(str(int(float(one.value.value)))))
        if one.keyword is not None
        and one.keyword.value in _COUNTS
        and isinstance(one.value, cst.Float)
        and float(one.value.value).is_integer()
        else one
        for one in call.args
    ]
    new = call.with_changes(args=args)
    if code_of(new) == code_of(call):
        return None
    return Remedy(new, text="a count must be an integer, not a float")
