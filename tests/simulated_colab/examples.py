"""What the tests of the simulation run: notebooks, a repository, a wheel."""

import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest

from tests.simulated_colab.colab import missing_runtime

MISSING = missing_runtime()
needs_runtime = pytest.mark.skipif(MISSING is not None, reason=MISSING or "")


def notebook(*cells: str) -> nbformat.NotebookNode:
    """Return a notebook of these code cells."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def write_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook of these code cells."""
    path.write_text(nbformat.writes(notebook(*cells)), encoding="utf-8")
    return path


def make_course(folder: Path) -> Path:
    """Make a repository with a file and, in a folder, a notebook; return its folder."""
    (folder / "week 1").mkdir(parents=True)
    (folder / "data.txt").write_text("the data\n")
    write_notebook(folder / "week 1" / "a.ipynb", "import os", "os.listdir()")
    for words in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "one"),
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def make_wheel(folder: Path) -> Path:
    """Make a wheel of a package `tiny` whose version is 1."""
    wheel = folder / "tiny-1-py3-none-any.whl"
    info = "tiny-1.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "version = 1\n")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return wheel
