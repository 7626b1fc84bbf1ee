"""Kernels and the notebook's metadata: what is set, and what stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from colabify.porting import port
from colabify.settings import Settings
from tests.notebooks import PYTHON, codes, course_for, markdown, notebook, plan_for


def spec(name: str, language: str = "", display: str = "x", version: str = "") -> dict[str, Any]:
    kernelspec = {"display_name": display, "name": name}
    metadata: dict[str, Any] = {"kernelspec": kernelspec}
    if language:
        kernelspec["language"] = language
    if version:
        metadata["language_info"] = {"name": language or "python", "version": version}
    return metadata


# metadata, what the kernelspec's name becomes (None: it stays)
KERNELS = {
    "python3": (spec("python3", "python"), None),
    "nothing": ({}, None),
    "conda": (spec("conda-env-ml-py", "python", "Python [conda env:ml]"), "python3"),
    "conda root without language": (spec("conda-root-py"), "python3"),
    "own name": (spec("tensorflow", "python"), "python3"),
    "own name, language info": ({**spec("py36"), "language_info": {"name": "python"}}, "python3"),
    "python 2 that parses": (spec("python2", "python", version="2.7.10"), "python3"),
    "spyder": (spec("python3", "python3", "Python 3 (Spyder)", version="3.11.14"), None),
    "language with a version": (spec("py311", "Python 3.11"), "python3"),
    "R": (spec("ir", "R"), None),
    "R without language": (spec("ir"), None),
    "old R": (spec("R-3.6", "R"), "ir"),
    "julia": (spec("julia", "julia"), None),
    "julia with a version": (spec("julia-1.11", "julia"), "julia"),
    "julia without language": (spec("julia-1.6"), "julia"),
    "bash": (spec("bash", "bash"), None),
    "javascript": (spec("javascript"), None),
}


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernelspec_that_colab_does_not_know_is_normalised(name: str, tmp_path: Path) -> None:
    metadata, wanted = KERNELS[name]
    plan = plan_for(tmp_path, {}, ["x = 1"], metadata=metadata)
    found = {one.keys: one.value for one in plan.metadata}
    assert found.get(("kernelspec", "name")) == wanted
    display = {"python3": "Python 3", "ir": "R", "julia": "Julia", None: None}[wanted]
    assert found.get(("kernelspec", "display_name")) == display


@pytest.mark.parametrize("name", ["spyder", "language with a version", "own name"])
def test_a_language_that_is_called_python_is_python(name: str, tmp_path: Path) -> None:
    metadata, _ = KERNELS[name]
    plan = plan_for(tmp_path, {"util.py": ""}, ["import util"], metadata=metadata)
    assert codes(plan) == []


@pytest.mark.parametrize("name", ["R", "old R", "julia with a version", "bash", "javascript"])
def test_other_languages_get_no_python(name: str, tmp_path: Path) -> None:
    metadata, _ = KERNELS[name]
    cells = ["%load_ext autoreload", "import util", "open('A.csv')", markdown("![a](p.png)")]
    plan = plan_for(tmp_path, {"util.py": "", "a.csv": "", "p.png": ""}, cells, metadata=metadata)
    assert codes(plan) == ["COL431"]
    assert not plan.setup
    assert [one.cell for one in plan.sources] == [3]
    assert plan.badge


PRINTS = 'print "hello"'
# cells, metadata, whether the notebook is in Python 2
PYTHON_2 = {
    "prints, says 2": ([PRINTS], spec("python2", "python", version="2.7.6"), True),
    "prints, version 2": ([PRINTS], spec("ml", "python", version="2.7.6"), True),
    "prints, says nothing": ([PRINTS], {}, True),
    "prints in one cell": (["x = 1", PRINTS], spec("python2"), True),
    "excepts": (["try:\n    x\nexcept A, B:\n    y"], spec("python2"), True),
    "prints, says 3": ([PRINTS], PYTHON, False),
    "prints, says python3 alone": ([PRINTS], spec("python3"), False),
    "prints right": (["print('hello')"], spec("python2"), False),
    "does not parse": (["x = ("], spec("python2"), False),
    "in a foreign cell": (["%%python2\n" + PRINTS], spec("python2"), False),
    "in a string": (["s = '''print \"hello\"'''"], {}, False),
}


@pytest.mark.parametrize("name", PYTHON_2)
def test_python_2_is_left_alone_and_told(name: str, tmp_path: Path) -> None:
    cells, metadata, old = PYTHON_2[name]
    plan = plan_for(tmp_path, {}, cells, metadata=metadata)
    assert ("COL432!" in codes(plan)) is old
    if old:
        assert (plan.badge, plan.sources, plan.metadata, bool(plan.setup)) == ("", (), (), False)


# settings, cells, metadata, what is set at colab.*
COLAB = {
    "runs the setup first": (
        {},
        ["import util"],
        {},
        {"cell_execution_strategy": "setup", "include_colab_link": True, "provenance": []},
    ),
    "told not to": (
        {"run_setup_first": False},
        ["import util"],
        {},
        {"include_colab_link": True, "provenance": []},
    ),
    "nothing to set up": ({}, ["x = 1"], {}, {"include_colab_link": True, "provenance": []}),
    "is there": (
        {},
        ["import util"],
        {"colab": {"cell_execution_strategy": "setup", "include_colab_link": True}},
        {},
    ),
    "author's name stays": (
        {},
        ["x = 1"],
        {"colab": {"name": "a.ipynb", "toc_visible": True}},
        {"include_colab_link": True},
    ),
    "pin asked for": (
        {"runtime": "2025.07"},
        ["x = 1"],
        {"colab": {"include_colab_link": True}},
        {"runtime_attributes.runtime_version": "2025.07"},
    ),
    "author's pin stays": (
        {},
        ["x = 1"],
        {
            "colab": {
                "include_colab_link": True,
                "runtime_attributes": {"runtime_version": "2025.07"},
            }
        },
        {},
    ),
    "pin over the author's": (
        {"runtime": "2025.10"},
        ["x = 1"],
        {
            "colab": {
                "include_colab_link": True,
                "runtime_attributes": {"runtime_version": "2025.07"},
            }
        },
        {"runtime_attributes.runtime_version": "2025.10"},
    ),
    "latest removes the pin": (
        {"runtime": "latest"},
        ["x = 1"],
        {
            "colab": {
                "include_colab_link": True,
                "runtime_attributes": {"runtime_version": "2025.07"},
            }
        },
        {"runtime_attributes": None},
    ),
}


@pytest.mark.parametrize("name", COLAB)
def test_what_is_set_for_colab(name: str, tmp_path: Path) -> None:
    settings, cells, metadata, wanted = COLAB[name]
    plan = plan_for(
        tmp_path,
        {"util.py": ""},
        cells,
        settings=Settings(**settings),
        metadata={**PYTHON, **metadata},
    )
    assert {".".join(one.keys[1:]): one.value for one in plan.metadata} == wanted


@pytest.mark.parametrize(
    ("pin", "found"), [("2025.07", []), ("2031.01", ["COL422"]), ("", []), (None, [])]
)
def test_an_unknown_pin_is_told_and_kept(pin: str | None, found: list[str], tmp_path: Path) -> None:
    metadata = {**PYTHON, "colab": {"runtime_attributes": {"runtime_version": pin}}}
    plan = plan_for(tmp_path, {}, ["x = 1"], metadata=metadata)
    assert codes(plan) == found
    assert not [one for one in plan.metadata if "runtime_attributes" in one.keys]


@pytest.mark.parametrize("minor", [0, 2, 4, 5])
def test_the_minor_version_stays(minor: int, tmp_path: Path) -> None:
    raw = notebook("import util", minor=minor)
    ported = port(raw, course_for(tmp_path, {"util.py": ""}), "nb.ipynb", Settings())
    data = json.loads(ported.raw)
    assert data["nbformat_minor"] == minor
    assert all(("id" in cell) == (minor >= 5) for cell in data["cells"][:2])


@pytest.mark.parametrize(
    "order", [["kernelspec", "language_info", "zzz"], ["zzz", "kernelspec", "language_info"]]
)
def test_members_keep_their_order(order: list[str], tmp_path: Path) -> None:
    metadata = {key: {**PYTHON, "zzz": {}}[key] for key in order}
    raw = notebook("m.cuda()", metadata=metadata)
    ported = port(raw, course_for(tmp_path, {}), "nb.ipynb", Settings())
    after = json.loads(ported.raw)["metadata"]
    assert [key for key in after if key in order] == order
    assert after["accelerator"] == "GPU"
