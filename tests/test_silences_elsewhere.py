"""Comments and tags in cells of Python 2, and comments in modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.settings import Settings
from tests.courses import contents, make_repository
from tests.notebooks import Cell, codes, notebook, plan_for, tagged

FILES = {"data/a.csv": "1\n", "kit.py": "import numpy as np\nx = np.int(3)\n"}
NP = "import numpy as np\n"
PYTHON_2 = {"kernelspec": {"name": "python2", "display_name": "Python 2", "language": "python"}}


def test_a_cell_in_python_2_is_left_as_a_whole(tmp_path: Path) -> None:
    cells: list[Cell] = ["print 1  # colabify: ignore[COL221]\nprint 2", "print 3"]
    settings = Settings(unsafe_fixes=True)
    plan = plan_for(tmp_path, FILES, cells, settings=settings, metadata=PYTHON_2)
    assert [(one.cell, one.source) for one in plan.sources] == [(1, "print(3)")]
    assert "COL910" not in codes(plan)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("print 1", ["COL432!"]),
        ("print 1  # colabify: ignore[COL432]", ["COL901"]),
        (tagged("print 1", "colabify-ignore-COL432"), ["COL901"]),
        (tagged("print 1", "colabify-ignore"), []),
    ],
    ids=["nothing", "comment", "tag for a code", "tag"],
)
def test_a_cell_in_python_2_that_is_told_or_not(
    cell: Cell, told: list[str], tmp_path: Path
) -> None:
    assert codes(plan_for(tmp_path, FILES, [cell], metadata=PYTHON_2)) == told


def test_a_cell_in_python_2_keeps_its_comment(tmp_path: Path) -> None:
    cells: list[Cell] = [NP + "print np.int(1)  # colabify: ignore[COL101]"]
    settings = Settings(unsafe_fixes=True)
    plan = plan_for(tmp_path, FILES, cells, settings=settings, metadata=PYTHON_2)
    assert [one.source for one in plan.sources] == [
        NP + "print(np.int(1))  # colabify: ignore[COL101]"
    ]
    assert "COL910" not in codes(plan)


# a module before, after (None: it stays), and what is told of it
MODULES: dict[str, tuple[str, str | None, list[str]]] = {
    "a rule": (NP + "x = np.int(3)  # colabify: ignore[COL101]\n", None, []),
    "a path": ("def f():\n    open('DATA/a.csv')  # colabify: ignore[COL301]\n", None, []),
    "one of two": (
        NP + "x = np.int(3)  # colabify: ignore\ny = np.int(3)\n",
        NP + "x = np.int(3)  # colabify: ignore\ny = int(3)\n",
        [],
    ),
    "in a docstring": (
        NP + "def f():\n    '''# colabify: ignore[COL101]'''\n    return np.int(3)\n",
        NP + "def f():\n    '''# colabify: ignore[COL101]'''\n    return int(3)\n",
        [],
    ),
    "for nothing": ("x = 1  # colabify: ignore[COL101]\n", None, ["COL910"]),
    "a module that is missing": ("import nowhere_known  # colabify: ignore[COL401]\n", None, []),
    "Python 2": ("print 1  # colabify: ignore\n", None, []),
}


@pytest.mark.parametrize("name", MODULES)
def test_modules(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, told = MODULES[name]
    nb = notebook("import kit")
    course = make_repository(tmp_path, {**FILES, "kit.py": before, "a.ipynb": nb, "b.ipynb": nb})
    original = contents(course)
    main([str(course), "--inplace", "--unsafe-fixes"])
    assert (course / "kit.py").read_text() == (after if after is not None else before)
    assert re.findall(r"kit\.py:\d+: (COL\d+)", capsys.readouterr().out) == told
    once = contents(course)
    main([str(course), "--inplace", "--unsafe-fixes"])
    assert contents(course) == once
    main([str(course), "--undo"])
    assert contents(course) == original
