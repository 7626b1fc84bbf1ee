"""What the rules for scikit-learn make of cells."""

from __future__ import annotations

from colabify.applied import Policy
from colabify.rules.learning import RULES
from colabify.steps import Shim
from tests.ruled import ruled


def ported(*cells: str, policy: Policy | None = None) -> tuple[list[str], list[str], list[Shim]]:
    """The cells after all rules, what is told of them, and what the setup cell is to provide."""
    done = ruled(*cells, rules=RULES, policy=policy)
    told = [one.text for each in done for one in each.told]
    return [one.source for one in done], told, [one for each in done for one in each.shims]
