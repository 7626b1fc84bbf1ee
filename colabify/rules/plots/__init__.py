"""Rules for matplotlib and seaborn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.plots.seaborn_styles import SeabornStyles

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (SeabornStyles(),)
