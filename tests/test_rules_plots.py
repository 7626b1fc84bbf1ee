"""What the examples of the rules for plots and images cannot show: several cells, older runtimes."""

from __future__ import annotations

import pytest

from colabify.engine import apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import Context, images, plots
from colabify.runtime import load_runtime
from tests.notebooks import notebook

PLT = "import matplotlib.pyplot as plt"
# the cells, which of them is looked at, what becomes of it
CELLS = {
    "a dictionary that another cell spreads": (
        ["kwargs = dict(normed=True)", PLT, "plt.hist([1], **kwargs)"], 0, "kwargs = dict(density=True)"),
    "a dictionary that nothing spreads": (
        ["kwargs = dict(normed=True)", PLT, "print(kwargs)"], 0, "kwargs = dict(normed=True)"),
    "axes of another cell": (
        [PLT, "fig, axes = plt.subplots(2, 2)", "for ax in axes.flat:\n    ax.grid(b=True)"], 2,
        "for ax in axes.flat:\n    ax.grid(visible=True)"),
    "axes, and something else of that name": (
        [PLT, "ax = plt.axes()", "for ax in things():\n    ax.hist([1], normed=True)"], 2,
        "for ax in things():\n    ax.hist([1], density=True)"),
    "an axes' method of something that is nowhere made": (
        [PLT, "ax = thing()", "ax.hist([1], normed=True)"], 2, "ax.hist([1], normed=True)"),
    "a second projection in a figure": (
        [f"{PLT}\nfig = plt.figure()\na = fig.gca(projection='3d')\nb = fig.gca(projection='3d')"], 0,
        f"{PLT}\nfig = plt.figure()\na = fig.gca(projection='3d')\nb = fig.gca(projection='3d')"),
    "an argument by position and by name": (
        ["import seaborn as sns\nsns.barplot('a', 'b', x='c')"], 0, "import seaborn as sns\nsns.barplot('a', 'b', x='c')"),
    "two figures with a projection each": (
        [f"{PLT}\n" + "fig = plt.figure()\na = fig.gca(projection='3d')\n" * 2], 0,
        f"{PLT}\n" + "fig = plt.figure()\na = fig.add_subplot(projection='3d')\n" * 2),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_the_cells_of_a_notebook_are_one_program(name: str) -> None:
    sources, index, after = CELLS[name]
    cells = read_program(Document.parse(notebook(*sources))).cells
    units = [cell.unit for cell in cells if cell.unit]
    context = Context(units, load_runtime(), cells[index].unit)
    assert apply_rules(cells[index].masked, plots.RULES, context).source == after


@pytest.mark.parametrize(("runtime", "told"), [("latest", True), ("2026.04", False)])
def test_what_opencv_5_left_out_is_told_where_it_is(runtime: str, told: bool) -> None:
    (cell,) = read_program(
        Document.parse(notebook("import cv2\nface = cv2.face.LBPHFaceRecognizer_create()"))
    ).cells
    assert cell.unit
    context = Context([cell.unit], load_runtime(runtime), cell.unit)
    assert bool(apply_rules(cell.masked, images.RULES, context).told) == told
