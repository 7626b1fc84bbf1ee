"""Methods of matplotlib's objects that are called otherwise, or are gone.

Source: the API changes of matplotlib 2.2 to 3.10; each row was run on Python 3.13 with matplotlib 3.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Methods, Row
from colabify.rules.plots.method_calls import present_call
from colabify.rules.plots.pyplot import PACKAGES, is_made
from colabify.rules.provided import method_shims
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_AXES = {
    "set_axis_bgcolor": Row("set_facecolor", since="matplotlib 2.2"),
    "get_axis_bgcolor": Row("get_facecolor", since="matplotlib 2.2"),
    **{f"w_{axis}axis": Row(f"{axis}axis", since="matplotlib 3.8") for axis in "xyz"},
    **{
        f"is_{which}": Row(f"get_subplotspec().is_{which}", since="matplotlib 3.7")
        for which in ("first_col", "last_col", "first_row", "last_row")
    },
}
_TITLE = Row(
    "manager.set_window_title",
    since="matplotlib 3.6",
    text="canvas.set_window_title() is canvas.manager.set_window_title() now",
)
_COLLECTIONS = Row(
    since="matplotlib 3.10",
    text="a contour plot has no .collections any more, it is one itself: write "
    "contours.set_edgecolor('face') for the loop over them, contours.remove() to take it away",
)


class PlotMethods(Methods):
    """Give the methods of matplotlib's axes, canvases and legends their present names.

    ``ax.set_axis_bgcolor("k")`` is ``ax.set_facecolor("k")``, ``ax.w_xaxis`` is ``ax.xaxis``.
    """

    code = "COL153"
    name = "plot-methods"
    nodes = ("Attribute", "Call")
    rows: ClassVar = {
        **{f"matplotlib.Axes.{name}": row for name, row in _AXES.items()},
        "matplotlib.Canvas.set_window_title": _TITLE,
        "matplotlib.ContourSet.collections": _COLLECTIONS,
        "matplotlib.Legend.legendHandles": Row(
            "legend_handles", since="matplotlib 3.9", safety="unsafe",
            text=".legendHandles is .legend_handles since matplotlib 3.7",
        ),
    }  # fmt: skip
    rare = frozenset({"set_axis_bgcolor", "get_axis_bgcolor", "w_xaxis", "w_yaxis", "w_zaxis",
                      "legendHandles"})  # fmt: skip
    examples = (
        Example("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.set_axis_bgcolor('red')\n",
                "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.set_facecolor('red')\n",
                shows="ax.patch.get_facecolor()"),
        Example("import matplotlib.pyplot as plt\nax = plt.axes(projection='3d')\n"
                "ax.w_xaxis.set_pane_color((1, 1, 1, 0))\n",
                "import matplotlib.pyplot as plt\nax = plt.axes(projection='3d')\n"
                "ax.xaxis.set_pane_color((1, 1, 1, 0))\n"),
        Example("import matplotlib.pyplot as plt\nax = None\nax = plt.axes(projection='3d')\n"
                "x = ax.w_xaxis\n",
                "import matplotlib.pyplot as plt\nax = None\nax = plt.axes(projection='3d')\nx = ax.xaxis\n"),
        Example("import matplotlib.pyplot as plt\nfig = plt.figure()\nfig.canvas.set_window_title('a')\n",
                "import matplotlib.pyplot as plt\nfig = plt.figure()\n"
                "fig.canvas.manager.set_window_title('a')\n"),
        Example("import matplotlib.pyplot as plt\nax = plt.subplot(121)\nfirst = ax.is_first_col()\n",
                "import matplotlib.pyplot as plt\nax = plt.subplot(121)\n"
                "first = ax.get_subplotspec().is_first_col()\n", shows="first"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2], label='a')\n"
                "h = plt.legend().legendHandles\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 2], label='a')\n"
                "h = plt.legend().legend_handles\n",
                unsafe=True, shows="len(h)"),
        Example("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.set_color_cycle(['r', 'b'])\n",
                "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
                "ax.set_prop_cycle(color=['r', 'b'])\n"),
        Example("import matplotlib.pyplot as plt\nfig, (a, b) = plt.subplots(2)\n"
                "a.get_shared_x_axes().join(a, b)\n",
                "import matplotlib.pyplot as plt\nfig, (a, b) = plt.subplots(2)\nb.sharex(a)\n", unsafe=True),
        Example("import matplotlib.pyplot as plt\ndef f(ax):\n    ax.set_color_cycle(['r'])\n",
                told="set_prop_cycle"),
        Example("import matplotlib.pyplot as plt\nplt.title(' '.join(['a', 'b']))\n"),
        Example("import matplotlib.pyplot as plt\ncs = plt.contourf([[1, 2], [3, 4]])\n"
                "for c in cs.collections:\n    c.set_edgecolor('face')\n", told="set_edgecolor('face')"),
        Example("import matplotlib.pyplot as plt\ndef paint(ax):\n    ax.set_axis_bgcolor('k')\n",
                told="set_facecolor"),
        Example("import matplotlib.pyplot as plt\nax = plt.axes()\npoints = ax.collections\n"),
        Example("import matplotlib.pyplot as plt\nfig = plt.figure()\nfig.canvas.draw()\n"),
        Example("import matplotlib.pyplot as plt\ndef f(window):\n    window.set_window_title('a')\n"),
        Example("import collections\nc = collections.Counter()\n"),
        Example("import matplotlib.pyplot as plt\nax = plt.axes()\nax.xaxis.set_visible(False)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The attribute under its new name; a new one of several parts is put together."""
        import libcst as cst

        if isinstance(node, cst.Call):
            return present_call(node, context)
        if not isinstance(node, cst.Attribute):
            return None
        kind = context.kind(node.value)
        if not kind and node.attr.value in self.rare and is_made(node.value, context):
            kind = "matplotlib.Axes"
        row = self.rows.get(f"{kind}.{node.attr.value}")
        if row is None or not row.new or context.full_names(node.value):
            return super().check(node, context)
        if not is_gone(row.since, context.runtime):
            return None
        text = row.text or f".{node.attr.value} is .{row.new} now"
        middle, _, last = row.new.rpartition(".")
        shims = method_shims(kind, node.attr.value, row)
        if not middle:
            new = node.with_changes(attr=cst.Name(last))
            return Remedy(new, text=text, safety=row.safety, shims=shims)
        value = cst.Attribute(node.value, cst.Name(middle.removesuffix("()")))
        owner = cst.Call(value) if middle.endswith("()") else value
        new = node.with_changes(value=owner, attr=cst.Name(last))
        return Remedy(new, text=text, shims=shims)


PlotMethods.packages |= PACKAGES
PlotMethods.needles |= {"set_color_cycle", "join"}
