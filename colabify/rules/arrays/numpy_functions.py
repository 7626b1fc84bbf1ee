"""Functions that NumPy 1.23 and 2.0 removed, each in favour of an expression that works with every NumPy.

Source: the release notes; seen on Python 3.13 with NumPy 2.1.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.replaced import Function, Replaced, Written, arguments, atom
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_CAST = "there is no np.cast any more: write np.asarray(x, dtype=...)"


def _as_float(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "a")
    if not given:
        return None
    spelled, imports = context.spell("numpy.asarray", binding="np")
    return Written(f"{spelled}({ast.unparse(given['a'])}, dtype=float)", imports)


def _sorted(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "a")
    if not given:
        return None
    spelled, imports = context.spell("numpy.sort", binding="np")
    return Written(f"{spelled}({ast.unparse(given['a'])}, axis=0)", imports)


def _scalar(call: ast.Call, context: Context) -> Written | None:
    """``x.item()``; a plain number has none, so that an array is made of what may be one."""
    given = arguments(call, "a")
    if not given:
        return None
    value = given["a"]
    if context.kinds.of(value) == "numpy.ndarray":
        return Written(f"{atom(value)}.item()")
    spelled, imports = context.spell("numpy.asarray", binding="np")
    return Written(f"{spelled}({ast.unparse(value)}).item()", imports)


class NumpyFunctions(Replaced):
    """Replace functions that NumPy has dropped by the expressions that they were short for.

    ``np.asfarray(x)`` is ``np.asarray(x, dtype=float)``, ``np.msort(x)`` is ``np.sort(x, axis=0)``,
    ``np.asscalar(x)`` is ``x.item()``, and ``np.cast[int](x)`` is ``np.asarray(x, dtype=int)``.
    """

    code = "COL104"
    name = "numpy-functions"
    functions: ClassVar = {
        "numpy.asfarray": Function(
            _as_float, "numpy 2.0", "np.asfarray is gone: write np.asarray(x, dtype=float)"
        ),
        "numpy.msort": Function(_sorted, "numpy 2.0", "np.msort is gone: write np.sort(x, axis=0)"),
        "numpy.asscalar": Function(_scalar, "numpy 1.23", "np.asscalar is gone: write x.item()"),
        "numpy.cast": Function(lambda _call, _context: None, "numpy 2.0", _CAST),
    }
    examples = (
        Example("import numpy as np\nx = np.asfarray([1, 2])\n",
                "import numpy as np\nx = np.asarray([1, 2], dtype=float)\n", shows="x.tolist()"),
        Example("from numpy import array, msort\nx = msort(array([[3, 1], [2, 5]]))\n",
                "from numpy import array\nimport numpy as np\nx = np.sort(array([[3, 1], [2, 5]]), axis=0)\n",
                shows="x.tolist()"),
        Example("import numpy as np\nx = np.asscalar(np.array([2]))\ny = np.asscalar(np.float32(3))\n",
                "import numpy as np\nx = np.array([2]).item()\ny = np.asarray(np.float32(3)).item()\n",
                shows="x, y"),
        Example("import numpy as np\nx = np.cast['int32']([1.5, 2])\n",
                "import numpy as np\nx = np.asarray([1.5, 2], dtype='int32')\n", shows="x.tolist()"),
        Example("import numpy as np\nx = np.asfarray([1, 2], np.float32)\n", told="np.asfarray is gone"),
        Example("from numpy import asscalar\nx = list(map(asscalar, []))\n", told="x.item()"),
        Example("import numpy as np\nx = np.asarray([1, 2])\n"),
        Example("import numpy as np\ny = np.sort([2, 1])\n"),
        Example("def msort(x):\n    return x\ny = msort([2, 1])\n"),
        Example("from typing import cast\nx = cast(int, 3)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The expression for a call; ``np.cast`` is called by what it is indexed with."""
        import libcst as cst

        match node:
            case cst.Call(
                func=cst.Subscript(
                    value=value, slice=[cst.SubscriptElement(slice=cst.Index(kind))]
                ),
                args=[cst.Arg(keyword=None, star="", value=what)],
            ) if context.qualified(value) == "numpy.cast":
                spelled, imports = context.spell("numpy.asarray", binding="np")
                code = f"{spelled}({code_of(what)}, dtype={code_of(kind)})"
                return Remedy(cst.parse_expression(code), imports, _CAST)
        return super().check(node, context)
