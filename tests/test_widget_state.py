"""The state of widgets in the metadata: repaired so that GitHub shows the notebook, given back when undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.analysis.widget_state import repaired_widgets
from colabify.notebook import Document
from colabify.porting import port
from colabify.settings import Settings
from colabify.undo import undo
from tests.notebooks import PYTHON, codes, course_for, notebook, plan_for

TYPE = "application/vnd.jupyter.widget-state+json"
BAR = {
    "model_module": "@jupyter-widgets/controls",
    "model_name": "FloatProgressModel",
    "state": {"max": 3},
}
FORM = {"version_major": 2, "version_minor": 0}

# what the metadata has, what it is to have (None: it stays)
ROWS: dict[str, tuple[Any, Any]] = {
    "as Colab writes it": ({TYPE: {"ab": BAR}}, {TYPE: {"state": {"ab": BAR}, **FORM}}),
    "as Jupyter writes it": ({TYPE: {"state": {"ab": BAR}, **FORM}}, None),
    "of 2015": ({"state": {}, "version": "1.1.2"}, None),
    "something else": ({TYPE: {"ab": 3}}, None),
    "none": ({}, None),
    "no table": ([1], None),
}


@pytest.mark.parametrize("name", ROWS)
def test_repaired(name: str, tmp_path: Path) -> None:
    before, after = ROWS[name]
    raw = notebook("x = 1", metadata={**PYTHON, "widgets": before})
    course = course_for(tmp_path, {})
    ported = port(raw, course, "nb.ipynb", Settings())
    assert json.loads(ported.raw)["metadata"]["widgets"] == (before if after is None else after)
    assert port(ported.raw, course, "nb.ipynb", Settings()).raw == ported.raw
    assert undo(Document.parse(ported.raw)).document.to_bytes() == raw


def test_what_is_too_large_is_told(tmp_path: Path) -> None:
    large = {TYPE: {f"{n:032}": BAR for n in range(1000)}}
    plan = plan_for(tmp_path, {}, ["x = 1"], metadata={**PYTHON, "widgets": large})
    assert "COL425" in codes(plan)
    assert not any(one.keys == ("widgets",) for one in plan.metadata)


@given(st.dictionaries(st.text(max_size=5), st.just(BAR) | st.none(), max_size=3))
def test_a_repaired_state_needs_no_repair(models: dict[str, Any]) -> None:
    repaired = repaired_widgets({"widgets": {TYPE: models}})
    if repaired is not None:
        assert repaired_widgets({"widgets": repaired}) is None
