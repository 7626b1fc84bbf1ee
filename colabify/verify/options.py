"""How to verify: one frozen value, from the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from colabify.verify.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

Level = Literal["imports", "run", "image", "colab"]
Network = Literal["on", "off", "record"]


@dataclass(frozen=True)
class Options:
    """How to verify.

    ``timeout`` is in seconds and for each cell; ``cells`` are those to run, as people count them, None for
    all. ``as_is``: what is on the disk is run, without a port. ``store`` is the folder of recorded
    answers, None for the usual one. ``home``: notebooks are run at home too. ``probes``: the imports and the
    paths are looked at by themselves, before all cells are run.
    """

    level: Level = "imports"
    timeout: int = 600
    cells: frozenset[int] | None = None
    network: Network = "on"
    store: Path | None = None
    as_is: bool = False
    home: bool = True
    probes: bool = True
    limits: Limits = field(default_factory=Limits)

    @property
    def runs(self) -> bool:
        """Whether all cells are run."""
        return self.level != "imports"

    @property
    def setup_timeout(self) -> int:
        """How long a setup cell, or the imports, may take: they install and download."""
        return max(self.timeout, 600)
