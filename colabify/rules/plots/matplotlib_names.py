"""Functions and modules of matplotlib that stand elsewhere, are called otherwise, or are gone.

Source: the API changes of matplotlib 2.2 to 3.9; each row was run on Python 3.13 with matplotlib 3.10.
Most of ``matplotlib.mlab`` went with 3.1, and with it out of ``pylab``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row
from colabify.rules.plots.pyplot import MODULES, in_place
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_MAPS = {"spectral": "nipy_spectral", "Vega10": "tab10", "Vega20": "tab20"}
_MAPS |= {"Vega20b": "tab20b", "Vega20c": "tab20c"}
_MLAB = {
    "PCA": "sklearn.decomposition.PCA",
    "bivariate_normal": "scipy.stats.multivariate_normal([mux, muy], cov).pdf(np.dstack([X, Y]))",
    "csv2rec": "pandas.read_csv(…).to_records()",
    "entropy": "scipy.stats.entropy",
    "frange": "numpy.arange",
    "griddata": "scipy.interpolate.griddata((x, y), z, (xi[None, :], yi[:, None]))",
    "inside_poly": "matplotlib.path.Path(vertices).contains_points(points)",
    "l1norm": "numpy.abs(a).sum()",
    "l2norm": "numpy.sqrt((numpy.abs(a) ** 2).sum())",
    "longest_contiguous_ones": "itertools.groupby",
    "movavg": "numpy.convolve(x, numpy.ones(n) / n, mode='valid')",
    "normalize": "(y - y.mean()) / y.std()",
    "prctile": "numpy.percentile",
    "rec2csv": "pandas.DataFrame(r).to_csv(…)",
    "rk4": "scipy.integrate.solve_ivp",
    "rms_flat": "numpy.sqrt(numpy.mean(numpy.abs(a) ** 2))",
    "stineman_interp": "scipy.interpolate.PchipInterpolator",
}
_GONE = {
    "matplotlib.cbook.Bunch": ("2.2", "types.SimpleNamespace is what cbook.Bunch was"),
    "matplotlib.cbook.is_numlike": ("3.1", "isinstance(x, numbers.Number) is what cbook.is_numlike was"),
    "matplotlib.cbook.is_string_like": ("2.2", "isinstance(x, str) is what cbook.is_string_like was"),
    "matplotlib.cbook.mkdirs": ("2.2", "os.makedirs(folder, exist_ok=True) is what cbook.mkdirs was"),
    "matplotlib.cbook.unique": ("2.2", "list(set(x)) is what cbook.unique was"),
    "matplotlib.dates.bytespdate2num": ("3.2", "convert dates with pandas.to_datetime"),
    "matplotlib.dates.epoch2num": ("3.7", "convert dates with matplotlib.dates.date2num"),
    "matplotlib.dates.num2epoch": ("3.7", "convert dates with matplotlib.dates.num2date"),
    "matplotlib.dates.strpdate2num": ("3.2", "convert dates with pandas.to_datetime"),
    "matplotlib.animation.AVConvWriter": ("3.3", "matplotlib.animation.FFMpegWriter writes films now"),
    "matplotlib.animation.MencoderWriter": ("2.2", "matplotlib.animation.FFMpegWriter writes films now"),
    "matplotlib.delaunay": ("2.2", "there is no matplotlib.delaunay any more: use scipy.spatial.Delaunay"),
    "matplotlib.docstring": ("3.8", "there is no matplotlib.docstring any more: it was for itself only"),
    "matplotlib.finance": ("2.2", "there is no matplotlib.finance any more: mplfinance draws candlesticks"),
    "matplotlib.nxutils": ("2.2", "matplotlib.path.Path(vertices).contains_points(points) takes its place"),
    **{f"{one}.plotfile": ("3.3", "pandas.read_csv(…).plot() is what plotfile() was") for one in MODULES},
}  # fmt: skip
_NORMPDF = frozenset(f"{one}.normpdf" for one in ("matplotlib.mlab", "pylab", "matplotlib.pylab"))


def _of_mlab(name: str) -> tuple[str, ...]:
    return tuple(f"{module}.{name}" for module in ("matplotlib.mlab", "pylab", "matplotlib.pylab"))


def _map_rows() -> dict[str, Row]:
    rows = {}
    for old, new in _MAPS.items():
        for tail in ("", "_r"):
            for module in ("matplotlib", *MODULES):
                name = f"{module}.cm.{new}{tail}"
                rows[f"{module}.cm.{old}{tail}"] = Row(name, since="matplotlib 2.2")
    return rows


class MatplotlibNames(Renamed):
    """Take from matplotlib what it still has, under its present name or from its present place.

    ``plt.cm.spectral`` is ``plt.cm.nipy_spectral``, ``mlab.normpdf`` is ``scipy.stats.norm.pdf``.
    """

    code = "COL150"
    name = "matplotlib-names"
    rows: ClassVar = {
        **_map_rows(),
        **{f"{one}.spectral": Row(f"{one}.nipy_spectral", since="matplotlib 2.2") for one in MODULES},
        **{name: Row("numpy.flatnonzero", since="matplotlib 3.1") for name in _of_mlab("find")},
        **{name: Row(since="matplotlib 3.1", text=f"there is no mlab.{old} any more: see {new}")
           for old, new in _MLAB.items() for name in (f"matplotlib.mlab.{old}",)},
        **{name: Row(since="matplotlib 3.1", text="scipy.stats.norm.pdf is what mlab.normpdf was")
           for name in _NORMPDF},
        "matplotlib.cbook.iterable": Row("numpy.iterable", since="matplotlib 3.1"),
        "matplotlib.cbook.dedent": Row("inspect.cleandoc", since="matplotlib 3.3", shim=False),
        **{f"matplotlib.cbook.{name}": Row("matplotlib.MatplotlibDeprecationWarning", since="matplotlib 3.8")
           for name in ("MatplotlibDeprecationWarning", "mplDeprecation")},
        **{f"{module}.cm.cmap_d": Row("matplotlib.colormaps", since="matplotlib 3.6")
           for module in ("matplotlib", *MODULES)},
        "mpl_toolkits.axes_grid": Row("mpl_toolkits.axes_grid1", since="matplotlib 3.6", module=True),
        "mpl_toolkits.axes_grid.axislines": Row("mpl_toolkits.axisartist.axislines",
                                                since="matplotlib 3.6", module=True),
        "mpl_toolkits.axes_grid.anchored_artists.AnchoredText": Row("matplotlib.offsetbox.AnchoredText",
                                                                    since="matplotlib 3.6"),
        **{name: Row(since=f"matplotlib {since}", text=text, module=name.count(".") == 1)
           for name, (since, text) in _GONE.items()},
    }  # fmt: skip
    examples = (
        Example("import matplotlib.pyplot as plt\ncolour = plt.cm.spectral(0.5)\n",
                "import matplotlib.pyplot as plt\ncolour = plt.cm.nipy_spectral(0.5)\n", shows="colour"),
        Example("from matplotlib import cm\ncolour = cm.Vega20_r(3)\n",
                "from matplotlib import cm\ncolour = cm.tab20_r(3)\n", shows="colour"),
        Example("import matplotlib.mlab as mlab\ny = mlab.normpdf(1.0, 0, 2)\n",
                "import matplotlib.mlab as mlab\nfrom scipy.stats import norm\ny = norm.pdf(1.0, 0, 2)\n",
                shows="round(y, 9)"),
        Example("import numpy as np\nfrom matplotlib import mlab\ni = mlab.find(np.array([0, 1, 1]) > 0)\n",
                "import numpy as np\nfrom matplotlib import mlab\n"
                "i = np.flatnonzero(np.array([0, 1, 1]) > 0)\n",
                shows="list(i)"),
        Example("from matplotlib.cbook import iterable\nx = iterable([1])\n",
                "from numpy import iterable\nx = iterable([1])\n", shows="x"),
        Example("import warnings\nimport matplotlib.cbook\n"
                "warnings.filterwarnings('ignore', category=matplotlib.cbook.mplDeprecation)\n",
                "import warnings\nimport matplotlib.cbook\n"
                "warnings.filterwarnings('ignore', category=matplotlib.MatplotlibDeprecationWarning)\n"),
        Example("from mpl_toolkits.axes_grid import make_axes_locatable\n",
                "from mpl_toolkits.axes_grid1 import make_axes_locatable\n"),
        Example("from matplotlib.finance import candlestick_ohlc\n", told="mplfinance"),
        Example("from matplotlib.mlab import PCA\n", told="sklearn.decomposition.PCA"),
        Example("import matplotlib.mlab as mlab\nz = mlab.bivariate_normal([1], [2])\n", told="multivariate"),
        Example("import matplotlib.pyplot as plt\nplt.cm.get_cmap('jet')\n"),
        Example("from matplotlib import cm\ncolour = cm.Spectral(0.5)\n"),
        Example("from matplotlib import mlab\np, f = mlab.psd([1, 2, 3, 4], 4)\n"),
        Example("from mpl_toolkits.axes_grid1 import make_axes_locatable\n"),
        Example("find = [1]\nprint(find)\n"),
        Example("import matplotlib.cbook as cbook\nx = list(cbook.flatten([[1], [2]]))\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name; ``normpdf`` is a method of SciPy's normal distribution."""
        import libcst as cst

        if isinstance(node, cst.Attribute) and context.qualified(node) in _NORMPDF:
            if not is_gone("matplotlib 3.1", context.runtime):
                return None
            imported = any("norm" in (name, full) for name, full in context.names.items())
            if imported or "norm" in context.bound:
                spelled, imports = context.spell("scipy.stats.norm")
            else:
                spelled, imports = "norm", ("from scipy.stats import norm",)
            new = cst.parse_expression(f"{spelled}.pdf")
            return Remedy(new, imports, "scipy.stats.norm.pdf is what mlab.normpdf was")
        full = context.qualified(node)
        now = self.rows[full].new if full in self.rows else ""
        return in_place(super().check(node, context), node, full, now)
