"""What else than scripts fetches data: a Makefile's targets and DVC; and how sure that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import codes, plan_for

DVC = "[core]\n    remote = r\n['remote \"r\"']\n    url = {}\n"

# cells, files, (script, paths), codes
FETCHED: dict[str, tuple[list[str], dict[str, str], tuple[str, list[str]] | None, list[str]]] = {
    "a target of that name": (
        ["open('data/a.txt')"],
        {"Makefile": "all: data/a.txt\n\ndata/a.txt:\n\tpython make_it.py > $@\n"},
        ("Makefile", ["data/a.txt"]),
        [],
    ),
    "a target that downloads": (
        ["open('data/a.txt')"],
        {"data/Makefile": "URL = http://e.org\nget: ; @curl -O $(URL)/a.txt\n"},
        ("data/Makefile", ["data/a.txt"]),
        [],
    ),
    "kept by DVC": (
        ["open('data/a.txt')"],
        {"data/a.txt.dvc": "outs:\n- path: a.txt\n", ".dvc/config": DVC.format("https://e.org")},
        ("data/a.txt.dvc", ["data/a.txt"]),
        [],
    ),
    "a folder kept by DVC": (
        ["open('data/a.txt')"],
        {"data.dvc": "outs:\n- path: data\n", ".dvc/config": DVC.format("https://e.org")},
        ("data.dvc", ["data/a.txt"]),
        [],
    ),
    # not fetched
    "kept by DVC behind a login": (
        ["open('data/a.txt')"],
        {"data/a.txt.dvc": "outs:\n- path: a.txt\n", ".dvc/config": DVC.format("s3://bucket")},
        None,
        ["COL311!"],
    ),
    "kept by DVC, nobody knows where": (
        ["open('data/a.txt')"],
        {"data/a.txt.dvc": "outs:\n- path: a.txt\n"},
        None,
        ["COL311!"],
    ),
    "a target without a recipe": (
        ["open('data/a.txt')"],
        {"Makefile": "data/a.txt: other\n"},
        None,
        ["COL311!"],
    ),
    "a target that downloads something else": (
        ["open('data/a.txt')"],
        {"Makefile": "b:\n\twget http://e.org/b.zip\nc:\n\twget http://e.org/c.zip\n"},
        None,
        ["COL311!"],
    ),
}


@pytest.mark.parametrize("name", FETCHED)
def test_is_fetched(name: str, tmp_path: Path) -> None:
    cells, files, fetch, found = FETCHED[name]
    plan = plan_for(tmp_path, files, cells)
    assert [(one.script, list(one.paths)) for one in plan.setup.fetches] == (
        [fetch] if fetch else []
    )
    assert codes(plan) == found


@pytest.mark.parametrize(
    ("files", "words", "why"),
    [
        (
            {"data/get.sh": "wget http://e.org/wanted.txt"},
            ("bash", "./get.sh"),
            "get.sh brings it: it names wanted.txt",
        ),
        (
            {"data/get.sh": "wget http://e.org/x.zip"},
            ("bash", "./get.sh"),
            "get.sh brings it: it is the only one in data",
        ),
        (
            {"Makefile": "data/wanted.txt:\n\ttouch $@\n"},
            ("make", "data/wanted.txt"),
            "Makefile brings it: it has a target of that name",
        ),
        (
            {"data/wanted.txt.dvc": "", ".dvc/config": DVC.format("https://e.org/x")},
            ("dvc", "pull", "./wanted.txt.dvc"),
            "wanted.txt.dvc brings it: DVC keeps it at https://e.org/x",
        ),
    ],
)
def test_says_what_is_run_and_how_sure_that_is(
    files: dict[str, str], words: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    plan = plan_for(tmp_path, files, ["open('data/wanted.txt')"])
    (fetch,) = plan.setup.fetches
    (row,) = plan.paths
    assert (fetch.words, row.state, row.why) == (words, "fetched", why)
