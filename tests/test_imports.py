"""What a notebook imports, and what comes of it: cells and repository files in, the plan out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import codes, facts_for, plan_for

# What is reached: cells, files, the local modules that are found
REACHED = {
    "plain": (["import util"], ["util.py"], ["util.py"]),
    "in a function": (["def f():\n    import util\n"], ["util.py"], ["util.py"]),
    "optional": (
        ["try:\n    import util\nexcept ImportError:\n    util = None"],
        ["util.py"],
        ["util.py"],
    ),
    "import_module": (
        ["import importlib\nm = importlib.import_module('util')"],
        ["util.py"],
        ["util.py"],
    ),
    "relative name is not followed": (["importlib.import_module('.util', 'p')"], ["util.py"], []),
    "extension": (["%load_ext tools.magic"], ["tools/magic.py"], ["tools/magic.py"]),
    "package": (["import p.a"], ["p/__init__.py", "p/a.py", "p/b.py"], ["p/__init__.py", "p/a.py"]),
    "from a package": (
        ["from p import a"],
        ["p/__init__.py", "p/a.py"],
        ["p/__init__.py", "p/a.py"],
    ),
    "namespace package": (["from p.q import a"], ["p/q/a.py"], ["p/q/a.py"]),
    "two names": (["from p import a, b, C"], ["p/a.py", "p/b.py"], ["p/a.py", "p/b.py"]),
    "appended folder": (
        ["import sys\nsys.path.append('lib')", "import util"],
        ["lib/util.py"],
        ["lib/util.py"],
    ),
    "inserted folder": (
        ["import sys\nsys.path.insert(0, './lib/')\nimport util"],
        ["lib/util.py"],
        ["lib/util.py"],
    ),
    "absolute form": (
        [
            (
                "import os, sys\nroot = os.path.abspath(os.path.join('lib'))\nif root not in sys.path:\n"
                "    sys.path.append(root)"
            ),
            "import util",
        ],
        ["lib/util.py"],
        ["lib/util.py"],
    ),
    "working folder": (
        ["import os, sys\nsys.path.append(os.path.join(os.getcwd(), 'lib'))\nimport util"],
        ["lib/util.py"],
        ["lib/util.py"],
    ),
    "author's machine": (
        ["import sys\nsys.path.append('/home/ann/course/lib/kit')\nimport util"],
        ["lib/kit/util.py"],
        ["lib/kit/util.py"],
    ),
    "shadows a third party": (["import yaml"], ["yaml.py"], ["yaml.py"]),
    "data folder does not shadow": (["from datasets import load_dataset"], ["datasets/get.py"], []),
    "folder without python": (["import images"], ["images/a.png"], []),
    "not in a string": (["'''import util'''"], ["util.py"], []),
    "not in a comment": (["# import util"], ["util.py"], []),
    "not in a foreign cell": (["%%bash\nimport util"], ["util.py"], []),
}


@pytest.mark.parametrize("name", REACHED)
def test_local_modules_are_found(name: str, tmp_path: Path) -> None:
    cells, files, reached = REACHED[name]
    facts = facts_for(tmp_path, dict.fromkeys(files, ""), cells)
    assert [unit.path for unit in facts.imports.modules] == reached


# Where from: folder of the notebook, cells, files, modules reached
ABOVE = {
    "two dots": (
        "nb",
        ["import sys\nsys.path.append('..')\nimport util"],
        ["util.py"],
        ["util.py"],
    ),
    "parent of the working folder": (
        "nb",
        ["import os, sys\nsys.path.append(os.path.dirname(os.getcwd()))\nimport util"],
        ["util.py", "nb/x.csv"],
        ["util.py"],
    ),
    "parent as a path": (
        "nb",
        [
            (
                "import sys\nfrom pathlib import Path\nsys.path.append(str(Path.cwd().parent / 'lib'))\n"
                "import util"
            )
        ],
        ["lib/util.py"],
        ["lib/util.py"],
    ),
    "resolved parent": (
        "nb",
        [
            "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path('.').resolve().parent))",
            "import util",
        ],
        ["util.py"],
        ["util.py"],
    ),
    "second parent": (
        "a/nb",
        [
            (
                "import sys\nfrom pathlib import Path\nsys.path.append(str(Path.cwd().parents[1]))\n"
                "from lib import util"
            )
        ],
        ["lib/util.py"],
        ["lib/util.py"],
    ),
    "root without any edit": (
        "nb",
        ["from course import util"],
        ["course/util.py"],
        ["course/util.py"],
    ),
    "out of the repository": ("nb", ["import sys\nsys.path.append('../..')\nimport zzz"], [], []),
}


@pytest.mark.parametrize("name", ABOVE)
def test_modules_above_the_notebook_are_found(name: str, tmp_path: Path) -> None:
    folder, cells, files, reached = ABOVE[name]
    facts = facts_for(tmp_path, dict.fromkeys(files, ""), cells, at=f"{folder}/nb.ipynb")
    assert [unit.path for unit in facts.imports.modules] == reached


# Through modules: files, what comes from elsewhere in the end
THROUGH = {
    "module of a module": ({"a.py": "import b", "b.py": "import gensim"}, ["gensim"]),
    "circle": ({"a.py": "import b", "b.py": "import a\nimport gensim"}, ["gensim"]),
    "package's own": (
        {"a.py": "import p", "p/__init__.py": "from .q import f", "p/q.py": "import gensim"},
        ["gensim"],
    ),
    "one level up": (
        {
            "a.py": "import p.r.s",
            "p/__init__.py": "",
            "p/r/__init__.py": "",
            "p/r/s.py": "from ..t import f",
            "p/t.py": "import gensim",
        },
        ["gensim"],
    ),
    "relative and missing": ({"a.py": "from .zzz import f\nimport gensim"}, ["gensim"]),
    "type checking": (
        {"a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import gensim\n"},
        [],
    ),
    "its folder is not on the path": (
        {"a.py": "import p.b", "p/__init__.py": "", "p/b.py": "import c", "p/c.py": ""},
        ["c"],
    ),
}


@pytest.mark.parametrize("name", THROUGH)
def test_imports_are_followed_through_modules(name: str, tmp_path: Path) -> None:
    files, outside = THROUGH[name]
    facts = facts_for(tmp_path, files, ["import a"])
    needed = [one.module for one in facts.imports.foreign if not one.optional]
    assert [one for one in needed if one != "typing"] == outside


# cells, files, folders added to sys.path, codes
ELSEWHERE = {
    "one folder": (["import util"], {"src/util.py": ""}, ("src",), ["COL403"]),
    "package in one": (["from kit.a import b"], {"src/kit/__init__.py": ""}, ("src",), ["COL403"]),
    "several": (["import util"], {"x/util.py": "", "y/util.py": ""}, (), ["COL403!"]),
    "the installed one wins": (["import yaml"], {"x/yaml.py": ""}, (), []),
    "the standard one wins": (["import calendar"], {"x/calendar.py": ""}, (), []),
    "on the path": (["import sys\nsys.path.append('x')\nimport util"], {"x/util.py": ""}, (), []),
    "what it needs in turn": (
        ["import util"],
        {"src/util.py": "import more", "src/more.py": "import zzzz_unknown"},
        ("src",),
        ["COL403", "COL401!"],
    ),
    "what reads there": (
        ["import util"],
        {"src/util.py": "f = open('gone/a.txt')"},
        ("src",),
        ["COL403", "COL311!"],
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_modules_elsewhere_in_the_repository(name: str, tmp_path: Path) -> None:
    cells, files, folders, found = ELSEWHERE[name]
    plan = plan_for(tmp_path, files, cells)
    assert (plan.setup.path_folders, codes(plan)) == (folders, found)


def test_a_module_that_is_no_python_3_is_told(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {"old.py": "x = (\n"}, ["import old"])
    assert codes(plan) == ["COL404!"]
    assert plan.findings[0].path == "old.py"


# cells, what becomes of the import of a module in Cython beside the notebook
CYTHON = {
    "compiled when it is imported": ("import pyximport\npyximport.install()\nimport fast", "local"),
    "under a name": ("import pyximport as p\np.install()\nfrom fast import f", "local"),
    "by nobody": ("import fast", "unknown"),
}


@pytest.mark.parametrize("name", CYTHON)
def test_modules_in_cython(name: str, tmp_path: Path) -> None:
    cell, action = CYTHON[name]
    plan = plan_for(tmp_path, {"fast.pyx": "def f(int n):\n    return n\n"}, [cell])
    actions = {one.module: one.action for one in plan.dependencies}
    assert actions["fast"] == action
    assert (plan.setup.source is not None) is (action == "local")
