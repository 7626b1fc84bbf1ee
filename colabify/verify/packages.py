"""What a machine has to have for a set of notebooks: the runtime's versions of what they import."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.runtime import load_runtime, normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.plans import Plan

_OF_THE_KERNEL = (
    "ipykernel", "ipython", "jupyter-client", "matplotlib", "matplotlib-inline", "numpy", "pillow",
    "pip", "pyzmq", "requests", "setuptools", "six", "tornado", "traitlets",
)  # fmt: skip
"""What Colab's kernel has loaded or cannot do without, and what the stand-in of ``google.colab`` uses."""
_LOCAL = re.compile(r"\+.*")
_COMES_WITH = {"ipywidgets": ("widgetsnbextension", "jupyterlab-widgets")}


@dataclass(frozen=True)
class Wanted:
    """The packages for a machine of the runtime ``runtime``, whose Python is ``minor``.

    ``pins`` are distributions with their versions, in order; ``constraints`` are all that the runtime has.
    """

    runtime: str
    minor: tuple[int, int]
    pins: tuple[tuple[str, str], ...]
    constraints: tuple[tuple[str, str], ...]


def wanted_for(runtime_name: str, plans: Iterable[Plan]) -> Wanted:
    """What the notebooks of these plans need of what the runtime preinstalls.

    What it lacks is left to their setup cells, as on Colab.
    """
    runtime = load_runtime(runtime_name)
    names = set(_OF_THE_KERNEL)
    for plan in plans:
        for row in plan.dependencies:
            if row.distribution and runtime.has(row.distribution):
                names.add(normalised_name(row.distribution))
        if any(build.cython for build in plan.setup.builds) and runtime.has("cython"):
            names.add("cython")
    names |= {more for name in names for more in _COMES_WITH.get(name, ()) if runtime.has(more)}
    known = {
        name: _LOCAL.sub("", version) for name, version in runtime.distributions.items() if version
    }
    return Wanted(
        runtime_name,
        runtime.python_minor,
        tuple((name, known[name]) for name in sorted(names) if name in known),
        tuple((name, version) for name, version in sorted(known.items())),
    )
