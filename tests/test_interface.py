"""The Python interface: ``colabify.port`` and ``colabify.plan``."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import NotebookExporter

import colabify
from colabify import ColabifyError
from colabify.cli import main
from tests.courses import make_repository
from tests.notebooks import markdown, notebook

CELLS = [
    markdown("# Title\n![a picture](a.png)"),
    "import numpy as np\nimport helper\nx = np.int(3)",
    "open('gone.csv')",
]
RAW = notebook(*CELLS)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {"lab/a.ipynb": RAW, "lab/a.png": b"png", "lab/helper.py": "x = 1\n"}
    return make_repository(tmp_path / "course", files) / "lab" / "a.ipynb"


def test_a_path_gives_what_the_command_gives(place: Path) -> None:
    result = colabify.port(place)
    assert place.read_bytes() == RAW
    assert result.changed
    assert result.path == place
    assert main([str(place), "--inplace", "--quiet"]) == 1
    assert place.read_bytes() == result.raw == result.text.encode()
    again = colabify.port(str(place))
    assert [again.changed, again.raw] == [False, result.raw]


def test_every_way_to_give_a_notebook(place: Path) -> None:
    wanted = colabify.port(place)
    node = nbformat.read(place, as_version=4)
    ways: list[Any] = [RAW, RAW.decode(), "\ufeff\n" + RAW.decode(), node, json.loads(RAW)]
    for given in ways:
        before = json.dumps(given) if isinstance(given, dict) else given
        result = colabify.port(given, path=place)
        assert (json.dumps(given) if isinstance(given, dict) else given) == before
        assert result.notebook.cells == wanted.notebook.cells
        assert result.plan == wanted.plan
    assert place.read_bytes() == RAW


def test_a_node_comes_out_as_jupyter_saves_it(place: Path) -> None:
    node = nbformat.read(place, as_version=4)
    result = colabify.port(node, path=place)
    result.write(place)
    assert main([str(place), "--undo", "--quiet"]) == 0
    assert place.read_text() == nbformat.writes(node) + "\n"


def test_findings_and_the_plan(place: Path) -> None:
    plan = colabify.plan(place)
    assert plan.notebook == "lab/a.ipynb"
    assert "numpy" not in [one.distribution for one in plan.setup.installs]
    (finding,) = (one for one in colabify.port(place).findings if one.severity == "error")
    assert [finding.code, finding.cell] == ["COL311", 2]
    assert finding in plan.findings


def test_settings_stand_above_the_configuration(place: Path, tmp_path: Path) -> None:
    table = '[tool.colabify]\naccelerator = "L4"\nmarkdown = "keep"\nmodules = false\n'
    (place.parent / "pyproject.toml").write_text(table)
    (tmp_path / "other.toml").write_text('[tool.colabify]\nref = "stable"\n')
    result = colabify.port(place, accelerator="T4")
    assert result.notebook.metadata.colab.gpuType == "T4"
    assert result.notebook.cells[2].source == CELLS[0]["source"]  # type: ignore[index]
    assert colabify.port(place).notebook.metadata.colab.gpuType == "L4"
    other = colabify.port(place, config=tmp_path / "other.toml")
    assert "blob/stable/lab/a.ipynb" in other.notebook.cells[0].source
    assert "gpuType" not in other.text
    supplied = colabify.plan(place, data={"lab/gone.csv": {"run": "lab/get.sh"}}, ignore=("COL4",))
    assert [one.path for one in supplied.setup.supplies] == ["lab/gone.csv"]
    assert not [one for one in supplied.findings if one.code.startswith("COL4")]


def test_without_a_path_nothing_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.colabify]\naccelerator = "L4"\n')
    monkeypatch.chdir(tmp_path)
    result = colabify.port(notebook("%load_ext autoreload"), accelerator="auto")
    assert result.path is None
    assert "Set up Google Colab" in result.text
    assert "gpuType" not in result.text
    assert "path=" in result.findings[0].message


def test_writing_back(place: Path) -> None:
    place.chmod(0o640)
    result = colabify.port(place)
    assert result.write() == place
    assert place.read_bytes() == result.raw
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    place.write_bytes(RAW + b" ")
    with pytest.raises(
        ColabifyError, match=r"a\.ipynb: another program has saved it in the meantime"
    ):
        result.write()
    place.write_bytes(result.raw)
    before = place.stat().st_mtime_ns
    assert colabify.port(place).write() == place
    assert place.stat().st_mtime_ns == before


def test_writing_elsewhere(place: Path, tmp_path: Path) -> None:
    result = colabify.port(place)
    for _ in range(2):
        assert result.write(tmp_path / "copy.ipynb") == tmp_path / "copy.ipynb"
        assert (tmp_path / "copy.ipynb").read_bytes() == result.raw
    assert place.read_bytes() == RAW
    with pytest.raises(ColabifyError, match="say where to write it"):
        colabify.port(RAW, path=place).write()
    with pytest.raises(ColabifyError, match=r"copy\.ipynb: cannot be written: No such file"):
        result.write(tmp_path / "missing" / "copy.ipynb")


MISTAKES: list[tuple[Any, dict[str, Any], str]] = [
    (RAW, {"acelerator": "T4"}, "unknown key 'acelerator'.*did you mean 'accelerator'"),
    (RAW, {"accelerator": "V100"}, "colabify.port: accelerator: 'V100' is none of auto, none"),
    (RAW, {"select": "COL1"}, "colabify.port: select has to be a list of strings"),
    (RAW, {"select": ["XYZ"]}, "no code begins with 'XYZ'"),
    (RAW, {"runtime": "1999.01"}, "1999.01"),
    (RAW, {"config": "missing.toml"}, "missing.toml: No such file"),
    ("missing.ipynb", {}, r"^missing.ipynb: cannot be read: No such file"),
    (Path(__file__).parent, {}, "not a file that could be a notebook"),
    (b"\xff", {}, r"^not UTF-8 text"),
    (b"[", {"path": "a.ipynb"}, r"^a.ipynb: not JSON: .*line 1"),
    ("{", {}, r"^not JSON"),
    ({}, {}, "it has no nbformat number"),
    ({"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code"}]}, {}, "cannot be written"),
    ({"nbformat": 4, "metadata": {"x": {1}}, "cells": []}, {}, "cannot be written"),
    (3, {}, "a notebook is a path, its JSON, or a dict; this is a int"),
    (io.StringIO(), {}, "this is a StringIO"),
]


@pytest.mark.parametrize(("given", "more", "said"), MISTAKES)
def test_a_mistake_is_one_clear_error(given: Any, more: dict[str, Any], said: str) -> None:
    with pytest.raises(ColabifyError, match=said) as caught:
        colabify.port(given, **more)
    assert "\n" not in str(caught.value)


def test_the_names_that_are_offered() -> None:
    assert set(colabify.__all__) <= set(dir(colabify))
    for name in colabify.__all__:
        assert getattr(colabify, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'ports'"):
        colabify.ports  # noqa: B018


def test_beside_nbconvert(place: Path) -> None:
    """What the interface makes, nbconvert reads."""
    text, _ = NotebookExporter().from_notebook_node(colabify.port(place).notebook)
    assert "Set up Google Colab" in text
