"""Keyword arguments that SciPy 1.9 to 1.14 dropped or called otherwise.

Source: the release notes; each was run on Python 3.13 with SciPy 1.16. ``rtol=`` of the sparse solvers needs
SciPy 1.12.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Keyword, Keywords

_SOLVERS = ("bicg", "bicgstab", "cg", "cgs", "gcrotmk", "gmres", "lgmres", "minres", "qmr", "tfqmr")
_TOLERANCE = "tol= of the sparse solvers is rtol= now, which needs SciPy 1.12"


class ScipyKeywords(Keywords):
    """Give arguments of SciPy's functions the names they have now: ``eigh(a, subset_by_index=(0, 1))``.

    ``simpson`` has no ``even=`` any more. ``rtol=`` for ``tol=`` of the sparse solvers needs SciPy 1.12, and
    takes ``--unsafe-fixes``.
    """

    code = "COL113"
    name = "scipy-keywords"
    rows: ClassVar = {
        **{
            f"scipy.sparse.linalg.{name}(tol)": Keyword(
                "rtol", since="scipy 1.14", safety="unsafe", text=_TOLERANCE
            )
            for name in _SOLVERS
        },
        **{f"scipy.integrate.{name}(even)": Keyword(since="scipy 1.14", drop=True)
           for name in ("simps", "simpson")},
        **{f"scipy.linalg.{name}(eigvals)": Keyword("subset_by_index", since="scipy 1.14")
           for name in ("eigh", "eigvalsh")},
        **{f"scipy.linalg.{name}(turbo)": Keyword(since="scipy 1.14", drop=True)
           for name in ("eigh", "eigvalsh")},
        **{f"scipy.linalg.pinv({old})": Keyword("rtol", since="scipy 1.13") for old in ("cond", "rcond")},
        "scipy.linalg.solve(sym_pos)": Keyword(
            "assume_a", since="scipy 1.11", values={"True": "'pos'"}, only=True,
            text="sym_pos=True is assume_a='pos' now",
        ),
    }  # fmt: skip
    examples = (
        Example("from scipy.linalg import eigh\nx = eigh([[2, 0], [0, 3]], eigvals=(1, 1))[0]\n",
                "from scipy.linalg import eigh\nx = eigh([[2, 0], [0, 3]], subset_by_index=(1, 1))[0]\n",
                shows="x.tolist()"),
        Example("from scipy import linalg\nx = linalg.solve([[2, 0], [0, 4]], [2, 4], sym_pos=True)\n",
                "from scipy import linalg\nx = linalg.solve([[2, 0], [0, 4]], [2, 4], assume_a='pos')\n",
                shows="x.tolist()"),
        Example("import numpy as np\nfrom scipy.sparse.linalg import cg\n"
                "x, _ = cg(np.eye(2), np.ones(2), tol=1e-8)\n",
                "import numpy as np\nfrom scipy.sparse.linalg import cg\n"
                "x, _ = cg(np.eye(2), np.ones(2), rtol=1e-8)\n", unsafe=True, shows="x.tolist()"),
        Example("from scipy.optimize import minimize\n"
                "x = minimize(lambda x: x @ x, [1.0], tol=1e-3).success\n"),
        Example("from scipy.linalg import solve\nx = solve([[2.0]], [2.0], assume_a='pos')\n"),
        Example("from scipy.sparse.linalg import eigsh\nfrom scipy.sparse import eye\n"
                "x = eigsh(eye(4), 1, tol=1e-3)\n"),
        Example("def cg(tol):\n    return tol\nx = cg(tol=3)\n"),
    )  # fmt: skip
