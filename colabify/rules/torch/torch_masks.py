"""Torch 1.2 made comparisons give tensors of booleans, from which nothing can be subtracted.

Source: the release notes of torch 1.2; ``1 - mask`` fails on Python 3.13 with torch 2.11.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.others.expressions import bindings_of, placed
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_TENSOR = "torch.Tensor"
_COMPARING = frozenset({"eq", "ne", "gt", "ge", "lt", "le", "bool"})


class TorchMasks(Rule):
    """Invert masks with ``~``.

    ``1 - (x > 0)`` becomes ``~(x > 0)``, where ``x`` is a tensor for sure.
    """

    code = "COL185"
    name = "torch-masks"
    needles = frozenset({"1"})
    packages = frozenset({"torch"})
    nodes = ("BinaryOperation",)
    examples = (
        Example("import torch\nx = torch.tensor([1, 0, 2])\ny = x[1 - (x > 0)].tolist()\n",
                "import torch\nx = torch.tensor([1, 0, 2])\ny = x[~(x > 0)].tolist()\n", shows="y"),
        Example("import torch\nx = torch.tensor([1, 0, 2])\nmask = x.eq(0)\ny = x[1 - mask].tolist()\n",
                "import torch\nx = torch.tensor([1, 0, 2])\nmask = x.eq(0)\ny = x[~mask].tolist()\n",
                shows="y"),
        Example("import torch\nx = torch.zeros(3)\ny = 1 - x\nz = 1 - (x > 0).float()\n"),
        Example("import torch\nimport numpy as np\nx = np.zeros(3)\nz = 1 - (a > 0)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The mask that is inverted, if it is one for sure."""
        import libcst as cst

        if not isinstance(node, cst.BinaryOperation) or not isinstance(node.operator, cst.Subtract):
            return None
        if code_of(node.left) != "1" or not is_gone("torch 1.2", context.runtime):
            return None
        code = code_of(node.right)
        if not _is_mask(ast.parse(code, mode="eval").body, context, set()):
            return None
        return Remedy(placed(f"~{code}", node))


def _is_mask(node: ast.expr, context: Context, seen: set[str]) -> bool:
    """Whether an expression surely gives a tensor of booleans."""
    match node:
        case ast.Compare(left=left, comparators=[right], ops=[op]):
            plain = not isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn)
            return plain and _TENSOR in (context.kinds.of(left), context.kinds.of(right))
        case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in _COMPARING:
            return context.kinds.of(value) == _TENSOR
        case ast.Name(id=name) if name not in seen:
            bound = bindings_of(name, context)
            return bool(bound) and all(_is_mask(one, context, {*seen, name}) for one in bound or ())
    return False
