"""``%pylab`` brings the names that it stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import Cell, plan_for

# the cells, and what becomes of the last
CELLS: dict[str, tuple[list[Cell], str]] = {
    "a function": (["%pylab inline", "hist([1, 2], normed=True)"], "hist([1, 2], density=True)"),
    "NumPy's names": (["%pylab inline", "x = np.float_(3) + float_(2)"], "x = np.float64(3) + np.float64(2)"),
    "pyplot": (["%pylab", "ax = plt.figure().gca(projection='3d')"], "ax = plt.figure().add_subplot(projection='3d')"),
    "only the modules": (["%pylab --no-import-all", "hist([1], normed=True)\nplt.hist([1], normed=True)"],
                         "hist([1], normed=True)\nplt.hist([1], density=True)"),
    "a name of the notebook's own": (["%pylab inline", "def hist(x, normed):\n    pass", "hist([1], normed=True)"],
                                     "hist([1], normed=True)"),
    "no pylab": (["%matplotlib inline", "hist([1], normed=True)"], "hist([1], normed=True)"),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_names_of_pylab(name: str, tmp_path: Path) -> None:
    cells, after = CELLS[name]
    plan = plan_for(tmp_path, {}, cells)
    last = len(cells) - 1
    made = [change.source for change in plan.sources if change.cell == last]
    assert made == ([] if after == cells[-1] else [after])
