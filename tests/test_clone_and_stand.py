"""Whether the repository is cloned, and in which of its folders the notebook then runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import facts_for, plan_for

# cells, whether the repository is cloned
CLONED = {
    "nothing": (["x = 1"], False),
    "read": (["open('a.csv')"], True),
    "named in a shell line": (["!wc a.csv"], True),
    "named in a shell cell": (["%%bash\nwc a.csv"], True),
    "named in a string": (["f('a.csv')"], True),
    "read at a path that is not known": (["open(where)"], True),
    "written beside": (["df.to_csv('new.csv')"], False),
    "written and read": (["df.to_csv('new.csv')", "open('new.csv')"], False),
    "written into a folder of it": (["df.to_csv('out/new.csv')"], True),
    "written into a folder that is made": (
        ["import os\nos.makedirs('out', exist_ok=True)\ndf.to_csv('out/new.csv')"],
        False,
    ),
    "made below a folder of it": (["import os\nos.makedirs('out/more')"], False),
    "written into a folder that nobody has": (["df.to_csv('gone/new.csv')"], False),
    "listed": (["import os\nos.listdir('out')"], True),
    "sample data": (["open('sample_data/a.csv')"], False),
    "downloaded": (["!wget http://e.org/b.csv", "open('b.csv')"], False),
    "moves about": (["%cd out"], True),
}


@pytest.mark.parametrize("name", CLONED)
def test_the_repository_is_cloned_if_it_is_needed(name: str, tmp_path: Path) -> None:
    cells, cloned = CLONED[name]
    plan = plan_for(tmp_path, {"a.csv": "", "out/readme": ""}, cells)
    assert (plan.setup.source is not None) is cloned


# cells, files, where the notebook stands
STANDS = {
    "nothing said": (["x = 1"], [], "lab/sub"),
    "all from the root": (
        ["open('data/a.csv')", "open('data/b.csv')"],
        ["data/a.csv", "data/b.csv"],
        "",
    ),
    "module at the root": (["import course.tools"], ["course/tools.py"], ""),
    "package that is installed": (
        ["import course.tools", "f('b.csv')\nopen('c.csv')"],
        ["course/tools.py", "setup.py", "lab/sub/c.csv"],
        "lab/sub",
    ),
    "installed package by a search path": (
        ["import sys\nsys.path.append('..')\nimport course.tools", "open('c.csv')"],
        ["course/tools.py", "setup.py", "lab/sub/c.csv"],
        "lab/sub",
    ),
    "what it makes itself": (
        ["import torch\ntorch.save(m, 'models/a.pth')", "torch.load('models/a.pth')"],
        ["models/a.pth"],
        "lab/sub",
    ),
    "one of each": (
        ["open('data/a.csv')", "open('b.csv')"],
        ["data/a.csv", "lab/sub/b.csv"],
        "lab/sub",
    ),
    "most from the root": (
        ["open('data/a.csv')", "open('data/b.csv')", "open('c.csv')"],
        ["data/a.csv", "data/b.csv", "lab/sub/c.csv"],
        "",
    ),
    "from the folder above": (["open('data/a.csv')"], ["lab/data/a.csv"], "lab"),
    "both have it": (["open('a.csv')"], ["a.csv", "lab/sub/a.csv"], "lab/sub"),
    "moves by itself": (["%cd ..", "open('data/a.csv')"], ["lab/data/a.csv"], "lab/sub"),
    "moves from above": (["%cd data", "open('a.csv')"], ["data/a.csv"], ""),
    "by os.chdir": (
        ["import os\nos.chdir('../..')", "open('data/a.csv')"],
        ["data/a.csv"],
        "lab/sub",
    ),
}


@pytest.mark.parametrize("name", STANDS)
def test_the_notebook_stands_where_most_is_found(name: str, tmp_path: Path) -> None:
    cells, files, stand = STANDS[name]
    facts = facts_for(tmp_path, dict.fromkeys(files, ""), cells, at="lab/sub/nb.ipynb")
    assert facts.stand == stand
    assert plan_for(
        tmp_path / "2", dict.fromkeys(files, ""), cells, at="lab/sub/nb.ipynb"
    ).setup.folder in ("", stand)
