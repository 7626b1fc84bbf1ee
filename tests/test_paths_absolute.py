"""``paths = "absolute"``: what names something in the repository, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.porting import port
from colabify.settings import Settings
from colabify.undo import undo
from tests.notebooks import course_for, notebook, plan_for
from tests.test_paths import FILES

ABSOLUTE = Settings(paths="absolute")
LAB, DATA = "/content/course/lab", "/content/course/data"

# cell before, cell after (None: it stays); the notebook is lab/nb.ipynb
CELLS = {
    "read": ("open('local.csv')", f"open('{LAB}/local.csv')"),
    "raw and double quotes": ('open(r"fig/x.png")', f'open(r"{LAB}/fig/x.png")'),
    "folder": ("import os\nos.listdir('../data')", f"import os\nos.listdir('{DATA}')"),
    "folder with a slash": (
        "D = '../data/'\nopen(D + 'train.csv')",
        f"D = '{DATA}/'\nopen(D + 'train.csv')",
    ),
    "only the first literal": (
        "import os\nD = '../data'\nopen(os.path.join(D, 'train.csv'))\nopen(os.path.join(D, n))",
        f"import os\nD = '{DATA}'\nopen(os.path.join(D, 'train.csv'))\nopen(os.path.join(D, n))",
    ),
    "pathlib": (
        "from pathlib import Path\nopen(Path('..') / 'data' / 'train.csv')",
        "from pathlib import Path\nopen(Path('/content/course') / 'data' / 'train.csv')",
    ),
    "f-string": ("open(f'../data/{n}.csv')", f"open(f'{DATA}/{{n}}.csv')"),
    "pattern": ("import glob\nglob.glob('../data/*.csv')", f"import glob\nglob.glob('{DATA}/*.csv')"),
    "mention": ("s = 'fig/x.png'", f"s = '{LAB}/fig/x.png'"),
    "wrong case as well": ("open('FIG/x.png')", f"open('{LAB}/fig/x.png')"),
    "another machine": ("open('/home/ann/course/data/train.csv')", f"open('{DATA}/train.csv')"),
    "beside the working folder": (
        "import os\nopen(os.path.join(os.getcwd(), 'fig', 'x.png'))",
        f"import os\nopen(os.path.join(os.getcwd(), '{LAB}/fig', 'x.png'))",
    ),
    "cd": ("%cd ../data", f"%cd {DATA}"),
    "cd above": ("%cd ..", "%cd /content/course"),
    "run": ("%run run.py -n 3", f"%run {LAB}/run.py -n 3"),
    "cat": ("!cat '../data/Test Set.csv'", f"!cat '{DATA}/Test Set.csv'"),
    "bash": ("%%bash\ncat ../data/train.csv", f"%%bash\ncat {DATA}/train.csv"),
    "written": ("open('out.csv', 'w')", None),
    "name of a file, only mentioned": ("s = 'local.csv'", None),
    "label": ("plt.title('a/b testing')", None),
    "missing": ("open('gone.csv')", None),
    "address": ("u = 'https://example.org/fig/x.png'", None),
    "behind the working folder": ("import os\nopen(os.getcwd() + '/fig/x.png')", None),
    "absolute already": (f"open('{LAB}/local.csv')", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_what_names_something_becomes_absolute(name: str, tmp_path: Path) -> None:
    before, after = CELLS[name]
    plan = plan_for(tmp_path, FILES, [before], at="lab/nb.ipynb", settings=ABSOLUTE)
    assert [one.source for one in plan.sources] == ([] if after is None else [after])


def test_a_constant_that_is_used_from_two_folders_stays(tmp_path: Path) -> None:
    cells = ["D = 'fig'\nopen(D + '/x.png')", "open('../lab/' + D + '/x.png')\nopen('../' + D)"]
    plan = plan_for(tmp_path, FILES, cells, at="lab/nb.ipynb", settings=ABSOLUTE)
    assert [one.source for one in plan.sources if one.cell == 0] == []
    told = [one for one in plan.findings if one.code == "COL313"]
    assert told
    assert {one.severity for one in told} == {"advice"}


@pytest.mark.parametrize("source", ["drive", "upload"])
def test_only_a_clone_has_a_known_place(source: str, tmp_path: Path) -> None:
    settings = Settings(paths="absolute", source=source)
    plan = plan_for(tmp_path, FILES, ["open('local.csv')"], at="lab/nb.ipynb", settings=settings)
    assert plan.sources == ()


def test_it_can_be_repeated_and_undone(tmp_path: Path) -> None:
    raw = notebook(*(before for before, _ in CELLS.values() if not before.startswith("%%")))
    course = course_for(tmp_path, FILES, at="lab/nb.ipynb")
    done = port(raw, course, "lab/nb.ipynb", ABSOLUTE)
    assert port(done.raw, course, "lab/nb.ipynb", ABSOLUTE).raw == done.raw
    assert undo(done.after).document.to_bytes() == raw
    kept = port(done.raw, course, "lab/nb.ipynb", Settings())
    assert kept.raw == port(raw, course, "lab/nb.ipynb", Settings()).raw
