"""Destinations in Markdown and HTML by their form, and by what the course's settings say."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from colabify.settings import Settings
from tests.notebooks import Cell, codes, markdown, plan_for, ported_cells

AT = "lab/nb.ipynb"
COLAB = "https://colab.research.google.com/github/teacher/course/blob/main"
RAW = "https://raw.githubusercontent.com/teacher/course/main"
PAGE = "https://github.com/teacher/course/blob/main"
TREE = "https://github.com/teacher/course/tree/main"
PNG = b"\x89PNG\r\n"
FILES: dict[str, str | bytes] = {
    "img/top.png": "top",
    "lab/pic.png": PNG,
    "lab/Figs/Deep Net.PNG": "x",
    "lab/a%20b.png": "x",
    "lab/run.mp4": "x",
    "lab/page.html": "x",
    "lab/other.ipynb": "x",
    "lab/two/next.ipynb": "x",
    "lab/data/x.csv": "x",
    "readme.md": "x",
}

# what is written, and what it becomes
FORMS = {
    "in a list": ("- one\n  1. ![a](pic.png)", f"- one\n  1. ![a]({RAW}/lab/pic.png)"),
    "in a table": ("|a|\n|-|\n|![a](pic.png)|", f"|a|\n|-|\n|![a]({RAW}/lab/pic.png)|"),
    "in a quote": ("> ![a](pic.png)", f"> ![a]({RAW}/lab/pic.png)"),
    "shortcut reference": ("![a]\n\n[a]: <pic.png> 'x'", f"![a]\n\n[a]: <{RAW}/lab/pic.png> 'x'"),
    "reference of a link": ("[a]\n\n[a]: ../readme.md", f"[a]\n\n[a]: {PAGE}/readme.md"),
    "densities": (
        '<img src="pic.png" srcset="pic.png 1x, ../img/top.png 2x">',
        f'<img src="{RAW}/lab/pic.png" srcset="{RAW}/lab/pic.png 1x, {RAW}/img/top.png 2x">',
    ),
    "picture": (
        '<picture><source srcset="pic.png"><img src="pic.png"></picture>',
        f'<picture><source srcset="{RAW}/lab/pic.png"><img src="{RAW}/lab/pic.png"></picture>',
    ),
    "link in HTML": ('<a href="other.ipynb#b">x</a>', f'<a href="{COLAB}/lab/other.ipynb#b">x</a>'),
    "film": (
        '<video src="run.mp4" poster="pic.png"></video>',
        f'<video src="{RAW}/lab/run.mp4" poster="{RAW}/lab/pic.png"></video>',
    ),
    "film's source": (
        '<video><source src="run.mp4"></video>',
        f'<video><source src="{RAW}/lab/run.mp4"></video>',
    ),
    "title": ('[a](../readme.md "Read me")', f'[a]({PAGE}/readme.md "Read me")'),
    "anchor as it is": ("[a](other.ipynb#A-%C3%A9)", f"[a]({COLAB}/lab/other.ipynb#A-%C3%A9)"),
    "anchor of Colab": (
        "[a](other.ipynb#scrollTo=x1)",
        f"[a]({COLAB}/lab/other.ipynb#scrollTo=x1)",
    ),
    "itself": ("[a](nb.ipynb)", f"[a]({COLAB}/lab/nb.ipynb)"),
    "place in itself": ("[a](nb.ipynb#Part-2)", "[a](#Part-2)"),
    "folder": ("[a](data)", f"[a]({TREE}/lab/data)"),
    "folder with a slash": ("[a](two/)", f"[a]({TREE}/lab/two)"),
    "folder above": ("[a](..)", f"[a]({TREE})"),
    "case": ("![a](figs/deep%20net.png)", f"![a]({RAW}/lab/Figs/Deep%20Net.PNG)"),
    "backslash": ('<img src="Figs\\Deep Net.PNG">', f'<img src="{RAW}/lab/Figs/Deep%20Net.PNG">'),
    "both": ("![a](<.\\figs\\deep net.png>)", f"![a](<{RAW}/lab/Figs/Deep%20Net.PNG>)"),
    "percent in the name": ("![a](a%20b.png)", f"![a]({RAW}/lab/a%2520b.png)"),
    "query of a page": ("![a](pic.png?raw=true)", f"![a]({RAW}/lab/pic.png)"),
    "home": ("![a](/home/jo/course/img/top.png)", f"![a]({RAW}/img/top.png)"),
    "drive": ('<img src="C:\\Users\\jo\\lab\\pic.png">', f'<img src="{RAW}/lab/pic.png">'),
    "file": ("![a](file:///C:/Users/jo/img/top.png)", f"![a]({RAW}/img/top.png)"),
    "root, as GitHub reads it": ("![a](/img/top.png)", f"![a]({RAW}/img/top.png)"),
    "from the root": ("![a](img/top.png)", f"![a]({RAW}/img/top.png)"),
    "of IPython's server": ("![a](files/pic.png)", f"![a]({RAW}/lab/pic.png)"),
    "of somebody's server": (
        "[a](http://localhost:8888/notebooks/lab/other.ipynb#b)",
        f"[a]({COLAB}/lab/other.ipynb#b)",
    ),
    "page of the image": (f"![a]({PAGE}/lab/pic.png)", f"![a]({RAW}/lab/pic.png)"),
    "page at another ref": (
        "![a](https://github.com/Teacher/course/blob/old/x.png)",
        "![a](https://github.com/Teacher/course/blob/old/x.png?raw=true)",
    ),
    "page of another course's image": (
        "![a](https://github.com/o/r/blob/main/x.png?v=1)",
        "![a](https://github.com/o/r/blob/main/x.png?v=1&raw=true)",
    ),
}

KEPT = {
    "raw page": f"![a]({PAGE}/lab/pic.png?raw=true)",
    "raw address": f"![a]({RAW}/lab/pic.png)",
    "raw folder": "![a](https://github.com/teacher/course/raw/main/lab/pic.png)",
    "page that is no image": f"![a]({PAGE}/lab/other.ipynb)",
    "link to a page": f"[a]({PAGE}/lab/pic.png)",
    "of another server's": "[a](http://example.org/notebooks/lab/other.ipynb)",
    "place here": "[a](#Part-2) <a href='#x'>y</a>",
    "site's root": "[a](/)",
    "script": "<script src='pic.png'></script>",
    "code": "`<img src='pic.png'>`\n\n~~~\n<img src='pic.png'>\n~~~",
    "link nowhere": "[a](Part 2) [b](gone.ipynb) [c](C:\\x) [d](../../up.md)",
    "strange": "[a](http://[::1) [b](x\x00y.md) [c](" + "l" * 300 + ".md)",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_becomes_what_colab_brings(name: str, tmp_path: Path) -> None:
    before, after = FORMS[name]
    assert ported_cells(tmp_path, FILES, [markdown(before), "x = 1"], at=AT) == [after, "x = 1"]


def test_what_needs_nothing_stays(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, FILES, [markdown(one) for one in KEPT.values()], at=AT)
    assert {list(KEPT)[one.cell]: one.source for one in plan.sources} == {}
    assert codes(plan) == []


# code cell, and what it becomes
HTML = {
    "tag": ('%%html\n<img src="pic.png">', f'%%html\n<img src="{RAW}/lab/pic.png">'),
    "capitals and title": (
        "#@title Look\n%%HTML\n<p><img\nsrc='pic.png'></p>",
        f"#@title Look\n%%HTML\n<p><img\nsrc='{RAW}/lab/pic.png'></p>",
    ),
    "line ends": (
        '%%html\r\n\r\n<img src="pic.png">',
        f'%%html\r\n\r\n<img src="{RAW}/lab/pic.png">',
    ),
    "no Markdown": ("%%html\n![a](pic.png)", None),
    "script": ('%%html\n<script>x = "<img src=pic.png>"</script>', None),
    "Python": ("""x = '''\n%%html\n<img src="pic.png">'''""", None),
    "nothing": ("%%html", None),
}


@pytest.mark.parametrize("name", HTML)
def test_a_cell_of_html(name: str, tmp_path: Path) -> None:
    before, after = HTML[name]
    plan = plan_for(tmp_path, FILES, [before], at=AT)
    assert [one.source for one in plan.sources] == ([after] if after else [])
    assert codes(plan) == []


def test_a_frame_is_told(tmp_path: Path) -> None:
    cell = markdown('<iframe src="page.html"></iframe> <iframe src="https://a.org"></iframe>')
    plan = plan_for(tmp_path, FILES, [cell], at=AT)
    assert (codes(plan), plan.sources) == (["COL333"], ())
    assert "page.html stands in a frame" in plan.findings[0].message


def test_kept_markdown_has_its_badge_corrected_and_is_counted(tmp_path: Path) -> None:
    badge = "https://colab.research.google.com/github/o/course/blob/main/nb.ipynb"
    text = "![a](pic.png) ![b](gone.png) [c](other.ipynb) [d](https://a.org)"
    cells: list[Cell] = [markdown(f"[View in Colaboratory]({badge})"), markdown(text)]
    plan = plan_for(tmp_path, FILES, cells, at=AT, settings=Settings(markdown="keep"))
    assert [one.source for one in plan.sources] == [f"[View in Colaboratory]({COLAB}/{AT})"]
    (finding,) = [one for one in plan.findings if one.code == "COL332"]
    assert "leaves 2 images and 1 link that" in finding.message
    assert codes(plan) == ["COL332"]


def test_kept_markdown_without_relative_destinations_says_nothing(tmp_path: Path) -> None:
    cells: list[Cell] = [markdown("![a](https://a.org/x.png) [b](#c)")]
    plan = plan_for(tmp_path, FILES, cells, at=AT, settings=Settings(markdown="keep"))
    assert (codes(plan), plan.sources) == ([], ())


# settings, and what is shown of an image and of a link
CLOSED = {
    "private": Settings(private=True),
    "in Drive": Settings(source="drive"),
    "uploaded": Settings(source="upload"),
}
PICTURE = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


@pytest.mark.parametrize("name", CLOSED)
def test_images_of_a_closed_course_are_put_into_the_notebook(name: str, tmp_path: Path) -> None:
    before = f"![a](pic.png 't') <img src='pic.png' srcset='pic.png 2x'> ![b]({RAW}/lab/pic.png)"
    after = f"![a]({PICTURE} 't') <img src='{PICTURE}' srcset='{PICTURE} 2x'> ![b]({PICTURE})"
    plan = plan_for(tmp_path, FILES, [markdown(before)], at=AT, settings=CLOSED[name])
    assert [one.source for one in plan.sources] == [after]
    assert codes(plan) == []


# files, what is shown, and what is said
NOT_EMBEDDED = {
    "too large": ({"x.png": b"\x89" * 2_100_000}, ["x.png"], "has 2.1 MB, and more than 2 MB"),
    "not fetched": (
        {"x.png": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"},
        ["x.png"],
        "x.png is only a Git LFS pointer here",
    ),
    "no image": ({"x.pdf": "%PDF"}, ["x.pdf"], "is of a kind that no browser shows"),
    "too many": (
        {f"{n}.png": b"\x89" * 1_900_000 for n in range(3)},
        ["0.png", "1.png", "2.png"],
        "2.png is not put into the notebook: its images have 5 MB already",
    ),
}


@pytest.mark.parametrize("name", NOT_EMBEDDED)
def test_what_is_not_put_into_the_notebook_is_told(name: str, tmp_path: Path) -> None:
    files, shown, said = NOT_EMBEDDED[name]
    cells: list[Cell] = [markdown(f"![a]({one})") for one in shown]
    plan = plan_for(tmp_path, files, cells, settings=Settings(private=True))
    assert codes(plan) == ["COL331"]
    assert said in plan.findings[-1].message
    assert plan.findings[-1].cell == len(plan.sources) == len(shown) - 1
