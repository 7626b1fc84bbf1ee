"""The forms that a path has in Python: a cell in, the paths that it uses out; and what only looks alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import facts_for

FILES = {"data/a.csv": "", "data/b.csv": "", "lab/x.png": ""}

# cell, the paths that it reads, writes, lists or makes: a letter for what is done, and the path
FORMS = {
    "literal": ("open('data/a.csv')", "r data/a.csv"),
    "implicit concatenation": ("open('data/'\n     'a.csv')", "r data/a.csv"),
    "concatenation": ("d = 'data'\nopen(d + '/' + 'a.csv')", "r data/a.csv"),
    "added to": ("p = 'data'\np += '/a.csv'\nopen(p)", "r data/a.csv"),
    "f-string": ("d = 'data'\nopen(f'{d}/a.csv')", "r data/a.csv"),
    "f-string with a format": (
        "for i in range(2):\n    open(f'd/{i:03d}.npy')",
        "r d/000.npy r d/001.npy",
    ),
    "format": ("open('{}/{}.csv'.format('data', 'a'))", "r data/a.csv"),
    "format by name": ("open('data/{name}.csv'.format(name='a'))", "r data/a.csv"),
    "percent": ("open('data/%s.csv' % 'a')", "r data/a.csv"),
    "percent of two": ("open('%s/b_%d.csv' % ('data', 3))", "r data/b_3.csv"),
    "percent of a dictionary": ("open('%(d)s/a.csv' % {'d': 'data'})", "r data/a.csv"),
    "join": ("import os\nopen(os.path.join('data', 'a.csv'))", "r data/a.csv"),
    "join to nothing": ("import os\nP = ''\nopen(os.path.join(P, '', 'a.csv'))", "r a.csv"),
    "join to nothing, by a function": (
        "import os\ndef load(at):\n    return open(os.path.join(at, 'a.csv'))\nload('')",
        "r a.csv",
    ),
    "join of a list": (
        "import os\nP = ['data', 'a.csv']\nopen(os.path.join(*P))",
        "r data/a.csv",
    ),
    "separator": ("import os\nopen('data' + os.sep + 'a.csv')", "r data/a.csv"),
    "joined by a separator": ("open('/'.join(['data', 'a.csv']))", "r data/a.csv"),
    "working folder": ("import os\nopen(os.getcwd() + '/data/a.csv')", "r ./data/a.csv"),
    "IPython's folder": (
        "from pathlib import Path\nHERE = Path(_dh[-1])\nopen(HERE / 'data' / 'a.csv')",
        "r data/a.csv",
    ),
    "pathlib": (
        "from pathlib import Path\nD = Path('data')\n(D / 'a.csv').read_text()",
        "r data/a.csv",
    ),
    "joinpath": (
        "from pathlib import Path\nPath.cwd().joinpath('data', 'a.csv').open()",
        "r data/a.csv",
    ),
    "home": ("from pathlib import Path\nopen(Path.home() / 'a.csv')", "r ~/a.csv"),
    "suffix": (
        "from pathlib import Path\nopen(Path('data/a.txt').with_suffix('.csv'))",
        "r data/a.csv",
    ),
    "ending cut off": (
        "import os\np = 'data/a.txt'\nopen(os.path.splitext(p)[0] + '.csv')",
        "r data/a.csv",
    ),
    "replaced": ("p = 'data/x.csv'\nopen(p.replace('x', 'a'))", "r data/a.csv"),
    "bound again": ("p = 'data/a.csv'\nopen(p)\np = 'data/b.csv'\nopen(p)", "r data/a.csv r data/b.csv"),
    "unpacked": ("p, q = 'data/a.csv', 'x'\nopen(p)", "r data/a.csv"),
    "dictionary": ("F = {'t': 'data/a.csv', 'v': 'no'}\nopen(F['t'])", "r data/a.csv"),
    "dictionary in a dictionary": ("F = {'t': {'u': 'data/a.csv'}}\nopen(F['t']['u'])", "r data/a.csv"),
    "dict()": ("F = dict(t='data/a.csv')\nopen(F['t'])", "r data/a.csv"),
    "key set later": ("F = {}\nF['t'] = 'data/a.csv'\nopen(F['t'])", "r data/a.csv"),
    "all of a dictionary": (
        "F = {'t': 'data/a.csv', 'v': 'data/b.csv'}\nfor k in F:\n    open(F[k])",
        "r data/a.csv r data/b.csv",
    ),
    "items": (
        "F = {'a': 'csv', 'b': 'txt'}\nfor k, v in F.items():\n    open(f'data/{k}.{v}')",
        "r data/a.csv r data/b.txt",
    ),
    "list": ("L = ['data/a.csv', 'data/b.csv']\nopen(L[-1])", "r data/b.csv"),
    "loop": (
        "import os\nfor n in ['a.csv', 'b.csv']:\n    open(os.path.join('data', n))",
        "r data/a.csv r data/b.csv",
    ),
    "comprehension": ("x = [open('data/' + n) for n in ('a.csv', 'b.csv')]", "r data/a.csv r data/b.csv"),
    "zip": (
        "for d, n in zip(['p', 'q'], ['a', 'b']):\n    open(d + '/' + n)",
        "r p/a r q/b",
    ),
    "enumerate": ("for i, n in enumerate(['a', 'b']):\n    open(f'{n}/{i}')", "r a/0 r b/1"),
    "same name twice": ("for n in ['a', 'b']:\n    open(f'{n}/{n}.txt')", "r a/a.txt r b/b.txt"),
    "function": ("def load(p):\n    return open(p)\nload('data/a.csv')", "r data/a.csv"),
    "function by keyword": ("def load(p):\n    return open(p)\nload(p='data/a.csv')", "r data/a.csv"),
    "function that joins": (
        "import os\ndef load(n):\n    return open(os.path.join('data', n))\nload('a.csv'); load('b.csv')",
        "r data/a.csv r data/b.csv",
    ),
    "default": ("def load(p='data/a.csv'):\n    return open(p)\nload()", "r data/a.csv"),
    "two functions": (
        "def load(p):\n    return open(p)\ndef both(d, n):\n    return load(d + '/' + n)\nboth('data', 'a.csv')",
        "r data/a.csv",
    ),
    "class": (
        "class D:\n  def __init__(self, p):\n    self.p = p\n  def get(self):\n    open(self.p)\nD('data/a.csv').get()",
        "r data/a.csv",
    ),
    "class attribute": ("class C:\n    p = 'data/a.csv'\nopen(C.p)", "r data/a.csv"),
    "pattern": ("import glob\nglob.glob('data/*.csv')", "l data/*.csv"),
    "of a pattern": (
        "from glob import glob\nfor f in sorted(glob('data/*.csv')):\n    open(f)",
        "l data/*.csv l data/*.csv",
    ),
    "pathlib's pattern": ("from pathlib import Path\nlist(Path('data').glob('*.csv'))", "l data/*.csv"),
    "copy": ("import shutil\nshutil.copy('data/a.csv', 'b.csv')", "r data/a.csv w b.csv"),
    "write": ("open('new.txt', 'w')", "w new.txt"),
    "array on disk": (
        "import numpy as np\nnp.memmap('a', 'f4', 'w+')\nnp.memmap('b', dtype='f4')\nnp.memmap('c', mode='readonly')",
        "w a r b r c",
    ),
    "array on disk, with a head": ("import numpy as np\nnp.lib.format.open_memmap('a.npy', mode='w+')", "w a.npy"),
    "folder": ("import os\nos.makedirs('out/fig')", "f out/fig"),
    "shown": ("from IPython.display import HTML\nHTML(open('data/a.csv').read())", "r data/a.csv"),
    "keyword": ("from IPython.display import HTML\nHTML(filename='data/a.html')", "r data/a.html"),
    "keyword of several": (
        "from datasets import load_dataset\nload_dataset('csv', data_files={'train': 'data/a.csv'})",
        "r data/a.csv",
    ),
    "star import": ("from pylab import *\nloadtxt('data/a.csv')", "r data/a.csv"),
    "usual name": ("from own import *\npd.read_csv('data/a.csv')", "r data/a.csv"),
    "star import of a class": (
        "from datascience import *\nTable.read_table('data/a.csv')",
        "r data/a.csv",
    ),
    "run by IPython": ("get_ipython().run_line_magic('run', 'a.py')", "r a.py"),
    "not known": ("open(where)", "r "),
    # what looks alike
    "address": ("import pandas as pd\npd.read_csv('https://e.org/data/a.csv')", ""),
    "handle": ("import pandas as pd, io\npd.read_csv(io.StringIO(text))", ""),
    "camera": ("import cv2\ncv2.VideoCapture(0)", ""),
    "style": ("import matplotlib.pyplot as plt\nplt.style.use('ggplot')", ""),
    "text, not a file": ("from IPython.display import HTML\nHTML('<b>a/b</b>')", ""),
    "asked": ("import os\nos.path.exists('data/a.csv')", ""),
    "number of a camera": (
        "import cv2\ndef grab(camera=0):\n    return cv2.VideoCapture(camera)\ngrab(camera=0)\ngrab()",
        "",
    ),
    "own open": ("def open(p):\n    pass\nsession.get('data/a.csv')", ""),
    "one of two": ("p = 'data/a.csv' if x else 'data/b.csv'\nopen(p)", ""),
    "one of two by a condition": ("if x:\n    p = 'data/a.csv'\nelse:\n    p = 'q'\nopen(p)", ""),
}  # fmt: skip
_LETTERS = {"read": "r", "write": "w", "list": "l", "folder": "f"}


@pytest.mark.parametrize("name", FORMS)
def test_paths_are_found(name: str, tmp_path: Path) -> None:
    cell, said = FORMS[name]
    uses = facts_for(tmp_path, FILES, [cell]).paths
    found = [f"{_LETTERS[use.use]} {use.text}" for use in uses if use.use != "mention"]
    assert sorted(found) == sorted(
        said.replace(" r ", "|r ").replace(" l ", "|l ").replace(" w ", "|w ").split("|")
        if said
        else []
    )


# cell, what is mentioned: a literal that nothing is known to be done with
MENTIONS = {
    "path": ("f('data/a.csv')", ["data/a.csv"]),
    "name of a file that is there": ("f('a.csv')", ["a.csv"]),
    "name of nothing": ("f('gone.csv')", []),
    "label": ("plt.xlabel('km/h')", ["km/h"]),
    "date": ("f('2020/01/02')", []),
    "MIME type": ("f('text/html')", []),
    "address": ("f('https://e.org/a/b')", []),
    "sentence": ("f('a/b testing')", []),
    "LaTeX": ("f('\\\\alpha')", []),
    "formula": ("f(r'$\\frac{a}{b}$')", []),
    "regular expression": ("f(r'data\\d+/\\w*')", []),
    "format": ("f('%d/%m/%Y')", []),
    "HTML": ("f('<a/b>')", []),
    "continued": ("f(g() + '/x/y')", []),
    "joined behind": ("import os\nf(os.path.join(g(), 'x/y'))", []),
    "number": ("f('3.14')", []),
}


@pytest.mark.parametrize("name", MENTIONS)
def test_what_only_looks_like_a_path_is_at_most_mentioned(name: str, tmp_path: Path) -> None:
    cell, said = MENTIONS[name]
    uses = facts_for(tmp_path, {"a.csv": "", **FILES}, [cell]).paths
    assert [(use.use, use.text) for use in uses] == [("mention", text) for text in said]


def test_a_constant_of_another_cell_is_known(tmp_path: Path) -> None:
    cells = [
        "D = 'data'",
        "import os",
        "open(os.path.join(D, 'a.csv'))",
        "D = 'lab'",
        "open(D + '/x.png')",
    ]
    uses = [use for use in facts_for(tmp_path, FILES, cells).paths if use.use == "read"]
    assert [(use.text, use.unit.cell) for use in uses] == [("data/a.csv", 2), ("lab/x.png", 4)]
    assert [one.value for one in uses[0].literals] == ["data", "a.csv"]


def test_a_path_is_followed_through_a_cell_s_function_into_a_package(tmp_path: Path) -> None:
    files = {
        **FILES,
        "kit/__init__.py": "from .io import load\n",
        "kit/io.py": "def load(path):\n    return open(path)\n",
    }
    cells = ["import kit\ndef both(d):\n    return kit.load(d + '/a.csv')", "both('data')"]
    uses = [use for use in facts_for(tmp_path, files, cells).paths if use.text]
    assert [(use.use, use.text, use.unit.cell) for use in uses] == [("read", "data/a.csv", 1)]


def test_a_path_given_to_a_module_is_used_where_it_is_said(tmp_path: Path) -> None:
    kit = "import os\ndef load(root, n=2):\n    for i in range(n):\n        one(os.path.join(root, 'b_%d' % i))\n"
    kit += "def one(path):\n    return open(path)\ndef own():\n    return open(os.path.dirname(__file__) + '/t.txt')\n"
    kit += "def deep(root):\n    return open(root + '/t.csv')\ndef other():\n    deep(os.path.dirname(__file__))\n"
    cells = [
        "from lib import kit",
        "kit.one('data/a.csv')",
        "from lib.kit import *\none('lab/x.png')",
    ]
    files = {**FILES, "lib/kit.py": kit, "lib/__init__.py": "", "lib/t.txt": "", "lib/t.csv": ""}
    uses = [
        use for use in facts_for(tmp_path, files, cells).paths if use.text and use.use == "read"
    ]
    assert [(use.text, use.folder, use.unit.label) for use in uses] == [
        ("data/a.csv", "", "cell 2"),
        ("lab/x.png", "", "cell 3"),
        ("./t.txt", "lib", "lib/kit.py"),
        ("./t.csv", "lib", "lib/kit.py"),
    ]
    assert [one.value for one in uses[0].literals] == ["data/a.csv"]


BOUNDED = {
    "wide format": "open('%999999999d' % 1)",
    "wide field": "open('{:>999999999}'.format('a'))",
    "name of itself": "p = p + 'x'\nopen(p)",
    "names of each other": "def f():\n    global a, b\n    a = b\n    b = a\n    open(a)",
    "adds to itself": "for i in x:\n    p += 'a'\n    open(p)",
    "calls itself": "def f(p):\n    open(p)\n    f(p + '/x')\nf('data')",
    "many rounds": "for a in range(60):\n  for b in range(60):\n    for c in range(60):\n      open(f'{a}/{b}/{c}')",
    "long sum": "open(" + " + ".join(["'a'"] * 300) + ")",
}


@pytest.mark.parametrize("name", BOUNDED)
def test_nothing_grows_without_bounds(name: str, tmp_path: Path) -> None:
    uses = facts_for(tmp_path, FILES, [BOUNDED[name]]).paths
    assert len(uses) < 100
