"""The HTML page in a real browser, where there is one: nothing hostile runs, and it fits a narrow screen."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from colabify.verify.outcome import DiffRow
from colabify.verify.page import page
from tests.verified import (
    PNG,
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

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")

# A page round the page, which looks into it once it is there
LOOK = """<!doctype html><body><iframe id="hostile" src="hostile.html" style="width:390px;height:800px"></iframe>
<iframe id="phone" src="page.html" style="width:390px;height:800px"></iframe>
<iframe id="desk" src="page.html#%(anchor)s" style="width:1200px;height:800px"></iframe>
<script>
addEventListener("load", () => {
  const of = (id) => document.getElementById(id).contentDocument;
  const wide = (d) => {
    for (const one of d.querySelectorAll("details")) one.open = true;
    const root = d.documentElement;
    return [root.scrollWidth - root.clientWidth, [...d.querySelectorAll("body *")].filter((e) =>
      e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest("pre, .wide, .frame")).map((e) => e.outerHTML.slice(0, 200))];
  };
  const colour = (d) => d.defaultView.getComputedStyle(d.body).backgroundColor;
  const desk = of("desk"), seen = {};
  seen.revealed = desk.getElementById("%(anchor)s").open;
  seen.tools = [...desk.querySelectorAll(".search, .buttons")].map((one) => one.hidden);
  desk.getElementById("theme-light").click();
  seen.light = colour(desk);
  desk.getElementById("theme-dark").click();
  seen.dark = colour(desk);
  const rows = () => [...desk.querySelectorAll(".glance tbody tr")].filter((one) => one.offsetHeight).length;
  seen.all = rows();
  desk.getElementById("show-failed").click();
  seen.failed = rows();
  desk.getElementById("show-all").click();
  const find = desk.getElementById("find");
  find.value = "second";
  find.dispatchEvent(new Event("input"));
  seen.found = rows();
  seen.title = of("hostile").title;
  seen.phone = wide(of("phone"));
  seen.hostile = wide(of("hostile"));
  seen.image = of("phone").querySelector("figure img").naturalWidth;
  document.body.dataset.seen = JSON.stringify(seen);
});
</script>"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser made of a course, and of a verification of which a stranger wrote every word."""
    folder = tmp_path_factory.mktemp("browser")
    long = "a_long_folder/" * 5 + "And_A_Long_Name_Without_Any_Space_" * 4
    line = "x = " + "a_long_name_of_a_variable" * 12
    cells = (
        failed(1, source=line, traceback=line * 3),
        passed(2, stream(line), display(image_png=PNG)),
    )
    frame = "<table>" + "<tr>" + "<td>a wide field</td>" * 18 + "</tr></table>"
    course = verification(
        verdict(f"{long}.ipynb", *cells, state="failed", steps=steps(runs="failed"), diff=(DiffRow(line, line + "2", "changed"),)),
        verdict("second.ipynb", passed(0, display(text_html=frame))),
    )  # fmt: skip
    (folder / "page.html").write_text(page(course), "utf-8")
    (folder / "hostile.html").write_text(page(hostile_verification(Hostile())), "utf-8")
    (folder / "look.html").write_text(LOOK % {"anchor": "nb-second-ipynb"}, "utf-8")
    return look(folder)


def look(folder: Path) -> dict[str, Any]:
    quiet = ("background-networking", "component-update", "sync", "gpu", "dev-shm-usage")
    words = [
        *(
            str(BROWSER),
            "--headless",
            "--no-sandbox",
            "--no-first-run",
            *(f"--disable-{one}" for one in quiet),
        ),
        *("--allow-file-access-from-files", f"--user-data-dir={folder / 'profile'}"),
        *("--virtual-time-budget=5000", "--dump-dom", (folder / "look.html").as_uri()),
    ]
    done = subprocess.run(
        words, capture_output=True, timeout=60, env={**os.environ, "HOME": str(folder)}
    )
    text = re.search(r'data-seen="([^"]*)"', done.stdout.decode())
    assert text, done.stderr.decode()
    made: dict[str, Any] = json.loads(html.unescape(text[1]))
    return made


def test_nothing_that_a_stranger_wrote_runs(seen: dict[str, Any]) -> None:
    assert seen["title"].startswith("hostile")
    assert seen["title"] != "taken"


@pytest.mark.parametrize("name", ["phone", "hostile"])
def test_it_fits_a_narrow_screen(seen: dict[str, Any], name: str) -> None:
    assert seen[name] == [0, []]


def test_the_theme_can_be_chosen(seen: dict[str, Any]) -> None:
    assert {seen["light"], seen["dark"]} == {"rgb(246, 247, 248)", "rgb(18, 21, 24)"}


def test_a_link_opens_the_notebook_that_it_leads_to(seen: dict[str, Any]) -> None:
    assert seen["revealed"] is True


def test_notebooks_can_be_found(seen: dict[str, Any]) -> None:
    assert seen["tools"] == [False, False]
    assert (seen["all"], seen["failed"], seen["found"]) == (2, 1, 1)


def test_images_are_shown(seen: dict[str, Any]) -> None:
    assert seen["image"] == 1
