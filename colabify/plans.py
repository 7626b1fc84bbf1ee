"""Plan: what colabify will do to one notebook, as a plain value, and why.

Whoever wants to know what will happen reads the Plan; the setup cell is a pure function of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from colabify.steps import Setup

if TYPE_CHECKING:
    from colabify.findings import Finding
    from colabify.jsonspan import Raw
    from colabify.parts import Part

_NO_SETUP = Setup()


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
class Accelerator:
    """What ``metadata.accelerator`` and ``metadata.colab.gpuType`` are to say; ``type`` may be empty."""

    kind: str
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A cell whose source changes: the new source, what was done in words, and under which codes.

    ``alone`` is what the source is where one part of the port is written without the others; empty: all
    of it is the code's.
    ``file_line`` is where its source begins in the ``.ipynb``, once that is known.
    """

    cell: int
    source: str
    done: str
    codes: tuple[str, ...] = ()
    alone: tuple[tuple[Part, str], ...] = ()
    file_line: int | None = None


@dataclass(frozen=True, slots=True)
class ModuleChange:
    """A local module that changes: its path below the root, its new text, and as for a cell."""

    path: str
    source: str
    done: str
    codes: tuple[str, ...] = ()


PathState = Literal[
    "there", "lfs", "submodule", "not pushed", "mended", "made", "fetched", "supplied", "missing",
    "elsewhere", "unknown",
]  # fmt: skip
"""What is known about a path that code uses.

``there``: it is at the ref, or ``lfs``: Git LFS holds it, or ``submodule``: it is in one, or ``not
pushed``: it is tracked here alone. ``mended``: the literal is rewritten so that it leads there. ``made``:
the code makes it. ``fetched``: a script of the repository brings it; ``supplied``: what the configuration
declares does. ``missing``: nothing does. ``elsewhere``: it is no path of the repository, such as
``/tmp/x``. ``unknown``: what it says is not known before the code runs.
"""


@dataclass(frozen=True, slots=True)
class PathRow:
    """What is known about one path that the code uses.

    ``text`` is what the code says, ``place`` the cell or module, ``line`` counts from 1 there; ``path``
    is where it leads below the root, if it does; ``why`` says what brings it, or why it is missing.
    """

    text: str
    place: str
    line: int
    use: str
    state: PathState
    path: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """A member of the notebook's metadata that is set, or deleted (None), and why."""

    keys: tuple[str, ...]
    value: str | list[str] | dict[str, Any] | bool | int | Raw | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One notebook's plan. ``badge`` is the Markdown of a badge cell to be inserted; empty for none."""

    notebook: str
    badge: str = ""
    setup: Setup = _NO_SETUP
    dependencies: tuple[Dependency, ...] = ()
    paths: tuple[PathRow, ...] = ()
    runtime: str = "latest"
    sources: tuple[SourceChange, ...] = ()
    modules: tuple[ModuleChange, ...] = ()
    metadata: tuple[MetadataChange, ...] = ()
    accelerator: Accelerator | None = None
    done: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
