"""Paths that cannot be mended where they stand: cells in, findings out, and the cells as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import plan_for
from tests.test_paths import FILES

# cells, what is said: what cannot be mended in place
TOLD = {
    "one name, two meanings": (
        ["D = '..'\nopen(D + '/data/train.csv')\nopen(D + '/FIG/x.png')"],
        None,
    ),
    "wrong for one, right for another": (["D = '../Data'\nopen(D + '/../lab/local.csv')"], None),
    "said twice": (
        ["D = 'FIG'", "D = 'FIG'", "open(D + '/x.png')"],
        "FIG/x.png should be fig/x.png",
    ),
    "moved to nobody knows where": (
        ["%cd {elsewhere}", "open('/home/ann/course/data/train.csv')"],
        "/home/ann/course/data/train.csv should be ../data/train.csv",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_mended_is_told_and_left(name: str, tmp_path: Path) -> None:
    cells, said = TOLD[name]
    plan = plan_for(tmp_path, FILES, cells, at="lab/nb.ipynb")
    assert plan.sources == ()
    told = [one.message for one in plan.findings if one.code == "COL313"]
    assert said is None or (len(told) == 1 and said in told[0])


def test_a_helper_module_is_told_about_and_not_rewritten(tmp_path: Path) -> None:
    files = {"kit.py": "def f():\n    return open('Data/x.csv')\n", "data/x.csv": ""}
    plan = plan_for(tmp_path, files, ["import kit\nkit.f()"])
    (finding,) = [one for one in plan.findings if one.code == "COL313"]
    assert (finding.path, finding.line) == ("kit.py", 2)
