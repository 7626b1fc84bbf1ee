"""Rules for pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.frames.append import FrameAppend
from colabify.rules.frames.arguments import PandasArguments
from colabify.rules.frames.calls import PandasCalls
from colabify.rules.frames.ix import FrameIx
from colabify.rules.frames.methods import PandasMethods
from colabify.rules.frames.names import PandasNames
from colabify.rules.frames.numeric import NumericOnly
from colabify.rules.frames.options import PandasOptions
from colabify.rules.frames.positional import PositionalArguments
from colabify.rules.frames.windows import MovingWindows

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    PandasNames(),
    PandasMethods(),
    FrameAppend(),
    FrameIx(),
    MovingWindows(),
    PandasArguments(),
    PositionalArguments(),
    PandasOptions(),
    PandasCalls(),
    NumericOnly(),
)
