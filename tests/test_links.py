"""Badges, images and links in Markdown: a cell in, the cell and the findings out."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.plans import MetadataChange
from tests.notebooks import Cell, codes, markdown, plan_for, ported_cells

AT = "lab one/nb.ipynb"
COLAB = "https://colab.research.google.com/github/teacher/course/blob/main"
HERE = f"{COLAB}/lab%20one/nb.ipynb"
RAW = "https://raw.githubusercontent.com/teacher/course/main"
PAGE = "https://github.com/teacher/course/blob/main"
SVG = "https://colab.research.google.com/assets/colab-badge.svg"
VIEWER = "https://nbviewer.org/github/teacher/course"
ELSEWHERE = "https://colab.research.google.com/github"
FILES = dict.fromkeys(
    [
        "img/top.png",
        "lab one/pic.png",
        "lab one/a b.png",
        "lab one/Ünï.png",
        "lab one/other.ipynb",
        "lab two/nb.ipynb",
        "lab one/notes.md",
        "lab one/data/x.csv",
    ],
    "x",
)

# Markdown before, and after
REWRITTEN = {
    "image beside": ("![a](pic.png)", f"![a]({RAW}/lab%20one/pic.png)"),
    "image with a dot": ("![a](./pic.png)", f"![a]({RAW}/lab%20one/pic.png)"),
    "image above": ("![a](../img/top.png)", f"![a]({RAW}/img/top.png)"),
    "encoded space": ("![a](a%20b.png)", f"![a]({RAW}/lab%20one/a%20b.png)"),
    "bare space in angles": ("![a](<a b.png>)", f"![a](<{RAW}/lab%20one/a%20b.png>)"),
    "other letters": ("![a](Ünï.png)", f"![a]({RAW}/lab%20one/%C3%9Cn%C3%AF.png)"),
    "title kept": ('![a](pic.png "A picture")', f'![a]({RAW}/lab%20one/pic.png "A picture")'),
    "tag": ('<img src="pic.png" width=30>', f'<img src="{RAW}/lab%20one/pic.png" width=30>'),
    "tag in single quotes": ("<img src='../img/top.png'/>", f"<img src='{RAW}/img/top.png'/>"),
    "tag in text": ("see <img src=pic.png> here", f"see <img src={RAW}/lab%20one/pic.png> here"),
    "reference": ("![a][p]\n\n[p]: pic.png", f"![a][p]\n\n[p]: {RAW}/lab%20one/pic.png"),
    "notebook beside": ("[b](other.ipynb)", f"[b]({COLAB}/lab%20one/other.ipynb)"),
    "of the same name": ("[b](<../lab two/nb.ipynb>)", f"[b](<{COLAB}/lab%20two/nb.ipynb>)"),
    "notebook's anchor": ("[b](other.ipynb#Part-2)", f"[b]({COLAB}/lab%20one/other.ipynb#Part-2)"),
    "other file": ("[b](notes.md)", f"[b]({PAGE}/lab%20one/notes.md)"),
    "data file": ("[b](data/x.csv)", f"[b]({PAGE}/lab%20one/data/x.csv)"),
    "two on a line": (
        "![a](pic.png) ![b](../img/top.png)",
        f"![a]({RAW}/lab%20one/pic.png) ![b]({RAW}/img/top.png)",
    ),
    "link round an image": (
        "[![a](pic.png)](other.ipynb)",
        f"[![a]({RAW}/lab%20one/pic.png)]({COLAB}/lab%20one/other.ipynb)",
    ),
}

KEPT = {
    "absolute image": "![a](https://example.org/pic.png)",
    "protocol of the page": "![a](//example.org/pic.png)",
    "inline data": "![a](data:image/png;base64,iVBOR)",
    "anchor": "[a](#pic.png)",
    "mail": "[a](mailto:teacher@example.org)",
    "link to what is not there": "[a](solutions.ipynb)",
    "fence": "```\n![a](pic.png)\n```",
    "indented code": "text\n\n    ![a](pic.png)\n",
    "code span": "write `![a](pic.png)` for it",
    "escaped": "\\![a]\\(pic.png)",
    "comment": '<!-- <img src="pic.png"> -->',
    "in a formula": "$a [x](pic.png) b$",
    "file name in prose": "open pic.png and notes.md",
    "kaggle": "[![k](https://kaggle.com/static/images/open-in-kaggle.svg)](https://kaggle.com/kernels/welcome?src=https://github.com/teacher/course/blob/main/nb.ipynb)",
    "other repository in Colab": f"[b]({ELSEWHERE}/someone/else/blob/main/b.ipynb)",
    "same name elsewhere in Colab": f"[b]({ELSEWHERE}/someone/else/blob/main/nb.ipynb)",
    "other notebook in Colab": f"[next]({COLAB}/lab%20one/other.ipynb)",
    "same name in another folder": f"[next]({COLAB}/lab%20two/nb.ipynb)",
    "badge of another notebook": f"[![b]({SVG})]({COLAB}/lab%20one/other.ipynb)",
    "badge of another repository": f"[![b]({SVG})]({ELSEWHERE}/someone/else/blob/main/b.ipynb)",
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_destinations_are_rewritten(name: str, tmp_path: Path) -> None:
    before, after = REWRITTEN[name]
    cells: list[Cell] = [markdown(before), "x = 1"]
    assert ported_cells(tmp_path, FILES, cells, at=AT) == [after, "x = 1"]


def test_other_destinations_are_kept(tmp_path: Path) -> None:
    cells: list[Cell] = [markdown(source) for source in KEPT.values()]
    plan = plan_for(tmp_path, FILES, cells, at=AT)
    assert {list(KEPT)[one.cell]: one.source for one in plan.sources} == {}
    assert codes(plan) == []


# badge before, and after
BADGES = {
    "right": (f"[![c]({SVG})]({HERE})", None),
    "wrong owner": (
        f"[![c]({SVG})]({ELSEWHERE}/student/course/blob/main/lab%20one/nb.ipynb)",
        f"[![c]({SVG})]({HERE})",
    ),
    "wrong ref": (
        f"[![c]({SVG})]({ELSEWHERE}/teacher/course/blob/old/lab%20one/nb.ipynb)",
        f"[![c]({SVG})]({HERE})",
    ),
    "wrong folder": (
        f"[![c]({SVG})]({ELSEWHERE}/teacher/course/blob/main/nb.ipynb)",
        f"[![c]({SVG})]({HERE})",
    ),
    "older name": (f"[![c]({SVG})]({COLAB}/lab%20one/old.ipynb)", f"[![c]({SVG})]({HERE})"),
    "renamed repository": (
        f"[![c]({SVG})]({ELSEWHERE}/teacher/old/blob/main/nb.ipynb)",
        f"[![c]({SVG})]({HERE})",
    ),
    "html": (
        f'<a href="{ELSEWHERE}/x/course/blob/main/nb.ipynb"><img src="{SVG}"/></a>',
        f'<a href="{HERE}"><img src="{SVG}"/></a>',
    ),
    "html table": (
        (
            f'# Title\n<table><td><a href="{ELSEWHERE}/x/y/blob/m/nb.ipynb"><img src="{SVG}" />Run</a></td>\n'
            '<td><a href="https://github.com/x/y">Source</a></td></table>'
        ),
        (
            f'# Title\n<table><td><a href="{HERE}"><img src="{SVG}" />Run</a></td>\n'
            '<td><a href="https://github.com/x/y">Source</a></td></table>'
        ),
    ),
    "with other text": (
        f"# Week 1\n\n[![c]({SVG})]({ELSEWHERE}/x/course/blob/m/nb.ipynb)\n\nSee [this](https://a.org).",
        f"# Week 1\n\n[![c]({SVG})]({HERE})\n\nSee [this](https://a.org).",
    ),
    "of the copy's original": (
        f"# A\n\n[![c]({SVG})]({COLAB}/lab%20two/nb.ipynb)",
        f"# A\n\n[![c]({SVG})]({HERE})",
    ),
    "twice": (
        f"[![c]({SVG})]({COLAB}/lab%20two/nb.ipynb)\n[![c]({SVG})]({COLAB}/lab%20two/nb.ipynb)",
        f"[![c]({SVG})]({HERE})\n[![c]({SVG})]({HERE})",
    ),
    "beside links that open it elsewhere": (
        f"[![c]({SVG})]({ELSEWHERE}/x/y/blob/m/nb.ipynb) [nbviewer]({VIEWER}/blob/main/lab/nb.ipynb)",
        f"[![c]({SVG})]({HERE}) [nbviewer]({VIEWER}/blob/main/lab/nb.ipynb)",
    ),
    "colaboratory": (
        f"[View in Colaboratory]({ELSEWHERE}/student/x/blob/master/nb.ipynb)",
        f"[View in Colaboratory]({HERE})",
    ),
}


@pytest.mark.parametrize("name", BADGES)
def test_a_badge_is_corrected_and_not_doubled(name: str, tmp_path: Path) -> None:
    before, after = BADGES[name]
    plan = plan_for(tmp_path, FILES, [markdown(before), "x = 1"], at=AT)
    assert plan.badge == ""
    assert [one.source for one in plan.sources] == ([after] if after else [])


def test_an_overview_of_notebooks_keeps_its_badges(tmp_path: Path) -> None:
    files = dict.fromkeys(["a/index.ipynb", "b/index.ipynb"], "x")
    cell = " ".join(f"[![c]({SVG})]({COLAB}/{name})" for name in files)
    plan = plan_for(tmp_path, files, [markdown(cell)], at="index.ipynb")
    assert plan.sources == ()
    assert plan.badge


def test_a_badge_is_inserted_as_colab_writes_it(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, ["x = 1"], at="été/a+b #1.ipynb")
    url = f"{COLAB}/%C3%A9t%C3%A9/a%2Bb%20%231.ipynb"
    image = f'<img src="{SVG}" alt="Open In Colab"/>'
    assert plan.badge == f'<a href="{url}" target="_parent">{image}</a>'
    assert MetadataChange(("colab", "include_colab_link"), True) in plan.metadata


def test_colabs_own_badge_cell_that_is_right_is_left_alone(tmp_path: Path) -> None:
    right = f'<a href="{COLAB}/nb.ipynb" target="_parent"><img src="{SVG}"/></a>'
    plan = plan_for(tmp_path, {}, [markdown(right, id="view-in-github"), "x = 1"])
    assert (plan.badge, plan.sources, plan.metadata) == ("", (), ())


def test_colabs_own_badge_cell_is_kept_and_corrected(tmp_path: Path) -> None:
    wrong = (
        f'<a href="{ELSEWHERE}/fork/other/blob/x/y.ipynb" target="_parent"><img src="{SVG}"/></a>'
    )
    plan = plan_for(tmp_path, {}, [markdown(wrong, id="view-in-github"), "x = 1"])
    (change,) = plan.sources
    assert f'href="{COLAB}/nb.ipynb"' in change.source
    assert plan.badge == ""
    assert MetadataChange(("colab", "include_colab_link"), True) in plan.metadata


# image, what is said
MISSING = {
    "not there": ("![a](gone.png)", "the image gone.png is not in the repository at main"),
    "tag": ('<img src="img/gone.png">', "the image img/gone.png is not in"),
    "of another folder": ("![a](img/pic.png)", "did you mean pic.png?"),
    "near name": ("![a](pics.png)", "did you mean pic.png?"),
    "other suffix": ("![a](pic.jpg)", "did you mean pic.png?"),
    "out of the repository": ("![a](../../x.png)", "the image ../../x.png is not in"),
    "somebody's machine": (
        "![a](C:\\Users\\jo\\y.png)",
        "the image C:\\Users\\jo\\y.png is not in",
    ),
}


@pytest.mark.parametrize("name", MISSING)
def test_images_that_are_not_there_are_told(name: str, tmp_path: Path) -> None:
    source, said = MISSING[name]
    plan = plan_for(tmp_path, FILES, [markdown(source)], at=AT)
    assert codes(plan) == ["COL314"]
    assert said in plan.findings[0].message
    assert plan.findings[0].cell == 0


# remote, markdown, after
FORGES = {
    "gitlab image": (
        "git@gitlab.com:a/b/c.git",
        "![a](pic.png)",
        "![a](https://gitlab.com/a/b/c/-/raw/main/lab%20one/pic.png)",
    ),
    "gitlab notebook": (
        "https://gitlab.com/a/c",
        "[a](other.ipynb)",
        "[a](https://gitlab.com/a/c/-/blob/main/lab%20one/other.ipynb)",
    ),
    "unknown forge's image": ("https://git.example.org/a/c", "![a](pic.png)", "![a](pic.png)"),
    "no remote": ("", "![a](pic.png) [b](other.ipynb)", "![a](pic.png) [b](other.ipynb)"),
}


@pytest.mark.parametrize("name", FORGES)
def test_other_forges(name: str, tmp_path: Path) -> None:
    remote, before, after = FORGES[name]
    plan = plan_for(tmp_path, FILES, [markdown(before)], at=AT, remote=remote)
    assert plan.badge == ""
    assert [one.source for one in plan.sources] == ([] if before == after else [after])


def test_without_git_an_image_is_not_called_missing(tmp_path: Path) -> None:
    from colabify.course import Course
    from colabify.notebook import Document
    from colabify.planner import make_plan
    from colabify.project_finder import find_project
    from colabify.settings import Settings
    from tests.notebooks import notebook

    document = Document.parse(notebook(markdown("![a](pic.png)")))
    for repo in ("", "https://github.com/teacher/course"):
        project = find_project(tmp_path, repo=repo)
        plan = make_plan(document, Course(project), "nb.ipynb", Settings(repo=repo))
        assert (codes(plan), plan.sources) == ([], ())
