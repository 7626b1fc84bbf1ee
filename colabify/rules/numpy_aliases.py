"""NumPy 1.24 removed its aliases of builtins (``np.int``), NumPy 2.0 many others (``np.float_``).

Source: the release notes of both; each row was run on Python 3.13 with NumPy 2.1. ``np.bool`` and
``np.long`` are left alone: NumPy 2 has them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Context, Example, Rule

if TYPE_CHECKING:
    import libcst as cst

_BUILTINS = ("int", "float", "complex", "object", "str")
_RENAMED = {
    "Inf": "inf",
    "Infinity": "inf",
    "NaN": "nan",
    "PINF": "inf",
    "alltrue": "all",
    "bool8": "bool_",
    "complex_": "complex128",
    "cumproduct": "cumprod",
    "float_": "float64",
    "infty": "inf",
    "int0": "intp",
    "product": "prod",
    "round_": "round",
    "sometrue": "any",
    "string_": "bytes_",
    "unicode_": "str_",
}


class NumpyAliases(Rule):
    """Replace the aliases that NumPy has removed by what they stood for.

    ``np.int`` was the builtin ``int``, ``np.float_`` is ``np.float64``. The new names work with every NumPy.
    """

    code = "COL101"
    name = "numpy-aliases"
    needles = frozenset({*_BUILTINS, *_RENAMED})
    nodes = ("Attribute",)
    examples = (
        Example("import numpy as np\nx = np.zeros(3, dtype=np.int)\n",
                "import numpy as np\nx = np.zeros(3, dtype=int)\n"),
        Example("import numpy\ny = numpy.float_(1)\n", "import numpy\ny = numpy.float64(1)\n"),
        Example("import numpy as np\nx = np.bool\n"),
        Example("import numpy as np\nnp.int = int\n"),
        Example("import numpy as np\nx = np.int64(3)\n"),
        Example("x = torch.float\n"),
        Example("import numpy as np\nstr = 'a'\nx = np.str\n"),
    )  # fmt: skip

    def replace(self, node: cst.CSTNode, context: Context) -> cst.BaseExpression | None:
        """``np.int`` to ``int``, ``np.float_`` to ``np.float64``."""
        import libcst as cst

        if not isinstance(node, cst.Attribute) or context.qualified(node.value) != "numpy":
            return None
        name = node.attr.value
        if name in _BUILTINS and name not in context.bound:
            return cst.Name(name, lpar=node.lpar, rpar=node.rpar)
        if name in _RENAMED:
            return node.with_changes(attr=cst.Name(_RENAMED[name]))
        return None
