"""Keyword arguments of scikit-learn that are called otherwise now; the rows are in :mod:`.keyword_rows`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import functions_of, mended_call, named
from colabify.rules.families import Keywords
from colabify.rules.learning.keyword_rows import MENDED, TOLD
from colabify.rules.learning.tables import KEYWORD_ONLY, public

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from colabify.rules.context import Context

_FIRST = {
    "sklearn.linear_model.LogisticRegression": "penalty",
    "sklearn.linear_model.SGDClassifier": "loss",
    "sklearn.linear_model.SGDRegressor": "loss",
}


_FIRST_LAST = frozenset(name.rpartition(".")[2] for name in _FIRST)
_LAST = frozenset(name.rpartition(".")[2] for name in (*MENDED, *TOLD))
"""The last parts of what the rows go by: ``OneHotEncoder(sparse)``."""


class LearningKeywords(Keywords):
    """Bring keyword arguments of scikit-learn, and what they are given, up to date.

    ``OneHotEncoder(sparse=False)`` is ``OneHotEncoder(sparse_output=False)`` since 1.2, ``criterion="mse"``
    is ``criterion="squared_error"``, a forest's ``max_features="auto"`` was ``"sqrt"`` for a classifier and
    ``1.0`` for a regressor. ``normalize=True`` of a linear model, and what else needs judgement, is told.
    """

    code = "COL144"
    name = "sklearn-keywords"
    rows: ClassVar = MENDED
    examples = (
        Example("from sklearn.preprocessing import OneHotEncoder\n"
                "x = OneHotEncoder(sparse=False).fit_transform([[0], [1]])\n",
                "from sklearn.preprocessing import OneHotEncoder\n"
                "x = OneHotEncoder(sparse_output=False).fit_transform([[0], [1]])\n"),
        Example("from sklearn.tree import DecisionTreeRegressor\n"
                "m = DecisionTreeRegressor(criterion='mse', max_features=\"auto\", presort=True)\n"
                "m.fit([[0], [1]], [0, 1])\nx = m.predict([[1]])\n",
                "from sklearn.tree import DecisionTreeRegressor\n"
                "m = DecisionTreeRegressor(criterion='squared_error', max_features=1.0)\n"
                "m.fit([[0], [1]], [0, 1])\nx = m.predict([[1]])\n", shows="x.tolist()"),
        Example("from sklearn import ensemble\n"
                "m = ensemble.RandomForestClassifier(5, max_features='auto', random_state=0)\n"
                "x = m.fit([[0], [1]] * 20, [0, 1] * 20).predict([[1]])\n",
                "from sklearn import ensemble\n"
                "m = ensemble.RandomForestClassifier(5, max_features='sqrt', random_state=0)\n"
                "x = m.fit([[0], [1]] * 20, [0, 1] * 20).predict([[1]])\n", shows="x.tolist()"),
        Example("from sklearn.cluster import KMeans\n"
                "m = KMeans(2, n_jobs=-1, algorithm='full', random_state=0)\n"
                "x = m.fit([[0], [9]]).inertia_\n",
                "from sklearn.cluster import KMeans\nm = KMeans(2, random_state=0)\n"
                "x = m.fit([[0], [9]]).inertia_\n", shows="x"),
        Example("from sklearn.linear_model import LinearRegression\n"
                "x = LinearRegression(normalize=False).fit([[0], [1]], [0, 1]).coef_\n",
                "from sklearn.linear_model import LinearRegression\n"
                "x = LinearRegression().fit([[0], [1]], [0, 1]).coef_\n", shows="x.round(9).tolist()"),
        Example("from sklearn.linear_model import LinearRegression\n"
                "m = LinearRegression(normalize=True)\n", told="make_pipeline"),
        Example("from sklearn.preprocessing import OneHotEncoder\n"
                "m = OneHotEncoder(categorical_features=[0])\n", told="ColumnTransformer"),
        Example("from sklearn.ensemble import RandomForestClassifier\n"
                "m = RandomForestClassifier(max_features='sqrt', criterion='gini')\n"),
        Example("from sklearn.tree import DecisionTreeRegressor\n"
                "m = DecisionTreeRegressor(criterion=which)\n"),
        Example("from sklearn.linear_model import SGDClassifier\nm = SGDClassifier(loss=\"log\")\n",
                "from sklearn.linear_model import SGDClassifier\nm = SGDClassifier(loss=\"log_loss\")\n"),
        Example("from sklearn.cluster import DBSCAN\nm = DBSCAN(n_jobs=2)\n"),
        Example("from sklearn.linear_model import LogisticRegression\n"
                "m = LogisticRegression(penalty='l2', solver='saga')\n"),
        Example("import sklearn\nfrom mylib import OneHotEncoder\nm = OneHotEncoder(sparse=False)\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether a call here has a keyword of the rows, or gives one of them by position."""
        calls = context.here.calls if context.here else ()
        return any(
            (call.args and last in _FIRST_LAST)
            or any(f"{last}({one.arg})" in _LAST for one in call.keywords)
            for last, call in calls
        )

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with all its keywords brought up to date, or what is to be said of one."""
        import libcst as cst

        if not isinstance(node, cst.Call) or not node.args:
            return None
        functions = tuple(public(one) for one in functions_of(node, context))
        call = _with_first_named(node, functions)
        found = mended_call(call, functions, MENDED, context.runtime)
        if found is not None and found.new is not None:
            return found
        return mended_call(call, functions, TOLD, context.runtime) or found


def _with_first_named(call: cst.Call, functions: Sequence[str]) -> cst.Call:
    """The call with the keyword of its first argument, where that is one whose values have changed."""
    first, *rest = call.args
    name = next((_FIRST[one] for one in functions if one in _FIRST), "")
    if not name or first.keyword is not None or first.star:
        return call
    if any(one.keyword is None and not one.star for one in rest):
        return call  # what follows by position would stand behind a keyword
    return call.with_changes(args=[named(first, name), *rest])


LearningKeywords.needles |= frozenset(name.partition("(")[2].rstrip(")") for name in TOLD)
# what COL145 names is looked at afterwards, so that the functions are words as well as the keywords
LearningKeywords.needles |= frozenset(
    name.partition("(")[0].rpartition(".")[2]
    for name in {**MENDED, **TOLD}
    if name.partition("(")[0] in KEYWORD_ONLY or name.partition("(")[0] in _FIRST
)
