"""Bring the schema for editors up to date: ``python scripts/config_schema.py`` writes it into docs.

It describes the table ``[tool.colabify]``, and as well a ``colabify.toml``, whose keys are the same.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from colabify.config.file import OVERRIDES, PER_FILE
from colabify.config.toml_text import plain
from colabify.settings import CHOICES, HELP, Settings
from colabify.supply import Supply

SCHEMA = Path(__file__).parent.parent / "docs" / "colabify.schema.json"
_STRINGS = {"type": "array", "items": {"type": "string"}}
_GLOBS = {
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
    "description": "Notebooks, modules and folders, by globs that count from the folder of this file.",
}


def schema() -> str:
    """The whole schema, as text."""
    keys = {one.name.replace("_", "-"): _of_field(one) for one in fields(Settings)}
    override = {
        "type": "object",
        "properties": {"files": _GLOBS, **keys},
        "required": ["files"],
        "additionalProperties": False,
    }
    properties = {
        **keys,
        OVERRIDES: {
            "type": "array",
            "items": override,
            "description": "What holds for some files only; later ones stand above earlier ones.",
        },
        PER_FILE: {
            "type": "object",
            "additionalProperties": _STRINGS,
            "description": "Codes, or beginnings of codes, that may not rewrite or report, by glob.",
        },
    }
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "colabify: [tool.colabify] in pyproject.toml, or colabify.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return json.dumps(whole, indent=2) + "\n"


def _of_field(field: Field[Any]) -> dict[str, Any]:
    default = {} if field.default is MISSING else field.default
    about = {"default": plain(default), "description": _sentence(HELP[field.name])}
    if field.name in CHOICES:
        return {"enum": list(CHOICES[field.name]), **about}
    if field.name == "data":
        return {"type": "object", "additionalProperties": _supply(), **about}
    if isinstance(default, dict):
        return {"type": "object", "additionalProperties": {"type": "string"}, **about}
    if isinstance(default, tuple):
        return {**_STRINGS, **about}
    return {"type": "boolean" if isinstance(default, bool) else "string", **about}


def _supply() -> dict[str, Any]:
    """What brings a path: one of the ways, and what goes with it."""
    found = [one for one in fields(Supply) if one.name != "path"]
    kinds = {one.name: "boolean" if one.default is False else "string" for one in found}
    ways = [name for name in kinds if name not in ("sha256", "unpack")]
    return {
        "type": "object",
        "properties": {name: {"type": kind} for name, kind in kinds.items()},
        "oneOf": [{"required": [way]} for way in ways],
        "additionalProperties": False,
    }


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


if __name__ == "__main__":
    SCHEMA.write_text(schema(), encoding="utf-8")
