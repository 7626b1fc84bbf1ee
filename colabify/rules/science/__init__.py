"""Rules for SciPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.science.scipy_fft import ScipyFft
from colabify.rules.science.scipy_images import ScipyImages
from colabify.rules.science.scipy_keywords import ScipyKeywords
from colabify.rules.science.scipy_misc import ScipyMisc
from colabify.rules.science.scipy_names import ScipyNames
from colabify.rules.science.scipy_numpy import ScipyNumpy
from colabify.rules.science.scipy_statistics import ScipyMode, ScipyStatistics

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    ScipyImages(),  # before the import of what it replaces is looked at by others
    ScipyMisc(),
    ScipyNames(),
    ScipyKeywords(),
    ScipyStatistics(),
    ScipyNumpy(),
    ScipyFft(),
    ScipyMode(),
)
