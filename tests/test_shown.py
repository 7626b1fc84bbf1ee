"""What code displays by a relative address: a cell in, what is said out."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.analysis.shown import find_shown
from tests.notebooks import course_for, facts_for

FILES = dict.fromkeys(["lab/pic.png", "lab/run.mp4", "lab/page.html", "lab/a.wav"], "x")
AT = "lab/nb.ipynb"

# code, and what is said of it
TOLD = {
    "tag": (
        "from IPython.display import HTML\nHTML('<b>a</b> <img src=\"pic.png\">')",
        "HTML shows pic.png by its address",
    ),
    "by module": ("import IPython.display as d\nd.HTML(data='<img src=pic.png>')", "HTML shows"),
    "old module": (
        "from IPython.core.display import HTML\nHTML('<img src=pic.png>')",
        "HTML shows",
    ),
    "image by address": (
        "from IPython import display\ndisplay.Image(url='./pic.png')",
        "Image shows ./pic.png by its address, which Colab's outputs do not find: give it as filename=",
    ),
    "film": ("from IPython.display import Video\nVideo('run.mp4')", "add embed=True"),
    "frame": ("from IPython.display import IFrame\nIFrame('page.html', 9, 9)", "link to it"),
    "sound": ("from IPython.display import Audio\nAudio(url='a.wav')", "Audio shows a.wav"),
}

KEPT = {
    "image that is read": "from IPython.display import Image\nImage('pic.png')",
    "film that is read": "from IPython.display import Video\nVideo('run.mp4', embed=True)",
    "address": "from IPython.display import HTML\nHTML('<img src=\"https://a.org/pic.png\">')",
    "not there": "from IPython.display import Image\nImage(url='gone.png')",
    "link": "from IPython.display import HTML\nHTML('<a href=\"page.html\">a</a>')",
    "file's text": "from IPython.display import HTML\nHTML(open('page.html').read())",
    "another's name": "from html import HTML\nHTML('<img src=pic.png>')",
    "no argument": "from IPython.display import HTML, Video, IFrame\nHTML(), Video(), IFrame(x)",
    "plain string": "x = '<img src=\"pic.png\">'",
}


def said(folder: Path, code: str) -> list[tuple[str, int | None, int | None]]:
    facts = facts_for(folder, FILES, ["x = 1", code], at=AT)
    project = course_for(folder, FILES, at=AT).project
    found = find_shown(facts.program.units, facts.names, project, AT)
    assert {one.code for one in found} <= {"COL333"}
    return [(one.message, one.cell, one.line) for one in found]


@pytest.mark.parametrize("name", TOLD)
def test_what_is_shown_by_address_is_told(name: str, tmp_path: Path) -> None:
    code, wanted = TOLD[name]
    ((message, cell, line),) = said(tmp_path, code)
    assert wanted in message
    assert (cell, line) == (1, 2)


def test_what_is_read_or_has_an_address_is_not_told(tmp_path: Path) -> None:
    assert {name: found for name, code in KEPT.items() if (found := said(tmp_path, code))} == {}
