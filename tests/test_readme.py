"""The README says what the program does now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from colabify import preprocessors
from colabify.cli import make_parser
from colabify.settings import Settings, from_table
from colabify.supply import Supply
from tests.courses import git, make_repository, notebook

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_rule_reference_is_not_stale() -> None:
    path = ROOT / "scripts" / "rule_reference.py"
    spec = importlib.util.spec_from_file_location("rule_reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.REFERENCE.read_text(encoding="utf-8")
    assert module.reference() == page, "run: python scripts/rule_reference.py"


OPTIONS = [
    option
    for action in make_parser()._actions
    for option in action.option_strings
    if option.startswith("--")
]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_told(option: str) -> None:
    assert f"`{option}" in README


SHOWN = {
    one.path: one
    for one in (
        Supply(
            "labs/data/faces",
            url="https://example.org/faces.zip",
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            unpack=True,
        ),
        Supply("labs/data/words.txt", run="labs/get_words.sh"),
        Supply("labs/data/scans", drive="Courses/scans"),
    )
}


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
        data=SHOWN,
        distributions={"thinkplot": "ThinkX>=1"},
    )


def test_the_programs_shown_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those in Python, each on its own, in a course that has the notebook that they name."""
    monkeypatch.chdir(make_repository(tmp_path / "course", {"labs/knn.ipynb": notebook("x = 1")}))
    for page in ("README.md", "docs/api.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        (program,) = re.findall(r"```python\n(import colabify\n.*?)```", text, re.DOTALL)
        exec(compile(program, page, "exec"), {})
        assert '"gpuType": "T4"' in Path("labs/knn.ipynb").read_text(encoding="utf-8")
        git(Path(), "checkout", "-q", ".")


def test_the_preprocessors_shown_are_there() -> None:
    shown = set(re.findall(r"`(\w+Preprocessor)`", README))
    assert shown == set(preprocessors.__all__)
