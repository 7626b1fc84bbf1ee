"""SciPy 1.12 no longer has NumPy's functions in its own namespace, such as ``scipy.array``.

Source: the release notes of SciPy 1.4 and 1.12; the names are those that SciPy 1.1 had of NumPy 1.16,
and that NumPy 2.1 still has. Its ``sqrt`` and ``log`` gave complex numbers for negative ones: those are
``np.emath``'s.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row
from colabify.runtime import DATA

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SAME = tuple(json.loads((DATA / "numpy_names.json").read_text("utf-8"))["scipy"])
_COMPLEX = ("arccos", "arcsin", "arctanh", "log", "log10", "log2", "logn", "power", "sqrt")
_COMPLEX_MODULE = "numpy.lib.scimath"
_RENAMED = {
    "Inf": "numpy.inf", "NaN": "numpy.nan", "ifft": "numpy.fft.ifft", "rand": "numpy.random.rand",
    "randn": "numpy.random.randn", "random": "numpy.random",
}  # fmt: skip
_BY_DOTS = {f"scipy.{name}": f"numpy.emath.{name}" for name in _COMPLEX}


class ScipyNumpy(Renamed):
    """Take NumPy's functions from NumPy: ``scipy.linspace(0, 1)`` becomes ``np.linspace(0, 1)``.

    ``scipy.sqrt(-1)`` was ``1j``: it becomes ``np.emath.sqrt(-1)``.
    """

    code = "COL115"
    name = "scipy-numpy"
    rows: ClassVar = {
        **{f"scipy.{name}": Row(f"numpy.{name}", since="scipy 1.12", binding="np") for name in _SAME},
        **{f"scipy.{old}": Row(new, since="scipy 1.12", binding="np") for old, new in _RENAMED.items()},
        **{f"scipy.random.{name}": Row(f"numpy.random.{name}", since="scipy 1.12")
           for name in ("choice", "exponential", "normal", "permutation", "poisson", "rand", "randint",
                        "randn", "random", "seed", "shuffle", "uniform")},
        **{f"scipy.{name}": Row(f"{_COMPLEX_MODULE}.{name}", since="scipy 1.12") for name in _COMPLEX},
    }  # fmt: skip
    examples = (
        Example("import scipy as sp\nx = sp.linspace(0, sp.pi, 3)\n",
                "import scipy as sp\nimport numpy as np\nx = np.linspace(0, np.pi, 3)\n", shows="x.tolist()"),
        Example("import scipy\nx = scipy.sqrt(-1)\n",
                "import scipy\nimport numpy as np\nx = np.emath.sqrt(-1)\n", shows="complex(x)"),
        Example("from scipy import array, optimize, log\nx = log(array([1, 2]))\n",
                "from scipy import optimize\nfrom numpy import array\nfrom numpy.lib.scimath import log\n"
                "x = log(array([1, 2]))\n", shows="x.tolist()"),
        Example("import scipy\nimport numpy as np\nscipy.random.seed(3)\nx = scipy.rand(2)\n",
                "import scipy\nimport numpy as np\nnp.random.seed(3)\nx = np.random.rand(2)\n",
                shows="x.tolist()"),
        Example("import scipy as sp\nimport scipy.linalg\nx = sp.linalg.norm([3, 4])\n"),
        Example("from scipy import stats, sparse\nx = stats.norm.mean(), sparse.eye(2)\n"),
        Example("import numpy as np\nx = np.sqrt(4)\n"),
        Example("import scipy\nx = scipy.fft.fft([1, 2])\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name; ``np.emath`` is how to reach NumPy's complex functions by dots."""
        import libcst as cst

        remedy = super().check(node, context)
        if remedy is None or not isinstance(node, cst.Attribute):
            return remedy
        full = context.full_names(node)[0]
        new = _BY_DOTS.get(full) or self.rows[full].new
        module, _, name = new.rpartition(".")
        if module == "numpy":
            return remedy
        spelled, imports = context.spell(module, binding="np")
        return replace(remedy, new=cst.parse_expression(f"{spelled}.{name}"), imports=imports)
