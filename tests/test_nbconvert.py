"""nbconvert: the preprocessor and the exporter give the notebook that the command gives."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import NotebookExporter, get_exporter
from traitlets.config import Config

from colabify.cli import make_parser
from colabify.preprocessors import ColabifyPreprocessor
from colabify.settings import Settings
from tests.courses import fixture_course

NOTEBOOKS = ["knn", "two_layer_net"]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture_course(tmp_path_factory.mktemp("nbconvert") / "course")


def by_command(notebook: Path) -> object:
    """The notebook as the command writes it, for nbformat."""
    done = subprocess.run(
        [sys.executable, "-m", "colabify", "-q", "-", "--stdin-filename", notebook],
        input=notebook.read_bytes(),
        capture_output=True,
        check=True,
    )
    return nbformat.reads(done.stdout.decode(), as_version=4)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_exporter_gives_what_the_command_gives(course: Path, name: str) -> None:
    notebook = course / f"{name}.ipynb"
    text, resources = get_exporter("colab")().from_filename(str(notebook))
    ours, theirs = nbformat.reads(text, as_version=4), by_command(notebook)
    record = ours.metadata.pop("colabify"), theirs.metadata.pop("colabify")  # type: ignore[attr-defined]
    assert all(record)
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(theirs))
    assert resources["output_suffix"] + resources["output_extension"] == ".colab.ipynb"


def test_the_preprocessor_works_alone(course: Path) -> None:
    config = Config()
    config.NotebookExporter.preprocessors = ["colabify.preprocessors.ColabifyPreprocessor"]
    config.ColabifyPreprocessor.enabled = True
    config.ColabifyPreprocessor.accelerator = "L4"
    text, _ = NotebookExporter(config=config).from_filename(str(course / "knn.ipynb"))
    assert json.loads(text)["metadata"]["colab"]["gpuType"] == "L4"


def test_the_preprocessor_works_without_a_repository() -> None:
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("%load_ext autoreload")])
    ported, _ = ColabifyPreprocessor(enabled=True)(nb, {})
    assert "Set up Google Colab" in ported.cells[0].source
    assert len(nb.cells) == 1


def test_the_program_writes_beside_the_notebook(course: Path) -> None:
    command = [sys.executable, "-m", "nbconvert", "--to", "colab"]
    subprocess.run([*command, course / "svm.ipynb"], check=True, capture_output=True)
    assert "Set up Google Colab" in (course / "svm.colab.ipynb").read_text(encoding="utf-8")


def test_flags_keys_and_traits_have_the_same_names() -> None:
    keys = {field.name for field in fields(Settings)}
    flags = {action.dest for action in make_parser()._actions}
    traits = set(ColabifyPreprocessor.class_own_traits(config=True))
    assert traits == keys
    assert keys - {"run_setup_first", "distributions", "data"} <= flags
