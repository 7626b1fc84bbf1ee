"""What a notebook writes, what of it is lost or kept, and what it needs beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.analysis.keeping import keep_results, lost
from colabify.analysis.results import Result, find_results, needed_files
from colabify.facts import gather_facts
from colabify.notebook import Document
from colabify.settings import Settings
from colabify.steps import Clone, Drive, Results, Upload
from tests.notebooks import course_for, notebook

FILES = {
    "week1/helper.py": "import os\nanswer = 42\n",
    "week1/empty.py": "",
    "week1/gaps.py": "def loss():\n    pass  # TODO: your turn\n",
    "week1/placed.py": "import pathlib\nhere = pathlib.Path(__file__).resolve().parent\n",
    "week1/report.py": "import numpy as np\n\ndef report():\n    np.save('report', 1)\n",
    "week1/solver.py": "def keep():\n    open('solver.pkl', 'wb')\n\n\ndef never():\n    open('never', 'w')\n",
    "week1/data/set.csv": "",
    "week1/tracked/old.png": "",
    "shared/set.csv": "",
}
PLOT = "import matplotlib.pyplot as plt\nimport numpy as np\nimport os\nimport shutil"
AUTORELOAD = "%load_ext autoreload\n%autoreload 2"
FAILS = "makes it, and fails if it is there: say exist_ok=True"
REMOVES = "removes it as a whole, which a link does not allow"


def results(folder: Path, *cells: str) -> tuple[Result, ...]:
    """What a notebook of these cells in ``week1`` writes."""
    course = course_for(folder, FILES, at="week1/a.ipynb")
    document = Document.parse(notebook(*cells))
    return find_results(gather_facts(document, course, "week1/a.ipynb"), course.project)


# cells, and of each result: path, kind, cell counted from 1 ("": none), why it is no link
WRITES: dict[str, tuple[list[str], list[str]]] = {
    "a figure": ([PLOT, "plt.savefig('a.png')"], ["week1/a.png figure 2"]),
    "numpy's ending": ([PLOT, "np.save('x', [1])"], ["week1/x.npy model 2"]),
    "numpy's own ending": ([PLOT, "np.savez('x.npz', [1])"], ["week1/x.npz model 2"]),
    "a figure's ending": ([PLOT, "plt.savefig('fig')"], ["week1/fig.png figure 2"]),
    "a table": (["df.to_csv('out.csv')"], ["week1/out.csv table 1"]),
    "a model": (["import torch\ntorch.save(net, 'net.pt')"], ["week1/net.pt model 1"]),
    "any file": (["open('log', 'w').write('x')"], ["week1/log file 1"]),
    "once": (["open('a.log', 'w')", "open('a.log', 'w')"], ["week1/a.log file 1"]),
    "above": (["open('../a.log', 'w')"], ["a.log file 1"]),
    "a tracked folder": ([PLOT, "plt.savefig('tracked/a.png')"], ["week1/tracked/a.png figure 2"]),
    "two of a folder": (
        ["open('out/a/1.txt', 'w')", "open('out/b/2.txt', 'w')"],
        ["week1/out/ folder 1"],
    ),
    "one of a folder": (["open('out/1.txt', 'w')"], ["week1/out/1.txt table 1"]),
    "a folder that is made": (
        [PLOT, "os.makedirs('figs/deep', exist_ok=True)\nplt.savefig('figs/deep/a.png')"],
        ["week1/figs/ folder 2"],
    ),
    "a folder that is made if it is not there": (
        [PLOT, "if not os.path.exists('figs'):\n    os.mkdir('figs')"],
        ["week1/figs/ folder 2"],
    ),
    "a folder that must not be there": (
        [PLOT, "os.mkdir('figs')\nplt.savefig('figs/a.png')"],
        [f"week1/figs/ folder 2 {FAILS}"],
    ),
    "a folder that is removed": (
        [PLOT, "shutil.rmtree('logs', ignore_errors=True)\nopen('logs/a.txt', 'w')"],
        [f"week1/logs/a.txt table 2 {REMOVES}"],
    ),
    "a cell": (["%%writefile new.py\nx = 1"], ["week1/new.py cell 1"]),
    "a command": (
        ["!ls > list.txt", "!zip -r all.zip figs"],
        ["week1/list.txt table 1", "week1/all.zip file 2"],
    ),
    "a download by a command": (
        ["!wget https://a.org/x.csv", "!wget https://a.org/x -O y.csv"],
        [],
    ),
    "a folder of a download by commands": (["!mkdir in", "!wget -P in/a https://a.org/x.csv"], []),
    "a module's function that is called": (
        ["import solver\nsolver.keep()"],
        ["week1/solver.pkl model "],
    ),
    "edited modules": (
        [AUTORELOAD, "import helper, empty"],
        ["week1/helper.py module "],
    ),
    "an edited module that looks where it is": (
        [AUTORELOAD, "import placed"],
        ["week1/placed.py module  looks for files where it really is, not where it is linked"],
    ),
    "a module without autoreload": (["import helper"], []),
    "a download": (
        ["import urllib.request\nurllib.request.urlretrieve('https://a.org/x', 'x.csv')"],
        [],
    ),
    "a folder for a download": (
        [
            "import os\nfrom urllib.request import urlretrieve",
            "os.makedirs('in', exist_ok=True)\nurlretrieve('https://a.org/x', 'in/x.csv')",
        ],
        [],
    ),
    "elsewhere": (["open('/tmp/x', 'w')", "open('/content/drive/MyDrive/x', 'w')"], []),
    "above the course": (["open('../../x', 'w')"], []),
    "what is read": (["open('data/set.csv')"], []),
    "what is not known": (["open(name, 'w')"], []),
}


@pytest.mark.parametrize("name", WRITES)
def test_what_the_notebook_writes(tmp_path: Path, name: str) -> None:
    cells, expected = WRITES[name]
    found = [
        f"{one.path} {one.kind} {'' if one.cell is None else one.cell + 1} {one.stays}".removesuffix(
            " "
        )
        for one in results(tmp_path, *cells)
    ]
    assert found == expected


FIGURES = Result("figures/", "folder", 1)
STAYS = Result("logs/", "folder", 2, FAILS)
MODULE = Result("helper.py", "module")
CLONE = Clone("https://github.com/teacher/course.git", "main", "course")
ELSEWHERE = Clone("https://gitlab.com/teacher/course.git", "main", "course")
UPLOAD = Upload("course")
BOTH = (FIGURES, STAYS)


@pytest.mark.parametrize(
    ("persist", "source", "found", "kept", "codes"),
    [
        ("none", CLONE, BOTH, None, ["COL341"]),
        ("none", CLONE, (), None, []),
        ("none", Drive("course", ""), BOTH, None, []),
        ("drive", CLONE, BOTH, Results("drive", ("figures/",)), ["COL342"]),
        ("drive", UPLOAD, (FIGURES,), Results("drive", ("figures/",)), []),
        ("drive", CLONE, (STAYS,), None, ["COL342"]),
        ("drive", Drive("course", ""), BOTH, None, []),
        ("drive", None, BOTH, None, ["COL343"]),
        ("drive", CLONE, (), None, []),
        ("download", CLONE, BOTH, Results("download", ("figures/", "logs/")), []),
        ("download", None, BOTH, Results("download", ("figures/", "logs/")), []),
        ("git", CLONE, BOTH, Results("git", ("figures/", "logs/")), []),
        ("git", ELSEWHERE, BOTH, None, ["COL343"]),
        ("git", UPLOAD, BOTH, None, ["COL343"]),
        ("git", None, BOTH, None, ["COL343"]),
    ],
)
def test_how_it_is_kept(
    persist: str,
    source: Clone | Drive | Upload | None,
    found: tuple[Result, ...],
    kept: Results | None,
    codes: list[str],
) -> None:
    keeping = keep_results(found, Settings(persist=persist), source)
    assert keeping.results == kept
    assert [one.code for one in keeping.findings] == codes
    assert {one.severity for one in keeping.findings} <= {"advice"}


def test_why_a_folder_is_not_kept() -> None:
    (finding,) = keep_results((STAYS,), Settings(persist="drive"), CLONE).findings
    assert finding.message == f"logs/ is not kept in Drive: the code {FAILS}"
    assert finding.cell == 2


def test_what_is_lost_is_said_in_a_line() -> None:
    more = [Result(f"{name}.csv", "table", 0) for name in "abcde"]
    (finding,) = lost([FIGURES, MODULE, Result("new.py", "cell", 3), *more])
    assert finding.message == (
        "Colab forgets what is written: figures/ (cell 2), helper.py (edited), a.csv (cell 1) and "
        "4 more; persist in [tool.colabify] keeps it"
    )


def test_what_stands_in_a_cell_is_not_lost() -> None:
    assert lost([Result("new.py", "cell", 3)]) == ()


@pytest.mark.parametrize(
    ("cells", "needed"),
    [
        (["import helper"], ("week1/helper.py",)),
        (
            ["open('data/set.csv')\nopen('../shared/set.csv')"],
            ("shared/set.csv", "week1/data/set.csv"),
        ),
        (["import os\nos.listdir('data')"], ("week1/data",)),
        (["open('absent.csv')", "open('tracked/old.png', 'w')", "x = 1"], ()),
    ],
)
def test_what_has_to_be_beside_it(
    tmp_path: Path, cells: list[str], needed: tuple[str, ...]
) -> None:
    course = course_for(tmp_path, FILES, at="week1/a.ipynb")
    document = Document.parse(notebook(*cells))
    facts = gather_facts(document, course, "week1/a.ipynb")
    assert needed_files(facts, course.project) == needed
