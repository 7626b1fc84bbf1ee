"""A course whose settings the tests write."""

from __future__ import annotations

from pathlib import Path

from tests.courses import make_repository, notebook

HOLDS = """\
[tool.colabify]
ref = "base"
accelerator = "GPU"
data.a = { drive = "A" }
data.b = { drive = "B" }
ignore = ["COL402"]

[tool.colabify.per-file-ignores]
"b.ipynb" = ["COL9"]

[[tool.colabify.overrides]]
files = ["labs/*.ipynb"]
accelerator = "T4"
data.b = { drive = "C" }

[[tool.colabify.overrides]]
files = ["b.ipynb"]
accelerator = "none"
"""


def make_course(folder: Path) -> Path:
    files = {
        "a.ipynb": notebook("x = 1"),
        "labs/b.ipynb": notebook("x = 1"),
        "labs/kit.py": "x = 1\n",
    }
    return make_repository(folder, files)


def without_settings(course: Path) -> Path:
    """The course less the settings that another test wrote."""
    for file in [*course.rglob("*.toml")]:
        file.unlink()
    return course
