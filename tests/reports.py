"""A course of which there is something to say, and what the command says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import notebook

Capture = pytest.CaptureFixture[str]
MISSING = "import numpy as np\nx = np.int(3)\nopen('data/absent.csv')"
FILES = {
    "week/a.ipynb": notebook("# Title", "y = 1", MISSING),
    "week/old.py": "import scipy.misc\nscipy.misc.imread('x')\n",
    "bad.ipynb": "{",
}
NAMES = ["::error::a.ipynb", "a,line=9::b.ipynb", "50%0A.ipynb", "two\nlines\x1b[31m.ipynb"]
"""Names of notebooks that a format might take for something else."""


def said(capsys: Capture, *words: str | Path) -> str:
    main([str(one) for one in words])
    return capsys.readouterr().out


def line_of(file: Path, text: str) -> int:
    """The one line of ``file`` that has ``text``, from 1."""
    (number,) = [n for n, line in enumerate(file.read_text().splitlines(), 1) if text in line]
    return number
