"""The table of paths: a row for each path that the code uses, with what is known about it and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from colabify.analysis.missing import plan_data
from colabify.course import Course
from colabify.notebook import Document
from colabify.planner import make_plan
from colabify.project_finder import find_project
from colabify.settings import Settings
from colabify.supply import read_supplies
from tests.courses import git, notebook
from tests.notebooks import codes, course_for, facts_for, plan_for

GET = "wget https://example.org/big.zip\nunzip big.zip\n"
FILES = {
    "week1/data/a.csv": "1",
    "week1/get_big.sh": GET,
    "lib.py": "import os\nHERE = os.path.dirname(__file__)\nopen(os.path.join(HERE, 'x.txt'))\n",
    "x.txt": "x",
}
URL = {"url": "https://example.org/x.zip"}

# cells, then what is known: text, state, path, (part of) why
STATES: dict[str, tuple[list[str], list[tuple[str, str, str, str]]]] = {
    "there": (["open('data/a.csv')"], [("data/a.csv", "there", "week1/data/a.csv", "")]),
    "there, above": (["open('../x.txt')"], [("../x.txt", "there", "x.txt", "")]),
    "a folder": (["import os\nos.listdir('data')"], [("data", "there", "week1/data", "")]),
    "a pattern": (
        ["import glob\nglob.glob('data/*.csv')"],
        [("data/*.csv", "there", "week1/data/*.csv", "")],
    ),
    "mentioned": (["p = 'data/a.csv'"], [("data/a.csv", "there", "week1/data/a.csv", "")]),
    "mentioned, leads nowhere": (["p = 'data/b.csv'\nq = 'and/or'"], []),
    "by case": (["open('Data/A.csv')"], [("Data/A.csv", "mended", "week1/data/a.csv", "spelled")]),
    "backslash": (
        ["open('data\\\\a.csv')"],
        [("data\\a.csv", "mended", "week1/data/a.csv", "with slashes")],
    ),
    "absolute": (
        ["open('/home/jo/course/week1/data/a.csv')"],
        [("/home/jo/course/week1/data/a.csv", "mended", "week1/data/a.csv", "relative to where")],
    ),
    "written": (["open('o.txt', 'w')"], [("o.txt", "made", "week1/o.txt", "it is made here")]),
    "made": (
        ["!wget https://e.org/o.txt", "open('o.txt')"],
        [("o.txt", "made", "week1/o.txt", "cell 1 downloads it")],
    ),
    "perhaps made": (
        ["!bash other.sh", "open('o.txt')"],
        [("o.txt", "made", "week1/o.txt", "cell 1 runs other.sh, perhaps this")],
    ),
    "named before": (
        ["ModelCheckpoint('o.h5')", "load_model('o.h5')\nopen('o.h5')"],
        [("o.h5", "made", "week1/o.h5", "the code names it before")],
    ),
    "fetched": (
        ["open('big/a.csv')"],
        [("big/a.csv", "fetched", "week1/big/a.csv", "get_big.sh brings it: it names")],
    ),
    "fetched by itself": (
        ["!bash get_big.sh", "open('big/a.csv')"],
        [("big/a.csv", "made", "week1/big/a.csv", "cell 1 runs get_big.sh")],
    ),
    "fetched, since it runs another, or none": (
        ["!bash other/get_big.sh\n!cd .. && ./get_big.sh", "open('big/a.csv')"],
        [("big/a.csv", "fetched", "week1/big/a.csv", "get_big.sh brings it: it names")],
    ),
    "fetched, since it runs none, and the script is the only one": (
        ["!bash big/get_big.sh\n!big/get_big.sh", "open('raw/b.csv')"],
        [("raw/b.csv", "fetched", "week1/raw/b.csv", "get_big.sh brings it: it is the only one")],
    ),
    "fetched by itself, perhaps": (
        ["!wget -i list\n!bash big/get_big.sh", "open('raw/b.csv')"],
        [("raw/b.csv", "made", "week1/raw/b.csv", "perhaps this")],
    ),
    "fetched by itself, once mended": (
        ["open('data/a.csv')\n!bash Get_big.sh", "open('big/a.csv')"],
        [
            ("data/a.csv", "there", "week1/data/a.csv", ""),
            ("big/a.csv", "made", "week1/big/a.csv", "cell 1 runs Get_big.sh"),
        ],
    ),
    "fetched by itself, from its folder": (
        ["%cd ..", "!cd week1 && ./get_big.sh\n%cd week1", "open('big/a.csv')"],
        [("big/a.csv", "made", "week1/big/a.csv", "cell 2 runs get_big.sh")],
    ),
    "supplied": (
        ["open('sup/a.csv')"],
        [("sup/a.csv", "supplied", "week1/sup/a.csv", "[tool.colabify.data] has its url")],
    ),
    "missing": (
        ["open('qqqq/a.csv')\nopen('qqqq/b.csv')"],
        [
            ("qqqq/a.csv", "missing", "week1/qqqq/a.csv", "it is not here either"),
            ("qqqq/b.csv", "missing", "week1/qqqq/b.csv", "it is not here either"),
        ],
    ),
    "leaves": (["open('../../o')"], [("../../o", "missing", "../o", "leads out of the repos")]),
    "on Colab": (["open('/content/a')"], [("/content/a", "elsewhere", "", "")]),
    "to nowhere": (["!date > /dev/null"], [("/dev/null", "elsewhere", "", "")]),
    "in the clone": (
        ["open('/content/course/x.txt')"],
        [("/content/course/x.txt", "there", "x.txt", "")],
    ),
    "sample": (["open('sample_data/a')"], [("sample_data/a", "elsewhere", "", "")]),
    "not known": (["open(name)"], [("name", "unknown", "", "while the code runs")]),
}


def rows(plan: Any) -> list[tuple[str, str, str, str]]:
    return [(one.text, one.state, one.path, one.why) for one in plan.paths]


@pytest.mark.parametrize("name", STATES)
def test_state(name: str, tmp_path: Path) -> None:
    cells, wanted = STATES[name]
    files = {k: v for k, v in FILES.items() if name.startswith("fetched") or not k.endswith(".sh")}
    settings = Settings(data=read_supplies({"week1/sup": URL}))
    plan = plan_for(tmp_path, {**files}, cells, at="week1/nb.ipynb", settings=settings)
    found = [row for row in rows(plan) if not row[0].endswith((".sh", "..", "week1"))]
    reads = [row for row in found if row[3] != "it is made here" or wanted[:1] == [row]]
    got = [(text, state, path) for text, state, path, _ in dict.fromkeys(reads)]
    assert got == [(text, state, path) for text, state, path, _ in wanted]
    assert all(said in row[3] for row, (*_, said) in zip(reads, wanted, strict=True))


def test_a_module_s_paths_are_told_too(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, FILES, ["import lib"])
    (row,) = [one for one in plan.paths if one.place == "lib.py"]
    assert (row.state, row.path, row.line) == ("there", "x.txt", 3)


def test_git_tracks_it_here_alone(tmp_path: Path) -> None:
    plan_for(tmp_path, {"old.txt": "1"}, ["x = 1"], at="a.ipynb")
    (tmp_path / "new.txt").write_text("2")
    git(tmp_path, "add", "new.txt")
    raw = notebook("open('new.txt')\nopen('old.txt')").encode()
    plan = make_plan(Document.parse(raw), Course(find_project(tmp_path)), "a.ipynb", Settings())
    assert [(one.text, one.state) for one in plan.paths] == [
        ("new.txt", "not pushed"),
        ("old.txt", "there"),
    ]


def test_git_lfs_holds_it(tmp_path: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'ab' * 32}\nsize 5\n"
    files = {".gitattributes": "*.bin filter=lfs\n", "a.bin": pointer, "b.txt": "1"}
    plan = plan_for(tmp_path, files, ["open('a.bin')\nopen('b.txt')"])
    assert [(one.text, one.state) for one in plan.paths] == [("a.bin", "lfs"), ("b.txt", "there")]
    settings = Settings(data=read_supplies({"a.bin": URL}))
    (row, _) = plan_for(tmp_path, files, ["open('a.bin')\nopen('b.txt')"], settings=settings).paths
    assert row.state == "supplied"


# what the code says, what the configuration declares, what of that the setup cell brings
SUPPLIED = {
    "itself": ("open('d/a.csv')", ["d/a.csv"], ["d/a.csv"]),
    "what it is in": ("open('d/a.csv')", ["d"], ["d"]),
    "the nearest": ("open('d/e/a.csv')", ["d", "d/e"], ["d/e"]),
    "mentioned": ("p = 'd/a.csv'", ["d/a.csv"], ["d/a.csv"]),
    "listed": ("import os\nos.listdir('d')", ["d/a.csv"], ["d/a.csv"]),
    "not used": ("open('e/a.csv')", ["d"], []),
    "there": ("open('x.txt')", ["x.txt"], []),
}


@pytest.mark.parametrize("name", SUPPLIED)
def test_brings_what_is_used(name: str, tmp_path: Path) -> None:
    cell, declared, brought = SUPPLIED[name]
    settings = Settings(data=read_supplies(dict.fromkeys(declared, URL)))
    files = {"x.txt": ""}
    course, facts = course_for(tmp_path, files), facts_for(tmp_path, files, [cell])
    data = plan_data(facts, course, settings)
    assert [one.path for one in data.supplies] == brought
    assert [one.code for one in data.findings] == (["COL311"] if name == "not used" else [])


def test_a_script_that_is_declared_has_to_be_there(tmp_path: Path) -> None:
    settings = Settings(data=read_supplies({"d": {"run": "tools/get.sh"}}))
    plan = plan_for(tmp_path / "a", {"x": ""}, ["open('d/a.csv')"], settings=settings)
    assert codes(plan) == ["COL325!"]
    plan = plan_for(tmp_path / "b", {"tools/get.sh": ""}, ["open('d/a.csv')"], settings=settings)
    assert codes(plan) == []


# cells, the folders that the setup cell makes
FOLDERS = {
    "written into": (["plt.savefig('figs/a.png')"], ["figs"]),
    "deep": (["open('o/p/a.txt', 'w')\nopen('o/b.txt', 'w')"], ["o/p"]),
    "is there": (["open('d/a.txt', 'w')"], []),
    "made": (["import os\nos.makedirs('figs')", "plt.savefig('figs/a.png')"], []),
    "made by a command": (["!mkdir -p figs", "plt.savefig('figs/a.png')"], []),
    "made, name not known": (["import os\nos.mkdir(d)", "plt.savefig('figs/a.png')"], []),
    "beside": (["open('a.txt', 'w')"], []),
    "out of the repository": (["open('../o/a.txt', 'w')"], []),
    "unpacked": (["!unzip a.zip -d figs", "open('figs/a.txt', 'w')"], []),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_folders_that_nobody_makes_are_made(name: str, tmp_path: Path) -> None:
    cells, folders = FOLDERS[name]
    plan = plan_for(tmp_path, {"d/x.txt": ""}, ["open('d/x.txt')", *cells])
    assert list(plan.setup.folders) == folders


@pytest.mark.parametrize(
    "text",
    ["a b/c d.csv", "it's", '"', "$HOME/a$b", "データ/😀.csv", "a/" * 140 + "x" * 20, "a\nb/c"],
)
def test_odd_paths_are_only_data(text: str, tmp_path: Path) -> None:
    cell = f"open({text!r})"
    there = {} if "\n" in text else {text: "1"}
    plan = plan_for(tmp_path, there, [cell])
    (row,) = plan.paths
    assert (row.text, row.state) == (text, "there" if there else "missing")
    absent = plan_for(tmp_path / "other", {"z": ""}, [cell])
    assert [one.state for one in absent.paths] == ["missing"]
    assert "\n" not in absent.findings[0].message


def test_a_literal_that_is_both_a_path_and_a_label_is_one_row_each(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {"d/a.csv": ""}, ["open('d/a.csv')\nprint('d/a.csv')"])
    assert [(one.line, one.use, one.state) for one in plan.paths] == [
        (1, "read", "there"),
        (2, "mention", "there"),
    ]
