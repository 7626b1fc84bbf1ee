"""The ported fixture runs on a simulated Colab and at home: every cell, twice, and after a restart."""

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
def test_runs_alone_then_again_then_after_a_restart(
    name: str, ported: Path, forge: Forge, tmp_path: Path
) -> None:
    with Colab(tmp_path / "colab", forge) as colab:
        notebook = colab.open(ported / f"{name}.ipynb")
        with colab.session() as session:
            first = session.run_all(notebook)
            second = session.run_all(notebook)
        restarted = colab.run_all(notebook)
    assert [first.error, second.error, restarted.error] == [None, None, None]
    assert "Cloning" in first.text
    assert "Cloning" not in second.text + restarted.text
    assert "Fetching" in first.text
    assert "Fetching" not in second.text + restarted.text


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_still_runs_at_home(name: str, ported: Path, tmp_path: Path) -> None:
    home = tmp_path / "course" / "assignment1"
    shutil.copytree(ported, home)
    import subprocess

    subprocess.run(["bash", "get_datasets.sh"], cwd=home / "course" / "datasets", check=True)
    run = run_at_home(tmp_path / "run", home / f"{name}.ipynb")
    assert run.error is None
    assert "Ready in" not in run.text
