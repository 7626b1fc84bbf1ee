"""What a notebook reaches besides plain imports: scripts, notebooks, written files, extensions, Cython."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import make_repository
from tests.notebooks import code, codes, facts_for, notebook, plan_for

# cells, files, what has to come from elsewhere
NEEDED = {
    "extension by a call": (
        ["get_ipython().run_line_magic('load_ext', 'gensim')"],
        {},
        ["gensim"],
    ),
    "extension by an old call": (["get_ipython().magic('load_ext gensim')"], {}, ["gensim"]),
    "another magic by a call": (["get_ipython().run_line_magic('matplotlib', 'inline')"], {}, []),
    "cython": (
        ["%%cython\ncimport numpy as np\nimport gensim\ndef f(): pass"],
        {},
        ["numpy", "gensim"],
    ),
    "cython's own": (["%%cython\nfrom libc.math cimport sqrt\ncimport cython"], {}, []),
    "cython, in words": (["%%cython\n# we import gensim\nx = 'import gensim'"], {}, []),
    "in a script that is run": (["%run tool.py --fast"], {"tool.py": "import gensim"}, ["gensim"]),
    "in a script without its suffix": (["%run tool"], {"tool.py": "import gensim"}, ["gensim"]),
    "in a program": (["!python tool.py --fast"], {"tool.py": "import gensim"}, ["gensim"]),
    "in a program with its output in a file": (
        ["!python tool.py>log.txt"],
        {"tool.py": "import gensim"},
        ["gensim"],
    ),
    "in a program behind a comment sign": (
        ["!echo a#b; python tool.py"],
        {"tool.py": "import gensim"},
        ["gensim"],
    ),
    "in a program that a call runs": (
        ["from os import popen as go\ngo('python tool.py')"],
        {"tool.py": "import gensim"},
        ["gensim"],
    ),
    "in a program that a module runs": (
        ["import a"],
        {"a.py": "from os import system as go\ngo('python tool.py')", "tool.py": "import gensim"},
        ["gensim"],
    ),
    "in words for another method": (["s.run('python tool.py')"], {"tool.py": "import gensim"}, []),
    "in a module that is run": (
        ["!python -m kit.tool"],
        {"kit/tool.py": "import gensim"},
        ["gensim"],
    ),
    "in a script that nobody runs": (["!cat tool.py"], {"tool.py": "import gensim"}, []),
    "in a notebook that is run": (
        ["%run other.ipynb"],
        {"other.ipynb": notebook("import gensim", "%matplotlib inline").decode()},
        ["gensim"],
    ),
    "in a broken notebook that is run": (["%run other.ipynb"], {"other.ipynb": "{"}, []),
    "in a written module": (["%%writefile mine.py\nimport gensim", "import mine"], {}, ["gensim"]),
    "in a written program": (
        ["%%writefile mine.py\nimport gensim", "!python mine.py"],
        {},
        ["gensim"],
    ),
    "in a written file that nobody uses": (["%%writefile mine.py\nimport gensim"], {}, []),
    "that a cell downloads": (
        ["get('https://example.org/code/tool.py')", "import tool"],
        {"lib/tool.py": ""},
        [],
    ),
    "that a command downloads": (["!wget -q https://example.org/tool.py", "import tool"], {}, []),
    "under another name": (["!curl -Lo tool.py https://example.org/x", "import tool"], {}, []),
    "that is merely mentioned": (["x = 'tool.py'", "import tool"], {}, ["tool"]),
    "in a module's own folder": (
        ["import a"],
        {"a.py": "import sys\nsys.path += ['lib']\nimport b", "lib/b.py": "import gensim"},
        ["gensim"],
    ),
    "beside the module": (
        ["import kit.a"],
        {
            "kit/a.py": "import os, sys\nsys.path.append(os.path.dirname(__file__))\nimport b",
            "kit/b.py": "import gensim",
        },
        ["gensim"],
    ),
    "for an old Python": (
        ["import sys\nif sys.version_info[0] < 3:\n    import gensim\nelse:\n    import yaml"],
        {},
        [],
    ),
    "for another system": (["import sys\nif sys.platform == 'win32':\n    import gensim"], {}, []),
    "as a program only": (
        ["import a"],
        {"a.py": "if __name__ == '__main__':\n    import gensim"},
        [],
    ),
    "in the notebook's main": (["if __name__ == '__main__':\n    import gensim"], {}, ["gensim"]),
}


@pytest.mark.parametrize("name", NEEDED)
def test_what_has_to_come_from_elsewhere(name: str, tmp_path: Path) -> None:
    cells, files, needed = NEEDED[name]
    facts = facts_for(tmp_path, files, cells)
    found = [one.module for one in facts.imports.foreign if not one.optional]
    assert [one for one in found if one not in ("os", "sys")] == needed


# cells, files, codes
SHADOWS = {
    "Python's own": (["import statistics"], {"statistics.py": ""}, ["COL441"]),
    "the preinstalled one": (["import yaml"], {"yaml.py": ""}, ["COL441"]),
    "written by a cell": (["%%writefile yaml.py\nx = 1", "import yaml"], {}, ["COL441"]),
    "its own name": (["import util"], {"util.py": ""}, []),
    "in a package": (["import kit.statistics"], {"kit/statistics.py": ""}, []),
}


@pytest.mark.parametrize("name", SHADOWS)
def test_modules_that_hide_others_are_told(name: str, tmp_path: Path) -> None:
    cells, files, found = SHADOWS[name]
    assert codes(plan_for(tmp_path, files, [code(cell) for cell in cells])) == found


def test_a_ported_notebook_that_is_run_is_read_as_it_was(tmp_path: Path) -> None:
    course = tmp_path / "course"
    other = notebook("import nltk\nnltk.word_tokenize('a')")
    make_repository(course, {"a.ipynb": notebook("%run other.ipynb"), "other.ipynb": other})
    assert main([str(course), "--inplace", "--quiet"]) == 0
    once = (course / "a.ipynb").read_bytes()
    assert main([str(course), "--inplace", "--quiet"]) == 0
    assert (course / "a.ipynb").read_bytes() == once
    assert b"packaging" not in once


# cells, codes
HIDDEN = {
    "assigned": (["import json", "json = 5"], ["COL441"]),
    "a function": (["import json", "def json():\n    pass"], ["COL441"]),
    "counted": (["import json", "for json in range(3):\n    pass"], ["COL441"]),
    "in a tuple": (["import json as j", "i, j = 1, 2"], ["COL441"]),
    "in a function": (["import json", "def f():\n    json = 5"], []),
    "an attribute": (["import json", "json.x = 5"], []),
    "before the import": (["json = 5", "import json"], []),
    "what was taken from one": (["from time import time", "time = 5"], []),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_cells_that_take_a_modules_name_are_told(name: str, tmp_path: Path) -> None:
    cells, found = HIDDEN[name]
    assert codes(plan_for(tmp_path, {}, cells)) == found
