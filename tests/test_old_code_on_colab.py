"""The fixture of 2016 on a simulated Colab: rewritten where it may be, given the names it misses where not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.verify.kernel import Run
from tests.courses import FIXTURES, contents, git, make_repository, publish
from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import needs_runtime

pytestmark = needs_runtime

LAB = "assignment4"
SHOWN = ("3 files", "'corner': (6, 9)", "True True", "0.15", "3 tiles, 6 on a side")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The fixture's assignment4 as its author has it, published."""
    root = tmp_path / "course"
    shutil.copytree(FIXTURES / LAB, root / LAB, ignore=shutil.ignore_patterns("__pycache__"))
    main([str(root), "--undo", "--quiet"])
    return make_repository(root, {"README.md": "# The course\n"})


def on_colab(root: Path, folder: Path, times: int = 1) -> list[Run]:
    """Run the notebook on a new machine, and again after restarts."""
    git(root, "commit", "-qam", "Port", "--allow-empty")
    publish(root)
    forge = Forge(folder / "forge")
    forge.publish(root, "teacher/course")
    with Colab(folder / "colab", forge) as colab:
        nb = colab.open(root / LAB / "floor.ipynb")
        return [colab.run_all(nb) for _ in range(times)]


def test_a_folder_is_rewritten_with_its_modules(course: Path, tmp_path: Path) -> None:
    before = contents(course)
    assert main([str(course / LAB), "--inplace", "--quiet"]) == 0
    changed = {name for name, text in contents(course).items() if text != before[name]}
    assert changed == {
        f"{LAB}/{name}" for name in ("floor.ipynb", "mosaic/pictures.py", "mosaic/tables.py")
    }
    for run in on_colab(course, tmp_path, times=2):
        assert run.error is None
        assert all(one in run.text for one in SHOWN)
    assert main([str(course / LAB), "--undo", "--quiet"]) == 0
    assert contents(course) == before


def test_a_notebook_alone_is_given_what_its_modules_miss(course: Path, tmp_path: Path) -> None:
    before = contents(course)
    assert main([str(course / LAB / "floor.ipynb"), "--inplace", "--quiet"]) == 0
    changed = {name for name, text in contents(course).items() if text != before[name]}
    assert changed == {f"{LAB}/floor.ipynb"}
    for run in on_colab(course, tmp_path):
        assert run.error is None
        assert all(one in run.text for one in SHOWN)


def test_all_code_stays_where_what_it_uses_is_provided(course: Path, tmp_path: Path) -> None:
    """Names, arguments and methods; and a second run of the setup cell changes nothing."""
    before = contents(course)
    assert main([str(course / LAB), "--inplace", "--compat", "shim", "--quiet"]) == 0
    changed = {name for name, text in contents(course).items() if text != before[name]}
    assert changed == {f"{LAB}/floor.ipynb"}
    (run,) = on_colab(course, tmp_path)
    assert run.error is None
    assert all(one in run.text for one in SHOWN)
