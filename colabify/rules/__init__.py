"""The rules, in the order in which they are tried: a tuple for each library, in its own package.

A new rule is a file in one of them (or a row in a table there) and a line in that package's tuple.
"""

from __future__ import annotations

from colabify.rules import (
    arrays,
    colab,
    frames,
    images,
    keras,
    language,
    learning,
    others,
    plots,
    science,
    torch,
)
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.context import Context

RULES: tuple[Rule, ...] = (
    *arrays.RULES,
    *science.RULES,
    *frames.RULES,
    *learning.RULES,
    *plots.RULES,
    *images.RULES,
    *others.RULES,
    *torch.RULES,
    *keras.RULES,
    *language.RULES,
    *colab.RULES,
)

__all__ = ["RULES", "Context", "Example", "Remedy", "Rule"]
