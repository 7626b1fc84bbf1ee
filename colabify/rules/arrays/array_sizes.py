"""NumPy takes no float for a size or a number of points: ``np.zeros(3.0)``, ``np.linspace(0, 1, 10.0)``.

Source: the release notes of NumPy 1.12 and 1.18, and runs on Python 3.13 with NumPy 2.1. A division
gives a float in Python 3, ``n / 2`` too.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, has_star
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SIZES = {
    **{f"numpy.{name}": ("shape", 0) for name in ("empty", "full", "ones", "zeros")},
    **{f"numpy.{name}": ("num", 2) for name in ("geomspace", "linspace", "logspace")},
    "numpy.eye": ("N", 0), "numpy.identity": ("n", 0), "numpy.reshape": ("newshape", 1),
    "numpy.random.choice": ("size", 1), "numpy.random.normal": ("size", 2),
    "numpy.random.randint": ("size", 2), "numpy.random.random": ("size", 0),
    "numpy.random.uniform": ("size", 2),
}  # fmt: skip
"""The functions, and the argument that is a size: its name and its position."""


class ArraySizes(Rule):
    """Write whole numbers where NumPy wants a size: ``np.zeros(3)`` for ``np.zeros(3.0)``.

    A size that is divided, as in ``np.zeros((n / 2, 3))``, is told: whether ``//`` is meant is for the author
    to say.
    """

    code = "COL108"
    name = "array-sizes"
    needles = frozenset(name.rpartition(".")[2] for name in _SIZES)
    packages = frozenset({"numpy"})
    nodes = ("Call",)
    examples = (
        Example("import numpy as np\nx = np.linspace(0, 1, 5.0)\n",
                "import numpy as np\nx = np.linspace(0, 1, 5)\n", shows="x.tolist()"),
        Example("import numpy as np\nx = np.zeros((2., 3), dtype=int)\n",
                "import numpy as np\nx = np.zeros((2, 3), dtype=int)\n"),
        Example("import numpy as np\nn = 8\nx = np.ones((n / 2, 3))\n", told="n / 2 is a float"),
        Example("import numpy as np\nx = np.linspace(0, 1.0, 50)\n"),
        Example("import numpy as np\nx = np.arange(3.0)\n"),
        Example("import numpy as np\nn = 8\nx = np.ones((n // 2, 3))\n"),
        Example("import numpy as np\nx = np.full(3, 2.0)\n"),
        Example("import numpy as np\nx = np.zeros(int(7 / 2))\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether a function that takes a size is given a float here, or a quotient."""
        calls = context.here.calls if context.here else ()
        return any(last in self.needles and _may_be_float(call) for last, call in calls)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with a whole size, or what is wrong with a divided one."""
        import libcst as cst

        if not isinstance(node, cst.Call) or has_star(node):
            return None
        size = argument(node, *_SIZES.get(context.qualified(node.func), ("", None)))
        if size is None:
            return None
        parts = (
            [one.value for one in size.elements]
            if isinstance(size, cst.Tuple | cst.List)
            else [size]
        )
        for part in parts:
            if isinstance(part, cst.BinaryOperation) and isinstance(part.operator, cst.Divide):
                text = f"{code_of(part)} is a float, and no size: write // for a whole number"
                return Remedy(text=text, safety="report")
        whole = {part: _whole(part) for part in parts if _whole(part)}
        if not whole:
            return None
        new = node
        for part, number in whole.items():
            new = cst.ensure_type(new.deep_replace(part, cst.Integer(number)), cst.Call)
        return Remedy(new, text="a float is no size of an array: write a whole number")


def _may_be_float(call: ast.Call) -> bool:
    """Whether a float or a division stands in an argument."""
    parts = (part for one in ast.iter_child_nodes(call) for part in ast.walk(one))
    return any(
        isinstance(part, ast.Div)
        or (isinstance(part, ast.Constant) and isinstance(part.value, float))
        for part in parts
    )


def _whole(part: cst.BaseExpression) -> str:
    """The number that a float literal is, if it is a whole one."""
    import libcst as cst

    if not isinstance(part, cst.Float):
        return ""
    value = float(part.value)
    return str(int(value)) if value.is_integer() and not part.lpar else ""
