"""The HTML page of a verification: what a notebook puts out is shown, and can do nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.pages import found, one, read, said
from tests.verified import (
    PNG,
    Hostile,
    display,
    hostile_verification,
    passed,
    stream,
)


@pytest.fixture(scope="module")
def hostile() -> tuple[BeautifulSoup, int]:
    text = Hostile()
    return read(hostile_verification(text)), text.made


FRAME = """<div><style scoped>.dataframe {color: red}</style><table border="1" class="dataframe">
<thead><tr><th></th><th>x</th></tr></thead><tbody><tr><th>0</th><td>1 &lt; 2</td></tr></tbody></table></div>"""


@pytest.mark.parametrize(
    ("output", "kind", "text"),
    [
        (stream("a\nb\n"), "text", "a\nb\n"),
        (stream(["a\n", "b"]), "text", "a\nb"),
        (stream("10%\r50%\r100%\ndone\r\n"), "text", "100%\ndone\n"),
        (stream("careful", "stderr"), "stderr", "standard error\ncareful"),
        (display(text_plain="<b>3</b>"), "text", "<b>3</b>"),
        (display(text_html=FRAME, text_plain="x"), "frame", "\n\nx\n01 < 2\n"),
        (display(text_markdown="# a", text_plain="<Markdown>"), "text", "# a"),
        (display(image_png=PNG, text_plain="<Figure>"), "image", ""),
        (display(image_svg="<svg/>", text_plain="<Figure>"), "image", ""),
    ],
)  # fmt: skip
def test_outputs_are_shown(output: dict[str, Any], kind: str, text: str) -> None:
    figure = found(one(passed(0, output)), "figure.output")
    assert kind in (figure["class"] or ())
    assert figure.get_text().strip("\n") == text.strip("\n")


def test_pieces_of_one_stream_are_one_output() -> None:
    pieces = (stream("a"), stream("b\n"), stream("!", "stderr"), stream("c"))
    said = [each.get_text().strip() for each in one(passed(0, *pieces)).select("figure.output")]
    assert said == ["ab", "standard error\n!", "c"]


@pytest.mark.parametrize(
    ("output", "note"),
    [
        (display(application_javascript="alert(1)"), "JavaScript, which does not run here."),
        (display(image_png="no base64!"), "An image that cannot be read is left out."),
        (
            display(image_png=base64.b64encode(b"<svg>").decode()),
            "An image that cannot be read is left out.",
        ),
        (
            display(image_png=base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 400_000).decode()),
            "An image of 400 kB is left out: image/png",
        ),
        (display(text_html="<p>a"), "HTML, of which only the text is shown."),
        (display(text_html="<b>a</b>" * 50_000), "400 kB of HTML are left out."),
        (display(text_html=f"<table>{'<tr><td>1' * 30}</table>"), "5 more rows are left out."),
        (display(application_vnd="1"), "An output of application/vnd is not shown."),
        ({"output_type": "strange"}, "An output of the type strange is not shown."),
        (stream("line\n" * 100_000), None),
    ],
)
def test_what_is_not_shown_is_said(output: dict[str, Any], note: str | None) -> None:
    soup = one(passed(0, output))
    if note is None:
        assert "lines are left out here" in said(soup)
        assert len(str(soup)) < 60_000
    else:
        assert note in [said(one) for one in soup.select("p.note")]


def test_nothing_of_the_network_is_asked_for(hostile: tuple[BeautifulSoup, int]) -> None:
    soup, _ = hostile
    for element in soup.find_all(True):
        assert element.name not in (
            "iframe",
            "object",
            "embed",
            "link",
            "base",
            "form",
            "video",
            "audio",
        )
        for name, value in element.attrs.items():
            assert not name.startswith("on")
            if name in ("src", "href", "action", "srcset", "data", "poster", "background", "ping"):
                assert re.match(r"#|data:image/(png|svg\+xml);base64,[\w+/=]+$", str(value)), value
            if name == "style":
                assert re.fullmatch(r"(background-)?color: rgb\([\d,]+\)", str(value))
    assert "url(" not in found(soup, "style").get_text()
    assert "@import" not in found(soup, "style").get_text()


def test_no_script_runs_but_the_page_s_own(hostile: tuple[BeautifulSoup, int]) -> None:
    soup, _ = hostile
    script = found(soup, "script").get_text()
    policy = str(found(soup, 'meta[http-equiv="Content-Security-Policy"]')["content"])
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    assert "taken" not in script


def test_all_that_strangers_wrote_is_text(hostile: tuple[BeautifulSoup, int]) -> None:
    soup, made = hostile
    assert len(soup.select("img")) == 2
    assert "23331" not in said(soup)
    text = soup.get_text() + " ".join(str(img["alt"]) for img in soup.select("img"))
    lost = [n for n in range(1, made + 1) if f"hostile{n}." not in text]
    # The words of a badge and the picture's that cannot be read are not shown; the traceback of a cell
    # whose output has one is not shown twice
    assert len(lost) <= 4
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", str(soup))
