"""What comes from Windows: backslashes in paths, drives, carriage returns. The tests need no Windows."""

from __future__ import annotations

import ast
import re
from pathlib import Path, PureWindowsPath

import pytest

import colabify
from colabify.project import Project
from tests.notebooks import codes, plan_for, ported_cells
from tests.requirement_readings import read

FILES = {
    **dict.fromkeys(["data/train.csv", "data/raw/a.txt", "lab/fig/x.png", "tools/run.py"], "x"),
    "lists/all.txt": "gensim\n",
}
GLOB = "import glob\nglob.glob({})"

# cell before, cell after; the notebook is lab/nb.ipynb
MENDED = {
    "pattern": (GLOB.format(r"'fig\\*.png'"), GLOB.format("'fig/*.png'")),
    "pattern of folders": (GLOB.format(r"'..\\*\\train.csv'"), GLOB.format("'../*/train.csv'")),
    "pattern of all below": (GLOB.format(r"r'..\data\**\*.txt'"), GLOB.format("r'../data/**/*.txt'")),
    "pattern from the root": (GLOB.format(r"'lab\\fig\\*'"), GLOB.format("'fig/*'")),
    "pattern on a drive": (GLOB.format("'C:/me/course/data/raw/*'"), GLOB.format("'../data/raw/*'")),
    "pattern of another machine": (GLOB.format("'/home/me/data/raw/*'"), GLOB.format("'../data/raw/*'")),
    "end not known": (r"open('lab\\fig\\' + n)", "open('fig/' + n)"),
    "end not known, f-string": (r"open(f'C:\\me\\lab\\fig\\{n}.png')", "open(f'fig/{n}.png')"),
    "folder with a backslash": (r"D = '..\\data\\'" + "\nopen(D + 'train.csv')", "D = '../data/'\nopen(D + 'train.csv')"),
    "separator of the system": ("import os\nopen('..' + os.sep + 'data\\\\train.csv')", "import os\nopen('..' + os.sep + 'data/train.csv')"),
    "chdir": ("import os\nos.chdir('..\\\\data')\nopen('raw\\\\a.txt')", "import os\nos.chdir('../data')\nopen('raw/a.txt')"),
    "share": (r"open('\\\\server\\share\\data\\train.csv')", "open('../data/train.csv')"),
    "file address": ("open('file:///C:/me/course/data/train.csv')", "open('../data/train.csv')"),
    # in magics and shell lines, where a shell would drop them
    "cd": ("%cd ..\\data\nopen('raw/a.txt')", "%cd ../data\nopen('raw/a.txt')"),
    "run": (r"%run ..\tools\run.py", "%run ../tools/run.py"),
    "python": (r"!python ..\tools\run.py --n 3", "!python ../tools/run.py --n 3"),
    "python, quoted": (r'!python "..\tools\run.py"', '!python "../tools/run.py"'),
    "pip": (r"!pip install -r ..\lists\all.txt", "!pip install -r ../lists/all.txt"),
    "pip's magic": (r"%pip install -q -r ..\lists\all.txt", "%pip install -q -r ../lists/all.txt"),
    "pip without a sign": (r"pip install -r ..\lists\all.txt", "%pip install -r ../lists/all.txt"),
    "pip of a Python": (r"!python -m pip install -r ..\lists\all.txt", "!python -m pip install -r ../lists/all.txt"),
    "pip with an equals sign": (r"!pip install --requirement=..\lists\all.txt", "!pip install --requirement=../lists/all.txt"),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_paths_of_windows_are_mended(name: str, tmp_path: Path) -> None:
    before, after = MENDED[name]
    ported = ported_cells(tmp_path, FILES, [before], at="lab/nb.ipynb")
    assert ported == [after]
    again = ported_cells(tmp_path / "again", FILES, ported, at="lab/nb.ipynb")
    assert again == ported


KEPT = {
    "pattern of nothing": GLOB.format(r"'..\\DATA\\*\\b.txt'"),
    "command of Windows": r"!type ..\data\train.csv",
    "command of Windows, to list": r"!dir ..\data",
    "command of Windows, with options": r"!xcopy /s ..\data\raw .",
    "escaped": r"!ls ../data/my\ file.csv && find . -name \*.png",
    "regex": r"!grep -c 'a\.b' ../data/train.csv",
    "regex, unquoted": r"!sed s/a\.b/c/ ../data/train.csv",
    "text": r"!echo a\nb",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_works_on_windows_alone_or_is_no_path_is_kept(name: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, FILES, [KEPT[name]], at="lab/nb.ipynb")
    assert plan.sources == ()
    assert [code for code in codes(plan) if code != "COL311!"] == []


def test_a_list_of_requirements_behind_backslashes_is_read(tmp_path: Path) -> None:
    cells = [r"!pip install -r ..\lists\all.txt", "import gensim"]
    plan = plan_for(tmp_path, FILES, cells, at="lab/nb.ipynb")
    assert "COL440" not in " ".join(codes(plan))


@pytest.mark.parametrize(
    ("line", "local", "said"),
    [
        (".\\pkg", ("pkg",), []),
        ("lists\\pkg", ("lists/pkg",), []),
        ("..\\pkg", (), ["..\\pkg is not in the repository."]),
        ("C:\\me\\pkg", (), ["C:\\me\\pkg is not in the repository."]),
        (
            "-r lists\\all.txt",
            (),
            ["listsall.txt cannot be read, though requirements.txt includes it."],
        ),
    ],
)
def test_a_requirement_file_has_paths_of_windows(
    line: str, local: tuple[str, ...], said: list[str]
) -> None:
    """Behind an option pip itself takes a backslash for the sign of a shell, on Windows too."""
    files = {**FILES, "pkg/setup.py": "", "lists/pkg/pyproject.toml": ""}
    reading = read("requirements.txt", f"{line}\r\n", files)
    assert (reading.local, [one.message for one in reading.problems]) == (local, said)


# ---- carriage returns

LINES = {
    "rules": "import numpy as np\nfrom scipy.misc import imread\nx = np.int(3)\n",
    "an import is added": "import os\nif 1:\n    import scipy.misc\n    x = scipy.misc.imread\n",
    "over two lines": "import pandas as pd\nd = pd.DataFrame().append({'a': 1},\n  ignore_index=True)\n",
    "magics": "%%time\n%matplotlib notebook\nfiles = !ls\n!cat ../DATA/train.csv\n%cd ../DATA\ny = 2",
    "bash": "%%bash\ncd ..\ncat DATA/train.csv\n",
}


@pytest.mark.parametrize("name", LINES)
def test_a_cell_with_carriage_returns_becomes_what_it_would_without(
    name: str, tmp_path: Path
) -> None:
    plain = ported_cells(tmp_path / "a", FILES, [LINES[name]], at="lab/nb.ipynb")
    assert plain != [LINES[name]]
    returns = [LINES[name].replace("\n", "\r\n")]
    ported = ported_cells(tmp_path / "b", FILES, returns, at="lab/nb.ipynb")
    assert ported == [one.replace("\n", "\r\n") for one in plain]


# ---- where colabify itself runs on Windows


LOOKED_UP = {"os.path.isfile"}


class OnWindows(PureWindowsPath):
    def resolve(self) -> OnWindows:
        return self


def test_paths_below_the_root_have_slashes() -> None:
    project = Project(OnWindows("C:\\me\\course"))  # type: ignore[arg-type]
    for path, below in {
        "c:\\me\\Course\\lab\\nb.ipynb": "lab/nb.ipynb",
        "D:\\me\\course\\lab\\nb.ipynb": None,
    }.items():
        assert project.relative(OnWindows(path)) == below  # type: ignore[arg-type]


@pytest.mark.parametrize("package", ["analysis", "markdown", "requirements", "rewrite", "setup"])
def test_what_is_written_into_cells_is_joined_with_slashes(package: str) -> None:
    """By posixpath; what the system's own modules join has backslashes on Windows."""
    assert colabify.__file__ is not None
    joining = re.compile(r"(?m)\bos\.(path|sep)\b|^from pathlib")
    for path in sorted((Path(colabify.__file__).parent / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        nodes = ast.walk(ast.parse(text)) if joining.search(text) else ()
        said = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
        assert not {one for one in said if one.startswith(("os.path.", "os.sep"))} - LOOKED_UP, path
        assert "\nfrom pathlib" not in text, path  # for the type checker alone
