"""Courses to measure on: generated to the shape of real ones, the same at every run.

The shape is that of 1,500 notebooks of public courses, in the mean: 190 KB; 20 code cells and 19 others of
240 lines; 110 KB of pictures in two of the outputs, 32 KB of tables and texts in 170 lines, 30 of a stream.
"""

from __future__ import annotations

import base64
import json
import random
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_HELPERS = '''\
"""Helpers of the course."""

import numpy as np


def load(path):
    """The numbers of a file."""
    return np.loadtxt(path, delimiter=",")
'''
_IMPORTS = """\
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.linear_model import LinearRegression
from course.helpers import load
%matplotlib inline
"""
_CELLS = (
    """\
data = load('data/points.csv')
print(data.shape)
data[:5]
""",
    """\
frame = pd.DataFrame(data, columns=['x', 'y'])
frame.describe()
frame.groupby('x').mean().head()
""",
    """\
fig, ax = plt.subplots(figsize=(8, 4))
ax.plot(data[:, 0], data[:, 1], 'o', label='points')
ax.legend()
""",
    """\
def loss(w, x, y):
    # mean of the squares
    error = y - (w[0] + w[1] * x)
    return (error ** 2).mean()
""",
    """\
model = LinearRegression(fit_intercept=True)
model.fit(data[:, :1], data[:, 1])
model.score(data[:, :1], data[:, 1])
""",
    """\
total = 0
for i in range(100):
    if i % 3 == 0 or i % 5 == 0:
        total += i
print(f'{total = }')
""",
    "!ls data\nnames = [name for name in frame.columns if name != 'y']\n",
    """\
class Line:
    def __init__(self, slope, height=0.0):
        self.slope, self.height = slope, height

    def at(self, x):
        return self.slope * np.asarray(x) + self.height
""",
    """\
x = np.linspace(0, 1, 50)
line = Line(2.0)
plt.plot(x, line.at(x))
plt.xlabel('x')
plt.show()
""",
)
_COLAB = """\
from google.colab import files
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.linear_model import LinearRegression
"""
_SECTION = (
    "## Section {n}\n\nA straight line has two numbers, and each of them is a way to be wrong.\n\n"
)
_EXERCISE = "**Exercise {n}.** Change the slope, and say what happens to the loss.\n\n"
_LINKS = "The data are in a [file](data/points.csv); see also the [next one](lecture_{n}.ipynb).\n"


def make_course(
    folder: Path, notebooks: int, *, each: int = 190_000, code_cells: int = 20, native: bool = False
) -> int:
    """A git repository of that many notebooks of about ``each`` bytes; how many bytes they have in all.

    ``native``: they were made on Colab and for it, so that nothing has to change.
    """
    (folder / "course").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "course" / "helpers.py").write_text(_HELPERS)
    (folder / "course" / "__init__.py").write_text("")
    (folder / "data" / "points.csv").write_text("".join(f"{n},{2 * n}\n" for n in range(50)))
    (folder / "requirements.txt").write_text("numpy\npandas\nmatplotlib\nscikit-learn\n")
    size = 0
    for n in range(notebooks):
        text = notebook_text(n, each=each, code_cells=code_cells, native=native)
        size += (folder / f"lecture_{n}.ipynb").write_text(text)
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "add", "-A")
    _git(folder, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "course")
    _git(folder, "remote", "add", "origin", "https://github.com/example/course")
    _git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return size


def notebook_text(n: int, *, each: int, code_cells: int, native: bool = False) -> str:
    """One notebook as Jupyter writes it; the same for the same numbers."""
    chance = random.Random(n)
    first = _COLAB if native else _IMPORTS
    cells: list[dict[str, Any]] = [_code(first, [])]
    pictures = {code_cells // 3, code_cells - 2}
    fixed = 4_000 * code_cells
    picture = max(0, each - fixed) // len(pictures)
    texts = [_SECTION, _EXERCISE] if native else [_SECTION, _EXERCISE, _LINKS]
    for place in range(code_cells - 1):
        text = "".join(chance.choices(texts, k=3)).replace("{n}", str(place))
        cells.append({"cell_type": "markdown", "metadata": {}, "source": _lines(text)})
        source = chance.choice(_CELLS)
        if native:
            source = source.replace("load('data/points.csv')", "np.zeros((5, 2))")
            source = source.replace("!ls data\n", "")
        cells.append(_code(source, _outputs(chance, picture if place in pictures else 0)))
    metadata: dict[str, Any] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.7.3"},
    }
    if native:
        metadata["colab"] = {"provenance": []}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 2}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _code(source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": outputs,
        "source": _lines(source),
    }  # fmt: skip


def _outputs(chance: random.Random, picture: int) -> list[dict[str, Any]]:
    numbers = [f"{chance.random()}  {chance.random()}\n" for _ in range(chance.randrange(4))]
    found: list[dict[str, Any]] = [{"name": "stdout", "output_type": "stream", "text": numbers}]
    if picture:
        data = base64.encodebytes(chance.randbytes(picture * 3 // 4)).decode("ascii")
        found.append(_shown({"image/png": data, "text/plain": ["<Figure>"]}))
    elif chance.random() < 0.4:
        rows = [f"      <td>{chance.random()}</td>\n" for _ in range(chance.randrange(40))]
        table = ["<table>\n", *(" " * 60 + row for row in rows), "</table>"]
        found.append(_shown({"text/html": table, "text/plain": numbers}))
    return found


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    return {"data": data, "metadata": {}, "output_type": "display_data"}


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").splitlines(keepends=True)


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)
