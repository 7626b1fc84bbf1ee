"""The rules, in the order in which they are tried. A new rule is a file and a line here."""

from __future__ import annotations

from colabify.rules.base import Context, Example, Rule
from colabify.rules.install_lines import CondaInstall, PipUser
from colabify.rules.numpy_aliases import NumpyAliases
from colabify.rules.seaborn_styles import SeabornStyles
from colabify.rules.shell_assignment import ShellAssignment

RULES: tuple[Rule, ...] = (
    NumpyAliases(),
    SeabornStyles(),
    ShellAssignment(),
    CondaInstall(),
    PipUser(),
)

__all__ = ["RULES", "Context", "Example", "Rule"]
