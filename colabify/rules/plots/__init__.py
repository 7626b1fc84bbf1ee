"""Rules for matplotlib and seaborn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.plots.color_maps import ColorMaps
from colabify.rules.plots.hold import Hold
from colabify.rules.plots.matplotlib_names import MatplotlibNames
from colabify.rules.plots.off_texts import OffTexts
from colabify.rules.plots.plot_keywords import PlotKeywords
from colabify.rules.plots.plot_methods import PlotMethods
from colabify.rules.plots.projections import Projections
from colabify.rules.plots.rc_parameters import RcParameters
from colabify.rules.plots.seaborn_names import SeabornNames
from colabify.rules.plots.seaborn_positional import SeabornPositional
from colabify.rules.plots.seaborn_styles import SeabornStyles

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    SeabornStyles(),
    MatplotlibNames(),
    PlotKeywords(),
    OffTexts(),
    PlotMethods(),
    Hold(),
    RcParameters(),
    SeabornNames(),
    SeabornPositional(),
    Projections(),
    ColorMaps(),
)
