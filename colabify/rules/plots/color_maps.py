"""Colour maps that matplotlib calls otherwise, and how one is registered.

Source: the API changes of matplotlib 2.2 and 3.9. On Python 3.13 with matplotlib 3.10
``cmap="spectral"`` is a ``ValueError``, and there is no ``register_cmap`` any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, functions_of, text_of
from colabify.rules.plots.pyplot import MODULES, PACKAGES, unsure
from colabify.rules.since import is_gone
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_OLD = {"spectral": "nipy_spectral", "Vega10": "tab10", "Vega20": "tab20"}
_OLD |= {"Vega20b": "tab20b", "Vega20c": "tab20c"}
_OLD |= {f"{old}_r": f"{new}_r" for old, new in _OLD.items()}
_NAMED_FIRST = frozenset(
    f"{module}{function}"
    for module in ("matplotlib.cm.", "seaborn.", *(f"{one}." for one in MODULES))
    for function in ("get_cmap", "set_cmap", "cm.get_cmap", "color_palette", "set_palette")
)
_REGISTER = frozenset({"matplotlib.cm.register_cmap", *(f"{one}.register_cmap" for one in MODULES),
                       *(f"{one}.cm.register_cmap" for one in MODULES)})  # fmt: skip
_KEYWORDS = frozenset({"cmap", "colormap", "palette"})


class ColorMaps(Rule):
    """Call colour maps by their present names: ``cmap="spectral"`` is ``cmap="nipy_spectral"``.

    ``plt.register_cmap(cmap=mine)`` becomes ``matplotlib.colormaps.register(cmap=mine)``.
    """

    code = "COL159"
    name = "color-maps"
    needles = frozenset({*_OLD, "register_cmap"})
    packages = PACKAGES
    nodes = ("Call",)
    examples = (
        Example("import matplotlib.pyplot as plt\nim = plt.imshow([[1, 2]], cmap='spectral')\n",
                "import matplotlib.pyplot as plt\nim = plt.imshow([[1, 2]], cmap='nipy_spectral')\n"),
        Example("import matplotlib.pyplot as plt\ncolour = plt.get_cmap(\"Vega20\")(3)\n",
                "import matplotlib.pyplot as plt\ncolour = plt.get_cmap(\"tab20\")(3)\n", shows="colour"),
        Example("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
                "im = ax.imshow([[1]], cmap='spectral_r')\n",
                "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
                "im = ax.imshow([[1]], cmap='nipy_spectral_r')\n"),
        Example("import matplotlib.pyplot as plt\nmine = plt.get_cmap('jet', 3)\n"
                "plt.register_cmap('mine', mine)\n",
                "import matplotlib.pyplot as plt\nimport matplotlib\nmine = plt.get_cmap('jet', 3)\n"
                "matplotlib.colormaps.register(mine, name='mine')\n"),
        Example("import matplotlib.pyplot as plt\ndef show(ax):\n    ax.imshow([[1]], cmap='spectral')\n"
                "show(plt.axes())\n",
                "import matplotlib.pyplot as plt\ndef show(ax):\n"
                "    ax.imshow([[1]], cmap='nipy_spectral')\nshow(plt.axes())\n",
                unsafe=True),
        Example("import matplotlib.pyplot as plt\nim = plt.imshow([[1, 2]], cmap='Spectral')\n"),
        Example("import matplotlib.pyplot as plt\nimport matplotlib\nprint(matplotlib.colormaps['jet'])\n"),
        Example("import matplotlib.pyplot as plt\nplt.title('spectral')\n"),
        Example("from sklearn.cluster import SpectralClustering\nimport matplotlib\n"
                "c = SpectralClustering(affinity='spectral')\n"),
        Example("import matplotlib.pyplot as plt\nimport holoviews as hv\n"
                "hv.Image([[1]], cmap='spectral')\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with the colour map's present name."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return None
        functions = functions_of(node, context)
        if any(one in _REGISTER for one in functions):
            return (
                _registered(node, context) if is_gone("matplotlib 3.9", context.runtime) else None
            )
        if not is_gone("matplotlib 2.2", context.runtime):
            return None
        first = any(one in _NAMED_FIRST for one in functions)
        sure = any(one.partition(".")[0] in PACKAGES for one in functions)
        found = _renamed(node, first=first)
        if sure or functions or not isinstance(node.func, cst.Attribute):
            return found if sure else None
        return unsure(found, node.func.value, context)


def _renamed(call: cst.Call, *, first: bool) -> Remedy | None:
    import libcst as cst

    args, said, shims = list(call.args), "", []
    for index, one in enumerate(args):
        keyword = one.keyword.value if one.keyword else ""
        text = text_of(one.value) if not one.star else None
        if text not in _OLD or not isinstance(one.value, cst.SimpleString):
            continue
        if keyword in _KEYWORDS or (first and not keyword and index == 0):
            value = one.value.value.replace(text, _OLD[text])
            args[index] = one.with_changes(value=one.value.with_changes(value=value))
            said = f"the colour map {text} is called {_OLD[text]} now"
            shims.append(Shim(text, _OLD[text], "map"))
    if not said:
        return None
    return Remedy(call.with_changes(args=args), text=said, shims=tuple(shims))


def _registered(call: cst.Call, context: Context) -> Remedy | None:
    """``matplotlib.colormaps.register(cmap, name=…)`` for ``register_cmap(name, cmap)``."""
    import libcst as cst

    text = "register_cmap(name, cmap) is matplotlib.colormaps.register(cmap, name=name) now"
    given = {one.keyword.value for one in call.args if one.keyword}
    if any(one.star for one in call.args) or given - {"name", "cmap"} or len(call.args) > 2:
        return Remedy(text=text, safety="report")
    name, cmap = argument(call, "name", 0), argument(call, "cmap", 1)
    if cmap is None:
        return Remedy(text=text, safety="report")
    spelled, imports = context.spell("matplotlib.colormaps")
    code = f"{spelled}.register({_code(cmap)}, name={_code(name)})" if name else ""
    return Remedy(cst.parse_expression(code or f"{spelled}.register({_code(cmap)})"), imports, text)


def _code(node: cst.BaseExpression | None) -> str:
    import libcst as cst

    return cst.Module([]).code_for_node(node) if node is not None else ""
