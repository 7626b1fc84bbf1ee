"""Torch's linear algebra and Fourier transforms moved to ``torch.linalg`` and ``torch.fft``, and differ.

Sources: the notes on each function in torch's documentation of 1.9 to 2.0, which say what replaces it;
every old call fails on Python 3.13 with torch 2.11, and was run with torch 1.4 for its value. ``solve``
and ``lstsq`` take the matrix first now; transforms give complex numbers, where the old ones gave pairs
of real ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, constant_of, has_star
from colabify.rules.families import Renamed, Row
from colabify.rules.others.expressions import placed, positional
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_LINALG = "torch 1.13"
_FFT = "torch 1.8"
_SOLVED = {"solve": "linalg.solve({a}, {b})", "gesv": "linalg.solve({a}, {b})",
           "lstsq": "linalg.lstsq({a}, {b}).solution", "gels": "linalg.lstsq({a}, {b}).solution"}  # fmt: skip
_TRANSFORMS = {"rfft": ("rfft", "fft"), "fft": ("fft", "fft"), "ifft": ("ifft", "ifft")}
_ENDS = {1: "", 2: "2"}
_TOLD = {
    **{name: f"torch.{name}(b, A) gave a pair, of which the first is torch.{code.format(a='A', b='b')}"
       for name, code in _SOLVED.items()},
    "eig": "torch.eig is gone: torch.linalg.eig gives complex numbers",
    "potrf": "torch.potrf is gone: torch.linalg.cholesky gives the lower factor",
    "potrs": "torch.potrs is gone: torch.cholesky_solve takes the lower factor",
    "potri": "torch.potri is gone: torch.cholesky_inverse takes the lower factor",
    "pstrf": "torch.pstrf is gone: torch has no pivoted Cholesky factors any more",
    "irfft": "torch.irfft is gone: torch.fft.irfft(torch.view_as_complex(x), n) for one dimension",
}  # fmt: skip


class _Names(Renamed):
    rows: ClassVar = {
        "torch.btrifact": Row("torch.lu", "torch 1.2"),
        "torch.btrisolve": Row("torch.lu_solve", "torch 1.2"),
        "torch.trtrs": Row("torch.triangular_solve", "torch 1.2"),
        **{f"torch.{name}": Row(since=_FFT if name == "irfft" else _LINALG, text=text) for name,
        text in _TOLD.items()},
    }  # fmt: skip


class _Calls(Rule):
    nodes = ("Call", "Subscript", "Attribute")
    packages = frozenset({"torch"})
    needles = frozenset({*_SOLVED, *_TRANSFORMS, "symeig", "matrix_rank"})

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What stands for a call, or for the first that it gave."""
        import libcst as cst

        if isinstance(node, cst.Subscript) and isinstance(node.value, cst.Call):
            first = [code_of(one) for one in node.slice] == ["0"]
            return _solution(node, node.value, context) if first else None
        if isinstance(node, cst.Attribute) and isinstance(node.value, cst.Call):
            return _solution(node, node.value, context) if node.attr.value == "solution" else None
        if not isinstance(node, cst.Call) or has_star(node):
            return None
        full = context.qualified(node.func)
        module, _, name = full.rpartition(".")
        if module != "torch":
            return None
        if name in _TRANSFORMS:
            return _transform(node, name, context) if is_gone(_FFT, context.runtime) else None
        if not is_gone(_LINALG, context.runtime):
            return None
        if name == "symeig":
            return _symeig(node, context)
        if name == "matrix_rank" and len(node.args) == 1:
            return _made(node, f"linalg.matrix_rank({code_of(node.args[0])})", context)
        return None


def _made(node: cst.BaseExpression, code: str, context: Context) -> Remedy:
    """The remedy with ``code``, a function of torch's and what it is called with."""
    spelled, imports = context.spell(f"torch.{code.partition('.')[0]}")
    return Remedy(placed(f"{spelled}.{code.partition('.')[2]}", node), imports)


def _solution(node: cst.BaseExpression, call: cst.Call, context: Context) -> Remedy | None:
    """``torch.solve(b, A)[0]``: the matrix comes first now."""
    module, _, name = context.qualified(call.func).rpartition(".")
    args = positional(call)
    if module != "torch" or name not in _SOLVED or args is None or len(args) != 2:
        return None
    if not is_gone(_LINALG, context.runtime):
        return None
    return _made(node, _SOLVED[name].format(a=args[1], b=args[0]), context)


def _symeig(call: cst.Call, context: Context) -> Remedy | None:
    """``torch.symeig(A, True)``: of the upper triangle, unless it is asked for the lower."""
    upper = argument(call, "upper", 2)
    asked = True if upper is None else constant_of(upper)
    if not call.args or call.args[0].keyword is not None or not isinstance(asked, bool):
        return None
    return _made(
        call, f"linalg.eigh({code_of(call.args[0].value)}, UPLO={'U' if asked else 'L'!r})", context
    )


def _transform(call: cst.Call, name: str, context: Context) -> Remedy | None:
    """``torch.rfft(x, 1)``: complex numbers as pairs, and pairs as complex numbers."""
    dimensions = constant_of(argument(call, "signal_ndim", 1))
    normalised = constant_of(argument(call, "normalized", 2)) if len(call.args) > 2 else False
    one_sided = (
        constant_of(argument(call, "onesided", 3))
        if argument(call, "onesided", 3) is not None
        else True
    )
    if argument(call, "normalized", 2) is None:
        normalised = False
    known = isinstance(normalised, bool) and isinstance(one_sided, bool) and dimensions in (1, 2)
    if not known or call.args[0].keyword is not None or not isinstance(dimensions, int):
        text = f"torch.{name} is gone: torch.fft.{name} gives complex numbers, torch.view_as_real their pairs"
        return Remedy(text=text, safety="report")
    value = code_of(call.args[0].value)
    to_pairs, imports = context.spell("torch.view_as_real")
    to_complex, _ = context.spell("torch.view_as_complex")
    module, more = context.spell("torch.fft")
    function = _TRANSFORMS[name][0 if one_sided else 1] + _ENDS[dimensions]
    inner = value if name == "rfft" else f"{to_complex}({value})"
    norm = ", norm='ortho'" if normalised else ""
    new = placed(f"{to_pairs}({module}.{function}({inner}{norm}))", call)
    return Remedy(new, (*imports, *more))


_A = "import torch\nA = torch.tensor([[2.0, 1.0], [1.0, 3.0]])\nb = torch.tensor([[1.0], [2.0]])\n"


class TorchAlgebra(Several):
    """Solve, decompose and transform with ``torch.linalg`` and ``torch.fft``.

    ``torch.solve(b, A)[0]`` is ``torch.linalg.solve(A, b)``, ``torch.symeig(A)`` is ``torch.linalg.eigh(A)``.
    """

    code = "COL183"
    name = "torch-algebra"
    parts: ClassVar = (_Calls(), _Names())
    examples = (
        Example(_A + "x = torch.solve(b, A)[0].tolist()\n", _A + "x = torch.linalg.solve(A, b).tolist()\n",
                shows="x"),
        Example(_A + "e, v = torch.symeig(A, eigenvectors=True)\nx = e.tolist()\n",
                _A + "e, v = torch.linalg.eigh(A, UPLO='U')\nx = e.tolist()\n", shows="x"),
        Example(_A + "x = torch.rfft(A, 1, onesided=False).tolist()\n",
                _A + "x = torch.view_as_real(torch.fft.fft(A)).tolist()\n", shows="x"),
        Example(_A + "x = int(torch.matrix_rank(A))\n", _A + "x = int(torch.linalg.matrix_rank(A))\n",
                shows="x"),
        Example(_A + "x, lu = torch.solve(b, A)\n", told="gave a pair"),
        Example(_A + "e, v = torch.eig(A)\n", told="complex"),
        Example(_A + "x = torch.linalg.solve(A, b)\ny = torch.fft.rfft(A)\n"),
        Example("import torch\nfrom scipy.linalg import solve\nx = solve(A, b)[0]\n"),
        Example("x = torch.symeig(A)\n"),
    )  # fmt: skip
