"""Attributes and methods of scikit-learn's estimators that are called otherwise now, or are gone.

Source: the release notes of 0.20 to 1.4; run with 0.19.2, 1.1.3 and 1.6.1.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import has_star
from colabify.rules.families import Methods, Row
from colabify.rules.provided import stand_in
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_COVARIANCES = "covars_ is covariances_ now, a number each where covariance_type is 'spherical'"
_ENSEMBLES = ("AdaBoostClassifier", "AdaBoostRegressor", "BaggingClassifier", "BaggingRegressor")
_TREES = tuple(
    f"{name}{end}"
    for name in (
        "ensemble.ExtraTrees",
        "ensemble.GradientBoosting",
        "ensemble.RandomForest",
        "tree.DecisionTree",
    )
    for end in ("Classifier", "Regressor")
)
_GMM = "sklearn.mixture.GMM"
_NAMED = "sklearn.named_transformer"
_GRID = "grid_scores_ is gone: cv_results_ has the parameters, and the scores as mean_test_score"
_BAYES = "coef_ and intercept_ are gone: feature_log_prob_ and class_log_prior_ have a row for each class"
_SCORE = "score() is the mean over all points now: score_samples() has what it was for each"
_SAMPLES = "score_samples() has no responsibilities any more: predict_proba() gives them"
_ROWS = {
    "named_transformer.get_feature_names": Row("get_feature_names_out", "scikit-learn 1.2"),
    **{f"ensemble.{kind}.base_estimator_": Row("estimator_", "scikit-learn 1.4") for kind in _ENSEMBLES},
    **{f"{kind}.n_features_": Row("n_features_in_", "scikit-learn 1.2") for kind in _TREES},
    **{f"model_selection.{kind}.grid_scores_": Row(since="scikit-learn 0.20", text=_GRID)
       for kind in ("GridSearchCV", "RandomizedSearchCV")},
    **{f"naive_bayes.{kind}.{name}": Row(since="scikit-learn 1.1", text=_BAYES)
       for kind in ("MultinomialNB", "BernoulliNB") for name in ("coef_", "intercept_")},
    "naive_bayes.GaussianNB.sigma_": Row("var_", "scikit-learn 1.2"),
    "decomposition.KernelPCA.lambdas_": Row("eigenvalues_", "scikit-learn 1.2"),
    "decomposition.KernelPCA.alphas_": Row("eigenvectors_", "scikit-learn 1.2"),
    "preprocessing.StandardScaler.std_": Row("scale_", "scikit-learn 0.19"),
    "discriminant_analysis.QuadraticDiscriminantAnalysis.covariances_": Row(
        "covariance_", "scikit-learn 0.21"),
    "mixture.GMM.covars_": Row("covariances_", "scikit-learn 0.20", _COVARIANCES, safety="unsafe"),
    "mixture.GMM.score": Row(since="scikit-learn 0.20", text=_SCORE, fails=False),
    "mixture.GMM.score_samples": Row(since="scikit-learn 0.20", text=_SAMPLES),
}  # fmt: skip
_LIST_METHODS = frozenset(
    {"append", "copy", "count", "extend", "index", "insert", "pop", "remove", "sort"}
)


class LearningAttributes(Methods):
    """Call the attributes and methods of estimators what they are called now.

    ``vectorizer.get_feature_names()`` is ``get_feature_names_out()`` since scikit-learn 1.0, and only that
    since 1.2; it gives an array, so that ``.tolist()`` follows in programs that use the names as a list. What
    GMM had is called as GaussianMixture has it. Of an object that is not known, ``get_feature_names`` is
    renamed with ``--unsafe-fixes``.
    """

    code = "COL147"
    name = "sklearn-attributes"
    rows: ClassVar = {f"sklearn.{name}": row for name, row in _ROWS.items()}
    rare: ClassVar = frozenset({"grid_scores_"})
    nodes: ClassVar = ("Call", "Attribute")
    examples = (
        Example("from sklearn.feature_extraction.text import CountVectorizer\nv = CountVectorizer()\n"
                "v.fit(['a cat', 'a dog'])\nx = v.get_feature_names()[:2]\n",
                "from sklearn.feature_extraction.text import CountVectorizer\nv = CountVectorizer()\n"
                "v.fit(['a cat', 'a dog'])\nx = v.get_feature_names_out()[:2]\n", shows="list(x)"),
        Example("from sklearn.feature_extraction.text import CountVectorizer\n"
                "v = CountVectorizer().fit(['a cat', 'a dog'])\nnames = v.get_feature_names()\n"
                "x = names.index('dog')\n",
                "from sklearn.feature_extraction.text import CountVectorizer\n"
                "v = CountVectorizer().fit(['a cat', 'a dog'])\n"
                "names = v.get_feature_names_out().tolist()\nx = names.index('dog')\n", shows="x"),
        Example("from sklearn.naive_bayes import GaussianNB\nm = GaussianNB()\n"
                "x = m.fit([[0], [2]] * 3, [0, 1] * 3).sigma_\n",
                "from sklearn.naive_bayes import GaussianNB\nm = GaussianNB()\n"
                "x = m.fit([[0], [2]] * 3, [0, 1] * 3).var_\n", shows="x.shape"),
        Example("import sklearn\ndef show(v):\n    return v.get_feature_names()\n",
                "import sklearn\ndef show(v):\n    return v.get_feature_names_out()\n", unsafe=True,
                not_run="nothing calls it"),
        Example("from sklearn.model_selection import GridSearchCV\nsearch = GridSearchCV(m, {})\n"
                "search.grid_scores_\n", told="cv_results_"),
        Example("import sklearn\nsearch.grid_scores_\n", told="cv_results_"),
        Example("from sklearn.naive_bayes import MultinomialNB\nm = MultinomialNB()\nm.coef_[0]\n",
                told="feature_log_prob_"),
        Example("from sklearn.linear_model import LinearRegression\nm = LinearRegression()\nm.coef_\n"),
        Example("import sklearn\nm.n_features_ + m.sigma_\n"),
        Example("import sklearn\nclass A:\n    def get_feature_names(self):\n        return self.a\n"
                "A().get_feature_names()\n"),
        Example("v.get_feature_names()\n"),
        Example("import sklearn\nx.covars_\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether feature names, something of a mixture, or an attribute of the rows is used here."""
        attributes = context.here.attributes if context.here else frozenset[str]()
        mixed = _GMM in context.used and not attributes.isdisjoint({"covars_", "sample"})
        return mixed or "get_feature_names" in attributes or super().concerns(context)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The attribute, or the call of the method, under its new name."""
        import libcst as cst

        if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
            return self._check_call(node, node.func, context)
        if not isinstance(node, cst.Attribute):
            return None
        if node.attr.value == "covars_" and _GMM in context.used:
            if "hmmlearn" not in context.packages and not context.full_names(node.value):
                new = node.with_changes(attr=cst.Name("covariances_"))
                shims = stand_in("sklearn.mixture.GaussianMixture.covars_")
                return Remedy(new, text=_COVARIANCES, safety="unsafe", shims=shims)
            return None
        return super().check(node, context)

    def _check_call(self, call: cst.Call, func: cst.Attribute, context: Context) -> Remedy | None:
        import libcst as cst

        name = func.attr.value
        if name == "sample" and _GMM in context.used:
            return _sampled(call, func) if _is_mixture(func.value, context) else None
        if name != "get_feature_names" or not is_gone("scikit-learn 1.2", context.runtime):
            return None
        kind = context.kind(func.value)
        if f"{kind}.{name}" not in self.rows and (kind or name in context.bound):
            return None
        out = func.with_changes(attr=cst.Name("get_feature_names_out"))
        new = code_of(call.with_changes(func=out)) + (".tolist()" if _used_as_list(context) else "")
        text = "get_feature_names() is get_feature_names_out() since scikit-learn 1.0"
        shims = stand_in(f"{_NAMED}.{name}")
        if kind:
            return Remedy(cst.parse_expression(new), text=text, shims=shims)
        made = cst.parse_expression(new)
        return Remedy(made, text=text, safety="unsafe", fails=False, shims=shims)


def _sampled(call: cst.Call, func: cst.Attribute) -> Remedy | None:
    """GaussianMixture gives the points and their components, and has its random state itself."""
    import libcst as cst

    keywords = [one.keyword.value for one in call.args if one.keyword is not None]
    if "n_samples" in keywords or has_star(call):
        return None
    size = [code_of(one.value) for one in call.args if one.keyword is None][:1] or ["1"]
    new = f"{code_of(func)}(n_samples={size[0]})[0]"
    text = "sample() gives the points and their components"
    return Remedy(cst.parse_expression(new), text=text, kept=stand_in(_GMM))


def _is_mixture(node: cst.BaseExpression, context: Context) -> bool:
    """Whether an expression is a GMM; a name is if only parameters of functions are called so as well."""
    import libcst as cst

    if context.kind(node) == _GMM or not isinstance(node, cst.Name):
        return context.kind(node) == _GMM
    nodes = [one for unit in context.units for one in unit.nodes]
    bound = [one for one in nodes if isinstance(one, ast.Name) and one.id == node.value]
    given = [
        one.value
        for one in nodes
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name) and target.id == node.value
    ]
    stored = sum(isinstance(one.ctx, ast.Store) for one in bound)
    if not given or stored != len(given) or any(context.kinds.of(one) != _GMM for one in given):
        return False
    return not any(
        isinstance(inner, ast.Attribute) and inner.attr == "sample" and inner.value in bound
        for one in nodes
        if isinstance(one, ast.FunctionDef | ast.Lambda)
        for inner in ast.walk(one)
    )


def _used_as_list(context: Context) -> bool:
    """Whether the program does to feature names what can be done to a list alone."""
    nodes = [node for unit in context.units for node in unit.nodes]
    names = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _gives_names(node.value, frozenset())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    known = frozenset(names)
    for node in nodes:
        match node:
            case ast.Attribute(value=value, attr=attr) if attr in _LIST_METHODS:
                if _gives_names(value, known):
                    return True
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                if _gives_names(left, known) or _gives_names(right, known):
                    return True
            case ast.If(test=test) | ast.While(test=test) | ast.UnaryOp(op=ast.Not(), operand=test):
                if _gives_names(test, known):
                    return True
    return False


def _gives_names(node: ast.expr, known: frozenset[str]) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="get_feature_names")):
            return True
        case ast.Name(id=name):
            return name in known
    return False


LearningAttributes.needles |= {"sample"}
