"""What serves on the machine itself: browsers do not reach the ports of Colab's.

``google.colab.output.serve_kernel_port_as_iframe`` shows a port below the cell. TensorBoard has a magic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, functions_of, text_of
from colabify.shell_line import split_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from colabify.escapes import Escape
    from colabify.rules.context import Context

_SHOW = "google.colab.output.serve_kernel_port_as_iframe(port) shows it"
_SERVES = f"it serves on Colab's machine, whose ports no browser reaches: {_SHOW}"
_HERE = f"the address leads to the student's own machine, not to Colab's: {_SHOW}"
_NO_BROWSER = "no browser runs on Colab's machine: display(IPython.display.HTML(...)) with a link"
_CALLS = frozenset(
    {
        "flask.Flask.run", "http.server.HTTPServer", "http.server.ThreadingHTTPServer",
        "socketserver.TCPServer", "wsgiref.simple_server.make_server", "uvicorn.run", "visdom.Visdom",
    }
)  # fmt: skip
_FRAMES = frozenset(
    {"IPython.display.IFrame", "IPython.core.display.IFrame", "IPython.lib.display.IFrame"}
)
_BROWSERS = frozenset({"webbrowser.open", "webbrowser.open_new", "webbrowser.open_new_tab"})
_HOSTS = ("http://localhost", "https://localhost", "http://127.0.0.1", "http://0.0.0.0")
_JUPYTER = "Colab is the notebook server: this starts a second one, which no browser reaches"
_COMMANDS = {
    (
        "tensorboard",
    ): "no browser reaches it: %load_ext tensorboard, then %tensorboard with the same options",
    ("streamlit", "run"): _SERVES,
    ("flask", "run"): _SERVES,
    ("mlflow", "ui"): _SERVES,
    ("mlflow", "server"): _SERVES,
    ("bokeh", "serve"): _SERVES,
    ("panel", "serve"): _SERVES,
    ("voila",): _SERVES,
    ("uvicorn",): _SERVES,
    ("gunicorn",): _SERVES,
    ("python", "-m", "http.server"): _SERVES,
    ("python3", "-m", "http.server"): _SERVES,
    ("python", "-m", "visdom.server"): _SERVES,
    ("jupyter", "notebook"): _JUPYTER,
    ("jupyter", "lab"): _JUPYTER,
    ("jupyter-notebook",): _JUPYTER,
    ("jupyter-lab",): _JUPYTER,
}


class LocalServers(Rule):
    """Tell of servers, and of addresses of the machine itself, which no browser reaches on Colab."""

    code = "COL234"
    name = "local-server"
    of_library = False
    safety = "report"
    needles = frozenset(
        name.rpartition(".")[2] for names in (_CALLS, _FRAMES, _BROWSERS) for name in names
    )
    packages = frozenset(
        {"IPython", "flask", "http", "socketserver", "uvicorn", "visdom", "webbrowser", "wsgiref"}
    )
    nodes = ("Call",)
    examples = (
        Example("!tensorboard --logdir logs\n", told="%tensorboard"),
        Example("!streamlit run app.py &\n", told="serve_kernel_port_as_iframe"),
        Example("from flask import Flask\napp = Flask('a')\napp.run()\n", told="serve_kernel_port_as_iframe"),
        Example("from IPython.display import IFrame\nIFrame('http://localhost:6006', 800, 600)\n",
                told="student's own machine"),
        Example("import webbrowser\nwebbrowser.open('https://example.org')\n", told="no browser"),
        Example("%tensorboard --logdir logs\n"),
        Example("!pip install streamlit tensorboard\n"),
        Example("!tensorboard --version\n"),
        Example("!jupyter nbconvert --to html a.ipynb\n"),
        Example("import requests\nrequests.get('http://localhost:5000')\n"),
        Example("from IPython.display import IFrame\nIFrame('https://example.org', 800, 600)\n"),
        Example("app.run()\n"),
        Example("import subprocess\nsubprocess.run(['ls'])\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """What to do in place of a command that serves."""
        if escape.kind not in ("!", "!!"):
            return None
        for command in split_line(escape.args) or []:
            text = _served([one.text for one in command])
            if text:
                return Remedy(text=text, fails=False)
        return None

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What to do about a call that serves, or that shows an address of the machine itself."""
        import libcst as cst

        if not isinstance(node, cst.Call) or context.unit is None or context.unit.cell is None:
            return None  # a module may serve elsewhere: it is no part of what students run
        for function in functions_of(node, context):
            if function in _CALLS:
                return Remedy(text=_SERVES, fails=False)
            if function in _BROWSERS:
                return Remedy(text=_NO_BROWSER, fails=False)
            address = text_of(argument(node, "src", 0)) or ""
            if function in _FRAMES and address.startswith(_HOSTS):
                return Remedy(text=_HERE, fails=False)
        return None


def _served(words: Sequence[str]) -> str:
    """What to say about a command; nothing of one that only tells about itself."""
    while words[:1] in (["nohup"], ["sudo"]):
        words = words[1:]
    if {"--help", "--version", "-h"} & set(words):
        return ""
    return next((text for of, text in _COMMANDS.items() if tuple(words[: len(of)]) == of), "")
