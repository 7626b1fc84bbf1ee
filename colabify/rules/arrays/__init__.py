"""Rules for NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.arrays.array_copies import ArrayCopies
from colabify.rules.arrays.array_methods import ArrayMethods
from colabify.rules.arrays.array_sizes import ArraySizes
from colabify.rules.arrays.numpy_aliases import NumpyAliases
from colabify.rules.arrays.numpy_functions import NumpyFunctions
from colabify.rules.arrays.numpy_modules import NumpyModules
from colabify.rules.arrays.numpy_names import NumpyNames
from colabify.rules.arrays.pickled_arrays import PickledArrays

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    NumpyAliases(),
    NumpyNames(),
    NumpyFunctions(),
    ArrayMethods(),
    PickledArrays(),
    NumpyModules(),
    ArraySizes(),
    ArrayCopies(),
)
