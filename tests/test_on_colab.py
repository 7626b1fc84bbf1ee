"""The ported fixture runs on a simulated Colab and at home, every cell; again, and after a restart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import fixture_course, publish
from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import needs_runtime
from tests.simulated_colab.home import run_at_home

NOTEBOOKS = ["features", "knn", "softmax", "svm", "two_layer_net"]

pytestmark = needs_runtime


@pytest.fixture(scope="module")
def ported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture's course, ported in place and published; its folder ``assignment1``."""
    assignment = fixture_course(tmp_path_factory.mktemp("course") / "course")
    assert main([str(assignment), "--inplace", "--quiet"]) == 0
    publish(assignment.parent)
    return assignment


@pytest.fixture(scope="module")
def forge(ported: Path, tmp_path_factory: pytest.TempPathFactory) -> Forge:
    """github.com, where the ported course is published."""
    forge = Forge(tmp_path_factory.mktemp("forge"))
    forge.publish(ported.parent, "teacher/course")
    return forge


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_alone(name: str, ported: Path, forge: Forge, tmp_path: Path) -> None:
    with Colab(tmp_path / "colab", forge) as colab:
        first = colab.run_all(colab.open(ported / f"{name}.ipynb"))
    assert first.error is None
    assert "Cloning" in first.text
    assert "Fetching" in first.text


def test_runs_again_and_after_a_restart(ported: Path, forge: Forge, tmp_path: Path) -> None:
    """What a second run may trip over is in the setup cell, which is the same for all, and in autoreload."""
    with Colab(tmp_path / "colab", forge) as colab:
        notebook = colab.open(ported / "knn.ipynb")
        with colab.session() as session:
            runs = [session.run_all(notebook), session.run_all(notebook)]
        runs.append(colab.run_all(colab.open(ported / "softmax.ipynb")))
    assert [run.error for run in runs] == [None, None, None]
    assert ["Cloning" in run.text for run in runs] == [True, False, False]
    assert ["Fetching" in run.text for run in runs] == [True, False, False]


@pytest.mark.parametrize("name", ["features", "softmax"])
def test_still_runs_at_home(name: str, ported: Path, tmp_path: Path) -> None:
    home = tmp_path / "course" / "assignment1"
    shutil.copytree(ported, home)
    import subprocess

    subprocess.run(["bash", "get_datasets.sh"], cwd=home / "course" / "datasets", check=True)
    run = run_at_home(tmp_path / "run", home / f"{name}.ipynb")
    assert run.error is None
    assert "Ready in" not in run.text
