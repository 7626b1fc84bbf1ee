"""Since matplotlib 3.3 the texts 'on' and 'off' are no booleans: 'off' is true, and turns things on.

Source: the API changes of matplotlib 2.2 and 3.3; seen on Python 3.13 with matplotlib 3.10, where
``plt.tick_params(labelbottom='off')`` shows the labels. ``plt.axis('off')`` means what it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import functions_of, text_of
from colabify.rules.families import Keyword
from colabify.rules.plots.pyplot import PACKAGES, in_pyplot, unsure, unsure_method
from colabify.rules.provided import keyword_shims, providing
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime
    from colabify.steps import Shim

_SWITCHES = frozenset({"top", "bottom", "left", "right", "b", "visible", "on"})
_SWITCHES |= {f"label{side}" for side in ("top", "bottom", "left", "right")}
_PARAMS = (
    *in_pyplot("tick_params"),
    "matplotlib.Axes.tick_params",
    "matplotlib.Axis.set_tick_params",
)
_FIRST = (*in_pyplot("grid", "box"), "matplotlib.Axes.grid", "matplotlib.Axis.grid",
          "matplotlib.Axes.set_frame_on")  # fmt: skip


class OffTexts(Rule):
    """Write ``False`` where ``'off'`` was to turn something off in a plot, and now turns it on.

    ``plt.tick_params(labelbottom='off')`` becomes ``plt.tick_params(labelbottom=False)``.
    """

    code = "COL152"
    name = "off-texts"
    needles = frozenset({"off"})
    packages = PACKAGES
    nodes = ("Call",)
    examples = (
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
                "plt.tick_params(axis='x', bottom='on', labelbottom='off')\n"
                "shown = plt.gca().xaxis.get_major_ticks()[0]\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
                "plt.tick_params(axis='x', bottom=True, labelbottom=False)\n"
                "shown = plt.gca().xaxis.get_major_ticks()[0]\n",
                not_run="the old code fails nowhere: it shows what it was to hide"),
        Example("import matplotlib.pyplot as plt\nfig, axes = plt.subplots(2)\nfor ax in axes:\n"
                "    ax.grid('off')\n",
                "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(2)\nfor ax in axes:\n"
                "    ax.grid(False)\n",
                not_run="the old code fails nowhere: it shows what it was to hide"),
        Example("import matplotlib.pyplot as plt\ndef bare(ax):\n    ax.tick_params(left='off')\n",
                "import matplotlib.pyplot as plt\ndef bare(ax):\n    ax.tick_params(left=False)\n",
                unsafe=True, not_run="the old code fails nowhere: it shows what it was to hide"),
        Example("import matplotlib.pyplot as plt\nplt.axis('off')\n"),
        Example("import matplotlib.pyplot as plt\nplt.tick_params(labelbottom='on')\n"),
        Example("import matplotlib.pyplot as plt\nplt.tick_params(axis='x', direction='out')\n"),
        Example("import matplotlib.pyplot as plt\nplt.axes().axis('off')\n"),
        Example("import matplotlib.pyplot as plt\ndef f(light):\n    light.grid('off')\n"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2], label='off')\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The texts mean nothing since matplotlib 3.3."""
        return is_gone("matplotlib 3.3", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with booleans for its texts."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return None
        functions = functions_of(node, context)
        if any(one in _PARAMS for one in functions):
            return providing(_switched(node, first=False), _shims(node, functions))
        if any(one in _FIRST for one in functions):
            return _switched(node, first=True)
        if unsure_method(node, context) in ("tick_params", "set_tick_params"):
            owner = cst.ensure_type(node.func, cst.Attribute).value
            found = providing(_switched(node, first=False), _shims(node, ("?.tick_params",)))
            return unsure(found, owner, context)
        return None


def _shims(call: cst.Call, functions: tuple[str, ...]) -> tuple[Shim, ...]:
    """What has the functions take the texts of the call."""
    row = Keyword(values={"'on'": "True", "'off'": "False"}, only=True)
    off = [one.keyword.value for one in call.args if one.keyword and text_of(one.value) == "off"]
    return tuple(
        shim for one in functions for name in off for shim in keyword_shims(one, name, row)
    )


def _switched(call: cst.Call, *, first: bool) -> Remedy | None:
    """The call with booleans for ``'on'`` and ``'off'``; None if nothing is turned off by that."""
    import libcst as cst

    args, off = list(call.args), False
    for index, one in enumerate(args):
        keyword = one.keyword.value if one.keyword else ""
        text = text_of(one.value)
        if text not in ("on", "off") or one.star:
            continue
        if keyword in _SWITCHES or (first and not keyword and index == 0):
            off = off or text == "off"
            args[index] = one.with_changes(value=cst.Name(str(text == "on")))
    if not off:
        return None
    new = call.with_changes(args=args)
    return Remedy(new, text="'off' turns it on since matplotlib 3.3: write False", fails=False)
