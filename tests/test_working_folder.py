"""The working folder through the cells: cells in, the folder of each path out; and what a second run does."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.analysis.paths.reruns import folder_findings
from tests.notebooks import facts_for

FILES = dict.fromkeys(
    ["lab/sub/a", "lab/a", "a", "lab/sub/data/a", "lab/sub/deep/data/a", "other/a"], ""
)

# cells, the folder where `open('a')` and the like start; the notebook is lab/sub/nb.ipynb
FOLDERS = {
    "never moves": (["open('a')"], ["lab/sub"]),
    "magic": (["open('a')", "%cd ..", "open('a')"], ["lab/sub", "lab"]),
    "automagic": (["cd ..", "open('a')"], ["lab"]),
    "call": (["import os\nopen('a')\nos.chdir('data')\nopen('a')"], ["lab/sub", "lab/sub/data"]),
    "constant": (["D = 'data'", "import os\nos.chdir(D)", "open('a')"], ["lab/sub/data"]),
    "constant in a magic": (["D = 'data'", "%cd {D}", "open('a')"], ["lab/sub/data"]),
    "back": (["%cd data", "%cd -", "open('a')"], ["lab/sub"]),
    "home again": (
        ["import os\nhome = os.getcwd()", "os.chdir('data')", "os.chdir(home)", "open('a')"],
        ["lab/sub"],
    ),
    "home again by a magic": (
        ["import os\nhome = os.getcwd()", "%cd data", "%cd {home}", "open('a')", "%cd $home/data", "open('a')"],
        ["lab/sub", "lab/sub/data"],
    ),
    "folder asked for before": (
        ["import os\nhome = os.getcwd()", "%cd data", "open(os.path.join(home, 'a'))", "open('a')"],
        ["lab/sub", "lab/sub/data"],
    ),
    "put aside": (["%pushd data", "open('a')", "%popd", "open('a')"], ["lab/sub/data", "lab/sub"]),
    "left behind": (["%cd /content/drive/MyDrive", "open('a')"], [None]),
    "left behind and back": (
        ["open('a')", "%cd /tmp", "%cd /home/ann/course/lab/sub", "open('a')"],
        ["lab/sub", "lab/sub"],
    ),
    "not known": (["%cd $where", "open('a')"], [None]),
    "a line of the shell": (["!cd data", "open('a')"], ["lab/sub"]),
    "in either case": (
        ["import os\nif x:\n    os.chdir('data')\nelse:\n    os.chdir('./data')\nopen('a')"],
        ["lab/sub/data"],
    ),
    "perhaps": (["import os\nif x:\n    os.chdir('data')\n    open('a')\nopen('a')"], ["lab/sub/data", None]),
    "in a loop": (["import os\nfor x in y:\n    os.chdir('..')\nopen('a')"], [None]),
    "there and back in a loop": (
        ["import os\nfor x in y:\n    os.chdir('data')\n    os.chdir('..')\nopen('a')"],
        ["lab/sub"],
    ),
    "tried": (["import os\ntry:\n    os.chdir('data')\nexcept OSError:\n    pass\nopen('a')"], [None]),
    "for a while": (
        ["import contextlib\nwith contextlib.chdir('data'):\n    open('a')\nopen('a')"],
        ["lab/sub/data", "lab/sub"],
    ),
    "in a function that is called": (
        ["import os\ndef go():\n    os.chdir('data')", "open('a')\ngo()", "open('a')"],
        ["lab/sub", "lab/sub/data"],
    ),
    "in a function that is not": (["import os\ndef go():\n    os.chdir('data')", "open('a')"], ["lab/sub"]),
    "function before it": (["def f():\n    open('a')", "%cd data"], [None]),
    "function behind it": (["%cd data", "def f():\n    open('a')"], ["lab/sub/data"]),
    "shell cell": (["%cd data", "%%bash\ncat a"], ["lab/sub/data"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_each_path_starts_where_the_code_stands(name: str, tmp_path: Path) -> None:
    cells, folders = FOLDERS[name]
    near = ["open('sub.txt')", *cells]  # so that the notebook stands in its own folder
    facts = facts_for(tmp_path, {**FILES, "lab/sub/sub.txt": ""}, near, at="lab/sub/nb.ipynb")
    assert facts.stand == "lab/sub"
    found = [use.folder for use in facts.paths if use.use == "read" and use.text in ("a", "./a")]
    assert found == folders
    assert facts.settled is (name in ("never moves", "a line of the shell"))


# files, cells, where the notebook stands
STARTS = {
    "where the moves lead somewhere": (["lab/data/a"], ["%cd data", "open('a')"], "lab"),
    "where all are found after them": (
        ["data/a", "b"],
        ["%cd ..", "open('data/a')\nopen('b')"],
        "lab",
    ),
    "at home": (["lab/sub/data/a"], ["%cd data", "open('a')"], "lab/sub"),
    "imports after a move": (["src/kit.py"], ["%cd src", "import kit"], ""),
}


@pytest.mark.parametrize("name", STARTS)
def test_the_start_is_the_folder_from_which_most_is_found(name: str, tmp_path: Path) -> None:
    files, cells, stand = STARTS[name]
    facts = facts_for(tmp_path, dict.fromkeys(files, ""), cells, at="lab/sub/nb.ipynb")
    assert facts.stand == stand


def test_a_module_starts_where_it_is_imported(tmp_path: Path) -> None:
    files = {"lab/kit.py": "def f():\n    return open('a')\n", "lab/a": ""}
    before = facts_for(tmp_path / "1", files, ["import kit", "%cd .."], at="lab/nb.ipynb")
    after = facts_for(tmp_path / "2", files, ["%cd lab", "import kit"], at="nb.ipynb")
    assert [use.folder for use in (*before.paths, *after.paths) if use.use == "read"] == [
        None,
        "lab",
    ]


# cells, what is said, or nothing
AGAIN = {
    "up": (["%cd .."], "`if os.path.basename(os.getcwd()) == 'sub': os.chdir('..')`"),
    "down": (["import os\nos.chdir('data')"], "`if os.path.isdir('data'): os.chdir('data')`"),
    "chain": (["%cd ..", "%cd .."], "== 'lab': os.chdir('..')"),
    "up by name": (["import os\nos.chdir(os.path.dirname(os.getcwd()))"], "os.chdir('..')"),
    "there and back": (["%cd data\nopen('a')\n%cd .."], ""),
    "with its return": (["import os\nhome = os.getcwd()\nos.chdir('data')\nos.chdir(home)"], ""),
    "below its return": (["import os\nhome = os.getcwd()", "%cd {home}/data"], ""),
    "to its return": (
        ["import os\nhome = os.getcwd()", "%cd {home}\n%cd {home}/data\n%cd {home}"],
        "",
    ),
    "absolute": (["%cd /content/course"], ""),
    "guarded": (["import os\nif os.path.isdir('data'):\n    os.chdir('data')"], ""),
    "only in its line": (["!cd .. && ls"], ""),
    "in a function": (["import os\ndef f():\n    os.chdir('..')"], ""),
    "to itself": (["%cd ."], ""),
}


@pytest.mark.parametrize("name", AGAIN)
def test_a_move_that_is_made_again_by_a_second_run_is_told(name: str, tmp_path: Path) -> None:
    cells, said = AGAIN[name]
    facts = facts_for(
        tmp_path,
        {**FILES, "lab/sub/sub.txt": ""},
        ["open('sub.txt')", *cells],
        at="lab/sub/nb.ipynb",
    )
    found = folder_findings(facts)
    assert bool(found) is bool(said)
    assert all(one.code == "COL321" and one.severity == "advice" for one in found)
    assert not found or said in found[-1].message
