"""Axes of a projection, and for a colour bar, which matplotlib does not find by itself any more.

Source: the API changes of matplotlib 3.6 and 3.7. On Python 3.13 with matplotlib 3.10
``fig.gca(projection="3d")`` fails, ``Axes3D(fig)`` is no part of its figure, which stays empty, and
``plt.colorbar(ScalarMappable(…))`` does not know from which axes to take its place.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, comma, functions_of, has_star, with_keyword
from colabify.rules.plots.pyplot import in_pyplot, unsure, unsure_method
from colabify.rules.provided import providing, stand_in
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from colabify.rules.context import Context

_GCA = in_pyplot("gca")
_COLORBAR = (*in_pyplot("colorbar"), "matplotlib.Figure.colorbar")
_AXES3D = frozenset({"mpl_toolkits.mplot3d.Axes3D", "mpl_toolkits.mplot3d.axes3d.Axes3D"})
_MAKERS = frozenset(
    {"Axes3D", "add_axes", "add_subplot", "axes", "gca", "subplot", "subplot2grid", "subplots"}
)


class Projections(Rule):
    """Make axes of a projection with ``add_subplot()``, and say which axes a colour bar belongs to.

    ``fig.gca(projection="3d")`` and ``Axes3D(fig)`` become ``fig.add_subplot(projection="3d")``, of which
    the second used to fill the whole figure. It is only offered where the figure may have axes before.
    """

    code = "COL158"
    name = "projections"
    needles = frozenset({"gca", "Axes3D", "colorbar"})
    packages = frozenset({"matplotlib", "mpl_toolkits", "pylab"})
    nodes = ("Call",)
    examples = (
        Example("import matplotlib.pyplot as plt\nfig = plt.figure()\nax = fig.gca(projection='3d')\n",
                "import matplotlib.pyplot as plt\nfig = plt.figure()\n"
                "ax = fig.add_subplot(projection='3d')\n",
                shows="ax.name"),
        Example("import matplotlib.pyplot as plt\nplt.figure()\nax = plt.gca(projection='polar')\n",
                "import matplotlib.pyplot as plt\nplt.figure()\nax = plt.subplot(projection='polar')\n",
                shows="ax.name"),
        Example("import matplotlib.pyplot as plt\nfrom mpl_toolkits.mplot3d import Axes3D\n"
                "fig = plt.figure()\nax = Axes3D(fig, elev=20)\n",
                "import matplotlib.pyplot as plt\nfrom mpl_toolkits.mplot3d import Axes3D\n"
                "fig = plt.figure()\nax = fig.add_subplot(projection='3d', elev=20)\n",
                shows="len(fig.axes)"),
        Example("import matplotlib.pyplot as plt\nsm = plt.cm.ScalarMappable()\nsm.set_array([1, 2])\n"
                "plt.plot([1, 2])\nplt.colorbar(sm)\n",
                "import matplotlib.pyplot as plt\nsm = plt.cm.ScalarMappable()\nsm.set_array([1, 2])\n"
                "plt.plot([1, 2])\nplt.colorbar(sm, ax=plt.gca())\n", shows="len(plt.gcf().axes)"),
        Example("import matplotlib.pyplot as plt\nfig = plt.figure()\nfig.add_subplot(121)\n"
                "ax = fig.gca(projection='3d')\n",
                "import matplotlib.pyplot as plt\nfig = plt.figure()\nfig.add_subplot(121)\n"
                "ax = fig.add_subplot(projection='3d')\n", unsafe=True),
        Example("import matplotlib.pyplot as plt\ndef draw(fig):\n    return fig.gca(projection='3d')\n"
                "ax = draw(plt.figure())\n",
                "import matplotlib.pyplot as plt\ndef draw(fig):\n"
                "    return fig.add_subplot(projection='3d')\n"
                "ax = draw(plt.figure())\n", unsafe=True),
        Example("import matplotlib.pyplot as plt\nax = plt.gca()\n"),
        Example("import matplotlib.pyplot as plt\nax = plt.axes(projection='3d')\n"),
        Example("import matplotlib.pyplot as plt\nfrom mpl_toolkits.mplot3d import Axes3D\n"
                "fig = plt.figure()\n"
                "ax = Axes3D(fig, auto_add_to_figure=False)\nfig.add_axes(ax)\n"),
        Example("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nsm = plt.cm.ScalarMappable()\n"
                "fig.colorbar(sm, ax=ax)\n"),
        Example("import matplotlib.pyplot as plt\nim = plt.imshow([[1, 2]])\nplt.colorbar(im)\n"),
        Example("import matplotlib.pyplot as plt\nimport cartopy\nclass Map:\n"
                "    def gca(self, projection):\n"
                "        return projection\nMap().gca(projection='3d')\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call that gives the same axes today."""
        import libcst as cst

        if not isinstance(node, cst.Call) or has_star(node):
            return None
        functions = functions_of(node, context)
        if any(one in _AXES3D for one in functions):
            if not is_gone("matplotlib 3.7", context.runtime):
                return None
            return providing(_axes3d(node, context), stand_in(functions[0]))
        if any(one in _COLORBAR for one in functions):
            return _colorbar(node, context) if is_gone("matplotlib 3.8", context.runtime) else None
        if argument(node, "projection") is None and argument(node, "polar") is None:
            return None
        if not is_gone("matplotlib 3.6", context.runtime):
            return None
        if any(one in _GCA for one in functions):
            shims = tuple(shim for one in functions for shim in stand_in(one))
            return providing(_made_by("subplot", node, context), shims)
        of_figure = stand_in("matplotlib.Figure.gca")
        if "matplotlib.Figure.gca" in functions:
            return providing(_made_by("add_subplot", node, context), of_figure)
        if unsure_method(node, context) == "gca":
            owner = cst.ensure_type(node.func, cst.Attribute).value
            found = providing(_made_by("add_subplot", node, context), of_figure)
            return unsure(found, owner, context)
        return None


def _made_by(name: str, call: cst.Call, context: Context) -> Remedy:
    """The call with another function for ``gca``; it is not safe if it might make axes twice."""
    import libcst as cst

    text = f"gca() takes no projection any more: {name}(projection=…) makes such axes"
    if isinstance(call.func, cst.Name):
        return Remedy(text=text, safety="report")
    owner = cst.ensure_type(call.func, cst.Attribute).value
    func = cst.ensure_type(call.func, cst.Attribute).with_changes(attr=cst.Name(name))
    sure = isinstance(owner, cst.Call) or _is_first(owner, context)
    return Remedy(call.with_changes(func=func), text=text, safety="safe" if sure else "unsafe")


def _is_first(owner: cst.CSTNode, context: Context) -> bool:
    """Whether a cell makes figures at least as often as it makes axes by ``owner``, or by pyplot."""
    import libcst as cst

    code = cst.Module([]).code_for_node(owner)
    nodes = context.unit.nodes if context.unit else ()
    loops = [list(ast.walk(one)) for one in nodes if isinstance(one, ast.For | ast.While)]
    return all(_makes_enough(part, code, context) for part in ([*nodes], *loops))


def _makes_enough(nodes: Iterable[ast.AST], code: str, context: Context) -> bool:
    """Whether some code makes a figure for each of the axes that it makes; a loop has to make its own."""
    makers = figures = 0
    loop = False
    for node in nodes:
        loop = loop or isinstance(node, ast.For | ast.While)
        if not isinstance(node, ast.Call):
            continue
        full = qualified(node.func, context.names)
        name = full.rpartition(".")[2]
        of_pyplot = full in in_pyplot(name)
        figures += of_pyplot and name == "figure"
        if isinstance(node.func, ast.Attribute):
            name = node.func.attr
            of_pyplot = of_pyplot or ast.unparse(node.func.value) == code
        makers += name in _MAKERS and (of_pyplot or full in _AXES3D) and not _is_plain(node, name)
    return makers <= figures or (makers == 1 and not loop)


def _is_plain(call: ast.Call, name: str) -> bool:
    """``plt.gca()`` as it is only asks."""
    return name == "gca" and not call.args and not call.keywords


def _axes3d(call: cst.Call, context: Context) -> Remedy | None:
    """``fig.add_subplot(projection="3d")`` for ``Axes3D(fig)``."""
    import libcst as cst

    given = {one.keyword.value if one.keyword else "" for one in call.args}
    positional = [one for one in call.args if one.keyword is None]
    adds = any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr == "add_axes" and node.args and isinstance(node.args[0], ast.Name)
        for node in (context.unit.nodes if context.unit else ())
    )  # fmt: skip
    if len(positional) != 1 or adds or given & {"rect", "auto_add_to_figure", "fig"}:
        return None
    fig = positional[0].value
    if not isinstance(fig, cst.Name | cst.Call | cst.Attribute):
        return None
    first = call.with_changes(func=cst.Attribute(fig, cst.Name("add_subplot")), args=[])
    new = with_keyword(first, "projection", "'3d'")
    rest = [one for one in call.args if one.keyword is not None]
    args = [*new.args, *rest] if not rest else [new.args[0].with_changes(comma=comma()), *rest]
    text = "Axes3D(fig) is no part of the figure any more: fig.add_subplot(projection='3d') is"
    return Remedy(new.with_changes(args=args), text=text)


def _colorbar(call: cst.Call, context: Context) -> Remedy | None:
    """A colour bar of something that is in no plot, with the axes beside which it is to stand."""
    import libcst as cst

    if argument(call, "ax", 2) is not None or argument(call, "cax", 1) is not None:
        return None
    if (
        not call.args
        or call.args[0].keyword is not None
        or context.kind(call.args[0].value) != "matplotlib.ScalarMappable"
    ):
        return None
    owner = cst.ensure_type(call.func, cst.Attribute).value if _has_owner(call) else None
    if owner is None:
        return None
    code = f"{cst.Module([]).code_for_node(owner)}.gca()"
    text = "a colour bar of what is in no plot needs the axes beside which it stands: ax="
    return Remedy(with_keyword(call, "ax", code), text=text)


def _has_owner(call: cst.Call) -> bool:
    return type(call.func).__name__ == "Attribute"
