"""Torch 0.4 made sums and losses tensors without dimensions, torch 1.13 took ``.next()`` from its iterators.

Sources: the migration guide of torch 0.4 (``loss.data[0]``) and the release notes of 1.13; both fail on
Python 3.13 with torch 2.11. A name is known to hold a loss by all that the program assigns to it; one
that only says so, such as a parameter called ``loss``, is rewritten with ``--unsafe-fixes``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.others.expressions import bindings_of, method_of, placed
from colabify.rules.spelling import code_of
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_LOSSES = ("CrossEntropyLoss", "NLLLoss", "MSELoss", "L1Loss", "BCELoss", "BCEWithLogitsLoss",
"SmoothL1Loss", "HuberLoss",
           "KLDivLoss", "CTCLoss", "TripletMarginLoss", "MultiLabelSoftMarginLoss",
           "CosineEmbeddingLoss")  # fmt: skip
_MODULES = frozenset(
    f"{module}.{name}" for module in ("torch.nn", "torch.nn.modules.loss") for name in _LOSSES
)
_FUNCTIONS = frozenset(f"torch.nn.functional.{name}" for name in (
    "cross_entropy", "nll_loss", "mse_loss", "l1_loss", "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "smooth_l1_loss", "huber_loss", "kl_div", "ctc_loss"))  # fmt: skip
_REDUCED = frozenset(
    {"torch.sum", "torch.mean", "torch.norm", "torch.max", "torch.min", "torch.dot", "torch.prod"}
)
_REDUCING = frozenset({"sum", "mean", "norm", "prod", "std", "var", "max", "min"})
_TEXT = "a loss has no dimensions since torch 0.4: .item() gives its number, where .data[0] did"
_KEPT = "since torch 0.4: to have it as it was, every tensor's [0] would have to do something else"
_NEXT = Shim("torch.utils.data.dataloader._BaseDataLoaderIter.next", "__next__", "method")
"""The iterators of DataLoader had both names up to torch 1.12."""


class TorchScalars(Rule):
    """Take a loss's number with ``.item()``, and the next batch with ``next()``.

    ``loss.data[0]`` becomes ``loss.item()``, ``iter(loader).next()`` becomes ``next(iter(loader))``.
    """

    code = "COL182"
    name = "torch-scalars"
    needles = frozenset({"data", "next"})
    packages = frozenset({"torch"})
    nodes = ("Subscript", "Call")
    examples = (
        Example("import torch\nfrom torch import nn\ncriterion = nn.MSELoss()\n"
                "loss = criterion(torch.ones(2), torch.zeros(2))\n"
                "x = loss.data[0]\n",
                "import torch\nfrom torch import nn\ncriterion = nn.MSELoss()\n"
                "loss = criterion(torch.ones(2), torch.zeros(2))\n"
                "x = loss.item()\n"),
        Example("import torch\ny = torch.ones(3)\n"
                "x = (y * 2).sum().data[0] + y.mean().data.cpu().numpy()[0]\n",
                "import torch\ny = torch.ones(3)\nx = (y * 2).sum().item() + y.mean().item()\n"),
        Example("from torch.utils.data import DataLoader\nit = iter(DataLoader([1, 2]))\n"
                "x = it.next().tolist()\n",
                "from torch.utils.data import DataLoader\nit = iter(DataLoader([1, 2]))\n"
                "x = next(it).tolist()\n", shows="x"),
        Example("import torch\ndef report(loss):\n    return loss.data[0]\n",
                "import torch\ndef report(loss):\n    return loss.item()\n", unsafe=True,
                not_run="defines a function"),
        Example("import torch\nfirst = batch.data[0]\nx = torch.zeros(3).data[0]\n"),
        Example("import torch\nloss = model(x)\nlosses = [1, 2]\nlosses[0]\nit.next()\nnode.next\n"),
        Example("import torch\nx = y.sum(1).data[0]\nz = y.sum(dim=0).data[0]\n"),
        Example("loss.data[0]\niter(x).next()\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """``.item()`` for the only value of a tensor without dimensions; ``next()`` for an iterator's."""
        import libcst as cst

        if isinstance(node, cst.Call):
            return _next(node, context)
        if not isinstance(node, cst.Subscript) or [code_of(one) for one in node.slice] != ["0"]:
            return None
        value = _bare(node.value)
        if value is None:
            return None
        code = code_of(value)
        item = placed(f"{code}.item()", node)
        if _is_scalar(ast.parse(code, mode="eval").body, context, set()):
            return Remedy(item, text=f"{code_of(node)} is {code_of(item)} {_KEPT}")
        name = code.rpartition(".")[2]
        known = bindings_of(name, context) is not None if name == code else False
        if name.isidentifier() and "loss" in name.lower().split("_") and not known:
            return Remedy(item, text=_TEXT, safety="unsafe", fails=False)
        return None


def _next(call: cst.Call, context: Context) -> Remedy | None:
    """``it.next()`` of what ``iter()`` gave: it has ``__next__`` for sure."""
    method = method_of(call)
    if method is None or method[1] != "next" or call.args:
        return None
    code = code_of(method[0])
    value = ast.parse(code, mode="eval").body
    bound = bindings_of(code, context) if code.isidentifier() else [value]
    if not bound or not all(_is_iterator(one) for one in bound):
        return None
    return Remedy(placed(f"next({code})", call), kept=(_NEXT,))


def _is_iterator(node: ast.expr) -> bool:
    match node:
        case (
            ast.Call(func=ast.Name(id="iter"), args=[_])
            | ast.Call(func=ast.Attribute(attr="__iter__"), args=[])
        ):
            return True
    return False


def _bare(node: cst.BaseExpression) -> cst.BaseExpression | None:
    """The tensor under ``.data``, ``.cpu()``, ``.numpy()``, ``.detach()``; None without a ``.data``."""
    import libcst as cst

    reached = False
    while True:
        if isinstance(node, cst.Attribute) and node.attr.value == "data":
            node, reached = node.value, True
            continue
        method = method_of(node)
        if method is None or method[1] not in ("cpu", "numpy", "detach") or node.args:  # type: ignore[attr-defined]
            return node if reached else None
        node = method[0]


def _is_scalar(node: ast.expr, context: Context, seen: set[str]) -> bool:
    """Whether an expression surely gives a tensor without dimensions (or a number)."""
    match node:
        case ast.Constant(value=int() | float()):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_scalar(left, context, seen) and _is_scalar(right, context, seen)
        case ast.Name(id=name) if name not in seen:
            bound = bindings_of(name, context)
            seen = {*seen, name}
            scalars = [_is_scalar(one, context, seen) for one in bound or ()]
            return (
                bool(scalars)
                and all(scalars)
                and not all(isinstance(one, ast.Constant) for one in bound or ())
            )
        case ast.Call(func=func, args=args, keywords=keywords):
            if any(
                one.arg in ("reduction", "reduce", "dim", "axis", "keepdim", None)
                for one in keywords
            ):
                return False
            full = qualified(func, context.names)
            if full in _FUNCTIONS or (
                full in _REDUCED and len(args) == (2 if full == "torch.dot" else 1)
            ):
                return True
            if (
                isinstance(func, ast.Attribute)
                and func.attr in _REDUCING
                and not args
                and not full.startswith("torch.")
            ):
                return True
            return _is_loss(func, context)
    return False


def _is_loss(node: ast.expr, context: Context) -> bool:
    """Whether what is called is a loss of torch's that gives one number."""
    bound = bindings_of(node.id, context) if isinstance(node, ast.Name) else [node]
    for one in bound or ():
        while (
            isinstance(one, ast.Call)
            and isinstance(one.func, ast.Attribute)
            and one.func.attr in ("cuda", "to")
        ):
            one = one.func.value
        if not isinstance(one, ast.Call) or qualified(one.func, context.names) not in _MODULES:
            return False
        if any(each.arg in ("reduction", "reduce") for each in one.keywords):
            return False
    return bool(bound)
