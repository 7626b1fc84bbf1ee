"""The iterators of ``sklearn.cross_validation`` were given the data; those of ``model_selection`` split it.

Source: the release notes of scikit-learn 0.18 and the code of both. The new object has no length and is not
iterated over itself, so that what stands for the old one is the list of its splits: it can be used for
``cv=``, has a length, and can be gone through twice. The splits of KFold, ShuffleSplit, LeaveOneOut and
LeavePOut are the same (compared: 0.19.2 and 1.6.1); the stratified ones are drawn otherwise since 0.22.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import constant_of, has_star
from colabify.rules.families import Row
from colabify.rules.learning.modules import MovedModules
from colabify.rules.provided import stand_in
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst as cst

    from colabify.rules.context import Context


@dataclass(frozen=True, slots=True)
class _Iterator:
    """The old signature, of which the first is the data; ``defaults``: those that are others now."""

    signature: tuple[str, ...]
    defaults: Mapping[str, str]


_NEW_NAMES = {"n_folds": "n_splits", "n_iter": "n_splits"}
_SHUFFLE = ("n_iter", "test_size", "train_size", "random_state")
_FOLDS = ("n_folds", "shuffle", "random_state")
_ITERATORS = {
    "KFold": _Iterator(("n", *_FOLDS), {"n_folds": "3"}),
    "StratifiedKFold": _Iterator(("y", *_FOLDS), {"n_folds": "3"}),
    "ShuffleSplit": _Iterator(("n", *_SHUFFLE), {}),
    "StratifiedShuffleSplit": _Iterator(("y", *_SHUFFLE), {}),
    "LeaveOneOut": _Iterator(("n",), {}),
    "LeavePOut": _Iterator(("n", "p"), {}),
}
_OLD = "sklearn.cross_validation."
FOLDS = {
    f"{_OLD}{name}": Row(f"sklearn.model_selection.{name}", "scikit-learn 0.20", shim=False)
    for name in _ITERATORS
}
"""Where the iterators are now; what is called otherwise cannot be provided under its old name."""


class Folds(MovedModules):
    """Give the iterators of cross-validation their data when they split, as scikit-learn asks since 0.18.

    ``KFold(len(X), n_folds=5)`` becomes ``list(KFold(n_splits=5).split(range(len(X))))``: what the old object
    was iterated over.
    """

    code = "COL141"
    name = "sklearn-folds"
    rows: ClassVar = FOLDS
    nodes: ClassVar = ("Call", *MovedModules.nodes)
    examples = (
        Example("from sklearn.cross_validation import KFold\nfolds = KFold(10, n_folds=5)\n",
                "from sklearn.model_selection import KFold\n"
                "folds = list(KFold(n_splits=5).split(range(10)))\n",
                shows="[b.tolist() for a, b in folds]"),
        Example("from sklearn.cross_validation import KFold\n"
                "x = len(KFold(8, shuffle=True, random_state=0))\n",
                "from sklearn.model_selection import KFold\n"
                "x = len(list(KFold(n_splits=3, shuffle=True, random_state=0).split(range(8))))\n",
                shows="x"),
        Example("from sklearn.cross_validation import ShuffleSplit\n"
                "x = [b.tolist() for a, b in ShuffleSplit(len('abcd'), 3, random_state=0)]\n",
                "from sklearn.model_selection import ShuffleSplit\n"
                "x = [b.tolist() for a, b in list(ShuffleSplit(n_splits=3, "
                "random_state=0).split(range(len('abcd'))))]\n", shows="x"),
        Example("from sklearn.cross_validation import StratifiedKFold\ny = [0, 0, 1, 1]\n"
                "folds = StratifiedKFold(y=y, n_folds=2)\n",
                "from sklearn.model_selection import StratifiedKFold\ny = [0, 0, 1, 1]\n"
                "folds = list(StratifiedKFold(n_splits=2).split(y, y))\n",
                shows="[b.tolist() for a, b in folds]"),
        Example("from sklearn.cross_validation import LeaveOneOut, LeavePOut\n"
                "x = len(LeaveOneOut(4)), len(LeavePOut(4, 2))\n",
                "from sklearn.model_selection import LeaveOneOut, LeavePOut\n"
                "x = len(list(LeaveOneOut().split(range(4)))), len(list(LeavePOut(p=2).split(range(4))))\n",
                shows="x"),
        Example("import sklearn.model_selection\nfolds = KFold(10, 5)\n"),
        Example("from sklearn.model_selection import KFold\nfolds = KFold(10, shuffle=True)\n"),
        Example("from sklearn.model_selection import LeaveOneOut\nfolds = LeaveOneOut()\n"),
        Example("from mylib import KFold\nimport sklearn\nfolds = KFold(10, 5)\n"),
        Example("import sklearn\ndef KFold(n, n_folds):\n    return []\nfolds = KFold(10, 5)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The list of the splits that an iterator made by the old signature goes through."""
        import libcst as cst

        if isinstance(node, cst.Attribute):
            return None  # which module it is reached through is COL140's
        if not isinstance(node, cst.Call):
            return super().check(node, context)
        full = context.qualified(node.func)
        found = self.row_for(full, context.runtime)
        iterator = _ITERATORS[full.removeprefix(_OLD)] if found is not None else None
        if iterator is None or not _has_data(node, iterator):
            return None
        given = None if has_star(node) else _given(node, iterator.signature)
        new = _new(code_of(node.func), iterator, given) if given is not None else None
        name = full.removeprefix(_OLD)
        text = f"{name} is made without the data now, and its .split(X, y) gives the folds"
        if new is None:
            return Remedy(text=text, safety="report", kept=stand_in(full))
        return Remedy(cst.parse_expression(new), text=text, kept=stand_in(full))


def _has_data(call: cst.Call, iterator: _Iterator) -> bool:
    """Whether a call is by the old signature: the new one has no argument for the data."""
    keywords = [one.keyword.value if one.keyword is not None else "" for one in call.args]
    return "n_splits" not in keywords and ("" in keywords or iterator.signature[0] in keywords)


def _given(call: cst.Call, signature: tuple[str, ...]) -> dict[str, cst.BaseExpression] | None:
    """The arguments by their names; None if they do not fit the signature."""
    given: dict[str, cst.BaseExpression] = {}
    for index, one in enumerate(call.args):
        if one.keyword is None and index >= len(signature):
            return None
        name = one.keyword.value if one.keyword is not None else signature[index]
        if name not in signature or name in given:
            return None
        given[name] = one.value
    return given if signature[0] in given else None


def _new(func: str, iterator: _Iterator, given: dict[str, cst.BaseExpression]) -> str | None:
    """The code of the list of splits; None if the data would be computed twice, or it is not sure."""
    given = dict(given)
    data = given.pop(iterator.signature[0])
    if iterator.signature[0] == "n":
        split = f"range({code_of(data)})"
    elif _is_plain(data):
        split = f"{code_of(data)}, {code_of(data)}"
    else:
        return None
    if "shuffle" in iterator.signature and "random_state" in given:
        shuffles = constant_of(given["shuffle"]) if "shuffle" in given else False
        if not isinstance(shuffles, bool):
            return None
        if not shuffles:
            del given["random_state"]  # which is an error now where nothing is shuffled
    codes = {name: code_of(value) for name, value in given.items()}
    codes = {
        **{name: code for name, code in iterator.defaults.items() if name not in codes},
        **codes,
    }
    args = ", ".join(f"{_NEW_NAMES.get(name, name)}={code}" for name, code in codes.items())
    return f"list({func}({args}).split({split}))"


def _is_plain(node: cst.BaseExpression) -> bool:
    """Whether an expression may be written twice: a name, an attribute, a column."""
    import libcst as cst

    while isinstance(node, cst.Attribute | cst.Subscript):
        if isinstance(node, cst.Subscript) and _index_of(node) is ...:
            return False
        node = node.value
    return isinstance(node, cst.Name)


def _index_of(node: cst.Subscript) -> object:
    """The index of a subscript if it is one literal; ``...`` for anything else."""
    import libcst as cst

    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=value))]:
            return constant_of(value)
    return ...
