"""Rules for NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.arrays.numpy_aliases import NumpyAliases

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (NumpyAliases(),)
