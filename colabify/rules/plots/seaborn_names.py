"""Functions of seaborn that are called otherwise, or are gone.

Source: seaborn's release notes of 0.8 to 0.13; each row was run on Python 3.13 with seaborn 0.13.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy
from colabify.rules.calls import argument, functions_of, has_star, with_keyword
from colabify.rules.families import Keyword, Renamed, Row
from colabify.rules.provided import keyword_shims, name_shims, order_shims, providing
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.steps import Shim

_GONE = {
    "axlabel": "ax.set(xlabel=…, ylabel=…)",
    "coefplot": "a plot of the coefficients that statsmodels gives",
    "corrplot": "sns.heatmap(df.corr())",
    "interactplot": "plt.contourf() of the model's values",
    "linearmodels": "sns.regplot and sns.lmplot",
    "symmatplot": "sns.heatmap()",
    "timeseries": "sns.lineplot()",
    "tsplot": "sns.lineplot(data=df, x='time', y='value'), of a frame with a row a point",
}
_MODULES = frozenset({"linearmodels", "timeseries"})
_SIZES = {"size": "height", "x_order": "order"}
_OLD = "seaborn.factorplot"
_TEXT = "factorplot() is catplot() now, with kind='point' for what it drew by default"


class SeabornNames(Renamed):
    """Use ``catplot`` for ``factorplot``, and what else seaborn's functions are called today.

    ``sns.factorplot("day", "tip", data=tips)`` drew points unless told otherwise, ``catplot`` does not:
    it gets ``kind="point"``.
    """

    code = "COL156"
    name = "seaborn-names"
    nodes = (*Renamed.nodes, "Call")
    rows: ClassVar = {
        "seaborn.factorplot": Row("seaborn.catplot", since="seaborn 0.12", shim=False, text=_TEXT),
        "seaborn.lvplot": Row("seaborn.boxenplot", since="seaborn 0.11"),
        "seaborn.apionly": Row("seaborn", since="seaborn 0.12", module=True),
        "seaborn.plt": Row("matplotlib.pyplot", since="seaborn 0.8", module=True, binding="plt"),
        **{f"seaborn.{old}": Row(since="seaborn 0.12", text=f"there is no sns.{old} any more: see {new}",
                                 module=old in _MODULES) for old, new in _GONE.items()},
    }  # fmt: skip
    examples = (
        Example("import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "g = sns.factorplot(x='a', y='b', data=d, size=3)\n",
                "import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "g = sns.catplot(x='a', y='b', data=d, height=3, kind='point')\n",
                shows="g.fig.get_figheight()"),
        Example("import pandas as pd\nfrom seaborn import factorplot\nd = pd.DataFrame({'a': ['x', 'y']})\n"
                "g = factorplot(x='a', data=d, kind='count')\n",
                "import pandas as pd\nfrom seaborn import catplot as factorplot\n"
                "d = pd.DataFrame({'a': ['x', 'y']})\ng = factorplot(x='a', data=d, kind='count')\n"),
        Example("import seaborn as sns\nax = sns.lvplot(x=[1, 2, 3, 4])\n",
                "import seaborn as sns\nax = sns.boxenplot(x=[1, 2, 3, 4])\n"),
        Example("import seaborn.apionly as sns\nsns.set_style('white')\n",
                "import seaborn as sns\nsns.set_style('white')\n"),
        Example("import seaborn as sns\nsns.plt.title('a')\n",
                "import seaborn as sns\nimport matplotlib.pyplot as plt\nplt.title('a')\n"),
        Example("import seaborn as sns\nsns.tsplot([1, 2])\n", told="sns.lineplot"),
        Example("import seaborn as sns\nsns.factorplot(**{'x': [1]})\n", told="kind='point'"),
        Example("from seaborn import factorplot\nfactorplot(**{'x': [1]})\n", told="kind='point'"),
        Example("import seaborn as sns\nimport matplotlib.pyplot as plt\nplt.title('a')\n"),
        Example("import seaborn as sns\nax = sns.catplot(x=[1, 2], y=[1, 2])\n"),
        Example("import seaborn as sns\nax = sns.distplot([1, 2, 3])\n"),
        Example("def factorplot(x):\n    pass\nfactorplot(3)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name, or of a call of ``factorplot``."""
        import libcst as cst

        if isinstance(node, cst.Call):
            if _OLD not in functions_of(node, context):
                return None
            if not is_gone("seaborn 0.12", context.runtime):
                return None
            return providing(_catplot(node, context), _factorplot())
        if isinstance(node, cst.Attribute | cst.Name) and _OLD in context.full_names(node):
            return None  # the call is mended, or told
        found = super().check(node, context)
        if found is not None and _TEXT in found.text and _is_starred(context):
            return Remedy(text=_TEXT, safety="report", shims=_factorplot())
        return found


def _factorplot() -> tuple[Shim, ...]:
    """What provides it under its old name, with the arguments that it took."""
    rows = [keyword_shims(_OLD, old, Keyword(new)) for old, new in _SIZES.items()]
    shims = [*name_shims(_OLD, "seaborn.catplot"), *(one for each in rows for one in each)]
    return (*shims, *order_shims(_OLD, 0, ("x", "y", "hue", "data", "row", "col")))


def _is_starred(context: Context) -> bool:
    """Whether a call of ``factorplot`` unpacks its arguments, so that its kind is not known."""
    return any(
        isinstance(node, ast.Call)
        and qualified(node.func, context.names) == _OLD
        and any(one.arg is None for one in node.keywords)
        for unit in context.units
        for node in unit.nodes
    )


def _catplot(call: cst.Call, context: Context) -> Remedy | None:
    """A call of ``factorplot`` as one of ``catplot``; None if an import is all that has to change."""
    import libcst as cst

    if has_star(call):
        return Remedy(text=_TEXT, safety="report")
    args = []
    for one in call.args:
        name = one.keyword.value if one.keyword else ""
        args.append(one.with_changes(keyword=cst.Name(_SIZES[name])) if name in _SIZES else one)
    new = call.with_changes(args=args)
    if argument(call, "kind") is None:
        new = with_keyword(new, "kind", "'point'")
    imports: tuple[str, ...] = ()
    if isinstance(call.func, cst.Attribute) or not context.names.get(_name(call)):
        spelled, imports = context.spell("seaborn.catplot")
        new = new.with_changes(func=cst.parse_expression(spelled))
    elif new.deep_equals(call):
        return None
    return Remedy(new, imports, _TEXT)


def _name(call: cst.Call) -> str:
    return str(getattr(call.func, "value", ""))
