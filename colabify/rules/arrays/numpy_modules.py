"""NumPy 2.0 dropped ``np.math``, most of ``np.lib`` and its private modules, and ``numpy.testing.utils``.

Source: the release notes of NumPy 2.0; what each module had in NumPy 1.23 and what is still reached in
``numpy`` itself was compared on Python 3.13 with NumPy 2.1.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row
from colabify.rules.imports import less_names
from colabify.rules.spelling import code_of
from colabify.runtime import DATA
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_LIBRARY = json.loads((DATA / "numpy_names.json").read_text("utf-8"))["numpy.lib"]
_MATH = [
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "ceil",
    "comb",
    "copysign",
    "cos",
    "cosh",
    "degrees",
    "dist",
    "e",
    "erf",
    "erfc",
    "exp",
    "expm1",
    "fabs",
    "factorial",
    "floor",
    "fmod",
    "frexp",
    "fsum",
    "gamma",
    "gcd",
    "hypot",
    "inf",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "isqrt",
    "lcm",
    "ldexp",
    "lgamma",
    "log",
    "log10",
    "log1p",
    "log2",
    "modf",
    "nan",
    "nextafter",
    "perm",
    "pi",
    "pow",
    "prod",
    "radians",
    "remainder",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
    "tau",
    "trunc",
    "ulp",
]
"""What ``math`` has in Python 3.10, whichever Python it is that runs this."""
_INNER = "there is no numpy.core.umath_tests any more: np.einsum('...i,...i', a, b) is inner1d"


class NumpyModules(Renamed):
    """Take from ``numpy``, ``math`` and ``numpy.testing`` what NumPy's own modules no longer have.

    ``np.math.factorial`` is ``math.factorial``, ``np.lib.pad`` is ``np.pad``, and
    ``numpy.testing.utils`` is ``numpy.testing``.
    """

    code = "COL107"
    name = "numpy-modules"
    rows: ClassVar = {
        **{f"numpy.math.{name}": Row(f"math.{name}", since="numpy 2.0") for name in _MATH},
        "numpy.math": Row(since="numpy 2.0", text="there is no np.math any more: import math"),
        **{
            f"numpy.lib.{place}{name}": Row(f"numpy.{name}", since="numpy 2.0", binding="np")
            for module, names in _LIBRARY.items()
            for name in names
            for place in ("", f"{module}.")
        },
        "numpy.testing.utils": Row("numpy.testing", since="numpy 2.0", module=True),
        "numpy.testing.decorators": Row(
            since="numpy 2.0",
            module=True,
            text="numpy.testing.decorators is gone: use pytest's marks",
        ),
        "numpy.core.umath_tests": Row(since="numpy 2.0", module=True, text=_INNER),
        "numpy.distutils": Row(
            since="python 3.12",
            module=True,
            text="numpy.distutils is gone: use setuptools, or meson",
        ),
    }
    examples = (
        Example("import numpy as np\nx = np.math.factorial(5)\n",
                "import numpy as np\nimport math\nx = math.factorial(5)\n", shows="x"),
        Example("from numpy import math, zeros\nx = math.sqrt(4)\n",
                "from numpy import zeros\nimport math\nx = math.sqrt(4)\n", shows="x"),
        Example("import numpy as np\nx = np.lib.pad([1, 2], 1, 'constant')\n",
                "import numpy as np\nx = np.pad([1, 2], 1, 'constant')\n", shows="x.tolist()"),
        Example("from numpy.lib.index_tricks import r_\nx = r_[1:3, 7]\n",
                "from numpy import r_\nx = r_[1:3, 7]\n", shows="x.tolist()"),
        Example("from numpy.testing.utils import assert_equal\nassert_equal(1, 1)\n",
                "from numpy.testing import assert_equal\nassert_equal(1, 1)\n"),
        Example("from numpy.core.umath_tests import inner1d\n", told="einsum"),
        Example("import numpy as np\nx = np.lib.stride_tricks.as_strided(np.arange(3), (2,), (8,))\n"),
        Example("import math\nx = math.pi\n"),
        Example("from numpy.testing import assert_equal\n"),
        Example("import numpy as np\nclass lib:\n    pad = 3\nx = lib.pad\n"),
        Example("from numpy.lib.stride_tricks import sliding_window_view\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name; ``math`` is a module of its own, whatever it is called here."""
        import libcst as cst

        if isinstance(node, cst.ImportFrom) and _imports_math(node):
            return _with_math(node)
        remedy = super().check(node, context)
        if remedy is not None and isinstance(remedy.new, cst.CSTNode):
            return None if code_of(remedy.new) == code_of(node) else remedy
        return remedy


def _imports_math(node: cst.ImportFrom) -> bool:
    import libcst as cst

    if node.relative or node.module is None or isinstance(node.names, cst.ImportStar):
        return False
    return code_of(node.module) == "numpy" and any(
        code_of(one.name) == "math" for one in node.names
    )


def _with_math(node: cst.ImportFrom) -> Remedy:
    """The import without ``math``, and one of its own for it."""
    import libcst as cst

    names = [] if isinstance(node.names, cst.ImportStar) else list(node.names)
    mathematics = [one for one in names if code_of(one.name) == "math"]
    staying = [one for one in names if one not in mathematics]
    bare = [one.with_changes(comma=cst.MaybeSentinel.DEFAULT) for one in mathematics]
    made: list[cst.BaseSmallStatement] = [cst.Import([one]) for one in bare]
    if staying:
        made.insert(0, less_names(node, staying))
    text = "there is no np.math any more: import math"
    return Remedy(tuple(made), text=text, shims=(Shim("numpy.math", "math"),))
