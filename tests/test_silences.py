"""Comments and tags that have colabify leave something alone, from a cell to what becomes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.notebook import Document
from colabify.planner import make_plan
from colabify.settings import Settings
from tests.courses import make_repository
from tests.notebooks import Cell, codes, course_for, markdown, notebook, plan_for, tagged

FILES = {"data/a.csv": "1\n", "kit.py": "import numpy as np\nx = np.int(3)\n"}
NP = "import numpy as np\n"

# a cell before; after (None: it stays), and the codes of what is told
CELLS: dict[str, tuple[str, str | None, list[str]]] = {
    "nothing said": (NP + "x = np.int(3)", NP + "x = int(3)", []),
    "its code": (NP + "x = np.int(3)  # colabify: ignore[COL101]", None, []),
    "any code": (NP + "x = np.int(3)  # colabify: ignore", None, []),
    "beginning of a code": (NP + "x = np.int(3)  # colabify: ignore[col1]", None, []),
    "several codes": (NP + "x = np.int(3), open('DATA/a.csv')  # colabify: ignore[COL301, COL101]", None, []),
    "behind another comment": (NP + "x = np.int(3)  # noqa: E501  # colabify: ignore[COL101] old", None, []),
    "no spaces": (NP + "x = np.int(3)#colabify:ignore[COL101]", None, []),
    "another code": (
        NP + "x = np.int(3)  # colabify: ignore[COL102]",
        NP + "x = int(3)  # colabify: ignore[COL102]",
        ["COL910"],
    ),
    "one code of two": (
        NP + "x = np.int(3), open('DATA/a.csv')  # colabify: ignore[COL101]",
        NP + "x = np.int(3), open('data/a.csv')  # colabify: ignore[COL101]",
        [],
    ),
    "no such code": (
        NP + "x = np.int(3)  # colabify: ignore[COL999]",
        NP + "x = int(3)  # colabify: ignore[COL999]",
        ["COL910"],
    ),
    "no code": (
        NP + "x = np.int(3)  # colabify: ignore[]",
        NP + "x = int(3)  # colabify: ignore[]",
        ["COL910"],
    ),
    "a word misspelled": (
        NP + "x = np.int(3)  # colabify: ignored",
        NP + "x = int(3)  # colabify: ignored",
        ["COL910"],
    ),
    "in a string": (
        NP + "x = np.int(3), '# colabify: ignore'",
        NP + "x = int(3), '# colabify: ignore'",
        [],
    ),
    "in a string of lines": (
        NP + 'x = np.int(3), """\n# colabify: ignore\n"""',
        NP + 'x = int(3), """\n# colabify: ignore\n"""',
        [],
    ),
    "in an f-string": (
        NP + "x = np.int(3), f'{1}# colabify: ignore'",
        NP + "x = int(3), f'{1}# colabify: ignore'",
        [],
    ),
    "about the program": (
        NP + "x = np.int(3)  # as colabify: ignore it",
        NP + "x = int(3)  # as colabify: ignore it",
        [],
    ),
    "on the line above": (
        NP + "# colabify: ignore[COL101]\nx = np.int(3)",
        NP + "# colabify: ignore[COL101]\nx = int(3)",
        ["COL910"],
    ),
    "on the next line": (
        NP + "x = np.int(3)\ny = 1  # colabify: ignore",
        NP + "x = int(3)\ny = 1  # colabify: ignore",
        ["COL910"],
    ),
    "where a statement begins": (NP + "x = (  # colabify: ignore[COL101]\n    np.int(3)\n)", None, []),
    "where a statement ends": (NP + "x = (\n    np.int(3)\n)  # colabify: ignore[COL101]", None, []),
    "inside a statement": (
        NP + "x = (\n    np.int(3),  # colabify: ignore[COL101]\n    np.int(4),\n)",
        NP + "x = (\n    np.int(3),  # colabify: ignore[COL101]\n    int(4),\n)",
        [],
    ),
    "the head of a block": (
        NP + "if np.int(1):  # colabify: ignore[COL101]\n    x = np.int(2)",
        NP + "if np.int(1):  # colabify: ignore[COL101]\n    x = int(2)",
        [],
    ),
    "below a cell magic": (
        "%%time\n" + NP + "x = np.int(3)  # colabify: ignore[COL101]\ny = np.int(3)",
        "%%time\n" + NP + "x = np.int(3)  # colabify: ignore[COL101]\ny = int(3)",
        [],
    ),
    "below lines that go": (
        "%tensorflow_version 2.x\n" + NP + "y = np.int(4)\nx = np.int(3)  # colabify: ignore[COL101]",
        NP + "y = int(4)\nx = np.int(3)  # colabify: ignore[COL101]",
        [],
    ),
    "a path": ("open('DATA/a.csv')  # colabify: ignore[COL301]", None, []),
    "a path below a cell magic": ("%%time\n\nopen('DATA/a.csv')  # colabify: ignore[COL301]", None, []),
    "where a path is said": (
        "p = 'DATA/a.csv'  # colabify: ignore[COL301]\nopen(p)",
        None,
        [],
    ),
    "where a path is used": ("p = 'DATA/a.csv'\nopen(p)  # colabify: ignore[COL301]", None, []),
    "a path that is missing": ("open('data/b.csv')  # colabify: ignore[COL311]", None, []),
    "another that is missing": (
        "open('data/b.csv')  # colabify: ignore[COL311]\nopen('data/c.csv')",
        None,
        ["COL311!"],
    ),
    "a shell line": ("x = 1\n!cat DATA/a.csv # colabify: ignore[COL301]", None, []),
    "a word in a shell line": (
        "x = 1\n!cat DATA/a.csv '# colabify: ignore[COL301]'",
        "x = 1\n!cat data/a.csv '# colabify: ignore[COL301]'",
        [],
    ),
    "a shell line of lines": ("x = 1\n!cat \\\n  DATA/a.csv # colabify: ignore[COL301]", None, []),
    "an assigned shell line": ("x = !cat DATA/a.csv # colabify: ignore", None, []),
    "a shell cell": (
        "%%bash\ncat DATA/a.csv  # colabify: ignore[COL301]",
        None,
        [],
    ),
    "a magic": ("x = 1\n%pip install --user numpy # colabify: ignore", None, []),
    "an import": ("import nowhere_known  # colabify: ignore[COL401]", None, []),
    "an import in a cell with a magic": ("%%time\nimport nowhere_known  # colabify: ignore[COL401]", None, []),
    "another import": (
        "import nowhere_known  # colabify: ignore[COL401]\nimport not_known_either",
        None,
        ["COL401!"],
    ),
    "what is no Python": ("for x in y  # colabify: ignore[COL901]", None, []),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_comments(name: str, tmp_path: Path) -> None:
    before, after, told = CELLS[name]
    plan = plan_for(tmp_path, FILES, [before])
    changed = {one.cell: one.source for one in plan.sources}
    assert changed == ({} if after is None else {0: after})
    assert codes(plan) == told


IMAGE = markdown("![](absent.png) [kit](kit.py)")
# cells; those that change, and the codes of what is told
TAGS: dict[str, tuple[list[Cell], list[int], list[str]]] = {
    "code": ([tagged(NP + "x = np.int(3)", "colabify-ignore")], [], []),
    "one code": ([tagged(NP + "x = np.int(3)", "colabify-ignore-COL101")], [], []),
    "another code": ([tagged(NP + "x = np.int(3)", "colabify-ignore-COL301")], [0], ["COL910"]),
    "no such code": ([tagged(NP + "x = np.int(3)", "colabify-ignore-x")], [0], ["COL910"]),
    "another cell": ([tagged("y = 1", "colabify-ignore"), NP + "x = np.int(3)"], [1], ["COL910"]),
    "another tag": ([tagged(NP + "x = np.int(3)", "colabify-ignored")], [0], []),
    "a path said elsewhere": ([tagged("p = 'DATA/a.csv'", "colabify-ignore"), "open(p)"], [], []),
    "HTML": ([tagged("%%html\n<a href='kit.py'>", "colabify-ignore")], [], []),
    "Markdown": ([tagged(IMAGE, "colabify-ignore")], [], []),
    "Markdown, one code": ([tagged(IMAGE, "colabify-ignore-COL314")], [0], []),
    "Markdown, for nothing": ([tagged(markdown("x"), "colabify-ignore")], [], ["COL910"]),
    "a magic": ([tagged("%matplotlib notebook", "colabify-ignore")], [], []),
}


@pytest.mark.parametrize("name", TAGS)
def test_tags(name: str, tmp_path: Path) -> None:
    cells, changed, told = TAGS[name]
    plan = plan_for(tmp_path, FILES, cells)
    assert [one.cell for one in plan.sources] == changed
    assert codes(plan) == told


def test_the_same_cells_without_tags_change(tmp_path: Path) -> None:
    cells: list[Cell] = [IMAGE, "%%html\n<a href='kit.py'>", "p = 'DATA/a.csv'", "open(p)"]
    plan = plan_for(tmp_path, FILES, cells)
    assert sorted(one.cell for one in plan.sources) == [0, 1, 2]
    assert codes(plan) == ["COL314"]


def test_other_languages_have_tags_only(tmp_path: Path) -> None:
    r = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    cells = ["x <- 1  # colabify: ignore[COL101]", tagged(IMAGE, "colabify-ignore")]
    assert codes(plan_for(tmp_path, FILES, cells, metadata=r)) == ["COL431"]


def test_a_badge_in_a_cell_that_is_left_is_one(tmp_path: Path) -> None:
    address = "https://colab.research.google.com/github/else/where/blob/old/nb.ipynb"
    badge = (
        f"[![Open In Colab](https://colab.research.google.com/assets/colab-badge.svg)]({address})"
    )
    plan = plan_for(tmp_path, FILES, [tagged(markdown(badge), "colabify-ignore"), "x = 1"])
    assert (plan.badge, plan.sources) == ("", ())


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), ["COL910"]),
        (Settings(select=("COL2",)), []),
        (Settings(ignore=("COL101",)), []),
        (Settings(ignore=("COL910",)), []),
    ],
    ids=["all", "not selected", "ignored", "itself ignored"],
)
def test_what_was_not_looked_for_is_not_missed(
    settings: Settings, told: list[str], tmp_path: Path
) -> None:
    plan = plan_for(tmp_path, FILES, ["x = 1  # colabify: ignore[COL101]"], settings=settings)
    assert codes(plan) == told


def test_twice_and_back(tmp_path: Path) -> None:
    cells = [before for before, _, _ in list(CELLS.values())[1:-3]]
    tags = [cell for cells, _, _ in TAGS.values() for cell in cells]
    course = make_repository(tmp_path, {**FILES, "a.ipynb": notebook(*cells, *tags)})
    original = (course / "a.ipynb").read_bytes()
    main([str(course / "a.ipynb"), "--inplace"])
    once = (course / "a.ipynb").read_bytes()
    assert once != original
    main([str(course / "a.ipynb"), "--inplace"])
    assert (course / "a.ipynb").read_bytes() == once
    main([str(course / "a.ipynb"), "--undo"])
    assert (course / "a.ipynb").read_bytes() == original


def test_place_of_what_is_unused(tmp_path: Path) -> None:
    course = course_for(tmp_path, FILES)
    raw = notebook("x = 1", "%%time\n\ny = 1  # colabify: ignore[COL101, COL102]")
    plan = make_plan(Document.parse(raw), course, "nb.ipynb", Settings())
    (found,) = [one for one in plan.findings if one.code == "COL910"]
    assert (found.place, found.severity) == ("cell 2, line 3", "advice")
    assert found.message == (
        "# colabify: ignore[COL101, COL102]: COL101 and COL102 stop nothing there"
    )
    assert json.loads(raw)["cells"][1]["source"].endswith("COL102]")
