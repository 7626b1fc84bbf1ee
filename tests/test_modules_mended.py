"""Local modules in a folder that is given: the files of a course in, the modules as they come out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import contents, make_repository, notebook

FILES = {"lab/data/train.csv": "1\n", "lab/fig/x.png": "", "lab/My Notes.txt": "n\n"}
USES = notebook("import kit")

# module before, module after (None: it stays); lab/kit.py is imported by lab/a.ipynb
MODULES: dict[str, tuple[str | bytes, str | bytes | None]] = {
    "case": ("def f():\n    return open('DATA/train.csv')\n", "def f():\n    return open('data/train.csv')\n"),
    "backslashes": ("p = open(r'data\\train.csv')\n", "p = open(r'data/train.csv')\n"),
    "home": ("p = open('/home/ann/lab/data/train.csv')\n", "p = open('data/train.csv')\n"),
    "from the module's folder": (
        "import os\nH = os.path.dirname(os.path.abspath(__file__))\nopen(os.path.join(H, 'Fig', 'x.png'))\n",
        "import os\nH = os.path.dirname(os.path.abspath(__file__))\nopen(os.path.join(H, 'fig', 'x.png'))\n",
    ),
    "f-string": ("def f(n):\n    return open(f'DATA/{n}.csv')\n", "def f(n):\n    return open(f'data/{n}.csv')\n"),
    "a rule": ("import numpy as np\nx = np.int(3)\n", "import numpy as np\nx = int(3)\n"),
    "both": (
        "import numpy as np\nx = np.int(3)\nopen('DATA/train.csv')\n",
        "import numpy as np\nx = int(3)\nopen('data/train.csv')\n",
    ),
    "byte-order mark": (b"\xef\xbb\xbfopen('DATA/train.csv')\n", b"\xef\xbb\xbfopen('data/train.csv')\n"),
    "carriage returns": (b"x = 1\r\nopen('DATA/train.csv')\r\n", b"x = 1\r\nopen('data/train.csv')\r\n"),
    "tabs, no last line end": (b"if 1:\n\topen('DATA/train.csv')", b"if 1:\n\topen('data/train.csv')"),
    "form feed": (b"x = 1\n\x0c\nopen('DATA/train.csv')\n", b"x = 1\n\x0c\nopen('data/train.csv')\n"),
    "Latin 1": (
        b"# coding: latin-1\ns = '\xe9'; open('DATA/train.csv')\n",
        b"# coding: latin-1\ns = '\xe9'; open('data/train.csv')\n",
    ),
    "no encoding": (b"s = '\xe9'; open('DATA/train.csv')\n", None),
    "right": ("open('data/train.csv')\n", None),
    "label": ("NAME = 'DATA/train.csv'\n", None),
    "docstring": ("def f():\n    '''Reads DATA/train.csv.'''\n", None),
    "no Python 3": ("print 'DATA/train.csv'\n", None),
}  # fmt: skip


def course_of(folder: Path, module: str | bytes, **more: str) -> Path:
    named = {name.replace("__", "/"): text for name, text in more.items()}
    return make_repository(folder, {**FILES, "lab/a.ipynb": USES, "lab/kit.py": module, **named})


def raw(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_mended_like_a_cell(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = MODULES[name]
    course = course_of(tmp_path, before)
    monkeypatch.chdir(course)
    main(["lab", "--inplace"])
    assert (course / "lab/kit.py").read_bytes() == raw(after if after is not None else before)
    once = contents(course)
    main(["lab", "--inplace"])
    assert contents(course) == once
    main(["lab", "--undo"])
    assert (course / "lab/kit.py").read_bytes() == raw(before)
    assert (course / "lab/a.ipynb").read_bytes() == USES.encode()


@pytest.mark.parametrize("words", [["lab/a.ipynb"], ["lab", "--no-modules"], ["nbs"]])
def test_what_was_not_given_is_told_and_left(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    above = notebook("import sys\nsys.path.append('../lab')\nimport kit\nopen('n.txt')")
    module = "import os\nopen(os.path.join(os.path.dirname(__file__), 'DATA', 'train.csv'))\n"
    files = {"nbs__b.ipynb": above, "nbs__n.txt": ""}
    course = course_of(tmp_path, module, **files)
    monkeypatch.chdir(course)
    assert main([*words, "--inplace"]) == 1
    assert "lab/kit.py:2: COL313" in capsys.readouterr().out
    assert (course / "lab/kit.py").read_text() == module


@pytest.mark.parametrize(("call", "code"), [("", 0), ("\nkit.read()", 1)])
def test_what_no_cell_calls_is_no_error(
    call: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    module = "def read():\n    return open('lab/DATA/train.csv')\n"
    above = notebook(f"import sys\nsys.path.append('lab')\nimport kit{call}")
    monkeypatch.chdir(course_of(tmp_path, module, **{"b.ipynb": above}))
    assert main(["b.ipynb", "--inplace"]) == code
    assert "lab/kit.py:2: COL313" in capsys.readouterr().out


def test_a_mended_module_works_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = (
        "import os\nHERE = os.path.dirname(__file__)\n"
        "texts = [open(r'DATA\\train.csv').read(), open('/home/ann/c/lab/My%20Notes.txt').read(),\n"
        "         open(os.path.join(HERE, 'Data') + '/train.csv').read()]\n"
    ).replace("%20", " ")
    course = course_of(tmp_path, module.replace("r'DATA\\train.csv'", "r'data\\train.csv'"))
    words = [sys.executable, "-c", "import kit; print(kit.texts)"]
    assert subprocess.run(words, cwd=course / "lab", capture_output=True).returncode == 1
    monkeypatch.chdir(course)
    assert main(["lab", "--inplace"]) == 0
    done = subprocess.run(words, cwd=course / "lab", capture_output=True, text=True, check=True)
    assert done.stdout == "['1\\n', 'n\\n', '1\\n']\n"


def test_notebooks_that_see_a_path_from_two_folders_must_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = notebook("import sys\nsys.path.append('..')\nimport kit\nopen('y.txt')")
    module = (
        "def f():\n    return open('DATA/train.csv')\n\ndef g():\n    return open('FIG/x.png')\n"
    )
    files = {"lab__sub__b.ipynb": inner, "lab__sub__y.txt": "", "lab__sub__DATA__train.csv": ""}
    course = course_of(tmp_path, module, **files)
    monkeypatch.chdir(course)
    assert main(["lab", "--inplace"]) == 1
    out = capsys.readouterr().out
    assert "lab/kit.py:2: COL319" in out
    assert "COL319" not in out.replace("lab/kit.py:2: COL319", "")
    after = module.replace("FIG", "fig")
    assert (course / "lab/kit.py").read_text() == after
    once = contents(course)
    main(["lab", "--inplace"])
    assert contents(course) == once


def test_nothing_is_written_without_a_mode_that_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = course_of(tmp_path, "open('DATA/train.csv')\n")
    monkeypatch.chdir(course)
    before = contents(course)
    for words, code in ([], 0), (["--diff"], 0), (["--check"], 1):
        assert main(["lab", *words]) == code
        assert contents(course) == before


def test_copies_of_mended_modules_stand_beside_the_notebooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = course_of(tmp_path, "open('DATA/train.csv')\n")
    monkeypatch.chdir(course)
    before = contents(course)
    assert main(["lab", "--output-dir", "out"]) == 0
    assert (course / "out/kit.py").read_text() == "open('data/train.csv')\n"
    assert (course / "out/a.ipynb").exists()
    assert {key: text for key, text in contents(course).items() if key in before} == before


def test_a_link_to_a_module_elsewhere_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "open('DATA/train.csv')\n"
    course = make_repository(tmp_path, {**FILES, "lab/a.ipynb": USES, "shared/kit.py": module})
    (course / "lab/kit.py").symlink_to("../shared/kit.py")
    monkeypatch.chdir(course)
    main(["lab", "--inplace"])
    assert (course / "shared/kit.py").read_text() == module
    assert (course / "lab/kit.py").is_symlink()
