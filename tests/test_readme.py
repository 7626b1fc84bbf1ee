"""The README and the pages say what the program does now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from colabify import codes, preprocessors
from colabify.arguments import make_parser
from colabify.rules import RULES
from colabify.settings import Settings, from_table
from colabify.supply import Supply
from tests.courses import make_repository, notebook
from tests.scripts import script

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = {one.name: one.read_text(encoding="utf-8") for one in DOCS.glob("*.md")}
OUTSIDE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
"""Pages that the site does not have, so that its build does not check their links."""


def test_the_rule_reference_is_not_stale() -> None:
    written = script("rule_reference").reference()
    assert written == PAGES["rules.md"], "run: python scripts/rule_reference.py"


def test_the_setup_cell_shown_is_not_stale() -> None:
    shown = PAGES["setup-cell.md"]
    assert script("setup_cell_page").page(shown) == shown, "run: python scripts/setup_cell_page.py"


def test_the_pictures_are_not_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """They say what the program says now; how rich draws it, and the report's picture, are a release's."""
    script("notebook_picture")  # which the other one imports
    for name in ("COLUMNS", "TERM"):
        monkeypatch.setenv(name, "")
    for name, svg in script("pictures").drawn().items():
        kept = (DOCS / "pictures" / name).read_text(encoding="utf-8")
        assert said_in(kept) == said_in(svg), "run: python scripts/pictures.py"


def said_in(svg: str) -> str:
    """What a picture says."""
    elements = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return "".join("".join(one.itertext()) for one in elements)


@pytest.mark.parametrize("name", OUTSIDE)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        assert (ROOT / path).is_file(), target
        headings = re.findall(r"^#+ (.*)$", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
        slugs = [re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings]
        assert not anchor or anchor in slugs, target


def test_each_page_of_the_site_is_one_click_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if f"](docs/{name}" not in readme and name != "index.md"] == []
    assert len(readme.splitlines()) <= 200


def test_what_to_do_is_said_of_every_code_that_no_rule_carries() -> None:
    told = set(re.findall(r"\[(COL\d{3})\]\(rules\.md#col\d{3}\)", PAGES["reported.md"]))
    assert told == set(codes.PAGES)
    for code in [*codes.PAGES, *(rule.code for rule in RULES)]:
        assert f"\n## {code}\n" in PAGES["rules.md"], "an anchor for each"


OPTIONS = [
    option
    for action in make_parser()._actions
    for option in action.option_strings
    if option.startswith("--")
]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_told(option: str) -> None:
    assert f"`{option}" in PAGES["options.md"]


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
    shown = PAGES["configuration.md"].partition("```toml\n")[2].partition("```")[0]
    settings = from_table(tomllib.loads(shown)["tool"]["colabify"], "configuration.md")
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
    (program,) = re.findall(r"```python\n(import colabify\n.*?)```", PAGES["api.md"], re.DOTALL)
    exec(compile(program, "docs/api.md", "exec"), {})
    assert '"gpuType": "T4"' in Path("labs/knn.ipynb").read_text(encoding="utf-8")


def test_the_preprocessors_shown_are_there() -> None:
    shown = set(re.findall(r"`(\w+Preprocessor)`", PAGES["nbconvert.md"]))
    assert shown == set(preprocessors.__all__)
