"""Notebooks that somebody has made ready for Colab already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.notebooks import PYTHON, codes, plan_for

COLAB = {**PYTHON, "colab": {"provenance": []}}
AUTORELOAD = "%load_ext autoreload\n%autoreload 2"
FILES = {"util.py": "", "a.csv": ""}
IS_COLAB = "import sys\nIN_COLAB = 'google.colab' in sys.modules\n"

# cells that set the notebook up, by itself
BY_HAND = {
    "mount": ["from google.colab import drive\ndrive.mount('/content/drive')", "import util"],
    "mount by its full name": [
        "import google.colab.drive\ngoogle.colab.drive.mount('/d')",
        "import util",
    ],
    "mount under a condition": [
        IS_COLAB + "if IN_COLAB:\n    from google.colab import drive\n    drive.mount('/d')",
        "import util",
    ],
    "clone": ["!git clone https://github.com/teacher/course.git\n%cd course", "import util"],
    "clone of a fork": ["!git clone https://github.com/student/course", "import util"],
    "clone by ssh": ["!git clone git@github.com:teacher/course.git", "import util"],
    "shallow clone": [
        "!git clone --depth 1 -b main https://github.com/teacher/course here",
        "import util",
    ],
    "clone behind a test": [
        "![ -d course ] || git clone https://github.com/teacher/course",
        "import util",
    ],
    "clone behind a folder": [
        "!cd /content && git clone https://github.com/teacher/course",
        "import util",
    ],
    "clone in a script": [
        "%%bash\nset -e\n  git clone https://github.com/teacher/course\n",
        "import util",
    ],
    "clone in a shell cell": [
        "%%shell\ngit clone https://github.com/teacher/course",
        "import util",
    ],
    "clone by a call": [
        "import os\nos.system('git clone https://github.com/teacher/course')",
        "import util",
    ],
    "clone by a process": [
        "import subprocess\nsubprocess.run(['git', 'clone', 'https://github.com/teacher/course'])",
        "import util",
    ],
    "clone by another name": [
        "from subprocess import run as go\ngo('git clone https://github.com/teacher/course', shell=True)",
        "import util",
    ],
    "clone behind an address with a mark": [
        "!pip install git+https://e.org/x.git#egg=x && git clone https://github.com/teacher/course",
        "import util",
    ],
    "check without files": [IS_COLAB + "if IN_COLAB:\n    !pip install gensim", "import gensim"],
    "import without files": [
        "try:\n    import google.colab\n    ON = True\nexcept ImportError:\n    ON = False",
        "x = 1",
    ],
    "environment without files": ["import os\nif 'COLAB_GPU' in os.environ:\n    x = 1"],
    "environment asked": ["import os\nif os.getenv('COLAB_RELEASE_TAG'):\n    x = 1"],
}

NOT_BY_HAND = {
    "check with files": [IS_COLAB, "import util"],
    "check with a path": [IS_COLAB, "open('a.csv')"],
    "clone of another": ["!git clone https://github.com/else/tools", "import util"],
    "clone, commented out": ["# !git clone https://github.com/teacher/course", "import util"],
    "clone, printed": ["print('git clone https://github.com/teacher/course')", "import util"],
    "clone by another method": [
        "r.run('git clone https://github.com/teacher/course')",
        "import util",
    ],
    "pull": ["!git pull https://github.com/teacher/course", "import util"],
    "files alone": ["from google.colab import files", "import util"],
    "mount of another": ["fs.mount('/d')", "import util"],
    "mount, commented out": ["# from google.colab import drive; drive.mount('/d')", "import util"],
}


@pytest.mark.parametrize("name", BY_HAND)
def test_what_is_set_up_by_hand_is_not_set_up_twice(name: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, FILES, BY_HAND[name])
    assert set(codes(plan)) == {"COL433"}
    assert (plan.setup, plan.sources) == (type(plan.setup)(), ())
    assert plan.badge


@pytest.mark.parametrize("name", NOT_BY_HAND)
def test_what_is_not_is_set_up(name: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, FILES, NOT_BY_HAND[name])
    assert plan.setup.source is not None
    assert "COL433" not in codes(plan)


def test_it_is_said_where_and_what(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, FILES, ["x = 1", BY_HAND["mount"][0], "import util"])
    (finding,) = [one for one in plan.findings if one.code == "COL433"]
    assert finding.cell == 1
    assert "mounts Google Drive" in finding.message


# cells, metadata, whether it is left as it is but for autoreload
NATIVE = {
    "made there, for there": (["from google.colab import files\nfiles.upload()"], COLAB, True),
    "mounts": (
        ["from google.colab import drive\ndrive.mount('/d')", "open('/d/a.txt')"],
        COLAB,
        True,
    ),
    "reads what it has": (
        ["from google.colab import files", "open('sample_data/a.csv')"],
        COLAB,
        True,
    ),
    "needs files": (["from google.colab import files", "import util"], COLAB, False),
    "never saved there": (["from google.colab import files", "x = 1"], PYTHON, False),
    "says nothing of it": (["x = 1"], COLAB, False),
}


@pytest.mark.parametrize("name", NATIVE)
def test_colabs_own_notebooks_are_left_as_they_are(name: str, tmp_path: Path) -> None:
    cells, metadata, native = NATIVE[name]
    plan = plan_for(tmp_path, FILES, cells, metadata=metadata)
    assert (plan.badge == "") is native
    if native:
        assert (plan.setup, plan.sources, plan.metadata) == (type(plan.setup)(), (), ())
        assert codes(plan) == ["COL433"]


@pytest.mark.parametrize(
    ("cells", "metadata"),
    [
        pytest.param(BY_HAND["mount"], PYTHON, id="by hand"),
        pytest.param(NATIVE["mounts"][0], COLAB, id="native"),
    ],
)
def test_autoreload_is_mended_all_the_same(
    cells: list[str], metadata: dict[str, Any], tmp_path: Path
) -> None:
    plan = plan_for(tmp_path, FILES, [*cells, AUTORELOAD], metadata=metadata)
    assert plan.setup.imp
    assert (plan.setup.source, plan.setup.installs) == (None, ())


# cells, runtime, whether autoreload needs help
RELOADS = {
    "loaded": ([AUTORELOAD], "auto", True),
    "reloaded": (["%reload_ext autoreload"], "auto", True),
    "not loaded": (["%autoreload 2"], "auto", False),
    "commented out": (["# %load_ext autoreload"], "auto", False),
    "another": (["%load_ext sql"], "auto", False),
    "older Python": ([AUTORELOAD], "2025.07", False),
    "Python 3.12": ([AUTORELOAD], "2025.10", True),
}


@pytest.mark.parametrize("name", RELOADS)
def test_autoreload_is_mended_where_it_is_broken(name: str, tmp_path: Path) -> None:
    from colabify.settings import Settings

    cells, runtime, wanted = RELOADS[name]
    plan = plan_for(tmp_path, {}, cells, settings=Settings(runtime=runtime))
    assert plan.setup.imp is wanted


def test_a_clone_that_colab_does_not_come_to_is_none(tmp_path: Path) -> None:
    cell = (
        "try:\n    import numpy\nexcept ModuleNotFoundError:\n"
        "    !git clone https://github.com/teacher/course.git"
    )
    plan = plan_for(tmp_path, FILES, [cell, "import util"])
    assert plan.setup.source
    assert codes(plan) == []
