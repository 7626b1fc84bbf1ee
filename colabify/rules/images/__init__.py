"""Rules for scikit-image, Pillow, imageio and OpenCV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.images.contours import Contours
from colabify.rules.images.disks import Disks
from colabify.rules.images.imageio_films import ImageioFilms
from colabify.rules.images.opencv_calls import OpencvCalls
from colabify.rules.images.opencv_names import OpencvNames
from colabify.rules.images.pillow_names import PillowMethods, PillowNames
from colabify.rules.images.skimage_keywords import SkimageKeywords
from colabify.rules.images.skimage_names import SkimageNames
from colabify.rules.images.text_sizes import TextSizes

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    SkimageNames(),
    SkimageKeywords(),
    Disks(),
    PillowNames(),
    TextSizes(),
    ImageioFilms(),
    OpencvNames(),
    Contours(),
    OpencvCalls(),
    PillowMethods(),
)
