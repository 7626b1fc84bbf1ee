"""The HTML page of a verification: what it says, and that it can be read by everybody."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings

from colabify.settings import Settings
from colabify.verify.outcome import STEPS, DiffRow, NotebookVerdict, StepRun
from colabify.verify.page import page
from tests import strategies
from tests.pages import found, one, read, said
from tests.verified import (
    RED,
    Hostile,
    display,
    failed,
    hostile_verification,
    passed,
    steps,
    stream,
    verdict,
    verification,
)

FINDING = {"code": "COL311", "message": "nothing brings data/x.csv", "severity": "error", "cell": 3}
PLAN: dict[str, Any] = {
    **dict.fromkeys(("accelerator", "results"), None),
    **dict.fromkeys(
        ("sys_path", "installs", "packages", "builds", "system", "data", "fetches"), ()
    ),
    **dict.fromkeys(
        ("supplies", "makes", "shims", "sources", "modules", "dependencies", "paths"), ()
    ),
    "runtime": "latest",
    "badge": "[badge](x)",
    "environment": {},
    "folder": "week",
    "source": {"kind": "clone", "url": "https://example.org/a.git", "ref": "main"},
    "findings": [FINDING | {"line": 2, "path": None}],
}


@pytest.fixture(scope="module")
def course() -> BeautifulSoup:
    """Notebooks in each state, one that is no notebook, and two whose names differ only in signs."""
    unreadable = (
        StepRun("opens", "failed", "It is no JSON."),
        *(StepRun(s, "not reached") for s in STEPS[1:]),
    )
    return read(
        verification(
            verdict("week/a b.ipynb", passed(0, stream("1\n")), plan=PLAN, seconds=3.2),
            verdict("week/a-b.ipynb", failed(1), state="failed", steps=steps(runs="failed")),
            verdict(
                "home.ipynb",
                failed(1, fails_at_home=True),
                state="failed",
                steps=steps(runs="failed"),
            ),
            verdict(
                "gpu.ipynb", state="skipped", why="It needs a GPU.", steps=steps(runs="skipped")
            ),
            NotebookVerdict("no.ipynb", "failed", "It is no JSON.", unreadable),
        )
    )


def test_the_table_has_a_row_for_each_notebook_and_a_word_for_each_step(
    course: BeautifulSoup,
) -> None:
    table = found(course, "table.glance")
    assert [said(one) for one in table.select("thead th")] == ["notebook", *STEPS]
    rows = {
        said(found(row, "th")): [said(one) for one in row.select("td .hear")]
        for row in table.select("tbody tr")
    }
    assert rows == {
        "week/a b.ipynb": ["passed"] * 6,
        "week/a-b.ipynb": [*["passed"] * 4, "failed", "passed"],
        "home.ipynb": [*["passed"] * 4, "fails as at home", "passed"],
        "gpu.ipynb": [*["passed"] * 4, "skipped", "passed"],
        "no.ipynb": ["failed", *["not reached"] * 5],
    }


def test_the_states_are_counted(course: BeautifulSoup) -> None:
    tiles = [said(tile) for tile in course.select(".tiles li")]
    assert tiles == ["1 ✓ passed", "2 ✗ failed", "1 ≈ fail as at home", "1 – skipped"]  # noqa: RUF001
    assert "1 of 5 notebooks passes. All cells were run." in said(course)


def test_each_notebook_has_an_anchor_and_the_table_leads_to_it(course: BeautifulSoup) -> None:
    for link in course.select("table.glance a"):
        notebook = found(course, f'[id="{str(link["href"]).removeprefix("#")}"]')
        assert said(found(notebook, "h3")) == said(link)


def test_what_failed_is_open_and_what_passed_is_not(course: BeautifulSoup) -> None:
    opened = [said(found(one, "h3")) for one in course.select("details.notebook[open]")]
    assert opened == ["week/a-b.ipynb", "home.ipynb", "no.ipynb"]


def test_a_notebook_that_does_not_open_says_why(course: BeautifulSoup) -> None:
    assert "opens ✗ failed It is no JSON." in " ".join(
        said(li) for li in course.select(".steps li")
    )


@pytest.mark.parametrize(
    ("at_home", "words"),
    [
        (False, "fails on Colab only"),
        (True, "fails at home as well"),
        (None, "failed; at home not known"),
    ],
)
def test_a_cell_that_fails_at_home_is_told_apart(at_home: bool | None, words: str) -> None:
    cell = found(one(failed(2, fails_at_home=at_home), state="failed"), "details.cell")
    assert words in said(found(cell, "summary"))
    assert "Cell 3" in said(found(cell, "h5"))
    assert "A sentence says why." in said(cell)


def test_a_failure_names_the_finding_that_foresaw_it() -> None:
    soup = one(failed(2, foreseen=("COL311", "COL999")), failed(3), state="failed", plan=PLAN)
    foreseen, surprising = soup.select("details.cell")
    assert "COL311 error: cell 3, line 2: nothing brings data/x.csv" in said(foreseen)
    assert "colabify --explain COL999" in said(foreseen)
    assert "No finding foresaw it." in said(surprising)


def test_the_first_three_failures_are_open() -> None:
    cells = one(*(failed(n) for n in range(5)), state="failed").select("details.cell")
    assert [cell.has_attr("open") for cell in cells] == [True, True, True, False, False]


def test_a_traceback_is_coloured_and_shown_once() -> None:
    error = {"output_type": "error", "ename": "ValueError", "evalue": "", "traceback": RED}
    soup = one(failed(0, outputs=(error,)), state="failed")
    shown = found(soup, "figure.error pre")
    assert shown.get_text() == "ValueError\nValueError: <no> such thing"
    assert found(shown, "span:first-child.ansi-red-fg").get_text() == "ValueError"


def test_the_plan_is_told(course: BeautifulSoup) -> None:
    plan = found(course, ".notebook .deeds")
    assert {said(found(row, "dt")): said(found(row, "dd")) for row in plan.select("div")} == {
        "runtime": "latest",
        "course": "clones https://example.org/a.git at main; stands in week",
        "badge": "“Open In Colab” is added",
    }


def test_the_plan_of_a_course_is_told(tmp_path: Any) -> None:
    soup = one(plan=real_plan(tmp_path))
    captions = [said(one) for one in soup.select(".notebook h5")]
    assert {"Findings", "Imports", "Paths", "Rewrites"} <= {*captions}
    assert "gensim" in said(soup.select(".notebook .deeds")[0])


def real_plan(folder: Any) -> Mapping[str, Any]:
    import json

    from colabify.outcomes import Mode, Outcome
    from colabify.report.plan_json import report_json
    from tests.notebooks import plan_for

    cells = ["import gensim, helper\nimport numpy as np\nnp.int(3)\nopen('data/b.csv')", "!ls"]
    plan = plan_for(folder, {"helper.py": ""}, cells, settings=Settings())
    (notebook,) = json.loads(report_json([Outcome("nb.ipynb", plan)], (), Mode.PLAN))["notebooks"]
    return notebook


DIFF = (
    DiffRow(None, "# setup\nprint(1)", "added"),
    DiffRow("a", "a", "same"),
    DiffRow("b", "b", "same"),
    DiffRow(
        "\n".join([*"abcdefgh", "x = np.int(3)"]), "\n".join([*"abcdefgh", "x = int(3)"]), "changed"
    ),
    DiffRow("gone", None, "removed", "markdown"),
)


def test_the_diff_is_cell_by_cell_and_side_by_side() -> None:
    soup = one(diff=DIFF)
    titles = [said(one) for one in soup.select(".change h5")]
    assert titles == ["New cell 1", "Cell 4, which was cell 3", "Markdown cell 4 is gone"]
    assert said(found(soup, ".alike")) == "2 cells stay as they are"
    rows = [said(row) for row in soup.select(".diff.two tr")]
    assert rows == [
        "beforeafter",
        "6 lines stay as they are",
        "7g7g",
        "8h8h",
        "9−x = np.int(3)9+x = int(3)",  # noqa: RUF001
    ]


def test_the_words_that_differ_are_marked() -> None:
    soup = one(diff=DIFF)
    assert "".join(mark.get_text() for mark in soup.select(".diff.two del")) == "np."
    assert not soup.select(".diff.two ins")


@settings(max_examples=40)
@given(strategies.sources, strategies.sources)
def test_the_diff_has_every_line_of_both_sides(before: str, after: str) -> None:
    from colabify.verify.page.diff import CellDiff, cell_diffs
    from colabify.verify.page.text import visible

    (cell,) = cell_diffs([DiffRow(before, after, "changed")])
    assert isinstance(cell, CellDiff)
    for side, number, source in (
        ("before", "before_number", before),
        ("after", "after_number", after),
    ):
        lines = visible(source).split("\n")
        shown = {getattr(line, number): getattr(line, side) for line in cell.lines}
        shown.pop(0, None)
        folded = sum(line.alike for line in cell.lines)
        assert len(shown) + folded == len(lines)
        for at, line in shown.items():
            assert BeautifulSoup(f"<pre>{line}</pre>", "html.parser").get_text() == lines[at - 1]


def test_headings_are_in_order_and_names_are_its_own(course: BeautifulSoup) -> None:
    for soup in (course, read(hostile_verification(Hostile()))):
        levels = [int(one.name[1]) for one in soup.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        names = [str(one["id"]) for one in soup.select("[id]")]
        assert len(names) == len({*names})
        for link in soup.select('a[href^="#"]'):
            assert str(link["href"])[1:] in names


def test_it_is_fit_for_screen_readers_and_keyboards(course: BeautifulSoup) -> None:
    assert found(course, "html")["lang"] == "en"
    assert all(course.select(one) for one in ("main", "header", "footer"))
    assert all(image.get("alt") for image in course.select("img"))
    assert all(one.find_parent("label") for one in course.select("input"))
    assert all(one.find(True).name == "summary" for one in course.select("details"))  # type: ignore[union-attr]
    assert all(one.get("scope") for one in course.select("table.glance th, table.rows th"))
    assert all(
        one.get("aria-hidden") and one.parent and len(said(one.parent)) > 1
        for one in course.select(".sign")
    )


def test_what_needs_the_script_is_hidden_without_it(course: BeautifulSoup) -> None:
    for control in course.select("button, input[type=search]"):
        assert control.find_parent(hidden=True)


def test_a_course_of_sixty_notebooks_stays_small() -> None:
    image = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 30_000).decode()
    cells = [passed(n, display(image_png=image), stream("x" * 90 + "\n" * 900)) for n in range(12)]
    setup = DiffRow(None, "print('a line of the setup cell')\n" * 90, "added")
    made = page(verification(*(verdict(f"{n}.ipynb", *cells, diff=(setup,)) for n in range(60))))
    assert 2_000_000 < len(made) < 6_000_000
    assert made.count("More outputs are left out, to keep the page small.") == 60


def test_there_may_be_no_notebook() -> None:
    assert "There is no notebook to verify." in said(read(verification()))


def test_one_notebook_that_passes() -> None:
    soup = read(verification(verdict("a.ipynb"), level="imports"))
    assert "The notebook passes. Setup, imports and paths were tried" in said(soup)
