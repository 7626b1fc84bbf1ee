"""Widgets of other packages than ipywidgets are drawn on Colab only once its manager of widgets is on.

``output.enable_custom_widget_manager()`` of google.colab does that; the setup cell calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.spelling import code_of
from colabify.setup.front_end import MANAGER

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from colabify.rules.context import Context

_PACKAGES = frozenset(
    {
        "anywidget", "bqplot", "bqscales", "geemap", "ipyaggrid", "ipycanvas", "ipycytoscape",
        "ipydatagrid", "ipyevents", "ipyleaflet", "ipympl", "ipysheet", "ipytree", "ipyvizzu", "ipyvolume",
        "ipyvue", "ipyvuetify", "ipywebrtc", "itkwidgets", "jscatter", "jupyter_bbox_widget", "k3d",
        "keplergl", "leafmap", "lonboard", "nglview", "perspective", "pythreejs", "qgrid",
    }
)  # fmt: skip
_FIGURES = frozenset({"plotly.graph_objects.FigureWidget", "plotly.graph_objs.FigureWidget"})


class CustomWidgets(Rule):
    """Let Colab draw the widgets of packages such as ipyleaflet, bqplot and nglview.

    The setup cell switches Colab's manager of such widgets on; no code changes.
    """

    code = "COL209"
    name = "custom-widgets"
    of_library = False
    safety = "report"
    needles: ClassVar = _PACKAGES | {"FigureWidget"}
    packages: ClassVar = _PACKAGES | {"plotly"}
    nodes = ("Import", "ImportFrom", "Attribute")
    examples = (
        Example("import ipywidgets\n"),
        Example("from ipywidgets import interact\n"),
        Example("import plotly.graph_objects as go\nfigure = go.Figure()\n"),
    )

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The manager, where a package needs it."""
        needs = any(
            name.partition(".")[0] in _PACKAGES or name in _FIGURES
            for name in _names(node, context)
        )
        return Remedy(shims=(MANAGER,)) if needs else None


def _names(node: cst.CSTNode, context: Context) -> Iterator[str]:
    """The full names that an import brings, or that an attribute may have."""
    import libcst as cst

    match node:
        case cst.Import():
            yield from (code_of(one.name) for one in node.names)
        case cst.ImportFrom(module=cst.BaseExpression() as module, relative=()):
            yield code_of(module)
            if not isinstance(node.names, cst.ImportStar):
                yield from (f"{code_of(module)}.{code_of(one.name)}" for one in node.names)
        case cst.Attribute():
            yield from (name for name in context.full_names(node) if name in _FIGURES)
