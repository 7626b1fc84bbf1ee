"""Keyword arguments of scikit-learn, and values of them, that are called otherwise now, or are gone.

Source: the release notes of 0.20 to 1.6, and the signatures of 0.19.2, 1.1.3 and 1.6.1 compared. The oldest
scikit-learn that all new names are right for is 1.2, of December 2022; where a default says the same, the
argument is left out instead, which is right for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.families import Keyword

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINEAR = (
    "ARDRegression", "BayesianRidge", "ElasticNet", "ElasticNetCV", "Lars", "LarsCV", "Lasso", "LassoCV",
    "LassoLars", "LassoLarsCV", "LassoLarsIC", "LinearRegression", "MultiTaskElasticNet",
    "MultiTaskElasticNetCV", "MultiTaskLasso", "MultiTaskLassoCV", "OrthogonalMatchingPursuit",
    "OrthogonalMatchingPursuitCV", "Ridge", "RidgeCV", "RidgeClassifier", "RidgeClassifierCV",
)  # fmt: skip
_FORESTS = ("ensemble.ExtraTrees", "ensemble.GradientBoosting", "ensemble.RandomForest",
            "tree.DecisionTree", "tree.ExtraTree")  # fmt: skip
_BOTH = tuple(f"{name}{end}" for name in _FORESTS for end in ("Classifier", "Regressor"))
_SORTED = ("ensemble.GradientBoostingClassifier", "ensemble.GradientBoostingRegressor",
           "tree.DecisionTreeClassifier", "tree.DecisionTreeRegressor")  # fmt: skip
_SEARCHES = tuple(
    f"{module}.{name}"
    for module in ("model_selection", "grid_search")
    for name in ("GridSearchCV", "RandomizedSearchCV")
)
_SCORED = (
    *_SEARCHES, "cross_validation.cross_val_score", "cross_validation.permutation_test_score",
    "feature_selection.RFECV", "learning_curve.learning_curve", "learning_curve.validation_curve",
    "linear_model.RidgeCV", "model_selection.cross_val_score", "model_selection.cross_validate",
    "model_selection.learning_curve", "model_selection.permutation_test_score",
    "model_selection.validation_curve",
)  # fmt: skip
_CROSS = ("cross_val_score", "cross_validate", "cross_val_predict")
_ERRORS = {"'mse'": "'squared_error'", "'mae'": "'absolute_error'"}
_SQUARED = {"'squared_loss'": "'squared_error'"}
_SCORES = {
    f"'{name}'": f"'neg_{name}'"
    for name in ("mean_squared_error", "mean_absolute_error", "median_absolute_error", "log_loss")
}


def _values(since: str, values: Mapping[str, str]) -> Keyword:
    """The row for an argument of which only some values are called otherwise."""
    said = ", ".join(f"{old} is {new}" for old, new in values.items())
    return Keyword(since=f"scikit-learn {since}", values=values, only=True, text=f"{said} now")


def _left_out(since: str, *values: str) -> Keyword:
    """The row for an argument that can be left out if it has one of these values: so it is done now."""
    text = "what this asked for is what is done without it"
    kept = dict.fromkeys(values, "None")
    return Keyword(since=f"scikit-learn {since}", values=kept, only=True, drop=True, text=text)


def _dropped(since: str, text: str) -> Keyword:
    return Keyword(since=f"scikit-learn {since}", drop=True, text=text)


def _told(since: str, text: str, *values: str) -> Keyword:
    """The row for an argument, or for some values of it, that a person has to look at."""
    found = dict.fromkeys(values, "None")
    only = bool(values)
    return Keyword(
        since=f"scikit-learn {since}", text=text, safety="report", values=found, only=only
    )


_FASTER = "is gone: it made the work faster or slower, and nothing else"
_MENDED = {
    **{f"linear_model.{name}(normalize)": _left_out("1.2", "False") for name in _LINEAR},
    **{
        f"{name}Classifier(max_features)": _values("1.3", {"'auto'": "'sqrt'"}) for name in _FORESTS
    },
    **{f"{name}Regressor(max_features)": _values("1.3", {"'auto'": "1.0"}) for name in _FORESTS},
    **{f"{name}Regressor(criterion)": _values("1.2", _ERRORS) for name in _FORESTS},
    **{f"{name}(min_impurity_split)": _left_out("1.0", "None") for name in _BOTH},
    **{f"{name}(scoring)": _values("0.20", _SCORES) for name in _SCORED},
    **{f"{name}(iid)": _dropped("0.24", "iid= is gone: folds count alike") for name in _SEARCHES},
    **{f"{name}(presort)": _dropped("0.24", f"presort= {_FASTER}") for name in _SORTED},
    **{
        f"ensemble.GradientBoosting{end}(criterion)": _values("1.2", {"'mse'": "'squared_error'"})
        for end in ("Classifier", "Regressor")
    },
    "ensemble.GradientBoostingClassifier(loss)": _left_out("1.3", "'deviance'"),
    "ensemble.GradientBoostingRegressor(loss)": _values(
        "1.2", {"'ls'": "'squared_error'", "'lad'": "'absolute_error'"}
    ),
    "ensemble.HistGradientBoostingRegressor(loss)": _values(
        "1.2",
        {"'least_squares'": "'squared_error'", "'least_absolute_deviation'": "'absolute_error'"},
    ),
    "ensemble.HistGradientBoostingClassifier(loss)": _left_out(
        "1.3", "'auto'", "'binary_crossentropy'", "'categorical_crossentropy'"
    ),
    "ensemble.IsolationForest(behaviour)": _dropped(
        "0.24", "behaviour= is gone: it is as 'new' was"
    ),
    "linear_model.SGDClassifier(loss)": _values("1.3", {"'log'": "'log_loss'", **_SQUARED}),
    "linear_model.SGDRegressor(loss)": _values("1.2", _SQUARED),
    "linear_model.RANSACRegressor(loss)": _values(
        "1.2", {"'absolute_loss'": "'absolute_error'", **_SQUARED}
    ),
    **{
        f"linear_model.{name}(penalty)": _values("1.4", {"'none'": "None"})
        for name in ("LogisticRegression", "SGDClassifier", "SGDRegressor")
    },
    "cluster.KMeans(n_jobs)": _dropped("1.0", f"n_jobs= {_FASTER}"),
    "cluster.KMeans(precompute_distances)": _dropped("1.0", f"precompute_distances= {_FASTER}"),
    "cluster.KMeans(algorithm)": _left_out("1.3", "'auto'", "'full'"),
    "cluster.AgglomerativeClustering(pooling_func)": _dropped("0.22", "pooling_func= did nothing"),
    "decomposition.LatentDirichletAllocation(n_topics)": Keyword(
        "n_components", "scikit-learn 0.21"
    ),
    "discriminant_analysis.QuadraticDiscriminantAnalysis(store_covariances)": Keyword(
        "store_covariance", "scikit-learn 0.21"
    ),
    "manifold.TSNE(square_distances)": _dropped(
        "1.3", "square_distances= is gone: True is how it is"
    ),
    "preprocessing.OneHotEncoder(n_values)": _left_out("0.22", "'auto'"),
    "preprocessing.OneHotEncoder(sparse)": Keyword(
        "sparse_output", "scikit-learn 1.4", "sparse= is sparse_output= since scikit-learn 1.2"
    ),
    "preprocessing.Imputer(axis)": _left_out("0.22", "0"),
    "preprocessing.Imputer(verbose)": _dropped("0.22", "SimpleImputer has no verbose="),
    "preprocessing.Imputer(missing_values)": _left_out("0.22", "'NaN'"),
    "impute.SimpleImputer(verbose)": _dropped("1.3", "verbose= is gone: it did next to nothing"),
    "metrics.auc(reorder)": _left_out("0.22", "False"),
    "svm.LinearSVC(loss)": _values("1.0", {"'l1'": "'hinge'", "'l2'": "'squared_hinge'"}),
    "svm.LinearSVR(loss)": _values(
        "1.0", {"'l1'": "'epsilon_insensitive'", "'l2'": "'squared_epsilon_insensitive'"}
    ),
}
_NORMALIZE = "normalize= is gone: use make_pipeline(StandardScaler(), model), and adapt alpha if there is one"
_CATEGORICAL = (
    "categorical_features= is gone:"
    " use ColumnTransformer([('codes', OneHotEncoder(), columns)], remainder='passthrough')"
)
_IMPURITY = "min_impurity_split= is gone: use min_impurity_decrease="
_MAE = "criterion='mae' is gone: loss='absolute_error' may be what is meant"
_ALPHA = (
    "alpha= is gone: alpha_W= and alpha_H= stand for it, on another scale (see NMF's documentation)"
)
_SAMME = "algorithm='SAMME.R' is gone: without algorithm= there is SAMME, which learns more slowly"
_TOLD = {
    **{f"linear_model.{name}(normalize)": _told("1.2", _NORMALIZE) for name in _LINEAR},
    **{
        f"{name}(fit_params)": _told("0.21", "fit_params= is gone: .fit() takes them")
        for name in _SEARCHES
    },
    **{f"{name}(min_impurity_split)": _told("1.0", _IMPURITY) for name in _BOTH},
    "ensemble.GradientBoostingClassifier(criterion)": _told("1.1", _MAE, "'mae'"),
    "ensemble.GradientBoostingRegressor(criterion)": _told("1.1", _MAE, "'mae'"),
    "ensemble.AdaBoostClassifier(algorithm)": _told("1.6", _SAMME, "'SAMME.R'"),
    "decomposition.NMF(alpha)": _told("1.2", _ALPHA),
    "metrics.auc(reorder)": _told("0.22", "reorder= is gone: sort x, and y with it, first"),
    "preprocessing.Imputer(axis)": _told(
        "0.22", "SimpleImputer goes by columns: transpose the data for rows"
    ),
    "preprocessing.OneHotEncoder(categorical_features)": _told("0.22", _CATEGORICAL),
    "preprocessing.OneHotEncoder(n_values)": _told(
        "0.22", "n_values= is gone: categories= lists the values"
    ),
    **{
        f"model_selection.{name}(fit_params)": _told(
            "1.6", "fit_params= is params= since scikit-learn 1.4"
        )
        for name in _CROSS
    },
}
MENDED = {f"sklearn.{name}": row for name, row in _MENDED.items()}
"""What is brought up to date, as :class:`colabify.rules.families.Keywords` has it."""
TOLD = {f"sklearn.{name}": row for name, row in _TOLD.items()}
"""What is told where the first table has nothing for it."""
