"""Cells whose error is meant: what fails in them is told, and is no error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import Cell, markdown, plan_for, tagged

MISSING = "open('qqqq/a.csv')"
# a cell, and how severe what is missing in it is
CELLS: dict[str, tuple[Cell, str]] = {
    "tagged": (tagged(MISSING, "raises-exception"), "advice"),
    "tagged for nbval": (tagged(MISSING, "x", "nbval-raises-exception"), "advice"),
    "a comment for nbval": (f"x = 1\n# NBVAL_RAISES_EXCEPTION\n{MISSING}", "advice"),
    "another tag": (tagged(MISSING, "exercise"), "error"),
    "another comment": (f"# not NBVAL_RAISES_EXCEPTION\n{MISSING}", "error"),
    "said in a text": (f"'NBVAL_RAISES_EXCEPTION'\n{MISSING}", "error"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_missing_file(name: str, tmp_path: Path) -> None:
    cell, severity = CELLS[name]
    plan = plan_for(tmp_path, {}, [markdown("# NBVAL_RAISES_EXCEPTION"), cell])
    (finding,) = [one for one in plan.findings if one.code == "COL311"]
    assert (finding.severity, finding.cell) == (severity, 1)


def test_only_in_that_cell(tmp_path: Path) -> None:
    cells = [tagged("import mxnet", "raises-exception"), "open('qqqq/a.csv')"]
    plan = plan_for(tmp_path, {}, cells)
    assert {one.cell for one in plan.findings if one.severity == "error"} == {1}
