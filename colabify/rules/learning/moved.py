"""What of scikit-learn stands elsewhere now, is called otherwise, or is gone.

Source: the release notes of 0.20 to 1.3, and the comparison of what 0.19.2, 1.1.3 and 1.6.1 export.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Row
from colabify.rules.learning.modules import MovedModules

_RENAMED = {
    "0.20": {
        "lda.LDA": "discriminant_analysis.LinearDiscriminantAnalysis",
        "qda.QDA": "discriminant_analysis.QuadraticDiscriminantAnalysis",
        "mixture.GMM": "mixture.GaussianMixture",
        "decomposition.RandomizedPCA": "decomposition.PCA",
    },
    "0.22": {
        "covariance.GraphLasso": "covariance.GraphicalLasso",
        "covariance.GraphLassoCV": "covariance.GraphicalLassoCV",
        "covariance.graph_lasso": "covariance.graphical_lasso",
        "preprocessing.Imputer": "impute.SimpleImputer",
    },
    "0.23": {
        "metrics.calinski_harabaz_score": "metrics.calinski_harabasz_score",
        "metrics.cluster.calinski_harabaz_score": "metrics.calinski_harabasz_score",
    },
    "0.24": {
        "datasets.base.Bunch": "utils.Bunch",
        "metrics.cluster.unsupervised.calinski_harabaz_score": "metrics.calinski_harabasz_score",
        "preprocessing.imputation.Imputer": "impute.SimpleImputer",
        "utils.safe_indexing": "utils._safe_indexing",
        "utils.testing.all_estimators": "utils.all_estimators",
        "utils.testing.ignore_warnings": "utils._testing.ignore_warnings",
    },
    "1.2": {
        "inspection.plot_partial_dependence": "inspection.PartialDependenceDisplay.from_estimator",
        "metrics.plot_confusion_matrix": "metrics.ConfusionMatrixDisplay.from_estimator",
        "metrics.plot_det_curve": "metrics.DetCurveDisplay.from_estimator",
        "metrics.plot_precision_recall_curve": "metrics.PrecisionRecallDisplay.from_estimator",
        "metrics.plot_roc_curve": "metrics.RocCurveDisplay.from_estimator",
    },
    "1.3": {"neighbors.DistanceMetric": "metrics.DistanceMetric"},
}  # fmt: skip
_NOT_THE_SAME = frozenset(
    {"preprocessing.Imputer", "preprocessing.imputation.Imputer", "mixture.GMM"}
)
_ELSEWHERE = {
    "sklearn.externals.joblib": Row("joblib", "scikit-learn 0.23", module=True),
    "sklearn.externals.six": Row("six", "scikit-learn 0.23", module=True),
    "sklearn.externals.six.StringIO": Row("io.StringIO", "scikit-learn 0.23"),
    "sklearn.externals.six.BytesIO": Row("io.BytesIO", "scikit-learn 0.23"),
    "sklearn.utils.extmath.logsumexp": Row("scipy.special.logsumexp", "scikit-learn 0.21"),
    "sklearn.utils.extmath.pinvh": Row("scipy.linalg.pinvh", "scikit-learn 0.21"),
    "sklearn.utils.extmath.fast_dot": Row("numpy.dot", "scikit-learn 0.21", binding="np"),
    "sklearn.utils.stats.rankdata": Row("scipy.stats.rankdata", "scikit-learn 0.21"),
    "sklearn.utils.testing": Row(
        since="scikit-learn 0.24",
        module=True,
        text="there is no sklearn.utils.testing any more: numpy.testing and pytest take its place",
    ),
    **{
        f"sklearn.utils.testing.{name}": Row(f"numpy.testing.{name}", "scikit-learn 0.24")
        for name in ("assert_allclose", "assert_array_almost_equal", "assert_array_equal")
    },
}
_GONE = {
    "datasets.load_mlcomp": ("0.21", "mlcomp.org, from which it read, is no more"),
    "ensemble.partial_dependence": ("0.24", "sklearn.inspection.PartialDependenceDisplay takes its place"),
    "gaussian_process.GaussianProcess": ("0.20", "GaussianProcessRegressor takes its place"),
    "hmm": ("0.17", "the package hmmlearn has it"),
    "linear_model.RandomizedLasso": ("0.21", "nothing in scikit-learn takes its place"),
    "linear_model.RandomizedLogisticRegression": ("0.21", "nothing in scikit-learn takes its place"),
    "linear_model.logistic.logistic_regression_path": ("0.24", "fit LogisticRegression for each C"),
    "linear_model.logistic_regression_path": ("0.24", "fit LogisticRegression for each C"),
    "metrics.SCORERS": ("1.3", "get_scorer_names() has the names, get_scorer(name) a scorer"),
    "metrics.jaccard_similarity_score": ("0.23", "for plain labels accuracy_score is the same"),
    "mixture.DPGMM": ("0.20", "sklearn.mixture.BayesianGaussianMixture takes its place"),
    "mixture.VBGMM": ("0.20", "sklearn.mixture.BayesianGaussianMixture takes its place"),
    "neighbors.LSHForest": ("0.21", "NearestNeighbors takes its place"),
    "preprocessing.CategoricalEncoder": ("0.20", "OneHotEncoder and OrdinalEncoder take its place"),
    "utils.bench": ("0.21", "timedelta.total_seconds() takes its place"),
    "utils.metaestimators.if_delegate_has_method": ("1.3", "available_if takes its place"),
}  # fmt: skip
_STOP_WORDS = "sklearn.feature_extraction.stop_words"


class LearningNames(MovedModules):
    """Take from where they are now the names of scikit-learn that were moved or renamed.

    Examples are ``sklearn.externals.joblib`` (since 0.23 a package of its own) and ``plot_confusion_matrix``
    (1.2). All new names are in scikit-learn 1.0 already, so that the code runs at home too. COL146 sees to
    the classes that are called otherwise as well.
    """

    code = "COL142"
    name = "sklearn-moved-names"
    rows: ClassVar = {
        **_ELSEWHERE,
        **{
            f"sklearn.{old}": Row(
                f"sklearn.{new}", f"scikit-learn {since}", shim=old not in _NOT_THE_SAME
            )
            for since, renamed in _RENAMED.items()
            for old, new in renamed.items()
        },
        **{
            f"sklearn.{old}": Row(
                since=f"scikit-learn {since}",
                text=f"there is no sklearn.{old} any more: {text}",
                module=True,
            )
            for old, (since, text) in _GONE.items()
        },
        _STOP_WORDS: Row("sklearn.feature_extraction.text", "scikit-learn 0.24", module=True),
    }
    examples = (
        Example("from sklearn.externals import joblib\njoblib.dump([1], 'a.pkl')\n"
                "x = joblib.load('a.pkl')\n",
                "import joblib\njoblib.dump([1], 'a.pkl')\nx = joblib.load('a.pkl')\n", shows="x"),
        Example("from sklearn.externals.joblib import Parallel, delayed\n"
                "x = Parallel(n_jobs=1)([delayed(abs)(-1)])\n",
                "from joblib import Parallel, delayed\nx = Parallel(n_jobs=1)([delayed(abs)(-1)])\n",
                shows="x"),
        Example("from sklearn.externals.six import StringIO\nx = StringIO('a').read()\n",
                "from io import StringIO\nx = StringIO('a').read()\n", shows="x"),
        Example("from sklearn.feature_extraction import stop_words\n"
                "x = 'the' in stop_words.ENGLISH_STOP_WORDS\n",
                "from sklearn.feature_extraction import text as stop_words\n"
                "x = 'the' in stop_words.ENGLISH_STOP_WORDS\n", shows="x"),
        Example("from sklearn.tree import DecisionTreeClassifier\n"
                "from sklearn.metrics import plot_confusion_matrix\n"
                "model = DecisionTreeClassifier().fit([[0], [1]], [0, 1])\n"
                "x = plot_confusion_matrix(model, [[0], [1]], [0, 1]).confusion_matrix\n",
                "from sklearn.tree import DecisionTreeClassifier\n"
                "from sklearn.metrics import ConfusionMatrixDisplay\n"
                "model = DecisionTreeClassifier().fit([[0], [1]], [0, 1])\n"
                "x = ConfusionMatrixDisplay.from_estimator(model, [[0], [1]], [0, 1]).confusion_matrix\n",
                shows="x.tolist()"),
        Example("from sklearn.lda import LDA\nmodel = LDA().fit([[0], [1], [2]], [0, 1, 1])\n",
                "from sklearn.discriminant_analysis import LinearDiscriminantAnalysis as LDA\n"
                "model = LDA().fit([[0], [1], [2]], [0, 1, 1])\n"),
        Example("from sklearn.utils.testing import assert_equal\n", told="numpy.testing"),
        Example("from sklearn.metrics import jaccard_similarity_score\n", told="accuracy_score"),
        Example("from sklearn.metrics import accuracy_score\n"),
        Example("from sklearn.datasets import make_blobs\n"),
        Example("import joblib\n"),
        Example("import sklearn\ndef plot_confusion_matrix(a):\n    return a\nplot_confusion_matrix(3)\n"),
        Example("import sklearn.metrics\nsklearn.metrics.classification_report([0], [0])\n"),
        Example("from sklearn.gaussian_process import GaussianProcessRegressor\n"),
        Example("from hmmlearn import hmm\nimport sklearn\n"),
        Example("from sklearn import preprocessing\npreprocessing.StandardScaler()\n"),
    )  # fmt: skip
