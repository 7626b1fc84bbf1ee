"""Bokeh 0.12.7 to 3.0 removed its charts, layouts and keywords.

Source: bokeh's release notes and migration guides, 0.12 to 3.0; every old form fails on Python 3.13 with
bokeh 3.8. The new keywords work since bokeh 2.4, ``TabPanel`` since 3.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, has_star, text_of
from colabify.rules.families import Keyword, Keywords, Renamed, Row
from colabify.rules.others.expressions import method_of
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_FIGURE = "bokeh.Figure"
_CHARTS = "bokeh.charts is gone: bokeh.plotting's figure().vbar, .quad and .scatter draw the like"
_TILES = (
    'bokeh.tile_providers is gone since bokeh 3: figure.add_tile("CartoDB Positron") takes a name'
)
_SAMPLES = "bokeh.sampledata.download is gone: the distribution bokeh_sampledata holds the data"
_STACKS = {f"bokeh.{module}.{old}": f"bokeh.layouts.{new}"
           for old, new in (("vplot", "column"), ("hplot", "row"), ("gridplot", "gridplot"))
           for module in ("io", "plotting") if (old, module) != ("gridplot", "plotting")}  # fmt: skip
_ANNOTATIONS = ("Label", "LabelSet", "Span", "BoxAnnotation")
_TICKS = (
    "microseconds",
    "milliseconds",
    "seconds",
    "minsec",
    "minutes",
    "hourmin",
    "hours",
    "days",
    "months",
    "years",
)


class _Names(Renamed):
    rows: ClassVar = {
        **{old: Row(new, "bokeh 1.0") for old, new in _STACKS.items()},
        "bokeh.charts": Row(since="bokeh 0.12.7", text=_CHARTS, module=True),
        "bokeh.layouts.widgetbox": Row("bokeh.layouts.column", "bokeh 3.0"),
        "bokeh.models.widgets.Panel": Row("bokeh.models.TabPanel", "bokeh 3.0"),
        "bokeh.models.graphs.from_networkx": Row("bokeh.plotting.from_networkx", "bokeh 3.0"),
        "bokeh.tile_providers": Row(since="bokeh 3.0", text=_TILES, module=True),
        "bokeh.sampledata.download": Row(since="bokeh 3.8", text=_SAMPLES),
        "bokeh.models.ResizeTool": Row(since="bokeh 1.0",
        text="bokeh has no ResizeTool any more: leave it out"),
        "bokeh.embed.notebook_div": Row(since="bokeh 1.0",
        text="notebook_div is gone: output_notebook() and show()"),
        "bokeh.models.CustomJS.from_py_func": Row(
            since="bokeh 2.0", text="CustomJS.from_py_func is gone: write CustomJS(code=…) in JavaScript"),
    }  # fmt: skip


class _Keywords(Keywords):
    rows: ClassVar = {
        **{f"{name}({old})": Keyword(new, "bokeh 3.0")
           for name in ("bokeh.plotting.figure", "bokeh.plotting.Figure", "bokeh.layouts.gridplot",
                        "bokeh.plotting.gridplot")
           for old, new in (("plot_width", "width"), ("plot_height", "height"))},
        "bokeh.plotting.figure(webgl)": Keyword("output_backend", "bokeh 1.0", only=True,
        values={"True": '"webgl"'}),
        "bokeh.plotting.figure(background_fill)": Keyword("background_fill_color", "bokeh 1.0"),
        "bokeh.plotting.figure(border_fill)": Keyword("border_fill_color", "bokeh 1.0"),
        **{f"bokeh.models.{name}(render_mode)": Keyword(drop=True,
        since="bokeh 3.0") for name in _ANNOTATIONS},
    }  # fmt: skip


class _Calls(Rule):
    nodes = ("Call",)
    packages = frozenset({"bokeh"})
    needles = frozenset({"legend", *_TICKS})

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """``legend=`` of a glyph, and lists of formats of dates."""
        import libcst as cst

        node = cst.ensure_type(node, cst.Call)
        full = context.qualified(node.func)
        if full.startswith("bokeh.models.") and full.endswith(".DatetimeTickFormatter"):
            return _formats(node) if is_gone("bokeh 3.0", context.runtime) else None
        method = method_of(node)
        legend = argument(node, "legend")
        if method is None or legend is None or context.kind(method[0]) != _FIGURE or has_star(node):
            return None
        if not is_gone("bokeh 3.0", context.runtime):
            return None
        sure = text_of(legend) is not None and argument(node, "source") is None
        args = [
            one.with_changes(keyword=cst.Name("legend_label")) if one.value is legend else one
            for one in node.args
        ]
        text = "legend= is legend_label= now, or legend_field= if it names a column of source"
        return Remedy(node.with_changes(args=args), text=text, safety="safe" if sure else "unsafe")


def _formats(call: cst.Call) -> Remedy | None:
    """``days=["%d"]``: one format, and no list of them, since bokeh 3."""
    import libcst as cst

    args = list(call.args)
    for index, one in enumerate(args):
        value = one.value
        if (
            one.keyword is not None
            and one.keyword.value in _TICKS
            and isinstance(value, cst.List)
            and value.elements
        ):
            args[index] = one.with_changes(value=value.elements[0].value)
    return None if args == list(call.args) else Remedy(call.with_changes(args=args))


_PLOT = "from bokeh.plotting import figure\n"


class Bokeh(Several):
    """Use the names and keywords that bokeh has since its version 3.

    ``figure(plot_width=300)`` takes ``width=300``, a glyph's ``legend="a"`` is ``legend_label="a"``.
    """

    code = "COL177"
    name = "bokeh-3"
    parts: ClassVar = (_Keywords(), _Calls(), _Names())
    examples = (
        Example(_PLOT + "p = figure(plot_width=300, plot_height=200)\n",
                _PLOT + "p = figure(width=300, height=200)\n"),
        Example(_PLOT + "p = figure()\np.line([1], [2], legend='a')\n",
                _PLOT + "p = figure()\np.line([1], [2], legend_label='a')\n"),
        Example("from bokeh.io import vplot, show\n", "from bokeh.io import show\n"
                "from bokeh.layouts import column as vplot\n"),
        Example("from bokeh.models import DatetimeTickFormatter\nf = DatetimeTickFormatter(days=['%d %B'])\n",
                "from bokeh.models import DatetimeTickFormatter\nf = DatetimeTickFormatter(days='%d %B')\n"),
        Example("from bokeh.charts import Bar\n", told="vbar"),
        Example("from bokeh.tile_providers import CARTODBPOSITRON\n", told="add_tile"),
        Example(_PLOT + "p = figure(width=300, height=200)\np.scatter([1], [2], legend_label='a')\n"),
        Example(_PLOT + "d = dict(plot_width=3)\nax.line([1], [2], legend='a')\n"),
        Example("from bokeh.models import Legend, Panel\nx = Legend(items=[])\n"),
    )  # fmt: skip
