"""NumPy 1.24 removed its aliases of builtins (``np.int``), NumPy 2.0 many others (``np.float_``).

Source: the release notes of both; each row was run on Python 3.13 with NumPy 2.1. ``np.bool`` and
``np.long`` are left alone: NumPy 2 has them again.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row

_BUILTINS = {
    "complex": "complex", "float": "float", "int": "int", "object": "object", "str": "str",
    "unicode": "str",
}  # fmt: skip
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


class NumpyAliases(Renamed):
    """Replace the aliases that NumPy has removed by what they stood for.

    ``np.int`` was the builtin ``int``, ``np.float_`` is ``np.float64``. The new names work with every NumPy.
    """

    code = "COL101"
    name = "numpy-aliases"
    rows: ClassVar = {
        **{f"numpy.{old}": Row(new, since="numpy 1.24") for old, new in _BUILTINS.items()},
        **{f"numpy.{old}": Row(f"numpy.{new}", since="numpy 2.0") for old, new in _RENAMED.items()},
    }
    examples = (
        Example("import numpy as np\nx = np.zeros(3, dtype=np.int)\n",
                "import numpy as np\nx = np.zeros(3, dtype=int)\n", shows="x"),
        Example("import numpy\ny = numpy.float_(1)\n", "import numpy\ny = numpy.float64(1)\n", shows="y"),
        Example("from numpy import Inf, zeros\nx = Inf\n",
                "from numpy import inf as Inf, zeros\nx = Inf\n", shows="x"),
        Example("from numpy import *\nx = float_(product([2, 3]))\n",
                "from numpy import *\nimport numpy\nx = numpy.float64(numpy.prod([2, 3]))\n", shows="x"),
        Example("import numpy as np\nx = np.bool\n"),
        Example("import numpy as np\nnp.int = int\n"),
        Example("import numpy as np\nx = np.int64(3)\n"),
        Example("x = torch.float\n"),
        Example("from numpy import *\nproduct = 3\nx = product\n"),
        Example("import numpy as np\ntry:\n    x = np.float\nexcept AttributeError:\n    x = float\n"),
        Example("import numpy as np\nstr = 'a'\nx = np.str\n"),
    )  # fmt: skip
