"""The course whose plans are kept, and what is done to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.courses import publish
from tests.notebooks import markdown, notebook

HELPERS = "import numpy as np\ny = np.float(3)\n"
A = notebook("import numpy as np\nimport helpers\nx = np.int(3)\nopen('points.csv')\n")
FILES = {
    "a.ipynb": A,
    "b.ipynb": notebook("%run c.ipynb\nprint(c)\n"),
    "c.ipynb": notebook("c = 1\n"),
    "d.ipynb": notebook("open('later.ipynb').read()\n", markdown("![x](pictures.ipynb)")),
    "e.ipynb": notebook("open('.git/mine.txt')\n"),
    "helpers.py": HELPERS,
    "requirements.txt": "numpy\n",
    "pyproject.toml": "[tool.colabify]\npins = 'keep'\n",
    ".gitignore": "*.tmp\n",
}
ALL = ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb", "e.ipynb"]
OTHER = notebook("import numpy as np\nz = np.bool(3)\n" + "# more\n" * 50)
WHOLE = "whole"
"""What ``told`` gives where the run as a whole is known: no notebook has even been looked at."""


def edit(name: str, text: str) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_text(text)

    return change


def rewrite(course: Path) -> None:
    """Other bytes, as many, at what says it is the same time."""
    place = course / "a.ipynb"
    seen = place.stat()
    place.write_bytes(place.read_bytes().replace(b"np.int", b"np.abs"))
    os.utime(place, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def add(name: str, raw: bytes, *, publishes: bool = True) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_bytes(raw)
        if publishes:
            publish(course)

    return change
