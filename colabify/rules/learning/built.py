"""What is to be built otherwise with today's scikit-learn: more than a keyword's name has changed.

Source: the release notes of the versions given with each; run with 0.19.2, 1.1.3 and 1.6.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.calls import (
    argument,
    constant_of,
    has_star,
    text_of,
    with_keyword,
    without_argument,
)
from colabify.rules.provided import name_shims, stand_in
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from colabify.rules.context import Context

    Builder = Callable[[cst.Call, Context], Remedy | None]


def _logistic(call: cst.Call, context: Context) -> Remedy | None:  # noqa: ARG001
    """The default solver was liblinear up to 0.21; lbfgs knows neither this penalty nor the dual form."""
    l1 = text_of(argument(call, "penalty", 0)) == "l1"
    if (
        not (l1 or constant_of(argument(call, "dual")) is True)
        or argument(call, "solver") is not None
    ):
        return None
    if has_star(call):
        return None
    what = "penalty='l1'" if l1 else "dual=True"
    return Remedy(
        with_keyword(call, "solver", "'liblinear'"), text=f"{what} needs solver='liblinear'"
    )


def _squared(call: cst.Call, context: Context) -> Remedy | None:
    """The root is taken outside: that is right for all versions, root_mean_squared_error only since 1.4."""
    import libcst as cst

    index = _index_of(call, "squared")
    if index is None:
        return None
    squared = constant_of(call.args[index].value)
    bare = without_argument(call, index)
    text = "squared= is gone: take the square root of the error"
    if squared is True:
        return Remedy(bare, text=text)
    if squared is not False or has_star(call) or argument(call, "multioutput") is not None:
        return Remedy(text=text, safety="report")
    sqrt, imports = context.spell("numpy.sqrt", binding="np")
    return Remedy(cst.parse_expression(f"{sqrt}({code_of(bare)})"), imports, text)


def _scorer(call: cst.Call, context: Context) -> Remedy | None:
    """A scorer, or a partial function, of an error that is to be rooted."""
    names = {context.qualified(one.value) for one in call.args[:1]}
    if (
        not names & {f"sklearn.metrics.{name}" for name in _ERRORS}
        or _index_of(call, "squared") is None
    ):
        return None
    text = "squared= is gone: scoring='neg_root_mean_squared_error' stands for such a scorer"
    return Remedy(text=text, safety="report")


def _randomized(call: cst.Call, context: Context) -> Remedy | None:  # noqa: ARG001
    """RandomizedPCA was PCA with this solver; its other arguments are PCA's."""
    if has_star(call) or argument(call, "svd_solver") is not None:
        return None
    new = with_keyword(call, "svd_solver", "'randomized'")
    shims = name_shims("sklearn.decomposition.RandomizedPCA", "sklearn.decomposition.PCA")
    return Remedy(new, text="RandomizedPCA is PCA(svd_solver='randomized')", shims=shims)


def _mixture(call: cst.Call, context: Context) -> Remedy | None:  # noqa: ARG001
    """GMM had diagonal covariances by default, GaussianMixture has full ones."""
    import libcst as cst

    renamed = {"n_iter": "max_iter", "min_covar": "reg_covar"}
    keywords = [one.keyword.value if one.keyword is not None else "" for one in call.args]
    if has_star(call) or set(keywords) & {"thresh", "params", "init_params"}:
        text = "GaussianMixture has tol= for thresh=, nothing for params=, and another init_params="
        return Remedy(text=text, safety="report")
    new = call.with_changes(
        args=[
            one.with_changes(keyword=cst.Name(renamed[one.keyword.value]))
            if one.keyword is not None and one.keyword.value in renamed
            else one
            for one in call.args
        ]
    )
    if argument(new, "covariance_type", 1) is None:
        new = with_keyword(new, "covariance_type", "'diag'")
    if code_of(new) == code_of(call):
        return None
    return Remedy(new, text="GMM is GaussianMixture", kept=stand_in("sklearn.mixture.GMM"))


def _epochs(call: cst.Call, context: Context) -> Remedy | None:  # noqa: ARG001
    """All of n_iter epochs were gone through; max_iter stops early unless there is no tolerance."""
    import libcst as cst

    index = _index_of(call, "n_iter")
    if index is None or argument(call, "max_iter") is not None:
        return None
    args = list(call.args)
    args[index] = args[index].with_changes(keyword=cst.Name("max_iter"))
    new = call.with_changes(args=args)
    if argument(new, "tol") is None and not has_star(new):
        new = with_keyword(new, "tol", "None")
    return Remedy(new, text="n_iter= is max_iter=, with tol=None for that many epochs")


def _base(call: cst.Call, context: Context) -> Remedy | None:  # noqa: ARG001
    """It is the first argument of all of them, under either name."""
    import libcst as cst

    index = _index_of(call, "base_estimator")
    if index is None:
        return None
    text = "base_estimator= is estimator= since scikit-learn 1.2; as the first argument it is right for all"
    if any(one.keyword is None for one in call.args):
        return Remedy(text=text, safety="report")
    one = call.args[index].with_changes(keyword=None, equal=cst.MaybeSentinel.DEFAULT)
    if index == 0:
        return Remedy(call.with_changes(args=[one, *call.args[1:]]), text=text)
    rest = without_argument(call, index)
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    one = one.with_changes(comma=comma, whitespace_after_arg=cst.SimpleWhitespace(""))
    return Remedy(rest.with_changes(args=[one, *rest.args]), text=text)


def _affinity(call: cst.Call, context: Context) -> Remedy | None:  # noqa: ARG001
    """Left out where it is the default, since metric= is known only since 1.2."""
    import libcst as cst

    index = _index_of(call, "affinity")
    if index is None or argument(call, "metric") is not None:
        return None
    text = "affinity= is metric= since scikit-learn 1.2"
    if text_of(call.args[index].value) == "euclidean":
        return Remedy(without_argument(call, index), text=text)
    args = list(call.args)
    args[index] = args[index].with_changes(keyword=cst.Name("metric"))
    return Remedy(call.with_changes(args=args), text=text)


def _stop_words(call: cst.Call, context: Context) -> Remedy | None:
    """Only lists are taken since 1.2."""
    import libcst as cst

    index = _index_of(call, "stop_words")
    if index is None:
        return None
    value = call.args[index].value
    name = context.qualified(value)
    if context.kind(value) not in ("set", "frozenset") and not name.endswith(".ENGLISH_STOP_WORDS"):
        return None
    args = list(call.args)
    args[index] = args[index].with_changes(value=cst.parse_expression(f"list({code_of(value)})"))
    return Remedy(call.with_changes(args=args), text="stop_words= takes a list, not a set")


def _index_of(call: cst.Call, keyword: str) -> int | None:
    """Where an argument stands that is given by this keyword."""
    for index, one in enumerate(call.args):
        if one.keyword is not None and one.keyword.value == keyword:
            return index
    return None


_ERRORS = ("mean_squared_error", "mean_squared_log_error")
_EPOCHS = ("SGDClassifier", "SGDRegressor", "Perceptron", "PassiveAggressiveClassifier",
           "PassiveAggressiveRegressor")  # fmt: skip
_BASES = ("ensemble.AdaBoostClassifier", "ensemble.AdaBoostRegressor", "ensemble.BaggingClassifier",
          "ensemble.BaggingRegressor", "calibration.CalibratedClassifierCV")  # fmt: skip

BUILDERS: dict[str, tuple[str, Builder]] = {
    "sklearn.linear_model.LogisticRegression": ("0.22", _logistic),
    **{f"sklearn.metrics.{name}": ("1.6", _squared) for name in _ERRORS},
    "sklearn.metrics.make_scorer": ("1.6", _scorer),
    "functools.partial": ("1.6", _scorer),
    "sklearn.decomposition.RandomizedPCA": ("0.20", _randomized),
    "sklearn.mixture.GMM": ("0.20", _mixture),
    **{f"sklearn.linear_model.{name}": ("0.21", _epochs) for name in _EPOCHS},
    **{f"sklearn.{name}": ("1.4", _base) for name in _BASES},
    "sklearn.linear_model.RANSACRegressor": ("1.3", _base),
    "sklearn.cluster.AgglomerativeClustering": ("1.4", _affinity),
    "sklearn.cluster.FeatureAgglomeration": ("1.4", _affinity),
    **{
        f"sklearn.feature_extraction.text.{name}Vectorizer": ("1.2", _stop_words)
        for name in ("Count", "Tfidf", "Hashing")
    },
}
"""By full name: the scikit-learn since which a call of it is to be built otherwise, and how."""
