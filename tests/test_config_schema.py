"""The schema for editors: fresh, and of the same mind as the program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from colabify.config.file import read_config
from colabify.config.lines import tomllib
from colabify.settings import ConfigError
from tests.scripts import ROOT, script


def schema() -> str:
    """What the script makes."""
    made: str = script("config_schema").schema()
    return made


def test_schema_is_fresh() -> None:
    file = ROOT / "docs" / "colabify.schema.json"
    assert file.read_text(encoding="utf-8") == schema(), "run python scripts/config_schema.py"


def test_every_key_is_described() -> None:
    described: dict[str, Any] = json.loads(schema())["properties"]
    assert all(one["description"].endswith(".") for one in described.values())


GOOD = {
    "nothing": "",
    "values": 'repo = "https://github.com/a/b"\naccelerator = "T4"\nonline = true\nignore = ["COL402"]\n',
    "tables": '[data]\n"x/y" = { url = "https://e.org/x.zip", unpack = true }\nz = { run = "get.sh" }\n'
    '[distributions]\nthinkplot = "ThinkX"\n[per-file-ignores]\n"*.ipynb" = ["COL4"]\n',
    "overrides": '[[overrides]]\nfiles = ["labs/*.ipynb"]\nruntime = "latest"\n[overrides.data]\na = { drive = "A" }\n',
}
BAD = {
    "unknown": "acelerator = 1\n",
    "choice": 'accelerator = "V100"\n',
    "type": 'online = "yes"\n',
    "list": 'ignore = "COL4"\n',
    "item": "ignore = [4]\n",
    "no way": "[data]\nx = {}\n",
    "two ways": '[data]\nx = { run = "a.sh", drive = "b" }\n',
    "no files": '[[overrides]]\nref = "x"\n',
    "unknown below": '[[overrides]]\nfiles = ["x"]\nreff = "x"\n',
    "overrides in overrides": '[[overrides]]\nfiles = ["x"]\noverrides = []\n',
    "codes": '[per-file-ignores]\n"x" = "COL4"\n',
}


@pytest.mark.parametrize("name", [*GOOD, *BAD])
def test_schema_and_program_agree(name: str, tmp_path: Path) -> None:
    file = tmp_path / "colabify.toml"
    file.write_text({**GOOD, **BAD}[name])
    errors = list(
        jsonschema.Draft7Validator(json.loads(schema())).iter_errors(
            tomllib.loads(file.read_text())
        )
    )
    assert (not errors) == (name in GOOD)
    if name in BAD:
        with pytest.raises(ConfigError):
            read_config(file)
    else:
        assert read_config(file) is not None
