"""How the notebooks of a run reach the network: as the machine does, or through a store of answers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from colabify.verify.options import Options


@contextmanager
def reached(options: Options, folder: Path) -> Iterator[Mapping[str, str]]:
    """The variables that lead a notebook's programs to the network, for as long as the context lasts."""
    yield {}
