"""One run with several settings: each notebook and each module goes by its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import contents, make_repository, notebook

RUN = """\
[tool.colabify]
accelerator = "GPU"

[[tool.colabify.overrides]]
files = ["a.ipynb"]
ref = "autumn"
ignore = ["COL101"]
modules = false

[[tool.colabify.overrides]]
files = ["sub"]
repo = "https://github.com/other/place"
online = false
requirements = ["sub/req.txt"]
"""
OLD = "import numpy as np\nx = np.int(3)\n"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of notebooks with different settings, which use one module."""
    use, up = (
        notebook("import kit", OLD),
        notebook("import sys\nsys.path.append('..')\nimport kit", OLD),
    )
    files = {
        "a.ipynb": use,
        "b.ipynb": use,
        "sub/c.ipynb": up,
        "kit.py": OLD,
        "sub/req.txt": "tqdm\n",
    }
    monkeypatch.chdir(make_repository(tmp_path, {**files, "pyproject.toml": RUN}))
    return tmp_path


def test_one_run_with_different_settings(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = contents(shared)
    assert main([".", "--inplace"]) == 0
    a, b, c = ((shared / name).read_text() for name in ("a.ipynb", "b.ipynb", "sub/c.ipynb"))
    assert ["blob/autumn/a.ipynb" in a, "blob/main/b.ipynb" in b] == [True, True]
    assert ["teacher/course" in b, "other/place" in c, "teacher/course" in c] == [True, True, False]
    assert ["x = int(3)" in one for one in (a, b, c)] == [False, True, True]
    assert (shared / "kit.py").read_text() == OLD.replace("np.int", "int")  # by its own settings
    assert capsys.readouterr().out.count("kit.py") == 1
    once = contents(shared)
    assert main([".", "--inplace"]) == 0
    assert contents(shared) == once
    assert main([".", "--undo"]) == 0
    assert contents(shared) == original


@pytest.mark.parametrize(
    "override",
    ['ignore = ["COL101"]', "modules = false", 'select = ["COL3"]'],
)
def test_a_module_goes_by_its_own_settings(override: str, shared: Path) -> None:
    text = f'[[overrides]]\nfiles = ["kit.py"]\n{override}\n'
    (shared / "colabify.toml").write_text(text)
    (shared / "pyproject.toml").unlink()
    assert main([".", "--inplace"]) == 0
    assert (shared / "kit.py").read_text() == OLD
    assert "x = int(3)" in (shared / "a.ipynb").read_text()
    once = contents(shared)
    assert main([".", "--inplace"]) == 0
    assert contents(shared) == once


def test_codes_ignored_in_files(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = '[per-file-ignores]\n"kit.py" = ["COL1"]\n"b.ipynb" = ["COL101"]\n'
    (shared / "colabify.toml").write_text(text)
    (shared / "pyproject.toml").unlink()
    assert main([".", "--inplace", "--ignore", "COL102"]) == 0
    assert (shared / "kit.py").read_text() == OLD
    assert ["np.int(3)" in (shared / name).read_text() for name in ("a.ipynb", "b.ipynb")] == [
        False,
        True,
    ]
    assert "kit.py" not in capsys.readouterr().out
