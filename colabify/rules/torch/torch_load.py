"""Torch 2.6 loads weights only, unless it is told that a file may hold any object, and so run any code.

Source: the release notes of torch 2.6, and ``torch.load`` in its documentation; loading a model that was
saved as a whole fails on Python 3.13 with torch 2.11. ``weights_only`` is there since torch 1.13.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, has_star, with_keyword
from colabify.rules.others.expressions import bindings_of
from colabify.rules.provided import default_shims
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from colabify.rules.context import Context

_TEXT = (
    "torch.load reads weights only since torch 2.6: weights_only=False loads a whole model, and runs "
    "whatever code the file holds, so that it must be trusted"
)
_OF_MODELS = frozenset({"eval", "train", "parameters", "state_dict", "forward", "cuda", "zero_grad",
"named_parameters",
                        "modules", "children", "half", "generate"})  # fmt: skip


class TorchLoad(Rule):
    """Load models that were saved as a whole with ``weights_only=False``.

    Only where what is loaded is used as a model: saved weights load as they did. It is done if the program
    has saved the file itself, and with ``--unsafe-fixes`` if it comes from elsewhere.
    """

    code = "COL184"
    name = "torch-load"
    needles = frozenset({"load"})
    packages = frozenset({"torch"})
    nodes = ("Call",)
    examples = (
        Example("import torch\nm = torch.nn.Linear(1, 1)\ntorch.save(m, 'm.pt')\nn = torch.load('m.pt')\n"
                "n.eval()\n"
                "x = n.in_features\n",
                "import torch\nm = torch.nn.Linear(1, 1)\ntorch.save(m, 'm.pt')\n"
                "n = torch.load('m.pt', weights_only=False)\n"
                "n.eval()\nx = n.in_features\n", shows="x"),
        Example("import torch\nmodel = torch.load('resnet.pt', map_location='cpu')\nmodel.eval()\n",
                "import torch\nmodel = torch.load('resnet.pt', map_location='cpu', weights_only=False)\n"
                "model.eval()\n",
                unsafe=True, not_run="needs a file"),
        Example("import torch\nmodel = make()\nmodel.load_state_dict(torch.load('w.pt'))\nmodel.eval()\n"),
        Example("import torch\nc = torch.load('c.pt')\nmodel.load_state_dict(c['model'])\n"),
        Example("import torch\nm = torch.load('m.pt', weights_only=True)\nm.eval()\n"),
        Example("import torch\nimport joblib\nm = joblib.load('m.pt')\nm.eval()\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call that says so, if what it gives is used as a model."""
        import libcst as cst

        if (
            not isinstance(node, cst.Call)
            or context.qualified(node.func) != "torch.load"
            or has_star(node)
        ):
            return None
        if argument(node, "weights_only") is not None or not is_gone("torch 2.6", context.runtime):
            return None
        call = ast.unparse(ast.parse(code_of(node), mode="eval"))
        if not _is_model(call, context):
            return None
        file = argument(node, "f", 0)
        own = file is not None and _normal(code_of(file)) in set(_saved(context))
        return Remedy(
            with_keyword(node, "weights_only", "False"),
            text=_TEXT,
            safety="safe" if own else "unsafe",
            kept=default_shims("torch.load", "weights_only", "False") if own else (),
        )


def _normal(code: str) -> str:
    return ast.unparse(ast.parse(code, mode="eval"))


def _saved(context: Context) -> Iterator[str]:
    """The files into which the program saves something by its name, which is no ``state_dict()``."""
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Call(func=func, args=[ast.Name(), file, *_]) if (
                    qualified(func, context.names) == "torch.save"
                ):
                    yield ast.unparse(file)


def _is_model(call: str, context: Context) -> bool:
    """Whether something is done with what ``call`` gives that only a model can do."""
    names = {
        target.id
        for unit in context.units
        for node in unit.of(ast.Assign)
        if ast.unparse(node.value) == call
        for target in node.targets
        if isinstance(target, ast.Name) and bindings_of(target.id, context) is not None
    }
    alone = {name for name in names if len(bindings_of(name, context) or ()) == 1}
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in _OF_MODELS:
                    if ast.unparse(value) in {call, *alone}:
                        return True
                case ast.Call(func=ast.Name(id=name)) if name in alone:
                    return True
    return False
