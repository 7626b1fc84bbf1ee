"""The README says what the program does now."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from colabify.cli import make_parser
from colabify.settings import Settings, from_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_codes_is_not_stale() -> None:
    path = ROOT / "scripts" / "codes_table.py"
    spec = importlib.util.spec_from_file_location("codes_table", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.with_table(README) == README, "run: python scripts/codes_table.py"


OPTIONS = [
    option
    for action in make_parser()._actions
    for option in action.option_strings
    if option.startswith("--")
]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_told(option: str) -> None:
    assert f"`{option}" in README


def test_the_configuration_shown_is_one() -> None:
    if importlib.util.find_spec("tomllib"):
        import tomllib
    else:
        import tomli as tomllib
    shown = README.partition("```toml\n")[2].partition("```")[0]
    settings = from_table(tomllib.loads(shown)["tool"]["colabify"], "README.md")
    assert settings == Settings(
        repo="https://github.com/me/course",
        ref="main",
        ignore=("COL402",),
        distributions={"thinkplot": "ThinkX>=1"},
    )
