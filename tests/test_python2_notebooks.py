"""Notebooks and modules in Python 2: told without --unsafe-fixes, in Python 3 with it, and given back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from colabify.cli import main
from colabify.notebook import Document
from colabify.porting import port
from colabify.settings import Settings
from colabify.undo import undo
from tests.courses import contents, make_repository
from tests.notebooks import PYTHON, code, codes, course_for, markdown, notebook, plan_for

PYTHON_2: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 2", "language": "python", "name": "python2"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 2},
        "file_extension": ".py",
        "name": "python",
        "pygments_lexer": "ipython2",
        "version": "2.7.10",
    },
}
UNSAFE = Settings(unsafe_fixes=True)

# cells, cells after --unsafe-fixes
NOTEBOOKS = {
    "print": (["print 'a'"], ["print('a')"]),
    "clean cells stay": (["x  =  u'a' ;y=1", "print 'a'"], ["x  =  u'a' ;y=1", "print('a')"]),
    "magics": (
        ["%matplotlib inline\n!ls {x}\nfiles = !ls\nprint files"],
        ["%matplotlib inline\n!ls {x}\nfiles = get_ipython().getoutput('ls')\nprint(files)"],
    ),
    "cell magics": (["%%time\nprint 'a'", "%%bash\nprint 'a'"], ["%%time\nprint('a')", "%%bash\nprint 'a'"]),
    "timed": (["%time print f(x)\n%timeit -n 3 print 1"], ["%time print(f(x))\n%timeit -n 3 print 1"]),
    "rules come after": (
        ["import numpy as np", "print np.int(3)"],
        ["import numpy as np", "print(int(3))"],
    ),
    "paths too": (["print open('DATA/a.csv')"], ["print(open('data/a.csv'))"]),
    "names of other cells": (
        ["import cPickle as pickle", "f = open('data/a.csv', 'rb')\nx = pickle.load(f)"],
        ["import pickle", "f = open('data/a.csv', 'rb')\nx = pickle.load(f, encoding=\"latin1\")"],
    ),
}  # fmt: skip
FILES = {"data/a.csv": "1\n"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebooks_in_python_2(name: str, tmp_path: Path) -> None:
    before, after = NOTEBOOKS[name]
    course = course_for(tmp_path, FILES)
    raw = notebook(*before, markdown("print 'a'"), metadata=PYTHON_2)
    ported = port(raw, course, "nb.ipynb", UNSAFE)
    added = len(ported.after.cells) - len(before) - 1
    assert [cell.source for cell in ported.after.cells[added:]] == [*after, "print 'a'"]
    assert port(ported.raw, course, "nb.ipynb", UNSAFE).raw == ported.raw
    assert undo(Document.parse(ported.raw)).document.to_bytes() == raw
    assert port(ported.raw, course, "nb.ipynb", Settings()).after.metadata["kernelspec"] != {}


def test_the_metadata_follow(tmp_path: Path) -> None:
    raw = notebook("print 'a'", metadata=PYTHON_2)
    after = port(raw, course_for(tmp_path, {}), "nb.ipynb", UNSAFE).after.metadata
    assert after["kernelspec"] == {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    assert after["language_info"] == {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "name": "python",
        "pygments_lexer": "ipython3",
    }


# settings, cells, metadata, what is told
TOLD: dict[str, tuple[dict[str, Any], list[Any], dict[str, Any], list[str]]] = {
    "cannot be read": ({}, ["print 'a'"], PYTHON_2, ["COL432!"]),
    "would fail": ({}, ["x = xrange(3)"], PYTHON_2, ["COL432!"]),
    "a student's gap besides": ({}, ["print('a'", "x = zip(a, b)"], PYTHON_2, ["COL901", "COL432"]),
    "would be otherwise": ({}, ["x = zip(a, b)"], PYTHON_2, ["COL432"]),
    "is the same": ({}, ["x = 1\nprint(x)"], PYTHON_2, []),
    "left to shims": ({"unsafe_fixes": True, "compat": "shim"}, ["print 'a'"], PYTHON_2, ["COL432!"]),
    "not wanted": ({"unsafe_fixes": True, "ignore": ("COL221",)}, ["print 'a'"], PYTHON_2, ["COL432!"]),
    "rewritten": ({"unsafe_fixes": True}, ["print 'a'"], PYTHON_2, []),
    "a division is left": ({"unsafe_fixes": True}, ["print a / b"], PYTHON_2, ["COL222"]),
    "nothing for it": ({"unsafe_fixes": True}, ["import urllib2 as u"], PYTHON_2, ["COL224", "COL401!"]),
    "says 3, cells do not": ({"unsafe_fixes": True}, ["print 'a'"], PYTHON, []),
    "says 3, told": ({}, ["print 'a'"], PYTHON, ["COL901", "COL432"]),
    "says 3, and uses it": ({"unsafe_fixes": True}, ["print 'a'", "print(f'{x}')"], PYTHON, ["COL901"]),
    "says nothing": ({}, ["print 'a'"], {}, ["COL432!"]),
    "says nothing, backticks": ({}, ["x = `1`"], {}, ["COL432!"]),
    "says nothing, parses as 3": ({"unsafe_fixes": True}, ["x = xrange(3)"], {}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told(name: str, tmp_path: Path) -> None:
    settings, cells, metadata, told = TOLD[name]
    plan = plan_for(tmp_path, {}, cells, metadata=metadata, settings=Settings(**settings))
    assert sorted(codes(plan)) == sorted(told)


def test_an_error_that_is_shown_stays(tmp_path: Path) -> None:
    shown = {**code("print 'a'"), "outputs": [{"output_type": "error", "ename": "SyntaxError", "evalue": "", "traceback": []}]}  # fmt: skip
    plan = plan_for(tmp_path, {}, [shown], settings=UNSAFE)
    assert [one.codes for one in plan.sources] == []


def test_divisions_are_told_with_their_lines(tmp_path: Path) -> None:
    cell = "%%time\nprint a / b\nx = 1\ny = c / d"
    plan = plan_for(tmp_path, {}, [cell], metadata=PYTHON_2, settings=UNSAFE)
    found = [one for one in plan.findings if one.code == "COL222"]
    assert [(one.place, one.severity) for one in found] == [("cell 1, line 2", "advice")]
    assert "line 4" in found[0].message


OLD_KIT = """\
import cPickle as pickle
import shapes


def load(name):
    print 'loading', name
    with open(name, 'rb') as f:
        return pickle.load(f)
"""
NEW_KIT = """\
import pickle
from . import shapes


def load(name):
    print('loading', name)
    with open(name, 'rb') as f:
        return pickle.load(f, encoding="latin1")
"""
OLD_SHAPES = "def half(x):\n    return x[:len(x) / 2]\n"
NEW_SHAPES = "def half(x):\n    return x[:len(x) // 2]\n"
COURSE = {
    "lab/a.ipynb": notebook("from kit.load import load\nprint load", metadata=PYTHON_2),
    "lab/b.ipynb": notebook("from kit import load, shapes\nprint(load, shapes)"),
    "lab/kit/__init__.py": "",
    "lab/kit/load.py": OLD_KIT,
    "lab/kit/shapes.py": OLD_SHAPES,
    "lab/kit/new.py": "x: int = 7 / 2\n",
}


def test_modules_in_python_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_repository(tmp_path, COURSE)
    before = contents(course)
    monkeypatch.chdir(course)
    assert main(["lab", "--inplace", "--unsafe-fixes"]) == 0
    assert (course / "lab/kit/load.py").read_text() == NEW_KIT
    assert (course / "lab/kit/shapes.py").read_text() == NEW_SHAPES  # like the others of its folder
    assert (course / "lab/kit/new.py").read_text() == COURSE["lab/kit/new.py"]
    once = contents(course)
    main(["lab", "--inplace", "--unsafe-fixes"])
    assert contents(course) == once
    main(["lab", "--undo"])
    assert contents(course) == before


@pytest.mark.parametrize(
    "words", [["lab"], ["lab/b.ipynb", "--unsafe-fixes"], ["lab", "--no-modules", "--unsafe-fixes"]]
)
def test_modules_that_are_left_are_told(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    course = make_repository(tmp_path, COURSE)
    monkeypatch.chdir(course)
    assert main([*words, "--inplace"]) == 1
    shown = capsys.readouterr().out
    assert "lab/kit/load.py:6: COL223 in Python 2" in shown
    assert "COL404" not in shown
    assert (course / "lab/kit/load.py").read_text() == OLD_KIT


def test_python_2_runs_nowhere_else(tmp_path: Path) -> None:
    """A course in Python 3 is ported as it was, with the flag or without."""
    raw = notebook("x = len([1]) / 2\nprint(x)\nfor k in {}.keys():\n    pass")
    course = course_for(tmp_path, {})
    assert (
        port(raw, course, "nb.ipynb", UNSAFE).raw == port(raw, course, "nb.ipynb", Settings()).raw
    )
    assert json.loads(raw)["nbformat"] == 4
