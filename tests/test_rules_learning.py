"""Rules for scikit-learn where one example of one rule cannot show them: together, and over several cells."""

from __future__ import annotations

import pytest

from colabify.applied import Policy
from colabify.steps import Shim
from tests.learning import ported

DIGITS = (
    'mnist = fetch_openml("mnist_784", version=1, as_frame=False)\n'
    "mnist.order = sorted(range(70000), key=lambda i: (i >= 60000, mnist.target[i]))\n"
    'mnist.data = mnist.data[mnist.order].astype("uint8")\n'
    "mnist.target = mnist.target[mnist.order].astype(float)\n"
)

SEVERAL = {
    "digits, in another cell": (
        [
            "from sklearn import datasets\n",
            "mnist = datasets.fetch_mldata('MNIST original'); n = 3\n",
            "data = mnist.data[mnist.target == 1][::4]\n",
        ],
        [
            "from sklearn import datasets\n",
            DIGITS.replace("fetch", "datasets.fetch").strip().replace("\n", "; ") + "; n = 3\n",
            "data = mnist.data[mnist.target == 1][::4]\n",
        ],
    ),
    "iterator of an old module, in another cell": (
        ["from sklearn import cross_validation as cv\n", "folds = cv.KFold(len(X), n_folds=5)\n"],
        [
            "from sklearn import model_selection as cv\n",
            "folds = list(cv.KFold(n_splits=5).split(range(len(X))))\n",
        ],
    ),
    "class that is another now": (
        [
            "from sklearn.decomposition import RandomizedPCA\n",
            "pca = RandomizedPCA(150, whiten=True)\n",
        ],
        [
            "from sklearn.decomposition import PCA as RandomizedPCA\n",
            "pca = RandomizedPCA(150, whiten=True, svd_solver='randomized')\n",
        ],
    ),
    "by position, and then by its value": (
        ["from sklearn.preprocessing import Imputer\nImputer('NaN', 'mean', 0)\n"],
        ["from sklearn.impute import SimpleImputer as Imputer\nImputer(strategy='mean')\n"],
    ),
    "score by position": (
        [
            (
                "from sklearn.cross_validation import cross_val_score\n"
                "cross_val_score(m, X, y, 'mean_squared_error', 5)\n"
            )
        ],
        [
            (
                "from sklearn.model_selection import cross_val_score\n"
                "cross_val_score(m, X, y, scoring='neg_mean_squared_error', cv=5)\n"
            )
        ],
    ),
    "class of a private module": (
        ["from sklearn.svm.classes import SVC\n", "m = SVC(1.0, 'linear')\n"],
        ["from sklearn.svm import SVC\n", "m = SVC(C=1.0, kernel='linear')\n"],
    ),
    "value by position": (
        ["from sklearn.linear_model import SGDClassifier\n", "m = SGDClassifier('log')\n"],
        [
            "from sklearn.linear_model import SGDClassifier\n",
            "m = SGDClassifier(loss='log_loss')\n",
        ],
    ),
    "mixture, of which a function is given another": (
        [
            "from sklearn.mixture import GMM\n",
            "def plot(gmm):\n    return gmm.covars_\n",
            "gmm = GMM(4, random_state=0)\ngmm.fit(X)\nnew = gmm.sample(100, random_state=0)\n",
        ],
        [
            "from sklearn.mixture import GaussianMixture as GMM\n",
            "def plot(gmm):\n    return gmm.covars_\n",
            (
                "gmm = GMM(4, random_state=0, covariance_type='diag')\ngmm.fit(X)\n"
                "new = gmm.sample(n_samples=100)[0]\n"
            ),
        ],
    ),
    "frame that is sampled": (
        [
            "from sklearn.mixture import GMM\n",
            "def f(df):\n    return df.sample(100, random_state=0)\n",
        ],
        [
            "from sklearn.mixture import GaussianMixture as GMM\n",
            "def f(df):\n    return df.sample(100, random_state=0)\n",
        ],
    ),
    "two kinds of vectorizers": (
        [
            (
                "from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer\n"
                "v = CountVectorizer()\nv = TfidfVectorizer()\nv.get_feature_names()\n"
            )
        ],
        [
            (
                "from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer\n"
                "v = CountVectorizer()\nv = TfidfVectorizer()\nv.get_feature_names_out()\n"
            )
        ],
    ),
    "data set that is shown": (
        [
            "from sklearn.datasets import load_boston\n",
            "boston = load_boston()\nprint(boston.DESCR)\nprint(boston)\n",
            "names = boston.feature_names[:3]\n",
        ],
        [
            "from sklearn.datasets import fetch_openml\n",
            (
                'boston = fetch_openml(name="boston", version=1, as_frame=True)\n'
                "print(boston.DESCR)\nprint(boston)\n"
            ),
            'names = boston.get("data").columns.to_numpy()[:3]\n',
        ],
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_rules_work_together(name: str) -> None:
    before, after = SEVERAL[name]
    assert ported(*before)[0] == after
    assert ported(*after)[0] == after


# a program, what is told of it
TOLD = {
    "folds of data that are computed there": (
        "from sklearn.cross_validation import StratifiedKFold\nStratifiedKFold(read(), 5)\n",
        "without the data",
    ),
    "folds of which it is not known whether they are shuffled": (
        "from sklearn.cross_validation import KFold\nKFold(10, 5, mixed, random_state=0)\n",
        "without the data",
    ),
    "data set that is handed on": (
        "from sklearn.datasets import load_boston\nbostons = [load_boston()]\n",
        "fetch_california_housing",
    ),
    "digits of other data": (
        "from sklearn.datasets import fetch_mldata\niris = fetch_mldata('iris')\n",
        "fetch_mldata is gone",
    ),
    "rows that are imputed": (
        "from sklearn.preprocessing import Imputer\nImputer(axis=1)\n",
        "transpose",
    ),
    "mixture with other steps": (
        "from sklearn.mixture import GMM\nGMM(2, params='m')\n",
        "init_params=",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_rewritten_is_told(name: str) -> None:
    source, said = TOLD[name]
    assert said in "; ".join(ported(source)[1])


def test_what_is_provided_instead_is_faithful() -> None:
    """What has another signature now is not provided by its new name, but by a function, or told."""
    source = (
        "from sklearn.externals import joblib\n"
        "from sklearn.cross_validation import train_test_split, KFold\n"
        "from sklearn.preprocessing import Imputer\n"
        "from sklearn.gaussian_process import GaussianProcess\n"
    )
    (kept,), told, shims = ported(source, policy=Policy(keep=True))
    assert kept == source
    assert shims == [
        Shim("sklearn.externals.joblib", "joblib"),
        Shim(
            "sklearn.cross_validation.train_test_split", "sklearn.model_selection.train_test_split"
        ),
        Shim("sklearn.cross_validation.KFold", "sklearn.model_selection.KFold", "function"),
        Shim("sklearn.preprocessing.Imputer", "", "function"),
    ]
    assert any("GaussianProcessRegressor" in one for one in told)


def test_the_covariances_of_a_mixture_that_is_not_known_are_provided() -> None:
    source = "from sklearn.mixture import GMM\ndef plot(model):\n    return model.covars_\n"
    (new,), told, shims = ported(source)
    assert new == source.replace("GMM", "GaussianMixture as GMM")
    assert (told, shims) == (
        [],
        [Shim("sklearn.mixture.GaussianMixture.covars_", "", "function")],
    )
