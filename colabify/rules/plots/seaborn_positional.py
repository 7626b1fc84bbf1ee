"""Since 0.12 seaborn's functions take nothing by position but the data, since 0.13 it comes first.

Source: seaborn's release notes of 0.11 and 0.12, and the order of the arguments in 0.8 to 0.11. On Python
3.13 with seaborn 0.13 ``sns.boxplot("day", "tip", data=tips)`` fails. The keywords are right in all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, functions_of, named
from colabify.rules.provided import order_shims, providing
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_CATEGORICAL = ("x", "y", "hue", "data", "order", "hue_order")
_X_FIRST = {
    **dict.fromkeys(
        ("boxplot", "violinplot", "stripplot", "swarmplot", "boxenplot", "lvplot"), _CATEGORICAL
    ),
    **dict.fromkeys(("barplot", "pointplot", "countplot"), _CATEGORICAL),
    **dict.fromkeys(("catplot", "factorplot"), ("x", "y", "hue", "data", "row", "col")),
    "scatterplot": ("x", "y", "hue", "style", "size", "data"),
    "lineplot": ("x", "y", "hue", "size", "style", "data"),
    "relplot": ("x", "y", "hue", "size", "style", "data"),
    "lmplot": ("x", "y", "data", "hue", "col", "row"),
    "regplot": ("x", "y", "data"),
    "residplot": ("x", "y", "data"),
    "jointplot": ("x", "y", "data", "kind"),
    "JointGrid": ("x", "y", "data"),
    "kdeplot": ("x", "y", "shade"),
}
_DATA_FIRST = {
    "FacetGrid": ("data", "row", "col", "hue", "col_wrap"),
    "PairGrid": ("data", "hue"),
    "pairplot": ("data", "hue", "hue_order", "palette", "vars"),
    "heatmap": ("data", "vmin", "vmax", "cmap", "center", "robust", "annot", "fmt"),
}


class SeabornPositional(Rule):
    """Name the arguments that seaborn no longer takes by position.

    ``sns.boxplot("day", "tip", data=tips)`` becomes ``sns.boxplot(x="day", y="tip", data=tips)``.
    """

    code = "COL157"
    name = "seaborn-positional"
    needles = frozenset({*_X_FIRST, *_DATA_FIRST})
    packages = frozenset({"seaborn"})
    nodes = ("Call",)
    examples = (
        Example("import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "ax = sns.boxplot('a', 'b', data=d)\n",
                "import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "ax = sns.boxplot(x='a', y='b', data=d)\n",
                shows="ax.get_xlabel(), ax.get_ylabel()"),
        Example("import seaborn as sns\nax = sns.regplot([1, 2, 3], [1, 2, 4])\n",
                "import seaborn as sns\nax = sns.regplot(x=[1, 2, 3], y=[1, 2, 4])\n"),
        Example("import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': ['x', 'y']})\n"
                "ax = sns.countplot(d['a'], data=d)\n",
                "import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': ['x', 'y']})\n"
                "ax = sns.countplot(x=d['a'], data=d)\n", shows="ax.get_xlabel()"),
        Example("import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "g = sns.lmplot('a', 'b', d)\n",
                "import pandas as pd\nimport seaborn as sns\nd = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "g = sns.lmplot(x='a', y='b', data=d)\n"),
        Example("import seaborn as sns\nax = sns.heatmap([[1, 2], [3, 4]], 0, 5)\n",
                "import seaborn as sns\nax = sns.heatmap([[1, 2], [3, 4]], vmin=0, vmax=5)\n"),
        Example("import seaborn as sns\nx = [[1, 2], [3, 4]]\nsns.scatterplot(*x)\n", told="x=, y="),
        Example("import seaborn as sns\nsns.boxplot([1, 2, 3])\n"),
        Example("import seaborn as sns\nsns.boxplot({'a': [1, 2]}, x='a')\n"),
        Example("import seaborn as sns\nsns.kdeplot([1, 2, 3], shade=True)\n"),
        Example("import seaborn as sns\nsns.heatmap([[1, 2], [3, 4]], vmin=0)\n"),
        Example("import seaborn as sns\nsns.distplot([1, 2, 3], 2)\n"),
        Example("import seaborn as sns\nsns.boxplot(x='a', y='b', data={'a': [1], 'b': [2]})\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """They fail since seaborn 0.12."""
        return is_gone("seaborn 0.12", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with keywords for what stands in the wrong place."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return None
        for one in functions_of(node, context):
            package, _, name = one.rpartition(".")
            if package == "seaborn" and name in _X_FIRST:
                found = _named(node, _X_FIRST[name], 0)
                return providing(found, order_shims(one, 0, _X_FIRST[name]))
            if package == "seaborn" and name in _DATA_FIRST:
                found = _named(node, _DATA_FIRST[name], 1)
                return providing(found, order_shims(one, 1, _DATA_FIRST[name][1:]))
        return None


def _named(call: cst.Call, names: Sequence[str], stay: int) -> Remedy | None:
    """The call with all positional arguments but the first ``stay`` named."""
    positional = [one for one in call.args if one.keyword is None and one.star != "**"]
    text = "seaborn takes no arguments by position any more but its data: name them, x=, y="
    if any(one.star for one in positional):
        return Remedy(text=text, safety="report", fails=False)
    if not stay and len(positional) == 1 and argument(call, "data") is None:
        return None  # it is the data now, and a vector is welcome as such
    if len(positional) <= stay:
        return None
    given = {one.keyword.value for one in call.args if one.keyword}
    if len(positional) > len(names) or given & set(names[stay : len(positional)]):
        return Remedy(text=text, safety="report")
    args = list(call.args)
    for index in range(stay, len(positional)):
        args[index] = named(args[index], names[index])
    return Remedy(call.with_changes(args=args), text=text)
