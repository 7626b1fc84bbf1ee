"""Keywords that torch and torchvision renamed or dropped.

Sources: the release notes of torchvision 0.9 to 0.15 and of torch 2.7; every old keyword fails on Python 3.13
with torch 2.11 and torchvision 0.26. What a scheduler's ``verbose=`` printed is ``scheduler.get_last_lr()``.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Keyword, Keywords

_SCHEDULERS = ("ReduceLROnPlateau", "StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR", "LambdaLR",
               "CyclicLR", "OneCycleLR", "CosineAnnealingWarmRestarts", "MultiplicativeLR", "ConstantLR",
               "LinearLR",
               "PolynomialLR")  # fmt: skip
_TURNING = ("transforms.RandomRotation", "transforms.RandomAffine", "transforms.functional.rotate",
            "transforms.functional.affine")  # fmt: skip


class TorchKeywords(Keywords):
    """Give functions of torch and torchvision the keywords that they have now.

    ``make_grid(x, range=(0, 1))`` takes ``value_range=``; schedulers have no ``verbose=`` any more.
    """

    code = "COL181"
    name = "torch-keywords"
    rows: ClassVar = {
        **{f"torchvision.utils.{name}(range)": Keyword("value_range", "torchvision 0.13")
           for name in ("make_grid", "save_image")},
        **{f"torch.optim.lr_scheduler.{name}(verbose)": Keyword(drop=True,
        since="torch 2.7") for name in _SCHEDULERS},
        **{f"torchvision.{name}(resample)": Keyword("interpolation",
        "torchvision 0.15") for name in _TURNING},
        **{f"torchvision.{name}(fillcolor)": Keyword("fill", "torchvision 0.15") for name in _TURNING[1::2]},
    }  # fmt: skip
    examples = (
        Example("import torch\nfrom torchvision.utils import make_grid\n"
                "x = tuple(make_grid(torch.rand(2, 3, 4, 4), normalize=True, range=(0, 1)).shape)\n",
                "import torch\nfrom torchvision.utils import make_grid\n"
                "x = tuple(make_grid(torch.rand(2, 3, 4, 4), normalize=True, value_range=(0, 1)).shape)\n",
                shows="x"),
        Example("import torch\nfrom torch.optim import SGD, lr_scheduler\n"
                "o = SGD([torch.zeros(1, requires_grad=True)], 0.1)\n"
                "s = lr_scheduler.ReduceLROnPlateau(o, factor=0.5, verbose=True)\nx = s.factor\n",
                "import torch\nfrom torch.optim import SGD, lr_scheduler\n"
                "o = SGD([torch.zeros(1, requires_grad=True)], 0.1)\n"
                "s = lr_scheduler.ReduceLROnPlateau(o, factor=0.5)\nx = s.factor\n", shows="x"),
        Example("from torchvision import transforms\n"
                "x = transforms.RandomRotation(10, resample=False).degrees\n",
                "from torchvision import transforms\n"
                "x = transforms.RandomRotation(10, interpolation=False).degrees\n"),
        Example("from torchvision.utils import make_grid\nx = make_grid(t, value_range=(0, 1))\n"),
        Example("from torch.optim import lr_scheduler\ns = lr_scheduler.StepLR(o, 3)\n"),
        Example("import torch\nmodel.fit(x, verbose=True)\nplot(range=(0, 1))\n"),
    )  # fmt: skip
