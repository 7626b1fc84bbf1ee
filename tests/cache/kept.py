"""What the tests of the cache share: a folder for it, and what they count."""

from __future__ import annotations

from pathlib import Path

import pytest

import colabify.jobs
from colabify.cache import VARIABLE
from colabify.run_one import Done


def use_cache(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Keep what runs come to below ``folder``, where nobody has configured git."""
    for name, inside in (
        (VARIABLE, "cache"),
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "home/.config"),
    ):
        (folder / inside).mkdir(parents=True)
        patch.setenv(name, str(folder / inside))


def count_ported(patch: pytest.MonkeyPatch) -> list[str]:
    """The names of the notebooks that are ported from now on."""
    ported, port_one = [], colabify.jobs.port_one

    def counted(place, *more) -> Done:
        ported.append(place.path.name)
        return port_one(place, *more)

    patch.setattr("colabify.jobs.port_one", counted)
    return ported
