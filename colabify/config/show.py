"""``--show-config``: what holds for a path, and where each value comes from."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.config.toml_text import plain, toml
from colabify.errors import ColabifyError
from colabify.remote import without_credentials
from colabify.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.config.configuration import Configuration, Holding


def show_config(places: Sequence[str], configuration: Configuration, *, as_json: bool) -> str:
    """What holds for each of ``places``, as TOML with comments, or as JSON.

    Raises:
        ColabifyError: a path is not there, or the file that has its settings cannot be used.

    """
    held = [(name, _holding(name, configuration)) for name in places]
    if as_json:
        found = [{"path": name, "settings": _as_json(one)} for name, one in held]
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    return "\n".join("\n".join([f"# {name}", *_lines(one), ""]) for name, one in held)


def _holding(name: str, configuration: Configuration) -> Holding:
    if not os.path.lexists(name):
        raise ColabifyError(f"{name}: no such file or folder")
    return configuration.holding(Path(name), folder=os.path.isdir(name))  # noqa: PTH112 - Path.is_dir may raise


def _values(holding: Holding) -> Iterator[tuple[str, Any, list[str]]]:
    for field in fields(Settings):
        said = [str(one) for one in holding.origins.get(field.name, ())] or ["default"]
        value = plain(getattr(holding.settings, field.name))
        if field.name == "repo":
            value = without_credentials(value)
        yield field.name.replace("_", "-"), value, said


def _as_json(holding: Holding) -> dict[str, Any]:
    return {key: {"value": value, "from": said} for key, value, said in _values(holding)}


def _lines(holding: Holding) -> Iterator[str]:
    """The values, tables last, as TOML wants it."""
    found = list(_values(holding))
    rows = [(f"{key} = {toml(one)}", said) for key, one, said in found if not isinstance(one, dict)]
    for key, table, said in found:
        if isinstance(table, dict):
            rows.append((f"[{key}]", said))
            rows += [(f"{toml(name)} = {toml(one)}", []) for name, one in table.items()]
    width = min(max(len(text) for text, _ in rows), 40)
    for text, said in rows:
        yield f"{text:{width}}  # {', '.join(said)}" if said else text
