"""The plan as programs read it (``--format json``), and as people do (``--verbose``)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from colabify.cli import main
from colabify.course import Course
from colabify.plans import Plan
from colabify.porting import port
from colabify.project_finder import find_project
from colabify.settings import Settings
from tests.courses import contents, make_repository, notebook

Capture = pytest.CaptureFixture[str]
SETUP_PY = """\
from setuptools import Extension, setup
from Cython.Build import cythonize
setup(ext_modules=cythonize([Extension("fast", ["fast.pyx"])]))
"""
PROJECT = "[project]\nname = 'kit'\nversion = '1'\n"
ASKS = "from importlib.metadata import version\n__version__ = version('kit')\n"
FILES = {
    "week/a.ipynb": notebook(
        "import numpy, transformers",
        "import gensim\nimport zzzz_kit",
        "import kit, helper",
        "!tree\nimport nltk\nnltk.word_tokenize('a')",
        "open('data/a.csv')\nx = model.to('cuda')",
        "try:\n    import emoji\nexcept ImportError:\n    emoji = None",
    ),
    "week/requirements.txt": "gensim==4.4.0\nnumpy==1.10.4\ntransformers<5\n",
    "week/helper.py": "import fast\n",
    "week/setup.py": SETUP_PY,
    "week/fast.pyx": "",
    "week/data/get_data.sh": "wget https://example.org/a.csv\n",
    "lib/pyproject.toml": PROJECT,
    "lib/kit/__init__.py": ASKS,
}
MEMBERS = {
    *("path", "changed", "runtime", "accelerator", "done", "clone", "folder", "sys_path"),
    *("dependencies", "installs", "system", "packages", "builds", "data", "fetches", "findings"),
}


def strict(schema: Any) -> Any:
    """The schema, but for members that it does not describe: a reader has to bear them, the tests do not."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: strict(value) for key, value in schema.items()}
    told = (
        isinstance(schema.get("required"), list)
        and "properties" in schema
        and schema["required"] != ["kind", "name"]
    )
    return {"unevaluatedProperties": False, **found} if told else found


DOCS = Path(__file__).parent.parent / "docs"
SCHEMA = jsonschema.Draft202012Validator(
    strict(json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8")))
)


def report(capsys: Capture, *words: str | Path, code: int = 0) -> dict[str, Any]:
    """What ``--format json`` says, read by a parser that takes nothing but JSON."""

    def no_json(text: str) -> None:
        raise AssertionError(text)

    assert main([*map(str, words), "--format", "json"]) == code
    out = capsys.readouterr().out
    assert out.endswith("}\n")
    found = json.loads(out, parse_constant=no_json)
    SCHEMA.validate(found)
    return dict(found)


def the_only(capsys: Capture, folder: Path, files: Mapping[str, str], code: int = 0) -> Any:
    (found,) = report(capsys, make_repository(folder, files), code=code)["notebooks"]
    return found


def plan_of(folder: Path, name: str) -> Plan:
    raw = (folder / name).read_bytes()
    return port(raw, Course(find_project(folder)), name, Settings()).plan


def test_json_tells_the_plan(tmp_path: Path, capsys: Capture) -> None:
    told = the_only(capsys, tmp_path, FILES, code=1)
    plan = plan_of(tmp_path, "week/a.ipynb")
    setup = plan.setup
    assert told.keys() >= MEMBERS
    assert told["path"].endswith("a.ipynb")
    assert told["changed"] is True
    assert (told["runtime"], told["folder"]) == (plan.runtime, "week")
    assert plan.accelerator
    assert told["accelerator"] == asdict(plan.accelerator)
    assert told["done"] == list(plan.done)
    assert setup.source
    assert told["clone"] == json.loads(json.dumps(asdict(setup.source)))
    assert told["clone"]["url"] == "https://github.com/teacher/course.git"
    assert told["sys_path"] == list(setup.path_folders) == ["lib"]
    assert told["packages"] == list(setup.packages) == ["lib"]
    assert told["dependencies"] == [asdict(one) for one in plan.dependencies]
    assert told["installs"] == [asdict(one) for one in setup.installs]
    assert told["builds"] == [asdict(one) for one in setup.builds]
    assert [one["package"] for one in told["system"]] == ["tree"]
    assert [(one["kind"], one["name"]) for one in told["data"]] == [("nltk", "punkt_tab")]
    assert [one["cell"] for one in told["data"]] == [
        one.cell + 1 for one in setup.data if one.cell is not None
    ]
    assert told["badge"] == plan.badge
    assert told["metadata"].keys() == {".".join(one.keys) for one in plan.metadata}
    assert [one["cell"] for one in told["sources"]] == [one.cell + 1 for one in plan.sources]
    assert (told["keeps_loaded"], told["provides_imp"]) == (setup.keeps_loaded, setup.imp)
    assert [one["script"] for one in told["fetches"]] == ["week/data/get_data.sh"]
    assert [one["code"] for one in told["findings"]] == [one.code for one in plan.findings]


def test_json_tells_each_import(tmp_path: Path, capsys: Capture) -> None:
    told = the_only(capsys, tmp_path, FILES, code=1)
    rows = {one["module"]: one for one in told["dependencies"]}
    numpy, gensim, fast = rows["numpy"], rows["gensim"], rows["fast"]
    assert numpy["place"] == "cell 1"
    assert (numpy["action"], numpy["distribution"]) == ("kept", "numpy")
    assert numpy["runtime"].startswith("2.")
    assert numpy["asked"] == "numpy==1.10.4"
    assert numpy["source"] == "week/requirements.txt line 2"
    assert "Python 3.13" in numpy["why"]
    assert (gensim["place"], gensim["action"], gensim["runtime"]) == ("cell 2", "install", "")
    assert (fast["place"], fast["action"]) == ("week/helper.py:1", "build")
    assert rows["transformers"]["action"] == "replace"
    assert rows["emoji"]["action"] == "optional"
    assert rows["zzzz_kit"]["action"] == "unknown"
    assert rows["helper"]["action"] == "local"


def test_cells_of_findings_count_from_one(tmp_path: Path, capsys: Capture) -> None:
    told = the_only(capsys, tmp_path, FILES, code=1)
    (unknown,) = [one for one in told["findings"] if one["code"] == "COL401"]
    assert (unknown["cell"], unknown["line"], unknown["path"]) == (2, 2, None)
    assert unknown["severity"] == "error"
    assert "zzzz_kit" in unknown["message"]
    (kept,) = [one for one in told["findings"] if one["code"] == "COL402"]
    assert (kept["cell"], kept["severity"]) == (None, "advice")


def test_nothing_to_say_is_said_by_empty_members(tmp_path: Path, capsys: Capture) -> None:
    told = the_only(capsys, tmp_path, {"a.ipynb": notebook("x = 1")})
    assert told.keys() >= MEMBERS
    assert (told["clone"], told["accelerator"], told["findings"]) == (None, None, [])
    assert (told["dependencies"], told["installs"]) == ([], [])
    assert told["done"] == ["badge"]


@pytest.mark.parametrize("raw", ["{", "[]", "\ufeff", '{"cells": 3, "nbformat": 4}'])
def test_a_notebook_that_cannot_be_read(raw: str, tmp_path: Path, capsys: Capture) -> None:
    files = {"bad.ipynb": raw, "good.ipynb": notebook("import gensim")}
    bad, good = report(capsys, make_repository(tmp_path, files), code=2)["notebooks"]
    assert bad.keys() == {"path", "changed", "error"}
    assert bad["changed"] is False
    assert bad["error"]
    assert "\n" not in bad["error"]
    assert good.keys() >= MEMBERS
    assert good["installs"][0]["requirement"] == "gensim"


def test_a_path_that_is_not_there(tmp_path: Path, capsys: Capture) -> None:
    (told,) = report(capsys, tmp_path / "no.ipynb", code=2)["notebooks"]
    assert told["path"].endswith("no.ipynb")
    assert "error" in told


def test_several_notebooks_in_their_order(tmp_path: Path, capsys: Capture) -> None:
    files = {f"{name}.ipynb": notebook(f"import {name}") for name in ("gensim", "emoji")}
    found = report(capsys, make_repository(tmp_path, files))
    assert found["version"] == 1
    modules = [[row["module"] for row in one["dependencies"]] for one in found["notebooks"]]
    assert modules == [["emoji"], ["gensim"]]


@pytest.mark.parametrize("mode", ["--check", "--inplace"])
def test_other_modes_tell_the_same(mode: str, tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, {"a.ipynb": notebook("import gensim")})
    planned = report(capsys, course)
    told = report(capsys, course, mode, code=int(mode == "--check"))
    assert (planned["mode"], told["mode"]) == ("plan", mode[2:])
    assert told == {**planned, "mode": mode[2:]}


def test_json_writes_no_notebook(tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, FILES)
    before = contents(course)
    report(capsys, course, code=1)
    assert contents(course) == before


def test_names_that_are_no_text_are_still_json(tmp_path: Path, capsys: Capture) -> None:
    names = ['say "hi".ipynb', "作业\u2028.ipynb", os.fsdecode(b"\xff.ipynb")]
    course = make_repository(tmp_path, dict.fromkeys(names, notebook("x = 1")))
    found = report(capsys, course)["notebooks"]
    assert {Path(one["path"]).name for one in found} == set(names)


# what a person reads, each in a line of its own
LINES = [
    "clones https://github.com/teacher/course.git at main, stands in week",
    "imports numpy (cell 1): numpy 2.",
    "; week/requirements.txt line 2 asks for numpy==1.10.4",
    "imports gensim (cell 2): gensim install",
    "imports zzzz_kit (cell 2): unknown",
    "imports helper (cell 3): local",
    "imports fast (week/helper.py:1): build (made by week/setup.py)",
    "imports emoji (cell 6): emoji optional (the code goes on without it)",
    "installs gensim==4.4.0: cell 2 imports gensim, which Colab lacks",
    "installs transformers<5: cell 1 imports transformers, of which Colab has",
    "installs the package in lib",
    "builds week/fast with setup.py",
    "installs apt's tree, for ",
    "brings nltk's punkt_tab, for ",
    "adds lib to sys.path",
    "runs week/data/get_data.sh for week/data/a.csv",
    "accelerator GPU",
]


def test_verbose_says_what_is_done_about_each_import(tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, FILES)
    assert main([str(course), "--verbose"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert not [said for said in LINES if not any(said in line for line in lines)]
    imports = [line for line in lines if line.startswith("  imports ")]
    assert len(imports) == len(plan_of(course, "week/a.ipynb").dependencies)


def test_without_verbose_nothing_is_said_of_what_is_in_order(
    tmp_path: Path, capsys: Capture
) -> None:
    course = make_repository(tmp_path, {"a.ipynb": notebook("import numpy, gensim")})
    assert main([str(course)]) == 0
    assert "imports" not in capsys.readouterr().out


@pytest.mark.parametrize("flag", ["--quiet", "--diff", "--check"])
def test_json_is_all_that_stands_on_standard_output(
    flag: str, tmp_path: Path, capsys: Capture
) -> None:
    folder = make_repository(tmp_path, {"a.ipynb": notebook("import gensim")})
    main([str(folder), "--format", "json", flag])
    captured = capsys.readouterr()
    (told,) = json.loads(captured.out)["notebooks"]
    assert ("diff" in told) is (flag == "--diff")
    assert captured.err == ""
