"""Plotly 4.0 moved what talks to its web service into the distribution chart-studio.

Source: plotly.py's migration guide to 4.0; run on Python 3.13 with plotly 5.24. The service asks for an
account, and the figures of a course need none: ``plotly.offline`` shows them in the notebook.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row

_SINCE = "plotly 4.0"
_ONLINE = (
    "plotly.plotly is the distribution chart-studio now, which asks for an account: "
    "plotly.offline.iplot(figure), or figure.show(), shows a figure in the notebook"
)
_ACCOUNT = (
    "it is in the distribution chart-studio now, for accounts of Plotly's web service: leave it out"
)
_OF_ACCOUNT = ("grid_objs", "dashboard_objs", "presentation_objs", "widgets", "session")
_CREDENTIALS = (
    "set_credentials_file",
    "get_credentials_file",
    "set_config_file",
    "embed",
    "get_embed",
)


class Plotly(Renamed):
    """Show plotly's figures without its web service.

    ``import plotly.plotly as py`` becomes ``import plotly.offline as py`` with ``--unsafe-fixes``, if all
    that is used is ``py.iplot`` and ``py.plot``; code that signs in is told of.
    """

    code = "COL178"
    name = "plotly-offline"
    rows: ClassVar = {
        "plotly.plotly.iplot": Row("plotly.offline.iplot", _SINCE, _ONLINE, "unsafe", shim=False),
        "plotly.plotly.plot": Row("plotly.offline.plot", _SINCE, _ONLINE, "unsafe", shim=False),
        **{f"plotly.plotly.{name}": Row(since=_SINCE, text=_ONLINE)
           for name in ("sign_in", "get_figure", "image", "plot_mpl", "iplot_mpl", "get_config")},
        "plotly.plotly": Row("plotly.offline", _SINCE, _ONLINE, "unsafe", module=True, shim=False),
        **{f"plotly.{name}": Row(since=_SINCE, text=f"plotly.{name}: {_ACCOUNT}",
        module=True) for name in _OF_ACCOUNT},
        **{f"plotly.tools.{name}": Row(since=_SINCE,
        text=f"plotly.tools.{name}: {_ACCOUNT}") for name in _CREDENTIALS},
        "plotly.graph_objs.Area": Row(since="plotly 5.0", text="go.Area is gone: go.Barpolar draws the like"),
    }  # fmt: skip
    examples = (
        Example("import plotly.plotly as py\nimport plotly.graph_objs as go\nf = go.Figure()\n",
                "import plotly.offline as py\nimport plotly.graph_objs as go\nf = go.Figure()\n",
                unsafe=True),
        Example("from plotly.plotly import iplot\n", "from plotly.offline import iplot\n", unsafe=True),
        Example("import plotly.plotly as py\npy.sign_in('a', 'b')\n", told="account"),
        Example("import plotly.tools as tls\ntls.set_credentials_file(username='a', api_key='b')\n",
                told="leave it out"),
        Example("import plotly.offline as py\npy.init_notebook_mode()\n"),
        Example("from plotly import tools\nf = tools.make_subplots(rows=1, cols=2)\n"),
        Example("import plotly.graph_objs as go\nimport plotly.express as px\n"
                "f = go.Figure(data=go.Data([]))\n"),
    )  # fmt: skip
