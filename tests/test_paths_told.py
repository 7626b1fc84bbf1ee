"""Paths that cannot be mended where they stand: cells in, findings out, and the cells as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import plan_for
from tests.test_paths import FILES

# cells, what is said: what cannot be mended in place
TOLD = {
    "compared": (["D = 'FIG'\nif D == 'FIG':\n    open(D + '/x.png')"], "compared or looked up"),
    "a key": (["D = 'FIG'\nsizes = {D: 3}\nopen(D + '/x.png')"], "compared or looked up"),
    "printed": (["D = 'FIG'\nprint('in', D)\nopen(D + '/x.png')"], "shown as plain text"),
    "a title": (["for p in ['FIG/x.png']:\n    open(p)\n    plt.title(p)"], "shown as plain text"),
    "a label": (["for p in ['FIG/x.png']:\n    open(p)\n    plt.plot(x, label=p)"], "shown as plain text"),
    "two meanings": (
        ["D = 'FIG'\nopen(D + '/x.png')\nopen('../lab/' + D.lower() + D)\nopen(f'../data/{D}/../train.csv')"],
        "needs it otherwise",
    ),
    "a quote that a raw literal cannot say": (
        ["open(r'/home/ann/course/data/it''s.txt')"],
        None,
    ),
    "braces in a template": (["open('/home/ann/course/b{r}/%s' % n)"], None),
    "a word that the shell fills in": (["!cat ../DATA/$x"], None),
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
}  # fmt: skip


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
