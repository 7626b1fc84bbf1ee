"""Rules for what Colab's machine and front end lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.colab.install_lines import CondaInstall, PipUser
from colabify.rules.colab.shell_assignment import ShellAssignment

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (ShellAssignment(), CondaInstall(), PipUser())
