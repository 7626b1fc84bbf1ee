"""JavaScript of Jupyter's old notebook: Colab's page has no object ``Jupyter`` or ``IPython``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.analysis.foreign_cells import NEEDS_JUPYTER, needs_jupyter
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, text_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SHOWN = frozenset(
    f"IPython.{place}.{name}"
    for place in ("display", "core.display")
    for name in ("HTML", "Javascript", "display_html", "display_javascript")
)


class JupyterJavascript(Rule):
    """Tell of JavaScript that needs Jupyter's own page: ``IPython.notebook``, ``Jupyter.notebook``.

    It moves, runs or hides cells in Jupyter's notebook of old. JupyterLab and Colab know neither object.
    """

    code = "COL235"
    name = "jupyter-javascript"
    of_library = False
    safety = "report"
    needles = frozenset(name.rpartition(".")[2] for name in _SHOWN)
    packages = frozenset({"IPython"})
    nodes = ("Call",)
    examples = (
        Example("from IPython.display import Javascript\nJavascript('IPython.notebook.execute_cells()')\n",
                told="JavaScript"),
        Example("from IPython.core.display import display, HTML\n"
                "display(HTML('<script>Jupyter.notebook.save_checkpoint()</script>'))\n", told="JavaScript"),
        Example("from IPython.display import Javascript\nJavascript('alert(1)')\n"),
        Example("from IPython.display import HTML\nHTML('<b>IPython</b> is loaded')\n"),
        Example("print('IPython.notebook')\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What to say of a page's script that is shown."""
        import libcst as cst

        if not isinstance(node, cst.Call) or context.qualified(node.func) not in _SHOWN:
            return None
        is_page = context.qualified(node.func).endswith(("HTML", "html"))
        text = text_of(argument(node, "data", 0)) or ""
        if is_page and "<script" not in text:
            return None
        return Remedy(text=NEEDS_JUPYTER, fails=False) if needs_jupyter(text) else None
