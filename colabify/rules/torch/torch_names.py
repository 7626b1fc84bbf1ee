"""PyTorch and torchvision dropped names that had others for years, or that were their own affair.

Sources: the release notes of torch 0.4 to 2.0 and of torchvision 0.2 to 0.17; every old name fails on Python
3.13 with torch 2.11 and torchvision 0.26.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row

_MODELS = (
    "resnet",
    "vgg",
    "alexnet",
    "densenet",
    "squeezenet",
    "inception",
    "googlenet",
    "mobilenet",
)
_HUB = "torch.hub.load_state_dict_from_url"
_URLS = (
    "model_urls is gone since torchvision 0.13: an address is, say, ResNet18_Weights.DEFAULT.url"
)
_FFI = "torch.utils.ffi is gone since torch 1.0: torch.utils.cpp_extension builds extensions"
_LUA = "load_lua is gone since torch 1.0: convert the file with an older torch, and load what that saves"
_STRINGS = "torch._six.string_classes was (str, bytes): write that"
_SCALE = {"Scale": "Resize", "RandomSizedCrop": "RandomResizedCrop"}


class TorchNames(Renamed):
    """Replace the names that torch and torchvision have dropped by those that stand for them.

    ``transforms.Scale`` is ``transforms.Resize``; what downloads weights is ``torch.hub``'s.
    """

    code = "COL180"
    name = "torch-names"
    rows: ClassVar = {
        **{f"torchvision.transforms.{sub}{old}": Row(f"torchvision.transforms.{new}", "torchvision 0.13")
           for sub in ("", "transforms.") for old, new in _SCALE.items()},
        **{f"torchvision.models.{name}.load_state_dict_from_url": Row(_HUB,
        "torchvision 0.13") for name in _MODELS},
        **{f"torchvision.models.{name}.model_urls": Row(since="torchvision 0.13",
        text=_URLS) for name in _MODELS},
        "torchvision.models.utils.load_state_dict_from_url": Row(_HUB, "torchvision 0.13"),
        "torchvision.models.utils": Row("torch.hub", "torchvision 0.13", module=True),
        "torchvision.transforms.functional_tensor": Row(
            "torchvision.transforms.functional", "torchvision 0.17", module=True),
        "torch._six.container_abcs": Row("collections.abc", "torch 2.0"),
        "torch._six.inf": Row("math.inf", "torch 2.0"),
        "torch._six.nan": Row("math.nan", "torch 2.0"),
        "torch._six.string_classes": Row(since="torch 2.0", text=_STRINGS),
        "torch._six.int_classes": Row("int", "torch 2.0", "torch._six.int_classes was int: write that"),
        "torch._six": Row(since="torch 2.0", text="torch._six, which bridged Python 2 and 3, is gone",
        module=True),
        "torch.utils.ffi": Row(since="torch 1.0", text=_FFI, module=True),
        "torch.utils.serialization.load_lua": Row(since="torch 1.0", text=_LUA),
        "torch.legacy": Row(since="torch 1.0", text="torch.legacy is gone since torch 1.0: see torch.nn",
        module=True),
        "torch.utils.data.dataloader.DataLoaderIter": Row(
            since="torch 1.2", text="DataLoaderIter is gone: iter(loader) gives an iterator"),
    }  # fmt: skip
    examples = (
        Example("from torchvision import transforms\nt = transforms.Scale(8).size\n",
                "from torchvision import transforms\nt = transforms.Resize(8).size\n", shows="t"),
        Example("from torchvision.transforms import Compose, RandomSizedCrop\n",
                "from torchvision.transforms import Compose, RandomResizedCrop as RandomSizedCrop\n"),
        Example("from torchvision.models.utils import load_state_dict_from_url\n",
                "from torch.hub import load_state_dict_from_url\n"),
        Example("from torch._six import container_abcs, inf\nx = container_abcs.Iterable.__name__, inf\n",
                "from collections import abc as container_abcs\nfrom math import inf\n"
                "x = container_abcs.Iterable.__name__, inf\n", shows="x"),
        Example("from torch._six import string_classes\n", told="(str, bytes)"),
        Example("from torchvision.models.resnet import model_urls\n", told="ResNet18_Weights"),
        Example("from torchvision import transforms\nt = transforms.Resize(8)\n"
                "u = transforms.functional.rotate\n"),
        Example("from torch.hub import load_state_dict_from_url\n"),
        Example("from tkinter import Scale\ns = Scale()\n"),
        Example("import torchvision.models as models\nm = models.resnet18(pretrained=False)\n"),
    )  # fmt: skip
