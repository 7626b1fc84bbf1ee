"""nbconvert as a program: ``jupyter nbconvert`` in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from colabify.cli import main
from tests.courses import make_repository
from tests.notebooks import markdown, notebook

WITHOUT_KERNEL = importlib.util.find_spec("ipykernel") is None
CELLS = [
    markdown("# Title\n![a picture](a.png)"),
    "from helper import answer\nprint(open('words.txt').read(), answer + 1)",
    "import helping\nimport numpy as np\nnp.int",
]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Two notebooks that read a file and import a module beside them."""
    files = {
        "a.ipynb": notebook(*CELLS[:2]),
        "b.ipynb": notebook(*CELLS),
        "a.png": b"png",
        "helper.py": "answer = 41\n",
        "words.txt": "The answer is",
    }
    return make_repository(tmp_path / "course", files)


def nbconvert(course: Path, *words: str) -> str:
    """What ``jupyter nbconvert`` says, run in the course."""
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", "nbconvert", *words],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(course.parent / "jupyter")},
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def cells(path: Path) -> Any:
    return nbformat.read(path, as_version=4).cells


def test_a_glob_traits_and_the_output_folder(course: Path) -> None:
    traits = ["accelerator=L4", "ignore=COL1", "distributions=helping=helping-hand>=9"]
    words = [f"--ColabExporter.{one}" for one in traits]
    nbconvert(course, "--to", "colab", "[ab].ipynb", *words)
    names = ["a.ipynb", "b.ipynb"]
    table = '[tool.colabify.distributions]\nhelping = "helping-hand>=9"\n'
    (course / "pyproject.toml").write_text(table)
    flags = ["--accelerator", "L4", "--ignore", "COL1", "--output-dir", str(course / "ours"), "-q"]
    assert main([*(str(course / name) for name in names), *flags]) == 0
    for name in names:
        theirs = nbformat.read(course / name.replace(".", ".colab."), as_version=4)
        ours = nbformat.read(course / "ours" / name, as_version=4)
        assert theirs.cells == ours.cells
        assert theirs.metadata.colab == ours.metadata.colab
        assert theirs.metadata.colab.gpuType == "L4"
    assert "np.int" in theirs.cells[-1].source
    assert "helping-hand>=9" in theirs.cells[1].source


@pytest.mark.skipif(WITHOUT_KERNEL, reason="ipykernel is not installed")
@pytest.mark.long
def test_executed_first_and_ported_then(course: Path) -> None:
    nbconvert(course, "--to", "colab", "--execute", "a.ipynb")
    badge, setup, _, last = cells(course / "a.colab.ipynb")
    assert "colab-badge" in badge.source
    assert [setup.execution_count, setup.outputs] == [None, []]
    assert [last.execution_count, last.outputs[0].text] == [1, "The answer is 42\n"]
    assert main([str(course / "a.colab.ipynb"), "--undo", "--quiet"]) == 0
    undone = cells(course / "a.colab.ipynb")
    assert [one.source for one in undone] == [CELLS[0]["source"], CELLS[1]]  # type: ignore[index]
    assert undone[1].outputs == last.outputs


@pytest.mark.skipif(WITHOUT_KERNEL, reason="ipykernel is not installed")
@pytest.mark.long
def test_parts_by_a_configuration_file_and_executed_then(course: Path) -> None:
    names = [f"colabify.preprocessors.{one}Preprocessor" for one in ("Badge", "Setup")]
    names.append("nbconvert.preprocessors.ExecutePreprocessor")
    text = f"c.NotebookExporter.preprocessors = {names}\nc.ColabifyPreprocessor.ref = 'stable'\n"
    folder = course.parent / "jupyter"
    folder.mkdir()
    (folder / "jupyter_nbconvert_config.py").write_text(text)
    nbconvert(course, "--to", "notebook", "a.ipynb", "--output-dir", "out")
    badge, setup, title, last = cells(course / "out" / "a.ipynb")
    assert "teacher/course/blob/stable/a.ipynb" in badge.source
    assert "@title Set up Google Colab" in setup.source
    assert [setup.execution_count, setup.outputs] == [1, []]
    assert title.source == CELLS[0]["source"]  # type: ignore[index]
    assert last.outputs[0].text == "The answer is 42\n"


HEAVY = ("libcst", "git", "rich", "colabify.planner", "colabify.rules", "colabify.notebook")


def test_listing_the_exporters_imports_little() -> None:
    program = f"""
import json, sys
from nbconvert.exporters import get_export_names, get_exporter
names = get_export_names()
get_exporter("colab")()
print(json.dumps([names, [one for one in {HEAVY} if one in sys.modules]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    names, heavy = json.loads(done.stdout)
    assert "colab" in names
    assert heavy == []


def test_importing_colabify_imports_nothing() -> None:
    program = "import sys; import colabify; print([n for n in sys.modules if 'colabify' in n])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['colabify']\n"
