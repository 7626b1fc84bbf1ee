"""Names that libraries dropped: provided on Colab for modules that may not be touched, and on request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.settings import Settings
from tests.courses import ADDRESS, make_repository, notebook
from tests.notebooks import Cell, codes, plan_for

NUMPY = "import numpy as np\n"
SHIM = Settings(compat="shim")
Pairs = list[tuple[str, str]]

# files beside the notebook, its cells, what the setup cell provides for code that it does not rewrite
BESIDE: dict[str, tuple[dict[str, str], list[Cell], Pairs]] = {
    "a module": (
        {"kit.py": f"{NUMPY}x = np.float_(3)\n"},
        ["import kit"],
        [("numpy.float_", "numpy.float64")],
    ),
    "a builtin": ({"kit.py": f"{NUMPY}def f(x):\n    return x.astype(np.int)\n"}, ["import kit"], [("numpy.int", "int")]),
    "from": ({"kit.py": "from numpy import Inf as big, zeros\n"}, ["import kit"], [("numpy.Inf", "numpy.inf")]),
    "a style": (
        {"kit.py": "from matplotlib import style\nstyle.use(['seaborn-white', 'classic'])\n"},
        ["import kit"],
        [("seaborn-white", "seaborn-v0_8-white")],
    ),
    "a module of a module": (
        {"lib/__init__.py": "from . import a\n", "lib/a.py": f"{NUMPY}np.product([1])\n"},
        ["import lib"],
        [("numpy.product", "numpy.prod")],
    ),
    "once": (
        {"a.py": f"{NUMPY}np.product([1])\n", "b.py": f"{NUMPY}np.product([np.product([2])])\n"},
        ["import a, b"],
        [("numpy.product", "numpy.prod")],
    ),
    "a module that nobody imports": ({"kit.py": f"{NUMPY}np.int(3)\n"}, ["import os"], []),
    "a module that knows of versions": (
        {"kit.py": f"{NUMPY}try:\n    i = np.int\nexcept AttributeError:\n    i = int\n"},
        ["import kit"],
        [],
    ),
    "a module without fault": ({"kit.py": f"{NUMPY}np.int64(3)\n"}, ["import kit"], []),
    "a cell is rewritten": ({}, [f"{NUMPY}np.int(3)\n"], []),
}  # fmt: skip


@pytest.mark.parametrize("name", BESIDE)
def test_modules_that_may_not_be_touched_are_given_the_names(name: str, tmp_path: Path) -> None:
    files, cells, expected = BESIDE[name]
    plan = plan_for(tmp_path, files, cells)
    assert [(one.old, one.new) for one in plan.setup.shims] == expected
    assert not plan.modules


# cells, what is provided, and what is told
ASKED: dict[str, tuple[list[Cell], Pairs, list[str]]] = {
    "a name": ([f"{NUMPY}np.float_(3)"], [("numpy.float_", "numpy.float64")], []),
    "a style": (
        ["import matplotlib.pyplot as plt\nplt.style.use('seaborn')"],
        [("seaborn", "seaborn-v0_8")],
        [],
    ),
    "a keyword": (
        ["import numpy as np\nnp.histogram([1], normed=True)"],
        [("numpy.histogram(normed)", "density")],
        [],
    ),
    "an imputer": (
        ["from sklearn.preprocessing import Imputer\nImputer(missing_values='NaN', axis=0)"],
        [
            ("sklearn.preprocessing.Imputer", ""),
            ("sklearn.preprocessing.Imputer(missing_values)", ""),
            ("sklearn.preprocessing.Imputer(axis)", ""),
        ],
        [],
    ),
    "the next batch": (
        ["import torch\nit = iter(loader)\nx = it.next()"],
        [("torch.utils.data.dataloader._BaseDataLoaderIter.next", "__next__")],
        [],
    ),
    "a loss, for which nothing can be provided": (
        ["import torch\nloss = torch.sum(x)\nloss.data[0]"],
        [],
        ["COL182!"],
    ),
    "a keyword of what is not known": (
        ["import matplotlib.pyplot as plt\ndef f(ax):\n    ax.hist([1], normed=True)"],
        [("matplotlib.axes.Axes.hist(normed)", "density")],
        [],
    ),
    "a projection": (
        ["import matplotlib.pyplot as plt\nax = plt.figure().gca(projection='3d')"],
        [("matplotlib.figure.Figure.gca", "Figure.add_subplot")],
        [],
    ),
    "a method": (
        ["import pandas as pd\nx = pd.DataFrame().append(pd.DataFrame())"],
        [("pandas.DataFrame.append", "_append")],
        [],
    ),
    "positions": (
        ["import pandas as pd\nx = pd.DataFrame({'a': [1]}).drop('a', 1)"],
        [("pandas.DataFrame.drop", "1 axis index columns level inplace errors")],
        [],
    ),
    "a function of the setup cell": (
        ["import numpy as np\nnp.msort([2, 1])"],
        [("numpy.msort", "")],
        [],
    ),
    "more arguments": (
        ["from sklearn.decomposition import RandomizedPCA\nm = RandomizedPCA(2)"],
        [("sklearn.decomposition.RandomizedPCA", "sklearn.decomposition.PCA")],
        [],
    ),
    "what stays a finding": (["import pandas as pd\npd.DataFrame().ix[0]"], [], ["COL133!"]),
    "what Colab itself lacks is rewritten": (["x = !ls"], [], []),
}


@pytest.mark.parametrize("name", ASKED)
def test_code_stays_where_that_is_asked_for(name: str, tmp_path: Path) -> None:
    cells, expected, told = ASKED[name]
    plan = plan_for(tmp_path, {}, cells, settings=SHIM)
    assert [(one.old, one.new) for one in plan.setup.shims] == expected
    assert codes(plan) == told
    rewritten = {code for change in plan.sources for code in change.codes}
    assert not any(code.startswith("COL1") for code in rewritten)


def test_what_is_provided_is_told_to_programs_and_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_repository(
        tmp_path, {"a.ipynb": notebook("import kit"), "kit.py": f"{NUMPY}np.int\n"}
    )
    words = [str(root / "a.ipynb"), "--repo", ADDRESS]
    assert main([*words, "--format", "json"]) == 0
    (plan,) = json.loads(capsys.readouterr().out)["notebooks"]
    assert plan["shims"] == [{"old": "numpy.int", "new": "int", "kind": "name", "values": []}]
    assert main([*words, "--verbose"]) == 0
    assert "provides numpy.int on Colab: it is int now" in capsys.readouterr().out


def test_a_runtime_that_has_the_name_needs_nothing(tmp_path: Path) -> None:
    """Whether a name is gone is asked of the runtime that the notebook is pinned to."""
    cells: list[Cell] = ["x = !ls"]
    plan = plan_for(tmp_path, {}, cells, settings=Settings(runtime="2025.07"))
    assert plan.sources == ()
