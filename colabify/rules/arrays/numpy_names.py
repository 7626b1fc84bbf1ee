"""NumPy 2.0 removed many names from its main namespace, and versions before it some more.

Source: the release notes of NumPy 1.18 to 2.0 and NumPy 2.0's migration guide; that the names of NumPy 1.16
and 1.23 below are gone was seen on Python 3.13 with NumPy 2.1. The aliases of types stand in
``numpy-aliases``, what is now a module's of Python's own in ``numpy-modules``.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_RENAMED = {
    "cfloat": "complex128", "clongfloat": "clongdouble", "longcomplex": "clongdouble",
    "longfloat": "longdouble", "mat": "asmatrix", "object0": "object_", "singlecomplex": "complex64",
    "str0": "str_", "bytes0": "bytes_", "uint0": "uintp", "void0": "void", "NAN": "nan",
}  # fmt: skip
_EXCEPTIONS = (
    "AxisError", "ComplexWarning", "ModuleDeprecationWarning", "RankWarning", "TooHardError",
    "VisibleDeprecationWarning",
)  # fmt: skip
_FINANCIAL = ("fv", "ipmt", "irr", "mirr", "nper", "npv", "pmt", "ppmt", "pv", "rate")
_NO_MORE = {
    "MachAr": "there is no np.MachAr any more: np.finfo(float) says the same",
    "alen": "there is no np.alen any more: write len(...)",
    "chararray": "np.chararray is np.char.chararray since NumPy 2.0",
    "compare_chararrays": "np.compare_chararrays is np.char.compare_chararrays since NumPy 2.0",
    "format_parser": "np.format_parser is np.rec.format_parser since NumPy 2.0",
    "byte_bounds": "np.byte_bounds is np.lib.array_utils.byte_bounds since NumPy 2.0",
    "deprecate": "there is no np.deprecate any more: warn with the module warnings",
    "disp": "there is no np.disp any more: write print(...)",
    "fastCopyAndTranspose": "there is no np.fastCopyAndTranspose any more: write x.T.copy()",
    "find_common_type": "there is no np.find_common_type any more: use np.result_type or np.promote_types",
    "issctype": "there is no np.issctype any more: use issubclass(x, np.generic)",
    "issubclass_": "there is no np.issubclass_ any more: use issubclass",
    "issubsctype": "there is no np.issubsctype any more: use np.issubdtype",
    "loads": "there is no np.loads any more: use pickle.loads",
    "lookfor": "there is no np.lookfor any more: search NumPy's documentation",
    "mafromtxt": "there is no np.mafromtxt any more: use np.genfromtxt(..., usemask=True)",
    "maximum_sctype": "there is no np.maximum_sctype any more: name the type, such as np.float64",
    "nbytes": "there is no np.nbytes any more: use np.dtype(...).itemsize",
    "ndfromtxt": "there is no np.ndfromtxt any more: use np.genfromtxt",
    "obj2sctype": "there is no np.obj2sctype any more: use np.dtype(...).type",
    "recfromcsv": "there is no np.recfromcsv any more: use np.genfromtxt(..., delimiter=',', names=True)",
    "recfromtxt": "there is no np.recfromtxt any more: use np.genfromtxt",
    "safe_eval": "there is no np.safe_eval any more: use ast.literal_eval",
    "sctype2char": "there is no np.sctype2char any more: use np.dtype(...).char",
    "sctypes": "there is no np.sctypes any more: name the types, such as np.float64",
    "set_numeric_ops": "there is no np.set_numeric_ops any more",
    "set_string_function": "np.set_string_function is gone: use np.set_printoptions(formatter=...)",
    "source": "there is no np.source any more: use inspect.getsource",
    "who": "there is no np.who any more: IPython's %whos lists the arrays",
}
_WRITTEN = {
    "numpy.NINF": "-{np}.inf", "numpy.NZERO": "-0.0", "numpy.PZERO": "0.0",
    **{f"numpy.{name}": f"{{np}}.exceptions.{name}" for name in _EXCEPTIONS},
}  # fmt: skip


class NumpyNames(Renamed):
    """Replace names that NumPy has dropped by what they are called now.

    ``np.mat`` is ``np.asmatrix``, ``np.rank`` ``np.ndim`` and ``np.NINF`` ``-np.inf``. Exceptions and
    warnings stand in ``np.exceptions``, which needs NumPy 1.25: that is not written without
    ``--unsafe-fixes``; the setup cell provides the old names.
    """

    code = "COL103"
    name = "numpy-names"
    rows: ClassVar = {
        **{f"numpy.{old}": Row(f"numpy.{new}", since="numpy 2.0") for old, new in _RENAMED.items()},
        **{
            f"numpy.{name}": Row(
                f"numpy.exceptions.{name}", since="numpy 2.0", safety="unsafe",
                text=f"np.{name} is np.exceptions.{name} now, which needs NumPy 1.25",
            )
            for name in _EXCEPTIONS
        },
        **{f"numpy.{name}": Row(since="numpy 1.18", text=text) for name, text in _NO_MORE.items()},
        **{
            f"numpy.{name}": Row(
                since="numpy 1.20",
                text=f"np.{name} is the package numpy-financial's: %pip install it, and use its {name}",
            )
            for name in _FINANCIAL
        },
        **{f"numpy.{name}": Row(since="numpy 2.0", text=f"there is no np.{name} any more")
           for name in ("NINF", "NZERO", "PZERO")},
        "numpy.rank": Row("numpy.ndim", since="numpy 1.18"),
        "numpy.typeDict": Row("numpy.sctypeDict", since="numpy 1.23"),
    }  # fmt: skip
    examples = (
        Example("import numpy as np\nm = np.mat('1 2; 3 4')\n",
                "import numpy as np\nm = np.asmatrix('1 2; 3 4')\n", shows="m.tolist()"),
        Example("import numpy as np\nn = np.rank(np.zeros((2, 3)))\n",
                "import numpy as np\nn = np.ndim(np.zeros((2, 3)))\n", shows="n"),
        Example("import numpy as np\nbest = max(np.NINF, 2)\n",
                "import numpy as np\nbest = max(-np.inf, 2)\n", shows="best"),
        Example("from numpy import NAN, array\nx = array([NAN, 1])\n",
                "from numpy import nan as NAN, array\nx = array([NAN, 1])\n",
                shows="str(x[0])"),
        Example("import numpy as np\nimport warnings\n"
                "warnings.filterwarnings('ignore', category=np.VisibleDeprecationWarning)\n"),
        Example("import numpy as np\ntry:\n    np.zeros(2).sum(axis=3)\nexcept np.AxisError:\n    x = 3\n"),
        Example("import numpy as np\nx = np.irr([-100, 60, 60])\n", told="numpy-financial"),
        Example("import numpy as np\nx = np.NINF ** 3\n", told="no np.NINF"),
        Example("from numpy import NINF\nx = NINF\n", told="no np.NINF"),
        Example("import numpy as np\nx = np.linalg.matrix_rank(np.eye(3))\n"),
        Example("import pandas as pd\nx = pd.Series([3, 1]).rank()\n"),
        Example("import numpy as np\nx = np.in1d([1], [1])\ny = np.trapz([1, 2])\n"),
        Example("mat = [[1, 2]]\nx = mat\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name; a constant is written as its value."""
        import libcst as cst

        remedy = super().check(node, context)
        code = _WRITTEN.get(context.qualified(node)) if isinstance(node, cst.Attribute) else None
        if remedy is None or code is None or (code.startswith("-") and _is_raised(context)):
            return remedy
        spelled, imports = context.spell("numpy.exceptions", binding="np")
        new = cst.parse_expression(code.format(np=spelled.removesuffix(".exceptions")))
        imports = imports if "{" in code else ()
        return replace(
            remedy, new=new, imports=imports, safety="safe" if not remedy.new else "unsafe"
        )


def _is_raised(context: Context) -> bool:
    """Whether one of the constants is raised to a power, which binds more than a minus does."""
    return any(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Pow)
        and qualified(node.left, context.names) in _WRITTEN
        for unit in context.units
        for node in unit.nodes
    )
