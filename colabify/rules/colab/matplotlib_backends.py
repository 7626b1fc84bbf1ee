"""Colab shows figures inline: it has no display for a window, and no JavaScript of Jupyter's for the rest.

``%matplotlib notebook`` leaves an empty output there ("IPython is not defined", colabtools#1372); ``widget``
needs ipympl and a restart, and even then the backend is refused (colabtools#5425); ``qt``, ``tk`` and bare
``%matplotlib`` raise ImportError. At home, too, ``inline`` is what a notebook does by default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, text_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.escapes import Escape
    from colabify.rules.context import Context

_EMPTY = frozenset({"notebook", "nbagg"})
"""Those that Colab takes, and of which it shows nothing."""
_GUIS = frozenset({"auto", "ipympl", "macosx", "osx", "tk", "widget", "wx"}) | {
    f"{toolkit}{version}" for toolkit in ("gtk", "qt") for version in ("", "3", "4", "5", "6")
}
_BACKENDS = frozenset(
    f"{toolkit}{renderer}"
    for toolkit in ("gtk", "gtk3", "gtk4", "qt", "qt4", "qt5", "tk", "wx")
    for renderer in ("agg", "cairo")
) | {"macosx", "nbagg", "notebook", "webagg", "widget", "ipympl", "module://ipympl.backend_nbagg"}
_MOVING = {
    "matplotlib.animation.": "an animation stands still inline: show HTML(animation.to_jshtml())",
    "matplotlib.widgets.": "a figure's own sliders and buttons do nothing inline: use ipywidgets",
}
_TEXT = "Colab shows figures inline, and has no display for a window: leave the backend out"
_LISTENS = "a figure takes no clicks and keys inline, which is all that Colab shows"


class MatplotlibMagic(Rule):
    """Write ``%matplotlib inline`` in place of backends that Colab cannot show.

    Where a figure moves, or listens to clicks (``mpl_connect``), only ``--unsafe-fixes`` does it: at home
    that would be lost.
    """

    code = "COL202"
    name = "matplotlib-magic"
    of_library = False
    needles = frozenset({"get_ipython"})
    nodes = ("Call",)
    examples = (
        Example("%matplotlib notebook\n", "%matplotlib inline\n"),
        Example("%matplotlib widget\nimport numpy as np\n", "%matplotlib inline\nimport numpy as np\n"),
        Example("if True:\n    %matplotlib  qt5\n", "if True:\n    %matplotlib inline\n"),
        Example("%matplotlib\n", "%matplotlib inline\n"),
        Example("%pylab\n", "%pylab inline\n"),
        Example("%pylab tk --no-import-all\n", "%pylab inline --no-import-all\n"),
        Example("get_ipython().magic('matplotlib notebook')\n", "get_ipython().magic('matplotlib inline')\n"),
        Example("get_ipython().run_line_magic('matplotlib', 'qt')\n",
                "get_ipython().run_line_magic('matplotlib', 'inline')\n"),
        Example("%matplotlib notebook\nimport matplotlib.pyplot as plt\n"
                "plt.gcf().canvas.mpl_connect('key_press_event', print)\n",
                "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
                "plt.gcf().canvas.mpl_connect('key_press_event', print)\n", unsafe=True),
        Example("%matplotlib nbagg\nfrom matplotlib.animation import FuncAnimation\n",
                "%matplotlib inline\nfrom matplotlib.animation import FuncAnimation\n", unsafe=True),
        Example("%matplotlib inline\n"),
        Example("%matplotlib agg\n"),
        Example("%matplotlib --list\n"),
        Example("%pylab inline\n"),
        Example("# %matplotlib notebook\n"),
        Example("get_ipython().magic('matplotlib inline')\n"),
        Example("get_ipython().run_line_magic('matplotlib', backend)\n"),
        Example("get_ipython().run_line_magic('load_ext', 'notebook')\n"),
        Example("shell.magic('matplotlib notebook')\n"),
        Example("%matplotlib?\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:
        """``%matplotlib notebook`` and the like as ``%matplotlib inline``."""
        if escape.kind != "%" or escape.assigned or "\n" in escape.raw:
            return None
        args = _inline(escape.name, escape.args)
        if not args:
            return None
        indent = escape.raw[: len(escape.raw) - len(escape.raw.lstrip())]
        return _remedy(f"{indent}%{escape.name} {args}", escape.args, context)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The same where the magic is called: ``get_ipython().run_line_magic``."""
        import libcst as cst

        match node:
            case cst.Call(
                func=cst.Attribute(value=cst.Call(func=cst.Name("get_ipython")), attr=attr)
            ):
                said = [text_of(one.value) for one in node.args]
            case _:
                return None
        match attr.value, said:
            case "magic", [str(line)]:
                name, _, args = line.lstrip("%").partition(" ")
            case "run_line_magic", [str(name), str(args)]:
                pass
            case _:
                return None
        inline = _inline(name, args.strip())
        if not inline:
            return None
        new = inline if len(said) == 2 else f"{name} {inline}"
        last = node.args[-1]
        value = cst.SimpleString(repr(new))
        changed = node.with_changes(args=[*node.args[:-1], last.with_changes(value=value)])
        return _remedy(changed, args, context)


class MatplotlibUse(Rule):
    """Leave out ``matplotlib.use`` and ``plt.switch_backend`` of backends that open windows.

    They raise ImportError on Colab, which has no display. Without them a notebook shows figures inline,
    and a program chooses a backend that works.
    """

    code = "COL203"
    name = "matplotlib-use"
    of_library = False
    needles = frozenset({"use", "switch_backend"})
    packages = frozenset({"matplotlib"})
    nodes = ("Expr",)
    examples = (
        Example("import matplotlib\nmatplotlib.use('TkAgg')\nfrom matplotlib import pyplot\npyplot.show()\n",
                "import matplotlib\nfrom matplotlib import pyplot\npyplot.show()\n"),
        Example("import matplotlib as mpl, pylab\nif True:\n    mpl.use('Qt5Agg', force=True)\n",
                "import matplotlib as mpl, pylab\nif True:\n    pass\n"),
        Example("from matplotlib import pyplot as plt\nplt.switch_backend('tkagg')\nplt.plot([1])\n",
                "from matplotlib import pyplot as plt\nplt.plot([1])\n"),
        Example("import matplotlib\nmatplotlib.use('Agg')\n"),
        Example("import matplotlib\nmatplotlib.use('module://matplotlib_inline.backend_inline')\n"),
        Example("import matplotlib\nmatplotlib.use(backend)\n"),
        Example("import matplotlib.pyplot as plt\nplt.style.use('TkAgg')\n"),
        Example("import matplotlib\ntry:\n    matplotlib.use('TkAgg')\nexcept ImportError:\n    pass\n"),
        Example("matplotlib.use('TkAgg')\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """Nothing in place of the statement."""
        import libcst as cst

        match node:
            case cst.Expr(value=cst.Call() as call):
                function = context.qualified(call.func)
            case _:
                return None
        place = {"matplotlib.use": "backend", "matplotlib.pyplot.switch_backend": "newbackend"}
        if function not in place:
            return None
        backend = (text_of(argument(call, place[function], 0)) or "").lower()
        if backend not in _BACKENDS:
            return None
        return _remedy((), backend, context)


def _inline(magic: str, args: str) -> str:
    """The arguments of ``%matplotlib`` or ``%pylab`` with ``inline``; empty if they are right as they are."""
    words = args.split()
    options = [one for one in words if one.startswith("--no-import")]
    guis = [one for one in words if one not in options]
    if magic not in ("matplotlib", "pylab") or (options and magic != "pylab"):
        return ""
    if len(guis) > 1 or any(one.lower() not in _GUIS | _EMPTY for one in guis):
        return ""
    return " ".join(["inline", *options])


def _remedy(
    new: str | cst.Call | tuple[cst.BaseSmallStatement, ...], backend: str, context: Context
) -> Remedy:
    """The remedy for a backend; not surely safe where a figure does more than be looked at."""
    fails = not _EMPTY & set(backend.lower().split())
    text = _lost(context)
    return Remedy(new, text=text or _TEXT, safety="unsafe" if text else "safe", fails=fails)


def _lost(context: Context) -> str:
    """What a figure does that it does not do inline; empty if nothing is known of the kind."""
    for beginning, text in _MOVING.items():
        if any(name.startswith(beginning) for name in context.used):
            return text
    nodes = (node for unit in context.units for node in unit.nodes)
    return _LISTENS if any(getattr(one, "attr", "") == "mpl_connect" for one in nodes) else ""
