"""Matplotlib 3.0 removed ``hold``: all that is plotted stays, as it did by default.

Source: the API changes of matplotlib 2.0 and 3.0; the calls fail on Python 3.13 with matplotlib 3.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, constant_of, functions_of
from colabify.rules.plots.pyplot import in_pyplot
from colabify.rules.provided import stand_in
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_HOLD = (*in_pyplot("hold"), "matplotlib.Axes.hold", "matplotlib.Figure.hold")
_IS_HOLD = (*in_pyplot("ishold"), "matplotlib.Axes.ishold")


class Hold(Rule):
    """Remove ``plt.hold(True)``: what is plotted has stayed by itself since matplotlib 2.0.

    ``plt.hold(False)`` only with ``--unsafe-fixes``: it may be that the next plot was to stand alone.
    """

    code = "COL154"
    name = "hold"
    needles = frozenset({"hold", "ishold"})
    packages = frozenset({"matplotlib", "pylab"})
    nodes = ("Expr", "Call")
    examples = (
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.hold(True)\nplt.plot([2, 1])\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.plot([2, 1])\n",
                shows="len(plt.gca().lines)"),
        Example("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.hold('on'); ax.plot([1])\n",
                "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1])\n"),
        Example("import matplotlib.pyplot as plt\nif plt.ishold():\n    print(1)\n",
                "import matplotlib.pyplot as plt\nif True:\n    print(1)\n"),
        Example("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.hold(False)\n",
                "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n", unsafe=True),
        Example("import matplotlib.pyplot as plt\nplt.hold()\n", told="remove it"),
        Example("import matplotlib.pyplot as plt\nplt.axhline(0)\n"),
        Example("def hold(on):\n    pass\nhold(True)\n"),
        Example("import matplotlib.pyplot as plt\nlock = object()\nlock.hold(True)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """It is gone since matplotlib 3.0."""
        return is_gone("matplotlib 3.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """Nothing, for a statement that holds what is plotted."""
        import libcst as cst

        call = node.value if isinstance(node, cst.Expr) else node
        if not isinstance(call, cst.Call):
            return None
        functions = functions_of(call, context)
        shims = tuple(shim for one in functions for shim in stand_in(one))
        if isinstance(node, cst.Call):
            held = any(one in _IS_HOLD for one in functions)
            if not held:
                return None
            return Remedy(cst.Name("True"), text="plots are always held now", shims=shims)
        if not any(one in _HOLD for one in functions):
            return None
        value = constant_of(argument(call, "b", 0))
        if value in (True, "on"):
            return Remedy((), text="there is no hold() any more: remove it", shims=shims)
        if value in (False, "off"):
            text = "there is no hold() any more: clear with plt.cla() before the next plot, if there is one"
            return Remedy((), text=text, safety="unsafe")
        return Remedy(
            text="there is no hold() any more, all plots stay: remove it", safety="report"
        )
