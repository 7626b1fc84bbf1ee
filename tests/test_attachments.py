"""Attachments of a cell: what Colab ignores, written as Colab writes images itself."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from colabify.notebook import Document
from colabify.porting import port
from colabify.settings import Settings
from colabify.undo import undo
from tests.notebooks import codes, course_for, markdown, notebook, plan_for

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" * 20).decode()
SVG = "<svg xmlns='http://www.w3.org/2000/svg'/>"
IN_LINES = [PNG[:40] + "\n", PNG[40:] + "\n"]
URI = f"data:image/png;base64,{PNG}"


def attached(source: str, attachments: object) -> dict[str, Any]:
    return {**markdown(source), "attachments": attachments}


# source, attachments, what the source becomes
SHOWN = {
    "image": ("![a](attachment:a.png)", {"a.png": {"image/png": PNG}}, f"![a]({URI})"),
    "title": ("![a](attachment:a.png 't')", {"a.png": {"image/png": PNG}}, f"![a]({URI} 't')"),
    "tag": (
        "<img src='attachment:a.png' width=9>",
        {"a.png": {"image/png": PNG}},
        f"<img src='{URI}' width=9>",
    ),
    "encoded": ("![a](attachment:a%20b.png)", {"a b.png": {"image/png": PNG}}, f"![a]({URI})"),
    "kept encoded": ("![a](attachment:a%20b)", {"a%20b": {"image/png": PNG}}, f"![a]({URI})"),
    "several lines": ("![a](attachment:a)", {"a": {"image/png": IN_LINES}}, f"![a]({URI})"),
    "not only an image": (
        "![a](attachment:a)",
        {"a": {"text/plain": "x", "image/png": PNG}},
        f"![a]({URI})",
    ),
    "drawing": (
        "![a](attachment:a.svg)",
        {"a.svg": {"image/svg+xml": SVG}},
        f"![a](data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()})",
    ),
    "drawing as base64": (
        "![a](attachment:a.svg)",
        {"a.svg": {"image/svg+xml": base64.b64encode(SVG.encode()).decode()}},
        f"![a](data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()})",
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_an_attachment_is_written_into_the_text(name: str, tmp_path: Path) -> None:
    before, attachments, after = SHOWN[name]
    plan = plan_for(tmp_path, {}, [attached(before, attachments)])
    assert [one.source for one in plan.sources] == [after]
    assert plan.sources[0].done == "1 image"
    assert codes(plan) == []


# source, attachments, the finding's code and what it says
TOLD = {
    "not there": ("![a](attachment:b.png)", {"a.png": {"image/png": PNG}}, "COL314", "b.png"),
    "none at all": ("![a](attachment:a%20b.png)", None, "COL314", "no attachment a b.png"),
    "no table": ("![a](attachment:a)", ["a"], "COL314", "no attachment a"),
    "no bundle": ("![a](attachment:a)", {"a": PNG}, "COL314", "no attachment a"),
    "no image": ("![a](attachment:a)", {"a": {"text/plain": "x"}}, "COL331", "is no image"),
    "no base64": ("![a](attachment:a)", {"a": {"image/png": "é?"}}, "COL331", "is no image"),
    "no text": ("![a](attachment:a)", {"a": {"image/png": 7}}, "COL331", "is no image"),
    "too large": (
        "![a](attachment:a)",
        {"a": {"image/png": "A" * 4_000_000}},
        "COL331",
        "the attachment a has 3 MB, and more than 2 MB",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_an_attachment_that_cannot_be_shown_is_told(name: str, tmp_path: Path) -> None:
    source, attachments, code, said = TOLD[name]
    cell = attached(source, attachments) if attachments is not None else markdown(source)
    plan = plan_for(tmp_path, {}, [cell])
    assert (codes(plan), plan.sources) == ([code], ())
    assert said in plan.findings[-1].message


# what stays
KEPT = {
    "link": "[a](attachment:a.png)",
    "code": "`![a](attachment:a.png)`",
    "not used": "a.png",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_shows_no_attachment_stays(name: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, [attached(KEPT[name], {"a.png": {"image/png": PNG}})])
    assert (codes(plan), plan.sources) == ([], ())


def test_without_git_too_and_not_with_kept_markdown(tmp_path: Path) -> None:
    cell = attached("![a](attachment:a.png)", {"a.png": {"image/png": PNG}})
    plan = plan_for(tmp_path, {}, [cell], remote="")
    assert [one.source for one in plan.sources] == [f"![a]({URI})"]
    plan = plan_for(tmp_path, {}, [cell], settings=Settings(markdown="keep"))
    assert (codes(plan), plan.sources) == (["COL332"], ())


def test_the_attachment_itself_stays_and_undo_takes_the_copy_away(tmp_path: Path) -> None:
    cell = attached("![a](attachment:a.png)", {"a.png": {"image/png": PNG}})
    raw = notebook(cell, "x = 1")
    course = course_for(tmp_path, {})
    ported = port(raw, course, "nb.ipynb", Settings())
    there = [one for one in json.loads(ported.raw)["cells"] if "attachments" in one]
    assert [one["attachments"] for one in there] == [cell["attachments"]]
    assert "".join(there[0]["source"]) == f"![a]({URI})"
    assert port(ported.raw, course, "nb.ipynb", Settings()).raw == ported.raw
    assert undo(Document.parse(ported.raw)).document.to_bytes() == raw
