"""Setup cells that clone, run on a simulated Colab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from colabify.setup.cell import setup_source
from colabify.steps import Clone, Setup
from tests.courses import make_repository, publish
from tests.simulated_colab.colab import Colab, Forge, Run
from tests.simulated_colab.examples import notebook

CLONE = Clone("https://github.com/teacher/course.git", "main", "course")
FILES = {
    "README.md": "x", "week1/a.txt": "one", "week2/b.txt": "two", "week2/part/c.txt": "three",
    "it's \"$x\"/d.txt": "four", "-v/e.txt": "five", "données 😀/f.txt": "six",
}  # fmt: skip


def cell(clone: Clone, folder: str = "") -> str:
    """The setup cell of a notebook in ``folder``."""
    return setup_source(Setup(source=clone, folder=folder))


def sparse(*folders: str) -> Clone:
    """A clone of some folders alone."""
    return replace(CLONE, way="sparse", folders=folders)


def published(tmp_path: Path, files: Mapping[str, str], **more: object) -> Forge:
    """A forge that has the course of ``files``."""
    course = make_repository(tmp_path / "course", files)
    publish(course)  # a history of two commits
    forge = Forge(tmp_path / "forge", **more)  # type: ignore[arg-type]
    forge.publish(course, "teacher/course")
    return forge


def run(tmp_path: Path, forge: Forge, *cells: str, **more: object) -> Run:
    """Run the cells on a new machine, all of them."""
    with Colab(tmp_path / "colab", forge, **more, light=True) as colab:  # type: ignore[arg-type]
        return colab.run_all(notebook(*cells), stop_on_error=False)
