"""Since scikit-learn 0.20 what chooses models stands in ``sklearn.model_selection`` alone.

Source: the release notes of 0.18 (the module, and how its iterators differ) and of 0.20 (the three old
ones are gone); the examples were run with 0.19.2 and 1.6.1.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Row
from colabify.rules.learning.folds import FOLDS
from colabify.rules.learning.modules import MovedModules

_SINCE = "scikit-learn 0.20"
_NEW = "sklearn.model_selection"
_GROUPS = {
    "LabelKFold": "GroupKFold(n_splits=n_folds).split(X, y, groups=labels)",
    "LabelShuffleSplit": "GroupShuffleSplit(n_splits=n_iter).split(X, y, groups=labels)",
    "LeaveOneLabelOut": "LeaveOneGroupOut().split(X, y, groups=labels)",
    "LeavePLabelOut": "LeavePGroupsOut(n_groups=p).split(X, y, groups=labels)",
}
_FIT = "there is no fit_grid_point any more: fit and score the estimator itself"
_BOOTSTRAP = "there is no Bootstrap any more: ShuffleSplit or sklearn.utils.resample take its place"
_OTHERS = {
    f"{_NEW}.fit_grid_point": ("1.0", _FIT),
    "sklearn.grid_search.fit_grid_point": ("0.20", _FIT),
    "sklearn.cross_validation.Bootstrap": ("0.17", _BOOTSTRAP),
}


class ModelSelection(MovedModules):
    """Take from ``sklearn.model_selection`` what stood in the modules that are gone.

    ``sklearn.cross_validation``, ``sklearn.grid_search`` and ``sklearn.learning_curve`` were removed in
    scikit-learn 0.20. COL141 sees to the iterators, which are called otherwise.
    """

    code = "COL140"
    name = "sklearn-model-selection"
    rows: ClassVar = {
        **{
            f"sklearn.{old}": Row(_NEW, _SINCE, module=True)
            for old in ("cross_validation", "grid_search", "learning_curve")
        },
        **FOLDS,
        **{
            f"sklearn.cross_validation.{old}": Row(
                since=_SINCE,
                text=f"sklearn.cross_validation.{old} is sklearn.model_selection.{new} now",
            )
            for old, new in _GROUPS.items()
        },
        **{
            old: Row(since=f"scikit-learn {since}", text=text)
            for old, (since, text) in _OTHERS.items()
        },
    }
    examples = (
        Example("from sklearn.cross_validation import train_test_split\n"
                "a, b = train_test_split([1, 2, 3, 4], random_state=0)\n",
                "from sklearn.model_selection import train_test_split\n"
                "a, b = train_test_split([1, 2, 3, 4], random_state=0)\n", shows="sorted(a + b)"),
        Example("from sklearn import cross_validation, svm\n"
                "a, b = cross_validation.train_test_split([1, 2, 3, 4])\n",
                "from sklearn import model_selection as cross_validation, svm\n"
                "a, b = cross_validation.train_test_split([1, 2, 3, 4])\n", shows="sorted(a + b)"),
        Example("import sklearn.grid_search as gs\nn = len(gs.ParameterGrid({'C': [1, 2]}))\n",
                "import sklearn.model_selection as gs\nn = len(gs.ParameterGrid({'C': [1, 2]}))\n",
                shows="n"),
        Example("import sklearn.grid_search\nn = len(sklearn.grid_search.ParameterGrid({'C': [1, 2]}))\n",
                "import sklearn.model_selection\n"
                "n = len(sklearn.model_selection.ParameterGrid({'C': [1, 2]}))\n", shows="n"),
        Example("from sklearn.cross_validation import LabelKFold\n", told="GroupKFold"),
        Example("from sklearn.model_selection import train_test_split\n"),
        Example("from sklearn.model_selection import learning_curve\nlearning_curve\n"),
        Example("from mylib import cross_validation\ncross_validation.train_test_split\n"),
        Example("try:\n    from sklearn.model_selection import KFold\nexcept ImportError:\n"
                "    from sklearn.cross_validation import KFold\n"),
        Example("import sklearn\ngrid_search = 3\nsklearn.__version__\n"),
    )  # fmt: skip
