"""Plan: what colabify will do to one notebook, as a plain value, and why.

Whoever wants to know what will happen reads the Plan; the setup cell is a pure function of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from colabify.analysis.data import Fetch
    from colabify.analysis.extensions import Build
    from colabify.analysis.language_data import DataNeed
    from colabify.analysis.system_table import SystemNeed
    from colabify.findings import Finding
    from colabify.jsonspan import Raw


@dataclass(frozen=True, slots=True)
class Clone:
    """What the setup cell clones: an address without credentials, a branch or tag, and into which folder."""

    url: str
    ref: str
    name: str


Action = Literal[
    "preinstalled", "kept", "extras", "install", "replace", "by hand", "local", "elsewhere", "own package",
    "build", "written", "optional", "unknown", "impossible",
]  # fmt: skip
"""What is done about an import.

``preinstalled``: the runtime has what is asked for. ``kept``: it has another version, which stays.
``extras``: it has it without the extras that are asked for, which the setup cell installs.
``install`` and ``replace``: the setup cell installs it. ``by hand``: the notebook does. ``local``: it is the
repository's own; ``elsewhere``: its folder is added to ``sys.path``; ``own package``: it is installed from
the clone; ``build``: it is built there; ``written``: a cell writes or downloads it. ``optional``: the
code goes on without. ``unknown`` and ``impossible``: nothing, and a finding says why.
"""


@dataclass(frozen=True, slots=True)
class Dependency:
    """What is known about one import, and what is done about it.

    ``place`` is the first cell or module that imports it; ``asked`` is what ``source`` declares;
    ``runtime`` is the version that is preinstalled. Each is empty where there is nothing to say.
    """

    module: str
    place: str
    action: Action
    distribution: str = ""
    asked: str = ""
    source: str = ""
    runtime: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Install:
    """A distribution to install: ``requirement`` is what pip is asked for, ``module`` what needs it.

    ``replaces``: the runtime has another version, which is replaced unless it is loaded already; or
    even then (``strict``), at the price of a restart. ``extras``: the runtime has it without these.
    """

    distribution: str
    requirement: str
    module: str
    why: str
    replaces: bool = False
    strict: bool = False
    extras: bool = False


@dataclass(frozen=True, slots=True)
class Accelerator:
    """What ``metadata.accelerator`` and ``metadata.colab.gpuType`` are to say; ``type`` may be empty."""

    kind: str
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class Setup:
    """What the setup cell does. ``folder`` is where the notebook runs, below the clone's root.

    ``path_folders`` are folders of the clone that are added to ``sys.path``; ``packages`` those from
    which the repository's own package is installed; ``builds`` its extension modules. ``system`` are apt
    packages, ``data`` what NLTK and spaCy load by name. ``keeps_loaded``: the notebook's own ``pip`` lines
    are kept from replacing what the kernel has loaded. ``expects`` is the accelerator whose absence is
    pointed out.
    """

    clone: Clone | None = None
    folder: str = ""
    path_folders: tuple[str, ...] = ()
    system: tuple[SystemNeed, ...] = ()
    installs: tuple[Install, ...] = ()
    packages: tuple[str, ...] = ()
    builds: tuple[Build, ...] = ()
    data: tuple[DataNeed, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    keeps_loaded: bool = False
    imp: bool = False
    expects: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything for a setup cell to do."""
        wanted = (self.clone, self.system, self.installs, self.data, self.keeps_loaded, self.imp)
        return any(wanted)


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
    dependencies: tuple[Dependency, ...] = ()
    runtime: str = "latest"
    sources: tuple[SourceChange, ...] = ()
    metadata: tuple[MetadataChange, ...] = ()
    accelerator: Accelerator | None = None
    done: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
