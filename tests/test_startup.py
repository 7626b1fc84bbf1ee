"""What is loaded: no more than the notebook at hand needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.notebooks import notebook

HEAVY = {
    "fissix",
    "git",
    "libcst",
    "markdown_it",
    "multiprocessing",
    "nbconvert",
    "nbformat",
    "rich",
    "yaml",
}
SAY = """
import sys
from colabify.cli import main
try:
    code = main(sys.argv[1:])
finally:
    print(*sys.modules, sep="\\n")
"""


def loaded_by(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SAY, *words], capture_output=True, text=True, check=True
    )
    assert "Traceback" not in done.stderr
    return {name.partition(".")[0] for name in done.stdout.splitlines()}


def test_the_version_needs_next_to_nothing() -> None:
    assert not loaded_by("--version") & {*HEAVY, "argparse", "ast", "dataclasses", "json"}


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("from google.colab import files\nx = 1\n", set()),
        ("import numpy as np\nx = np.int(3)\n", {"libcst"}),
    ],
)
def test_a_notebook_that_stands_in_no_repository(
    tmp_path: Path, source: str, needed: set[str]
) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook(source))
    assert loaded_by(str(tmp_path / "a.ipynb"), "-q") & HEAVY == needed
