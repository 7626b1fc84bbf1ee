"""Functions of ``scipy.stats`` that are gone, or give their result in another form.

Source: the release notes of SciPy 1.3 (``itemfreq``), 1.9 (``median_absolute_deviation``), 1.11 (``mode``)
and 1.12 (``binom_test``); seen on Python 3.13 with SciPy 1.16. ``keepdims=`` needs SciPy 1.9.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, has_star, with_keyword
from colabify.rules.provided import default_shims
from colabify.rules.replaced import Function, Replaced, Written, arguments
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_MODE = (
    "scipy.stats.mode gives plain values since SciPy 1.11: with keepdims=True they are arrays again"
)


def _binomial(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "x", "n", "p", "alternative")
    if not given or not {"x", "n"} <= set(given) or isinstance(given["x"], ast.List | ast.Tuple):
        return None
    spelled, imports = context.spell("scipy.stats.binomtest")
    rest = [f"{name}={ast.unparse(given[name])}" for name in ("p", "alternative") if name in given]
    code = ", ".join([ast.unparse(given["x"]), ast.unparse(given["n"]), *rest])
    return Written(f"{spelled}({code}).pvalue", imports)


def _frequencies(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "a")
    if not given:
        return None
    array, imports = context.spell("numpy.array", binding="np")
    unique, also = context.spell("numpy.unique", binding="np")
    code = f"{array}({unique}({ast.unparse(given['a'])}, return_counts=True)).T"
    return Written(code, tuple(dict.fromkeys((*imports, *also))))


def _deviation(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "x", "axis", "center")
    if not given:
        return None
    spelled, imports = context.spell("scipy.stats.median_abs_deviation")
    rest = [f"{name}={ast.unparse(given[name])}" for name in ("axis", "center") if name in given]
    code = ", ".join([ast.unparse(given["x"]), *rest, "scale=1 / 1.4826"])
    return Written(f"{spelled}({code})", imports)


class ScipyStatistics(Replaced):
    """Replace functions that ``scipy.stats`` has dropped: ``binom_test`` is ``binomtest(…).pvalue``.

    ``itemfreq(x)`` is ``np.array(np.unique(x, return_counts=True)).T``, and ``median_absolute_deviation(x)``
    ``median_abs_deviation(x, scale=1 / 1.4826)``: by default the new one does not scale.
    """

    code = "COL114"
    name = "scipy-statistics"
    functions: ClassVar = {
        "scipy.stats.binom_test": Function(
            _binomial, "scipy 1.12", "scipy.stats.binom_test is gone: write binomtest(k, n, p).pvalue"
        ),
        "scipy.stats.itemfreq": Function(
            _frequencies, "scipy 1.3", "scipy.stats.itemfreq is gone: write np.unique(x, return_counts=True)"
        ),
        "scipy.stats.median_absolute_deviation": Function(
            _deviation, "scipy 1.9",
            "scipy.stats.median_absolute_deviation is gone: write median_abs_deviation(x, scale=1 / 1.4826)",
        ),
    }  # fmt: skip
    examples = (
        Example("from scipy import stats\nx = stats.binom_test(3, 10, 0.2)\n",
                "from scipy import stats\nx = stats.binomtest(3, 10, p=0.2).pvalue\n", shows="round(x, 12)"),
        Example("from scipy.stats import itemfreq\nx = itemfreq([3, 1, 3])\n",
                "import numpy as np\nx = np.array(np.unique([3, 1, 3], return_counts=True)).T\n",
                shows="x.tolist()"),
        Example("import scipy.stats as st\nx = st.median_absolute_deviation([1, 2, 3, 9])\n",
                "import scipy.stats as st\nx = st.median_abs_deviation([1, 2, 3, 9], scale=1 / 1.4826)\n"),
        Example("from scipy.stats import binom_test\nx = binom_test([3, 7])\n", told="binomtest"),
        Example("from scipy.stats import binom\nx = binom.pmf(3, 10, 0.2)\n"),
        Example("def itemfreq(x):\n    return x\ny = itemfreq([1])\n"),
        Example("import statsmodels.stats.proportion as p\nx = p.binom_test(3, 10)\n"),
    )  # fmt: skip


class ScipyMode(Rule):
    """Keep the results of ``scipy.stats.mode`` arrays where one is taken by its index: ``mode(x)[0][0]``.

    Since SciPy 1.11 they are plain values for a list of numbers, which have no ``[0]``; of a table it would
    quietly be another value. ``keepdims=True`` gives what the code was written for.
    """

    code = "COL118"
    name = "scipy-mode"
    needles = frozenset({"mode"})
    packages = frozenset({"scipy"})
    nodes = ("Subscript",)
    examples = (
        Example("from scipy import stats\nx = stats.mode([1, 2, 2])[0][0]\n",
                "from scipy import stats\nx = stats.mode([1, 2, 2], keepdims=True)[0][0]\n", shows="int(x)"),
        Example("from scipy.stats import mode\nx = mode([1, 2, 2]).count[0]\n",
                "from scipy.stats import mode\nx = mode([1, 2, 2], keepdims=True).count[0]\n",
                shows="int(x)"),
        Example("from scipy.stats import mode\nx = mode([1, 2, 2])[0]\n"),
        Example("from scipy.stats import mode\nx = mode([1, 2, 2], keepdims=True)[0][0]\n"),
        Example("from statistics import mode\nx = mode(['ab', 'ab'])[0][0]\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The results are plain since SciPy 1.11."""
        return is_gone("scipy 1.11", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The subscript with ``keepdims=True`` in the call below it."""
        import libcst as cst

        match node:
            case cst.Subscript(value=cst.Subscript(value=cst.Call() as call)):
                pass
            case cst.Subscript(
                value=cst.Attribute(value=cst.Call() as call, attr=cst.Name(value="mode" | "count"))
            ):
                pass
            case _:
                return None
        if context.qualified(call.func) != "scipy.stats.mode" or has_star(call):
            return None
        if argument(call, "keepdims") is not None:
            return None
        new = cst.ensure_type(
            node.deep_replace(call, with_keyword(call, "keepdims", "True")), cst.Subscript
        )
        return Remedy(new, text=_MODE, shims=default_shims("scipy.stats.mode", "keepdims", "True"))
