"""Values in the grids of a search that scikit-learn no longer knows: ``{"max_features": ["auto"]}``.

The rows are those of the estimators' keywords, see :mod:`.keyword_rows`; run with 0.19.2, 1.1.3 and 1.6.1.
The setup cell cannot stand in for these: a search sets them without calling the estimator's class.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.once import once
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import text_of
from colabify.rules.learning.keywords import LearningKeywords
from colabify.rules.learning.tables import public
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.whole import Whole
    from colabify.unit import Unit

_SEARCHES = {
    f"sklearn.{module}.{name}": keyword
    for module in ("model_selection", "grid_search")
    for name, keyword in (
        ("GridSearchCV", "param_grid"),
        ("RandomizedSearchCV", "param_distributions"),
    )
}
_NAMED = {
    "sklearn.ensemble.GradientBoostingClassifier(loss)": {"'deviance'": "'log_loss'"},
    "sklearn.ensemble.HistGradientBoostingClassifier(loss)": dict.fromkeys(
        ("'auto'", "'binary_crossentropy'", "'categorical_crossentropy'"), "'log_loss'"
    ),
}
"""The values that an estimator is built without, since they were its defaults."""


class Grids(Rule):
    """Write the values of a search's grid as the estimator knows them: ``"sqrt"`` for ``"auto"``.

    Only where it is known what estimator is searched, and the grid is written as a dictionary, in the call or
    under a name that is given nothing else.
    """

    code = "COL149"
    name = "sklearn-grids"
    needles = frozenset({"GridSearchCV", "RandomizedSearchCV"}) | frozenset(
        name.partition("(")[2].rstrip(")") for name in LearningKeywords.rows
    )
    packages = frozenset({"sklearn"})
    nodes = ("Dict",)
    examples = (
        Example("from sklearn.ensemble import GradientBoostingClassifier\n"
                "from sklearn.model_selection import GridSearchCV\n"
                "s = GridSearchCV(GradientBoostingClassifier(), {'loss': ['deviance']}, cv=2)\n"
                "x = s.fit([[0], [1]] * 4, [0, 1] * 4).best_score_\n",
                "from sklearn.ensemble import GradientBoostingClassifier\n"
                "from sklearn.model_selection import GridSearchCV\n"
                "s = GridSearchCV(GradientBoostingClassifier(), {'loss': ['log_loss']}, cv=2)\n"
                "x = s.fit([[0], [1]] * 4, [0, 1] * 4).best_score_\n", shows="float(x)"),
        Example("from sklearn.ensemble import RandomForestClassifier\n"
                "from sklearn.model_selection import GridSearchCV\n"
                "m = RandomForestClassifier(n_estimators=3)\ngrid = [{'max_features': ['auto', 'log2']}]\n"
                "s = GridSearchCV(m, grid, cv=2)\n"
                "x = s.fit([[0], [1]] * 4, [0, 1] * 4).best_score_\n",
                "from sklearn.ensemble import RandomForestClassifier\n"
                "from sklearn.model_selection import GridSearchCV\n"
                "m = RandomForestClassifier(n_estimators=3)\ngrid = [{'max_features': ['sqrt', 'log2']}]\n"
                "s = GridSearchCV(m, grid, cv=2)\n"
                "x = s.fit([[0], [1]] * 4, [0, 1] * 4).best_score_\n", shows="float(x)"),
        Example("from sklearn.svm import SVC\nfrom sklearn.model_selection import GridSearchCV\n"
                "s = GridSearchCV(SVC(), {'max_features': ['auto']})\n"),
        Example("from sklearn.ensemble import RandomForestClassifier\n"
                "from sklearn.model_selection import GridSearchCV\n"
                "s = GridSearchCV(RandomForestClassifier(), {'max_features': ['sqrt']})\n"),
        Example("from sklearn.ensemble import RandomForestClassifier\n"
                "from sklearn.model_selection import GridSearchCV\ngrid = {'max_features': ['auto']}\n"
                "print(grid)\n"),
        Example("from sklearn.model_selection import GridSearchCV\n"
                "s = GridSearchCV(model, {'loss': ['deviance']})\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether the program searches a grid."""
        return not context.used.isdisjoint(_SEARCHES)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The dictionary with what its estimator knows, if it is a grid."""
        import libcst as cst

        if not isinstance(node, cst.Dict):
            return None
        code = ast.unparse(ast.parse(code_of(node), mode="eval"))
        kinds = {kind for grid, kind in _grids(context.whole) if grid == code}
        if len(kinds) != 1:
            return None
        (kind,) = kinds
        elements = [_mended(one, kind, context) for one in node.elements]
        new = node.with_changes(elements=elements)
        if new.deep_equals(node):
            return None
        name = kind.rpartition(".")[2]
        return Remedy(new, text=f"the grid has values that {name} knows no longer")


@once
def _grids(whole: Whole) -> tuple[tuple[str, str], ...]:
    """The code of the dictionaries that are searched, and of what estimator."""
    return tuple(_searched(whole))


def _searched(whole: Whole) -> Iterator[tuple[str, str]]:
    for unit in whole.units:
        for node in unit.of(ast.Call):
            keyword = _SEARCHES.get(qualified(node.func, whole.names))
            given = dict(zip(("estimator", keyword), node.args, strict=False))
            given |= {one.arg: one.value for one in node.keywords}
            if keyword is None or not {"estimator", keyword} <= set(given):
                continue
            kind = public(whole.kinds.of(given["estimator"]))
            for one in _written(given[keyword], whole.units):
                yield ast.unparse(one), kind


def _written(node: ast.expr, units: Sequence[Unit]) -> Iterator[ast.Dict]:
    """The dictionaries that an expression is, or a list of them; a name is what it alone is given."""
    match node:
        case ast.Dict():
            yield node
        case ast.List(elts=items) | ast.Tuple(elts=items):
            for one in items:
                yield from _written(one, units) if isinstance(one, ast.Dict) else ()
        case ast.Name(id=name):
            stored = [
                one
                for unit in units
                for one in unit.of(ast.Name)
                if one.id == name and isinstance(one.ctx, ast.Store)
            ]
            values = [
                one.value
                for unit in units
                for one in unit.of(ast.Assign)
                if any(each in stored for each in one.targets)
            ]
            if len(stored) == len(values) == 1 and not isinstance(values[0], ast.Name):
                yield from _written(values[0], units)


def _mended(one: cst.BaseDictElement, kind: str, context: Context) -> cst.BaseDictElement:
    """An entry of a grid, its values as the estimator knows them."""
    import libcst as cst

    match one:
        case cst.DictElement(
            key=cst.SimpleString() as key,
            value=cst.List(elements=items) | cst.Tuple(elements=items),
        ):
            name = f"{kind}({text_of(key)})"
        case _:
            return one
    row = LearningKeywords.rows.get(name)
    if row is None or not is_gone(row.since, context.runtime):
        return one
    known: Mapping[str, str] = _NAMED.get(name) or ({} if row.drop else row.values or {})
    made = [_valued(item, known) for item in items]
    return one.with_changes(value=one.value.with_changes(elements=made))


def _valued(item: cst.BaseElement, known: Mapping[str, str]) -> cst.BaseElement:
    import libcst as cst

    if not isinstance(item.value, cst.SimpleString):
        return item
    new = known.get(repr(text_of(item.value)))
    return item.with_changes(value=cst.parse_expression(new)) if new else item
