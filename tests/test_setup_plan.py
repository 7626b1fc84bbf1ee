"""From settings and a notebook to what its setup cell does: sources, clones, results, folders, data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from colabify.plans import Plan
from colabify.settings import Settings
from colabify.setup.cell import setup_source
from colabify.steps import Clone, Drive, Results, Setup, Upload
from colabify.supply import Supply
from tests.notebooks import codes, plan_for

FILES = {"lab/data/a.csv": "", "lab/kit.py": "x = 1\n", "other/b.csv": "", "lab/get.sh": "wget x\n"}
READS = "import kit\nopen('data/a.csv')"
WRITES = "import matplotlib.pyplot as plt\nplt.savefig('figures/a.png')"


def planned(folder: Path, cell: str, remote: str | None = None, **settings: object) -> Plan:
    more = {} if remote is None else {"remote": remote}
    asked = Settings(**settings)  # type: ignore[arg-type]
    return plan_for(folder, FILES, [cell], at="lab/nb.ipynb", settings=asked, **more)


@pytest.mark.parametrize(
    ("cell", "settings", "source"),
    [
        (READS, {"source": "drive"}, Drive("course", "course", ("lab/data/a.csv", "lab/kit.py"))),
        (
            READS,
            {"source": "drive", "drive_folder": "Courses/x"},
            Drive("course", "Courses/x", ("lab/data/a.csv", "lab/kit.py")),
        ),
        (READS, {"source": "upload"}, Upload("course", ("lab/data/a.csv", "lab/kit.py"))),
        ("x = 1", {"source": "upload"}, None),
        ("x = 1", {}, None),
        (WRITES, {}, None),
        (WRITES, {"persist": "download"}, None),
    ],
)
def test_where_the_files_come_from(
    cell: str, settings: dict[str, object], source: object, tmp_path: Path
) -> None:
    assert planned(tmp_path, cell, **settings).setup.source == source


@pytest.mark.parametrize(
    ("way", "folders"), [("auto", ()), ("shallow", ()), ("full", ()), ("sparse", ("lab",))]
)
def test_how_it_is_cloned(way: str, folders: tuple[str, ...], tmp_path: Path) -> None:
    clone = planned(tmp_path, READS, clone=way).setup.source
    assert isinstance(clone, Clone)
    assert (clone.way, clone.folders) == ("shallow" if way == "auto" else way, folders)


@pytest.mark.parametrize("persist", ["drive", "git"])
def test_results_that_are_kept_in_the_course_bring_it(persist: str, tmp_path: Path) -> None:
    plan = planned(tmp_path, WRITES, "https://github.com/teacher/course.git", persist=persist)
    assert isinstance(plan.setup.source, Clone)
    assert plan.setup.results == Results(persist, ("lab/figures/a.png",))  # type: ignore[arg-type]
    assert f"results ({persist})" in plan.done
    assert codes(plan) == []


def test_results_that_are_lost_are_told(tmp_path: Path) -> None:
    plan = planned(tmp_path, WRITES)
    assert (plan.setup.results, codes(plan)) == (None, ["COL341"])


@pytest.mark.parametrize("source", ["drive", "upload"])
def test_other_sources_need_no_forge(source: str, tmp_path: Path) -> None:
    plan = planned(tmp_path, READS, "", source=source)
    assert plan.setup.source
    assert [one for one in plan.findings if one.severity == "error"] == []


def test_data_that_the_configuration_declares(tmp_path: Path) -> None:
    supply = Supply("lab/data/big", url="https://example.org/big.zip", unpack=True)
    plan = planned(tmp_path, "open('data/big/1.txt')", data={supply.path: supply})
    assert plan.setup.supplies == (supply,)
    assert isinstance(plan.setup.source, Clone)
    assert [row.state for row in plan.paths] == ["supplied"]
    assert codes(plan) == []


def test_a_folder_that_nobody_makes_is_made_without_a_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = planned(tmp_path, WRITES).setup
    assert setup == Setup(folder="lab", folders=("lab/figures",))
    source = setup_source(setup)
    assert "clone" not in source
    monkeypatch.setitem(sys.modules, "google.colab", os)
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        exec(source, {})
    assert (tmp_path / "figures").is_dir()
