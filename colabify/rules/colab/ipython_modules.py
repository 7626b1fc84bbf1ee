"""IPython 4 gave its notebook, widgets and more away to packages of their own (2015).

IPython 7.34, which Colab runs, still has most of the old names, with a warning, but Python 3.12 no longer
finds modules below them (``IPython.config.loader``); IPython 8, from 2022 on, has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_STILL = "IPython 7 still has it"


class IPythonModules(Renamed):
    """Import widgets, traitlets, nbconvert and nbformat from the packages that have them now."""

    code = "COL207"
    name = "ipython-modules"
    rows: ClassVar = {
        "IPython.config": Row("traitlets.config", module=True, fails=False),
        "IPython.html": Row(
            text="IPython.html is gone: what it had is in the packages notebook and ipywidgets",
            module=True,
            fails=False,
        ),
        "IPython.html.widgets": Row("ipywidgets", module=True, fails=False),
        "IPython.nbconvert": Row("nbconvert", module=True, fails=False),
        "IPython.nbformat": Row("nbformat", module=True, fails=False),
        "IPython.parallel": Row("ipyparallel", module=True),
        "IPython.utils.traitlets": Row("traitlets", module=True, fails=False),
    }
    examples = (
        Example("from IPython.html.widgets import interact\n", "from ipywidgets import interact\n",
                not_run=_STILL),
        Example("from IPython.html import widgets\nx = widgets.IntSlider().value\n",
                "import ipywidgets as widgets\nx = widgets.IntSlider().value\n", not_run=_STILL),
        Example("from IPython.config.loader import Config\nx = Config()\n",
                "from traitlets.config.loader import Config\nx = Config()\n", shows="x"),
        Example("from IPython.utils.traitlets import Unicode\n", "from traitlets import Unicode\n",
                not_run=_STILL),
        Example("from IPython.html import nbextensions\n", told="notebook"),
        Example("from ipywidgets import interact\n"),
        Example("from IPython.display import display, HTML\n"),
        Example("from IPython.core.display import HTML\n"),
        Example("from traitlets import Unicode\n"),
        Example("try:\n    from ipywidgets import interact\nexcept ImportError:\n"
                "    from IPython.html.widgets import interact\n"),
        Example("import IPython\nx = IPython.get_ipython()\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of a name; of ``from IPython.html import widgets``, a plain import."""
        return self._package(node, context) or super().check(node, context)

    def _package(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The import of a package by itself, where it was a member of another."""
        import libcst as cst

        match node:
            case cst.ImportFrom(module=cst.BaseExpression() as module, names=[alias], relative=()):
                found = self.row_for(f"{code_of(module)}.{code_of(alias.name)}", context.runtime)
            case _:
                return None
        if found is None or not found[1] or "." in found[1]:
            return None
        row, package = found
        name = code_of(alias.asname.name if alias.asname else alias.name)
        asname = cst.AsName(cst.Name(name)) if name != package else None
        new = cst.Import([cst.ImportAlias(cst.Name(package), asname)])
        return Remedy((new,), text=f"it is the package {package} now", fails=row.fails)
