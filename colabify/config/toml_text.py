"""Settings as TOML: what ``--show-config`` prints can be read again."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any


def toml(value: Any) -> str:
    """A value as TOML, on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{toml(key)} = {toml(one)}' for key, one in value.items())} }}"
    return f"[{', '.join(map(toml, value))}]"


def plain(value: Any) -> Any:
    """A value of a setting as it stands in a file: what a supply does not say is left out."""
    if is_dataclass(value):
        said = {one.name: getattr(value, one.name) for one in fields(value) if one.name != "path"}
        return {name: one for name, one in said.items() if one}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else value
