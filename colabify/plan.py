"""Plan: what colabify will do to one notebook, as a plain value, and why.

Whoever wants to know what will happen reads the Plan; the setup cell is a pure function of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colabify.analysis.data import Fetch
    from colabify.findings import Finding
    from colabify.jsonspan import Raw


@dataclass(frozen=True, slots=True)
class Clone:
    """What the setup cell clones: an address without credentials, a branch or tag, and into which folder."""

    url: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Install:
    """A distribution to install: ``requirement`` is what pip is asked for, ``module`` what needs it."""

    distribution: str
    requirement: str
    module: str
    why: str


@dataclass(frozen=True, slots=True)
class Accelerator:
    """What ``metadata.accelerator`` and ``metadata.colab.gpuType`` are to say; ``type`` may be empty."""

    kind: str
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class Setup:
    """What the setup cell does. ``folder`` is where the notebook runs, below the clone's root.

    ``path_folders`` are folders of the clone that are added to ``sys.path``; ``expects`` is the
    accelerator whose absence it points out.
    """

    clone: Clone | None = None
    folder: str = ""
    path_folders: tuple[str, ...] = ()
    installs: tuple[Install, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    autoreload: bool = False
    expects: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything for a setup cell to do."""
        return bool(self.clone or self.installs or self.autoreload)


_NO_SETUP = Setup()


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A cell whose source changes: the new source, what was done in words, and under which codes."""

    cell: int
    source: str
    done: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """A member of the notebook's metadata that is set, or deleted (None), and why."""

    keys: tuple[str, ...]
    value: str | list[str] | bool | Raw | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One notebook's plan. ``badge`` is the Markdown of a badge cell to be inserted; empty for none."""

    notebook: str
    badge: str = ""
    setup: Setup = _NO_SETUP
    sources: tuple[SourceChange, ...] = ()
    metadata: tuple[MetadataChange, ...] = ()
    accelerator: Accelerator | None = None
    done: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
