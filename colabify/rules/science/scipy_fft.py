"""``scipy.fft`` was a function until SciPy 1.4 made a module of it; since SciPy 1.5 it cannot be called.

Source: the release notes of both; seen on Python 3.13 with SciPy 1.16.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime


class ScipyFft(Rule):
    """Call the function in the module ``scipy.fft``: ``scipy.fft(x)`` becomes ``scipy.fft.fft(x)``."""

    code = "COL117"
    name = "scipy-fft"
    needles = frozenset({"fft"})
    packages = frozenset({"scipy"})
    nodes = ("Call",)
    examples = (
        Example("import scipy\nx = scipy.fft([1, 2])\n", "import scipy\nx = scipy.fft.fft([1, 2])\n",
                shows="[float(n.real) for n in x]"),
        Example("from scipy import fft\nx = abs(fft([1, 2]))\n",
                "from scipy import fft\nx = abs(fft.fft([1, 2]))\n",
                shows="x.tolist()"),
        Example("from scipy import fft\nx = fft.fft([1, 2])\n"),
        Example("from scipy.fft import fft\nx = fft([1, 2])\n"),
        Example("from scipy.fftpack import fft\nx = fft([1, 2])\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The module cannot be called since SciPy 1.5."""
        return is_gone("scipy 1.5", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call of the module's function."""
        import libcst as cst

        if not isinstance(node, cst.Call) or context.qualified(node.func) != "scipy.fft":
            return None
        text = f"{code_of(node.func)} is a module: call {code_of(node.func)}.fft"
        return Remedy(node.with_changes(func=cst.Attribute(node.func, cst.Name("fft"))), text=text)
