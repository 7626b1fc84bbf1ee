"""The steps of the setup cell that bring data, and that make the folders which the code writes into."""

from __future__ import annotations

import hashlib
import posixpath
from typing import TYPE_CHECKING

from colabify.setup import fetch_texts as texts
from colabify.setup import supply_texts as ways
from colabify.setup.literals import filled, literal
from colabify.steps import Fetch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.steps import Setup
    from colabify.supply import Supply

_BRINGS = {
    "url": ("download", ways.DOWNLOAD),
    "drive": ("from_drive", ways.DRIVE),
    "gdown": ("from_shared", ways.SHARED),
    "kaggle": ("from_kaggle", ways.KAGGLE),
}
"""The function of the cell that brings what is declared in a way, and its text."""


def fetch_blocks(setup: Setup) -> list[str]:
    """What fetches the data that the notebook needs and the repository lacks; it needs ``root``.

    Folders are made from where the notebook stands: one that needs nothing of the course has no ``root``.
    """
    run = [Fetch(one.run, (one.path,), "") for one in setup.supplies if one.run]
    scripts = (*setup.fetches, *run)
    declared = [one for one in setup.supplies if not one.run]
    folders = [posixpath.relpath(f"/{one}", f"/{setup.folder}") for one in setup.folders]
    blocks = [filled(texts.FOLDERS, folders=folders)] if folders else []
    if scripts or any(one.gdown for one in declared):
        blocks.append(texts.NEWS)
    if declared:
        blocks += _supply_blocks(declared)
    if scripts:
        blocks.append(texts.SCRIPTS + _script_calls(scripts))
    return blocks


def _supply_blocks(supplies: Sequence[Supply]) -> list[str]:
    kinds = dict.fromkeys(one.way for one in supplies)
    blocks = [texts.SUPPLY, *([ways.UNPACK] if any(one.unpack for one in supplies) else [])]
    blocks += [_BRINGS[way][1] for way in kinds]
    return [*blocks, "".join(_supply_call(one) for one in supplies)]


def _supply_call(supply: Supply) -> str:
    """What brings one path; its mark says what has been brought, so that another is not taken for it."""
    source = getattr(supply, supply.way)
    said = "\0".join((supply.path, supply.way, source, supply.sha256, str(supply.unpack)))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    bring = f"lambda part: {_BRINGS[supply.way][0]}({literal(source)}, part)"
    words = [literal(supply.path), literal(f"colabify-data-{digest}"), bring]
    words += [f"sha256={literal(supply.sha256)}"] if supply.sha256 else []
    words += ["unpacks=True"] if supply.unpack else []
    return "    supply(\n" + "".join(f"        {word},\n" for word in words) + "    )\n"


def _script_calls(fetches: Sequence[Fetch]) -> str:
    """A line for each script: what to run, for which paths, and under which mark it is unfinished."""
    words = (
        (one.script, list(one.words), list(one.paths), f"colabify-fetch-{number}")
        for number, one in enumerate(fetches, start=1)
    )
    return "".join(f"    fetch({', '.join(map(literal, one))})\n" for one in words)
