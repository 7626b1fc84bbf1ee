"""NumPy 2.0 took ``ptp``, ``itemset`` and ``newbyteorder`` from its arrays.

Source: NumPy 2.0's migration guide; seen on Python 3.13 with NumPy 2.1. What stands for them works with every
NumPy.
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

_TEXTS = {
    "ptp": "arrays have no .ptp() any more: write np.ptp(x)",
    "itemset": "arrays have no .itemset() any more: write x[i] = value",
    "newbyteorder": "arrays have no .newbyteorder() any more: write x.view(x.dtype.newbyteorder())",
}
_RARE = frozenset({"itemset", "ptp"})


class ArrayMethods(Rule):
    """Replace methods that arrays have lost: ``x.ptp()`` becomes ``np.ptp(x)``.

    ``x.itemset(i, 3)`` becomes an assignment, ``x.newbyteorder()`` a view with another type.
    Only where it is sure that ``x`` is an array; of another object with a ``ptp`` or ``itemset`` it is told.
    """

    code = "COL105"
    name = "array-methods"
    needles = frozenset(_TEXTS)
    packages = frozenset({"numpy"})
    nodes = ("Call", "Expr")
    examples = (
        Example("import numpy as np\nx = np.array([[3, 1], [2, 5]])\n"
                "y = x.ptp(axis=0)\nz = x[1:].ptp() + 1\n",
                "import numpy as np\nx = np.array([[3, 1], [2, 5]])\ny = np.ptp(x, axis=0)\n"
                "z = np.ptp(x[1:]) + 1\n", shows="y.tolist(), int(z)"),
        Example("import numpy as np\nx = np.zeros((2, 2))\nx.itemset((0, 1), 3)\nx.itemset(2, 4)\n",
                "import numpy as np\nx = np.zeros((2, 2))\nx[(0, 1)] = 3\nx.flat[2] = 4\n",
                shows="x.tolist()"),
        Example("import numpy as np\nx = np.arange(3, dtype='i4')\ny = x.newbyteorder('>')\n",
                "import numpy as np\nx = np.arange(3, dtype='i4')\ny = x.view(x.dtype.newbyteorder('>'))\n",
                shows="y.tolist()"),
        Example("import numpy as np\ndef f(x):\n    return x.ptp()\n", told="np.ptp(x)"),
        Example("import numpy as np\nx = np.ptp([1, 2])\n"),
        Example("import numpy as np\nx = np.dtype('i4').newbyteorder('>')\n"),
        Example("import numpy as np\nclass Box:\n    def itemset(self, i):\n        return i\n"
                "Box.itemset(None, 3)\n"),
        Example("import pandas as pd\nx = pd.Series([1, 2])\nx.ptp\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The methods are gone since NumPy 2.0."""
        return is_gone("numpy 2.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What to write instead of the call, or what to tell where it may not be an array's."""
        import libcst as cst

        if isinstance(node, cst.Expr):
            return _assigned(node, context)
        match node:
            case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(value=name))):
                pass
            case _:
                return None
        if name not in _TEXTS or context.full_names(value) or _is_of_class(value, context):
            return None
        kind = context.kind(value)
        told = Remedy(text=_TEXTS[name], safety="report", fails=kind == "numpy.ndarray")
        if kind != "numpy.ndarray":
            return told if not kind and name in _RARE else None
        given = ", ".join(
            code_of(one.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for one in node.args
        )
        if name == "ptp":
            spelled, imports = context.spell("numpy.ptp", binding="np")
            code = f"{spelled}({code_of(value)}{', ' if given else ''}{given})"
            return Remedy(cst.parse_expression(code), imports, told.text)
        if name == "newbyteorder" and isinstance(value, cst.Name):
            code = f"{value.value}.view({value.value}.dtype.newbyteorder({given}))"
            return Remedy(cst.parse_expression(code), text=told.text)
        return told


def _assigned(node: cst.Expr, context: Context) -> Remedy | None:
    """The assignment that a call of ``itemset`` is: a number counts through the flat array."""
    import libcst as cst

    match node.value:
        case cst.Call(
            func=cst.Attribute(value=value, attr=cst.Name(value="itemset")),
            args=[
                cst.Arg(keyword=None, star="", value=at),
                cst.Arg(keyword=None, star="", value=new),
            ],
        ) if context.kind(value) == "numpy.ndarray":
            if not isinstance(at, cst.Tuple | cst.Integer):
                return None
            array = code_of(value) + (".flat" if isinstance(at, cst.Integer) else "")
            line = cst.parse_statement(f"{array}[{code_of(at)}] = {code_of(new)}")
            return Remedy(tuple(line.body), text=_TEXTS["itemset"])  # type: ignore[arg-type]
    return None


def _is_of_class(value: cst.BaseExpression, context: Context) -> bool:
    """Whether it is a class of the program itself, by its name."""
    import libcst as cst

    return isinstance(value, cst.Name) and value.value[:1].isupper() and not context.kind(value)
