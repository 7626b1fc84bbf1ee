"""``colabify --verify``: notebooks on a stand-in for Colab, what fails there, why, and what foresaw it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from colabify.courses import Courses
from colabify.places import Place
from colabify.settings import Settings
from colabify.verify.options import Options
from colabify.verify.verification import Verifier
from tests.courses import contents, fixture_course
from tests.notebooks import markdown, tagged
from tests.simulated_colab.examples import needs_runtime
from tests.verifying import Here, course, steps_of, verified

pytestmark = needs_runtime

HELPER = {
    "week1/helper.py": "answer = 42\n",
    "week1/data/a.csv": "1,2\n",
    ".gitignore": "own.csv\n",
}


in_one_process = pytest.mark.xdist_group("verify")  # the lab is executed once


@pytest.fixture(scope="module")
def run_lab(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One notebook in which cells fail, each in its own way, verified with ``--verify=run``."""
    folder = tmp_path_factory.mktemp("verify")
    path = course(
        folder / "course",
        HELPER,
        markdown("# Lab"),  # cell 1
        "import helper\nprint(helper.answer, open('data/a.csv').read())",
        "own = open('own.csv').read()",  # only at home
        "rows = own.split()",
        "1 / 0",  # there as well
        tagged("[][0]", "raises-exception"),
        tagged("import heavy", "colabify-skip-verify"),
        "name = input('Your name? ')",
        "print(name)",
        "import os\nprint(os.environ.get('MY_PASSWORD'), os.environ['HOME'])",
        "open('written.txt', 'w').write('x')",
    )
    (path.parent / "own.csv").write_text("mine\n")
    before = contents(folder / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MY_PASSWORD", "secret")
        found = verified(patch, "--verify=run", "--timeout", "60", path, code=1)
    (path.parent / "report.json").unlink()
    assert contents(folder / "course") == before
    return found


@pytest.fixture
def cells(run_lab: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The cells of the lab by what a person calls them."""
    return {one["place"]: one for one in run_lab["notebooks"][0]["cells"]}


@in_one_process
def test_what_each_step_comes_to(run_lab: dict[str, Any]) -> None:
    verdict = run_lab["notebooks"][0]
    assert verdict["state"] == "failed"
    assert steps_of(verdict) == {
        "opens": "passed", "sets up": "passed", "imports": "passed", "data": "failed",
        "runs": "failed", "home": "passed",
    }  # fmt: skip
    assert "3 of 11 cells fail, 1 of them at home as well" in str(verdict["steps"])
    assert verdict["plan"]["clone"]["name"] == "course"
    assert [row["kind"] for row in verdict["diff"]][:3] == ["added", "added", "same"]


@in_one_process
def test_what_runs_has_its_outputs(cells: dict[str, dict[str, Any]]) -> None:
    assert cells["the setup cell"]["state"] == "passed"
    assert cells["cell 2"]["outputs"][0]["text"] == "42 1,2\n\n"


@in_one_process
def test_what_fails_only_there_is_told_apart_and_was_foreseen(
    cells: dict[str, dict[str, Any]],
) -> None:
    lost = cells["cell 3"]
    assert (lost["state"], lost["fails_at_home"]) == ("failed", False)
    assert lost["foreseen"] == ["COL311"]
    assert "own.csv" in lost["why"]
    assert "FileNotFoundError" in lost["traceback"]


@in_one_process
def test_what_follows_from_a_failure_says_from_which(cells: dict[str, dict[str, Any]]) -> None:
    assert cells["cell 4"]["why"] == "it needs `own`, which cell 3 was to make"
    assert cells["cell 4"]["foreseen"] == ["COL311"]


@in_one_process
def test_what_fails_at_home_as_well(cells: dict[str, dict[str, Any]]) -> None:
    assert (cells["cell 5"]["state"], cells["cell 5"]["fails_at_home"]) == ("failed", True)
    assert cells["cell 5"]["why"] == "ZeroDivisionError: division by zero"


@in_one_process
def test_what_is_meant_skipped_or_asked(cells: dict[str, dict[str, Any]]) -> None:
    states = {place: (one["state"], one["why"]) for place, one in cells.items()}
    assert states["cell 6"] == ("passed", "its error is meant (raises-exception)")
    assert states["cell 7"] == ("skipped", "it is tagged colabify-skip-verify")
    assert states["cell 8"] == ("skipped", "it asks for input, which nobody gives here")
    assert states["cell 9"] == ("skipped", "it needs `name`, which cell 8 was to make")


@in_one_process
def test_secrets_of_the_environment_are_not_there(cells: dict[str, dict[str, Any]]) -> None:
    said = cells["cell 10"]["outputs"][0]["text"]
    assert said.startswith("None ")
    assert str(Path.home()) not in said


def test_quick_unported_and_ported(tmp_path: Path) -> None:
    """The imports and the paths fail alone, and are there once it is ported; nothing heavy is computed."""
    heavy = "import helper\nimport time\ntime.sleep(600)\nopen('data/a.csv')"
    moves = "import os\nhome = os.getcwd()\nos.chdir('data')\nopen('a.csv')\nos.chdir(home)"
    path = course(tmp_path / "course", HELPER, heavy, moves)
    place = Place(path, "lab.ipynb", Path("lab.ipynb"))
    found = {}
    for as_is in (True, False):
        courses = Courses(Settings(), [str(path)])
        verifier = Verifier(courses, Options(as_is=as_is, timeout=30), Here())
        found[as_is] = verifier.run([place]).notebooks[0]
    states = {one.step: one.state for one in found[True].steps}
    assert (states["imports"], states["data"]) == ("failed", "failed")
    assert "there is no module helper" in found[True].why
    assert found[False].state == "passed"
    assert [one.state for one in found[False].steps[:4]] == ["passed"] * 4


MENDED = {
    "a local module": "import helper",
    "autoreload on Python 3.12": "%load_ext autoreload\n%autoreload 2",
    "data beside the notebook": "open('data/a.csv').read()",
    "a path of another case": "open('Data/A.csv').read()",
    "a name that NumPy dropped": "import numpy as np\nprint(np.float(1))",
    "a style that matplotlib renamed": "import matplotlib.pyplot as plt\nplt.style.use('seaborn')",
    "x = !cmd": "files = !ls data\nprint(files)",
    "a folder that nobody makes": "open('figures/a.txt', 'w').write('x')",
    "a module that Python dropped": "import imp, json\nimp.reload(json)",
    "a module to be had from PyPI still": "import cgi",
    "a name that Python moved": "from collections import Iterable",
    "a function that Python dropped": "import time\ntime.clock()",
    "a method that NumPy dropped": "import numpy as np\nnp.array([1, 2]).ptp()",
    "a float for a size": "import numpy as np\nnp.zeros(3.0)",
    "a constant that Pillow dropped": "from PIL import Image\nImage.ANTIALIAS",
    "a function that SciPy moved elsewhere": "from scipy.misc import imread",
    "a window that no screen shows": "import matplotlib\nmatplotlib.use('TkAgg')",
    "a magic that Colab refuses": "%tensorflow_version 1.x",
    "a path of the author's machine": "open(r'C:\\Users\\me\\week1\\data\\a.csv').read()",
    "a path with backslashes": "open('data\\\\a.csv').read()",
    "a path from the root": "open('week1/data/a.csv').read()",
}
REPORTED = {
    "a module nobody knows": ("import nowhere_to_be_had", "COL401"),
    "a file that git ignores": ("open('own.csv').read()", "COL311"),
    "a file of the author's machine": ("open('/home/ada/course/numbers.csv').read()", "COL311"),
    "a gap for students": ("x = # your code", "COL901"),
    "a statement of Python 2": ("print 'a'", "COL901"),
    "a name without another": ("import numpy as np\nnp.lookfor('a')", "COL103"),
    "a size that is divided": ("import numpy as np\nn = 8\nnp.zeros((n / 2, 3))", "COL108"),
    "a signature that is others' to judge": ("import inspect\ninspect.getargspec(print)", "COL122"),
    "an argument that is gone": ("import random\nrandom.shuffle([1], lambda: 0.5)", "COL123"),
    "a package that is gone": ("from matplotlib.finance import candlestick", "COL150"),
}


def test_each_kind_of_breakage(tmp_path: Path) -> None:
    """What is mended fails unported and runs ported; what is only reported was foreseen."""
    sources = [*MENDED.values(), *(source for source, _ in REPORTED.values())]
    path = course(tmp_path / "course", HELPER, *sources)
    place, states = Place(path, "lab.ipynb", Path("lab.ipynb")), {}
    for as_is in (True, False):
        options = Options("run", as_is=as_is, timeout=60, home=False, probes=False)
        verifier = Verifier(Courses(Settings(), [str(path)]), options, Here())
        verdict = verifier.run([place]).notebooks[0]
        states[as_is] = {cell.place: cell for cell in verdict.cells}
    for number, kind in enumerate(MENDED, 1):
        both = [states[as_is][f"cell {number}"].state for as_is in (True, False)]
        assert both == ["failed", "passed"], (kind, states[False][f"cell {number}"].error)
    for number, (kind, (_, told)) in enumerate(REPORTED.items(), len(MENDED) + 1):
        assert told in states[False][f"cell {number}"].foreseen, kind


def test_only_some_cells(tmp_path: Path) -> None:
    path = course(tmp_path / "course", HELPER, "import helper", "1 / 0", "print(helper.answer)")
    wanted = frozenset({1, *range(3, 10)})
    options = Options("run", cells=wanted, home=False, probes=False)
    verifier = Verifier(Courses(Settings(), [str(path)]), options, Here())
    verdict = verifier.run([Place(path, "lab.ipynb", Path("lab.ipynb"))]).notebooks[0]
    assert {cell.place: cell.state for cell in verdict.cells} == {
        "the setup cell": "passed", "cell 1": "passed", "cell 2": "skipped", "cell 3": "passed",
    }  # fmt: skip


def test_the_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = fixture_course(tmp_path / "course")
    found = verified(monkeypatch, "--verify", folder / "knn.ipynb")
    assert [one["state"] for one in found["notebooks"]] == ["passed"]


def test_system_packages_are_taken_for_installed(tmp_path: Path) -> None:
    path = course(tmp_path / "course", HELPER, "import helper", "!tree data")
    verifier = Verifier(Courses(Settings(), [str(path)]), Options(), Here())
    verdict = verifier.run([Place(path, "lab.ipynb", Path("lab.ipynb"))]).notebooks[0]
    assert verdict.plan is not None
    assert [one["package"] for one in verdict.plan["system"]] == ["tree"]
    assert verdict.state == "passed"


def test_a_gpu_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = course(tmp_path / "course", HELPER, "x = 1\n1 / 0", at="lab.ipynb")
    found = verified(monkeypatch, "--verify=run", "--accelerator", "T4", path)
    verdict = found["notebooks"][0]
    assert steps_of(verdict)["runs"] == "skipped"
    assert "it asks for a T4 GPU, and this machine has none" in str(verdict["steps"])
