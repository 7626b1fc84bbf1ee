"""The fixture whose paths work on nobody's machine but their author's: on a simulated Colab, and at home."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.verify.kernel import Run
from tests.courses import FIXTURES, contents, git, make_repository, publish
from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import needs_runtime
from tests.simulated_colab.home import run_at_home

pytestmark = needs_runtime


@pytest.fixture(scope="module")
def unported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture's assignment3 as its author has it, published."""
    root = tmp_path_factory.mktemp("course")
    leftovers = shutil.ignore_patterns("results", "__pycache__")
    shutil.copytree(FIXTURES / "assignment3", root / "assignment3", ignore=leftovers)
    assert main([str(root), "--undo", "--quiet"]) == 0
    return make_repository(root, {"README.md": "# The course\n"}) / "assignment3"


@pytest.fixture(scope="module")
def ported(unported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, ported in place and published."""
    root = tmp_path_factory.mktemp("ported") / "course"
    shutil.copytree(unported.parent, root)
    assert main([str(root / "assignment3"), "--inplace", "--quiet"]) == 0
    publish(root)
    return root / "assignment3"


def on_colab(folder: Path, notebook: Path) -> tuple[Run, Run]:
    """Run a published notebook on a new machine, then again after a restart."""
    forge = Forge(folder / "forge")
    root = Path(git(notebook.parent, "rev-parse", "--show-toplevel").strip())
    forge.publish(root, "teacher/course")
    with Colab(folder / "colab", forge) as colab:
        nb = colab.open(notebook)
        return colab.run_all(nb), colab.run_all(nb)


def test_every_path_leads_somewhere(ported: Path, tmp_path: Path) -> None:
    first, second = on_colab(tmp_path, ported / "rivers.ipynb")
    assert [first.error, second.error] == [None, None]
    assert "{'upper': 60, 'lower': 60}" in first.text
    assert "Upper Weir, Mill" in first.text
    assert "The mill gauge was under ice" in first.text
    assert "cm is the unit of the upper/lower weir" in first.text
    assert "['means.png', 'means.txt']" in first.text


def test_it_stands_where_its_author_stood(ported: Path, tmp_path: Path) -> None:
    first, second = on_colab(tmp_path, ported / "field_trip.ipynb")
    assert [first.error, second.error] == [None, None]
    for run in (first, second):
        assert "3 stops" in run.text
        assert run.text.count("True") == 2
        assert "millimetres" in run.text


@pytest.mark.parametrize(("name", "folder"), [("rivers", "assignment3"), ("field_trip", "")])
def test_the_port_runs_at_home_on_linux(
    name: str, folder: str, ported: Path, tmp_path: Path
) -> None:
    home = tmp_path / "course"
    shutil.copytree(ported.parent, home)
    (home / "assignment3" / "results").mkdir(exist_ok=True)
    notebook = home / folder / f"{name}.ipynb"
    if not notebook.exists():  # it is run from the folder in which its author started it
        shutil.copy(home / "assignment3" / f"{name}.ipynb", notebook)
    run = run_at_home(tmp_path / "run", notebook)
    assert run.error is None
    assert "Ready in" not in run.text


def test_what_was_there_before_comes_back(unported: Path, ported: Path, tmp_path: Path) -> None:
    copy = tmp_path / "course"
    shutil.copytree(ported.parent, copy)
    changed = contents(copy)
    assert main([str(copy / "assignment3"), "--inplace", "--quiet"]) == 0
    assert contents(copy) == changed
    assert main([str(copy / "assignment3"), "--undo", "--quiet"]) == 0
    assert contents(copy) == contents(unported.parent)
    assert changed != contents(copy)
    assert {name for name, raw in changed.items() if raw != contents(copy)[name]} == {
        "assignment3/rivers.ipynb",
        "assignment3/field_trip.ipynb",
        "assignment3/survey/reading.py",
    }
