"""Rules for scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.learning.attributes import LearningAttributes
from colabify.rules.learning.calls import LearningCalls
from colabify.rules.learning.datasets import LearningData
from colabify.rules.learning.folds import Folds
from colabify.rules.learning.grids import Grids
from colabify.rules.learning.keywords import LearningKeywords
from colabify.rules.learning.model_selection import ModelSelection
from colabify.rules.learning.moved import LearningNames
from colabify.rules.learning.positions import KeywordOnly
from colabify.rules.learning.private import PrivateModules

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    ModelSelection(),
    Folds(),
    LearningNames(),
    PrivateModules(),
    LearningKeywords(),
    Grids(),
    KeywordOnly(),
    LearningCalls(),
    LearningAttributes(),
    LearningData(),
)
