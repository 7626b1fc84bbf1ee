"""Since NumPy 2.0 ``np.array(x, copy=False)`` fails where a copy has to be made; before, one was made then.

Source: NumPy 2.0's migration guide; seen on Python 3.13 with NumPy 2.1, and NumPy 1.16 and 1.23 before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import constant_of, has_star, without_argument
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_TEXT = "copy=False fails since NumPy 2.0 where a copy is needed: np.asarray(x) makes one only then"
_TAKEN = frozenset({"copy", "dtype", "order"})
"""The arguments that ``np.asarray`` takes too, or makes superfluous."""
_COPIED = frozenset({"list", "tuple", "float", "int", "range"})
"""The kinds of which an array is always a copy."""


class ArrayCopies(Rule):
    """Replace ``np.array(x, copy=False)``, which fails with NumPy 2 unless ``x`` is such an array already.

    What it did is ``np.asarray(x)``. Unless ``x`` is a list or the like, of which a copy is always made, it
    is advice, and ``--unsafe-fixes`` rewrites it: not every ``x`` needs a copy, and whoever wrote it for
    NumPy 2 may want it to fail.
    """

    code = "COL109"
    name = "array-copies"
    needles = frozenset({"copy"})
    packages = frozenset({"numpy"})
    nodes = ("Call",)
    examples = (
        Example("import numpy as np\nx = np.array([1, 2], float, copy=False)\n",
                "import numpy as np\nx = np.asarray([1, 2], float)\n", shows="x.tolist()"),
        Example("import numpy as np\ndef f(x):\n    return np.array(x, copy=False)\ny = f([1, 2])\n",
                "import numpy as np\ndef f(x):\n    return np.asarray(x)\ny = f([1, 2])\n", unsafe=True,
                shows="y.tolist()"),
        Example("import numpy as np\nx = np.array([1, 2], copy=False, ndmin=2)\n", told="np.asarray(x)"),
        Example("import numpy as np\nx = np.array([1, 2], copy=True)\n"),
        Example("import numpy as np\nx = np.asarray([1, 2])\n"),
        Example("import pandas as pd\nx = pd.DataFrame([[1]], copy=False)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """It fails since NumPy 2.0."""
        return is_gone("numpy 2.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call of ``np.asarray``, where that takes all arguments."""
        import libcst as cst

        if not isinstance(node, cst.Call) or context.qualified(node.func) != "numpy.array":
            return None
        names = [one.keyword.value if one.keyword else "" for one in node.args]
        if has_star(node) or "copy" not in names:
            return None
        at = names.index("copy")
        if constant_of(node.args[at].value) is not False:
            return None
        if not {one for one in names if one} <= _TAKEN or names.count("") > 2:
            return Remedy(text=_TEXT, safety="report", fails=False)
        spelled, imports = context.spell("numpy.asarray", binding="np")
        new = without_argument(node, at).with_changes(func=cst.parse_expression(spelled))
        if context.kind(node.args[0].value) in _COPIED:
            return Remedy(new, imports, _TEXT)
        return Remedy(new, imports, _TEXT, "unsafe", fails=False)
