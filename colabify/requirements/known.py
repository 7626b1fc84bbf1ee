"""Which distributions colabify knows: a name that it does not know may be a stranger's on PyPI.

They are those that its import table names, those that some runtime preinstalls, and those that the
table of conda names leads to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from colabify.runtime import DATA, normalised_name, preinstalled_somewhere


@dataclass(frozen=True, slots=True)
class CondaNames:
    """``data/conda.json``: what a conda package is to pip.

    ``differ`` maps its name to PyPI's; ``machine`` are parts of the interpreter or the machine, which Colab
    has in its own way; ``system`` maps tools to Ubuntu's packages of them; ``conda_only`` are those that
    nobody publishes on PyPI; ``renumbered`` those whose PyPI version has a further component.
    """

    differ: dict[str, str]
    machine: frozenset[str]
    machine_prefixes: tuple[str, ...]
    system: dict[str, str]
    conda_only: frozenset[str]
    renumbered: frozenset[str]


def is_known(distribution: str) -> bool:
    """Whether colabify knows a distribution of that name, in any spelling."""
    return normalised_name(distribution) in _known()


@cache
def conda_names() -> CondaNames:
    """The table of conda's names, which are normalised as PyPI's are."""
    data = _load("conda.json")
    return CondaNames(
        {normalised_name(name): value for name, value in data["differ"].items()},
        frozenset(map(normalised_name, data["machine"])),
        tuple(data["machine_prefixes"]),
        {normalised_name(name): value for name, value in data["system"].items()},
        frozenset(map(normalised_name, data["conda_only"])),
        frozenset(map(normalised_name, data["renumbered"])),
    )


@cache
def _known() -> frozenset[str]:
    imports, conda = _load("imports.json"), _load("conda.json")
    names = {*imports["same"], *conda["same"], *conda["differ"].values()}
    for value in imports["differ"].values():
        names.update([value] if isinstance(value, str) else value)
    return frozenset(map(normalised_name, names)) | preinstalled_somewhere()


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / name).read_text("utf-8"))
    return data
