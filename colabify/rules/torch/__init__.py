"""Rules for PyTorch, torchvision and transformers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.torch.torch_algebra import TorchAlgebra
from colabify.rules.torch.torch_keywords import TorchKeywords
from colabify.rules.torch.torch_load import TorchLoad
from colabify.rules.torch.torch_masks import TorchMasks
from colabify.rules.torch.torch_names import TorchNames
from colabify.rules.torch.torch_scalars import TorchScalars
from colabify.rules.torch.transformers_calls import TransformersCalls
from colabify.rules.torch.transformers_names import TransformersNames

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    TorchNames(),
    TorchKeywords(),
    TorchScalars(),
    TorchAlgebra(),
    TorchLoad(),
    TorchMasks(),
    TransformersNames(),
    TransformersCalls(),
)
