"""Keyword arguments of matplotlib, seaborn and of NumPy's histograms that are called otherwise, or are gone.

Source: the API changes of matplotlib 2.2 to 3.8, seaborn 0.9 to 0.12 and NumPy 1.24; each row was run on
Python 3.13 with matplotlib 3.10, seaborn 0.13 and NumPy 2.1. pandas passes what it does not know on to
matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import argument, functions_of, mended_call, without_keyword
from colabify.rules.families import Keyword, Keywords
from colabify.rules.plots.log_scales import log_rows
from colabify.rules.plots.patches import PATCHES, named_patch, of_subplots
from colabify.rules.plots.pyplot import PACKAGES, in_pyplot, unsure, unsure_method
from colabify.rules.plots.saved_plots import SAVES, framed
from colabify.rules.plots.spread import renamed_key
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_DENSITY = Keyword("density", since="matplotlib 3.1")
_NUMPY_DENSITY = Keyword("density", since="numpy 1.24")
_FACE = Keyword("facecolor", since="matplotlib 2.2")
_HEIGHT = Keyword("height", since="seaborn 0.12")
_DODGE = Keyword("dodge", since="seaborn 0.12")
_HISTOGRAMS = tuple(f"numpy.{name}" for name in ("histogram", "histogram2d", "histogramdd"))
_PANDAS = tuple(
    f"pandas.{kind}{method}"
    for kind in ("DataFrame", "Series")
    for method in (".hist", ".plot", ".plot.hist")
)
_AXES = {
    "hist(normed)": _DENSITY,
    "hist2d(normed)": _DENSITY,
    "grid(b)": Keyword("visible", since="matplotlib 3.6"),
    "stem(use_line_collection)": Keyword(since="matplotlib 3.8", drop=True),
    "annotate(s)": Keyword("text", since="matplotlib 3.5"),
    "bar(left)": Keyword("x", since="matplotlib 3.0"),
    "barh(bottom)": Keyword("y", since="matplotlib 3.0"),
    "axis(aspect)": Keyword(
        since="matplotlib 3.1",
        drop=True,
        text="axis() takes no aspect=, and never looked at it: axis('equal') makes both axes alike",
    ),
}
_DISTINCT = frozenset(_AXES) - {"bar(left)", "barh(bottom)"}
"""Those that tell by themselves whose methods they are."""


_HELD = Keyword(
    since="matplotlib 3.0", drop=True, values={"True": "True", "1": "1"}, only=True,
    text="hold= is gone: what was drawn always stays",
)  # fmt: skip


class PlotKeywords(Keywords):
    """Give the arguments of plots and histograms the names that they have today.

    ``plt.hist(x, normed=True)`` is ``plt.hist(x, density=True)``, ``plt.grid(b=True)`` is
    ``plt.grid(visible=True)``, and seaborn's ``size=`` of a facet is ``height=``.
    """

    code = "COL151"
    name = "plot-keywords"
    nodes = ("Call", "Assign")
    rows: ClassVar = {
        **{f"{name}(normed)": _NUMPY_DENSITY for name in _HISTOGRAMS},
        **{f"{name}(normed)": _DENSITY for name in _PANDAS},
        **{name: row for key, row in _AXES.items() for name in in_pyplot(key)},
        **{f"matplotlib.Axes.{key}": row for key, row in _AXES.items()},
        **{f"{name}(axisbg)": _FACE for name in in_pyplot("axes", "subplot", "subplot2grid")},
        "matplotlib.Figure.add_subplot(axisbg)": _FACE,
        "matplotlib.Figure.add_axes(axisbg)": _FACE,
        **{
            f"{name}(hold)": _HELD for name in in_pyplot("plot", "scatter", "bar", "hist", "imshow")
        },
        "matplotlib.use(warn)": Keyword(since="matplotlib 3.3", drop=True),
        **log_rows(),
        **{f"seaborn.{name}(size)": _HEIGHT for name in ("lmplot", "catplot", "FacetGrid")},
        **{f"seaborn.{name}(size)": _HEIGHT for name in ("PairGrid", "JointGrid")},
        "seaborn.stripplot(split)": _DODGE,
        "seaborn.swarmplot(split)": _DODGE,
        "seaborn.jointplot(stat_func)": Keyword(
            since="seaborn 0.11",
            drop=True,
            text="jointplot() no longer writes a statistic into the plot",
        ),
    }
    examples = (
        Example("import matplotlib.pyplot as plt\nn, bins, _ = plt.hist([1, 2, 2, 3], 3, normed=True)\n",
                "import matplotlib.pyplot as plt\nn, bins, _ = plt.hist([1, 2, 2, 3], 3, density=True)\n",
                shows="list(n)"),
        Example("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.hist([1, 2, 2], normed=1)\n"
                "ax.grid(b=True)\n",
                "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.hist([1, 2, 2], density=1)\n"
                "ax.grid(visible=True)\n"),
        Example("import numpy as np\nh, e = np.histogram([1, 2, 2], density=True, bins=2, normed=True)\n",
                "import numpy as np\nh, e = np.histogram([1, 2, 2], density=True, bins=2)\n",
                shows="list(h)"),
        Example("import pandas as pd\ns = pd.Series([1, 2, 2])\nax = s.plot(kind='hist', normed=True)\n",
                "import pandas as pd\ns = pd.Series([1, 2, 2])\nax = s.plot(kind='hist', density=True)\n"),
        Example("import matplotlib.pyplot as plt\nplt.stem([1, 2], [3, 4], use_line_collection=True)\n",
                "import matplotlib.pyplot as plt\nplt.stem([1, 2], [3, 4])\n"),
        Example("import matplotlib.pyplot as plt\nax = plt.figure().add_subplot(111, axisbg='red')\n",
                "import matplotlib.pyplot as plt\nax = plt.figure().add_subplot(111, facecolor='red')\n",
                shows="ax.patch.get_facecolor()"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 5], [1, 2])\nplt.axis(aspect='equal')\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 5], [1, 2])\nplt.axis()\n",
                shows="str(plt.gca().get_aspect())"),
        Example("import matplotlib.pyplot as plt\n"
                "fig, ax = plt.subplots(subplot_kw=dict(xticks=[], axisbg='red'))\n"
                "fig, b = plt.subplots(subplot_kw={'axisbg': 'red'})\n",
                "import matplotlib.pyplot as plt\n"
                "fig, ax = plt.subplots(subplot_kw=dict(xticks=[], facecolor='red'))\n"
                "fig, b = plt.subplots(subplot_kw={'facecolor': 'red'})\n",
                shows="ax.patch.get_facecolor(), b.patch.get_facecolor()"),
        Example("from matplotlib.patches import Ellipse\ne = Ellipse((0, 0), 2, 1, 45, color='r')\n",
                "from matplotlib.patches import Ellipse\ne = Ellipse((0, 0), 2, 1, angle=45, color='r')\n",
                shows="e.angle"),
        Example("import matplotlib.pyplot as plt\nplt.axis('equal')\n"),
        Example("import matplotlib.pyplot as plt\nplt.subplots(subplot_kw=dict(facecolor='red'))\n"),
        Example("from matplotlib.patches import Ellipse\ne = Ellipse((0, 0), 2, 1, angle=45)\n"),
        Example("import matplotlib.pyplot as plt\nplt.bar(left=[1, 2], height=[3, 4])\n",
                "import matplotlib.pyplot as plt\nplt.bar(x=[1, 2], height=[3, 4])\n"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2], [1, 8])\nplt.yscale('log', basey=2)\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 2], [1, 8])\nplt.yscale('log', base=2)\n"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.plot([2, 1], hold=True)\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.plot([2, 1])\n"),
        Example("import matplotlib.pyplot as plt\nplt.plot([2, 1], hold=False)\n"),
        Example("import matplotlib\nmatplotlib.use('Agg', warn=False)\n",
                "import matplotlib\nmatplotlib.use('Agg')\n"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('a.png', frameon=False)\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
                "plt.savefig('a.png', facecolor='none')\n"),
        Example("import pandas as pd\nimport seaborn as sns\ndf = pd.DataFrame({'a': [1, 2, 3.5]})\n"
                "g = sns.FacetGrid(df, size=3)\n",
                "import pandas as pd\nimport seaborn as sns\ndf = pd.DataFrame({'a': [1, 2, 3.5]})\n"
                "g = sns.FacetGrid(df, height=3)\n", shows="g.fig.get_figheight()"),
        Example("import matplotlib.pyplot as plt\nkwargs = dict(bins=3, normed=True)\n"
                "plt.hist([1, 2], **kwargs)\n",
                "import matplotlib.pyplot as plt\nkwargs = dict(bins=3, density=True)\n"
                "plt.hist([1, 2], **kwargs)\n"),
        Example("import matplotlib.pyplot as plt\ndef show(ax):\n    ax.hist([1, 2], normed=True)\n"
                "show(plt.axes())\n",
                "import matplotlib.pyplot as plt\ndef show(ax):\n    ax.hist([1, 2], density=True)\n"
                "show(plt.axes())\n", unsafe=True),
        Example("import matplotlib.pyplot as plt\nplt.hist([1, 2], density=True)\n"),
        Example("import matplotlib.pyplot as plt\nplt.bar([1, 2], [3, 4], bottom=1)\n"
                "plt.barh([1], [2], left=1)\n"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1], label='a')\nplt.legend(frameon=False)\n"),
        Example("from datascience import Table\nimport matplotlib.pyplot as plt\nt = Table()\n"
                "t.hist('a', normed=False)\n"),
        Example("import matplotlib.pyplot as plt\nclass T:\n    def hist(self, normed):\n        pass\n"
                "T().hist(normed=True)\n"),
        Example("plt.hist([1], normed=True)\n"),
        Example("import seaborn as sns\nd = sns.load_dataset('tips')\nsns.pairplot(d, size=3)\n"),
        Example("import seaborn as sns\nsns.scatterplot(x=[1, 2], y=[1, 2], size=[3, 4])\n"),
        Example("import matplotlib.pyplot as plt\nplt.loglog([1, 2], [1, 2], basex=2)\n", told="both axes"),
        Example("import matplotlib.pyplot as plt\nplt.xscale('log', base=2)\n"),
        Example("import matplotlib.pyplot as plt\nmine = dict(normed=True)\nprint(mine)\n"),
        Example("import numpy as np\nkwargs = {}\nnp.histogram([1, 2], **kwargs)\n"),
        Example("import matplotlib\nmatplotlib.use('Agg', force=True)\n"),
        Example("import matplotlib.pyplot as plt\nplt.axes(facecolor='red')\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether a call here has a keyword of the rows, or of a dictionary, or is that of a patch."""
        if context.here is None or super().concerns(context):
            return context.here is not None
        words = {*context.here.said, *(keyword for _, keyword in context.here.keywords)}
        called = {last for last, _ in context.here.calls}
        return not words.isdisjoint(_WRITTEN) or not called.isdisjoint(_PATCHES)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with all its keywords brought up to date."""
        import libcst as cst

        if isinstance(node, cst.Assign) and is_gone("matplotlib 3.1", context.runtime):
            return renamed_key(node, "normed", "density", _DRAWN, context)
        if not isinstance(node, cst.Call) or not node.args:
            return None
        functions = functions_of(node, context)
        if _is_one_of(functions, SAVES) and is_gone("matplotlib 3.6", context.runtime):
            return framed(node)
        if _is_one_of(functions, _SUBPLOTS) and is_gone("matplotlib 2.2", context.runtime):
            return of_subplots(node)
        if _is_one_of(functions, tuple(PATCHES)) and is_gone("matplotlib 3.8", context.runtime):
            return named_patch(node, functions[0])
        if _is_one_of(functions, _HISTOGRAMS) and argument(node, "density") is not None:
            return (
                without_keyword(node, "normed") if is_gone("numpy 1.24", context.runtime) else None
            )
        method = unsure_method(node, context) if any(one.keyword for one in node.args) else ""
        if not method:
            return mended_call(node, functions, self.rows, context.runtime) if functions else None
        rows = {f"?.{key}": row for key, row in _AXES.items() if key in _DISTINCT}
        found = mended_call(node, (f"?.{method}",), rows, context.runtime)
        return unsure(found, cst.ensure_type(node.func, cst.Attribute).value, context)


_DRAWN = frozenset(
    {*in_pyplot("hist", "hist2d"), "matplotlib.Axes.hist", "matplotlib.Axes.hist2d", *_PANDAS}
)
_WRITTEN = frozenset({"axisbg", "frameon", "normed"})
"""The keywords that are looked for in dictionaries too, or of what is not in the rows."""
_PATCHES = frozenset(one.rpartition(".")[2] for one in PATCHES)
_SUBPLOTS = (*in_pyplot("subplots"), "matplotlib.Figure.subplots")
PlotKeywords.needles |= {"frameon", *_PATCHES}
PlotKeywords.packages |= PACKAGES


def _is_one_of(functions: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return any(one in names for one in functions)
