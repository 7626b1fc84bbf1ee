"""Paths in code cells: a cell and the repository's files in, the cell and the findings out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import codes, plan_for, ported_cells

FILES = dict.fromkeys(
    [
        "data/train.csv",
        "data/Test Set.csv",
        "data/raw/a.txt",
        "data/it's.txt",
        "lab/local.csv",
        "lab/fig/x.png",
        "lab/run.py",
        "images/cat.png",
        "lab/Upper.CSV",
        "shared/lib/kit.py",
    ],
    "x",
)
READ = "import pandas as pd\npd.read_csv({})"

# cell before, cell after; the notebook is lab/nb.ipynb
MENDED = {
    # COL301, the case
    "case": (READ.format("'Local.csv'"), READ.format("'local.csv'")),
    "case of an ending": ("open('upper.csv')", "open('Upper.CSV')"),
    "case of a folder": ("open('Fig/x.png')", "open('fig/x.png')"),
    "case above": ("open('../DATA/Train.csv')", "open('../data/train.csv')"),
    "case, dot kept": ("open('./LOCAL.csv')", "open('./local.csv')"),
    "double quotes": ('open("LOCAL.csv")', 'open("local.csv")'),
    "triple quotes": ("open('''LOCAL.csv''')", "open('''local.csv''')"),
    "raw": ("open(r'LOCAL.csv')", "open(r'local.csv')"),
    "upper prefix": ("open(U'LOCAL.csv')", "open(U'local.csv')"),
    "keyword": (
        "import numpy as np\nnp.load(file='LOCAL.csv')",
        "import numpy as np\nnp.load(file='local.csv')",
    ),
    "pillow": (
        "from PIL import Image\nImage.open('Fig/X.png')",
        "from PIL import Image\nImage.open('fig/x.png')",
    ),
    "imported name": (
        "from imageio import imread\nimread('FIG/x.png')",
        "from imageio import imread\nimread('fig/x.png')",
    ),
    "mode": (
        "with open('LOCAL.csv', 'rb') as f:\n    pass",
        "with open('local.csv', 'rb') as f:\n    pass",
    ),
    "behind a magic": (
        "%matplotlib inline\nopen('LOCAL.csv')",
        "%matplotlib inline\nopen('local.csv')",
    ),
    "under a cell magic": ("%%time\nopen('LOCAL.csv')", "%%time\nopen('local.csv')"),
    "behind wide letters": ("s = 'é𝒳'; open('LOCAL.csv')", "s = 'é𝒳'; open('local.csv')"),
    # COL302, backslashes
    "backslashes": ("open('fig\\\\x.png')", "open('fig/x.png')"),
    "raw backslashes": ("open(r'..\\data\\train.csv')", "open(r'../data/train.csv')"),
    "invalid escape": ("open('fig\\x.png')".replace("\\x", "\\q").replace("q.png", "x.png"), None),
    "backslash mention": ("p = r'..\\data\\raw\\a.txt'", "p = r'../data/raw/a.txt'"),
    # COL303, another machine
    "home": ("open('/home/ann/course/data/train.csv')", "open('../data/train.csv')"),
    "mac": ("open('/Users/ann/c/lab/local.csv')", "open('local.csv')"),
    "windows": (
        "open('C:\\\\Users\\\\Ann\\\\course\\\\data\\\\train.csv')",
        "open('../data/train.csv')",
    ),
    "raw windows": ("open(r'D:\\course\\data\\train.csv')", "open(r'../data/train.csv')"),
    "windows with slashes": ("open('C:/course/data/raw/a.txt')", "open('../data/raw/a.txt')"),
    "tilde": ("open('~/course/data/train.csv')", "open('../data/train.csv')"),
    "space in it": ("open('/home/ann/data/Test Set.csv')", "open('../data/Test Set.csv')"),
    "quote in it": ("open('/home/ann/data/it\\'s.txt')", "open('../data/it\\'s.txt')"),
    "quote, other quotes": ('open("/home/ann/data/it\'s.txt")', 'open("../data/it\'s.txt")'),
    "absolute mention": ("path = '/home/ann/course/data/train.csv'", "path = '../data/train.csv'"),
    # COL304, another folder
    "from the root": (
        "open('data/train.csv'); open('local.csv'); open('run.py')",
        "open('../data/train.csv'); open('local.csv'); open('run.py')",
    ),
    "from the root, itself": (
        "open('lab/local.csv'); open('fig/x.png'); open('run.py')",
        "open('local.csv'); open('fig/x.png'); open('run.py')",
    ),
    # put together
    "join": (
        "import os\nopen(os.path.join('FIG', 'x.png'))",
        "import os\nopen(os.path.join('fig', 'x.png'))",
    ),
    "join of three": (
        "import os\nopen(os.path.join('..', 'Data', 'Train.csv'))",
        "import os\nopen(os.path.join('..', 'data', 'train.csv'))",
    ),
    "join of an absolute": (
        "import os\nopen(os.path.join('/home/ann/course/data', 'train.csv'))",
        "import os\nopen(os.path.join('../data', 'train.csv'))",
    ),
    "pathlib": (
        "from pathlib import Path\nopen(Path('FIG') / 'x.png')",
        "from pathlib import Path\nopen(Path('fig') / 'x.png')",
    ),
    "pathlib's method": (
        "from pathlib import Path\nPath('FIG', 'x.png').read_bytes()",
        "from pathlib import Path\nPath('fig', 'x.png').read_bytes()",
    ),
    "working folder": (
        "import os\nopen(os.path.join(os.getcwd(), 'FIG', 'x.png'))",
        "import os\nopen(os.path.join(os.getcwd(), 'fig', 'x.png'))",
    ),
    "constant": (
        "FOLDER = 'FIG'\nopen(FOLDER + '/x.png')",
        "FOLDER = 'fig'\nopen(FOLDER + '/x.png')",
    ),
    "constant in an f-string": (
        "D = '/home/ann/c/data'\nopen(f'{D}/train.csv')",
        "D = '../data'\nopen(f'{D}/train.csv')",
    ),
    "constant with a slash": (
        "D = '/home/ann/c/data/'\nopen(D + 'train.csv')",
        "D = '../data/'\nopen(D + 'train.csv')",
    ),
    "constant for two": (
        "D = 'FIG'\nopen(D + '/x.png')\nopen(D + '/new.txt', 'w')",
        "D = 'fig'\nopen(D + '/x.png')\nopen(D + '/new.txt', 'w')",
    ),
    "search path": (
        "import sys\nsys.path.append('/home/ann/course/shared/lib')\nimport kit",
        "import sys\nsys.path.append('../shared/lib')\nimport kit",
    ),
    "pattern": ("import glob\nglob.glob('FIG/*.png')", "import glob\nglob.glob('fig/*.png')"),
    "loop": (
        "for D in ['FIG', 'fig']:\n    open(D + '/x.png')",
        "for D in ['fig', 'fig']:\n    open(D + '/x.png')",
    ),
    "default": (
        "def f(D='FIG'):\n    return open(D + '/x.png')",
        "def f(D='fig'):\n    return open(D + '/x.png')",
    ),
    "argument of an own function": (
        "def f(name):\n    return open(name)\nf('LOCAL.csv')",
        "def f(name):\n    return open(name)\nf('local.csv')",
    ),
    "dictionary": (
        "FILES = {'a': 'FIG/x.png'}\nopen(FILES['a'])",
        "FILES = {'a': 'fig/x.png'}\nopen(FILES['a'])",
    ),
    "f-string": ("open(f'FIG/x.png')", "open(f'fig/x.png')"),
    "adjacent": ("open('FIG'\n     '/x.png')", "open('fig'\n     '/x.png')"),
    "where it has moved to another machine's folder": (
        "%cd /home/ann/course/data/raw",
        "%cd ../data/raw",
    ),
    # magics and shell lines
    "run": ("%run RUN.py", "%run run.py"),
    "run with words": ("%run -i ./RUN.py --fast", "%run -i ./run.py --fast"),
    "load": ("%load /home/ann/course/data/raw/a.txt", "%load ../data/raw/a.txt"),
    "cat": ("!cat ../Data/train.csv", "!cat ../data/train.csv"),
    "head": ("!head -n 3 '../data/test set.csv'", "!head -n 3 '../data/Test Set.csv'"),
    "cat into a file": ("!cat ../Data/train.csv>x.csv", "!cat ../data/train.csv>x.csv"),
    "cat from a file": ("!cat < ../Data/train.csv", "!cat < ../data/train.csv"),
    "cat behind a mark": (
        "!pip install git+https://e.org/x.git#egg=x; cat ../Data/train.csv",
        "!pip install git+https://e.org/x.git#egg=x; cat ../data/train.csv",
    ),
    "run with a mark": ("%run RUN.py a;b # c", "%run run.py a;b # c"),
    "python": ("!python /home/ann/course/lab/run.py --n 3", "!python run.py --n 3"),
}


@pytest.mark.parametrize("name", MENDED)
def test_paths_are_mended(name: str, tmp_path: Path) -> None:
    before, after = MENDED[name]
    assert ported_cells(tmp_path, FILES, [before], at="lab/nb.ipynb") == [after or before]


def test_a_constant_is_mended_in_the_cell_that_says_it(tmp_path: Path) -> None:
    cells = ["DIR = 'FIG'", "import os", "open(os.path.join(DIR, 'x.png'))"]
    ported = ported_cells(tmp_path, FILES, cells, at="lab/nb.ipynb")
    assert ported == ["DIR = 'fig'", *cells[1:]]


KEPT = {
    "right": "open('local.csv'); open('../data/train.csv'); open('./fig/x.png')",
    "label": "plt.xlabel('Data/Train.csv')",
    "ratio": "plt.title('LAB/run')",
    "testing": "print('a/b testing')",
    "date": "s = '01/02/2020'",
    "mime": "t = 'image/png'",
    "url": "u = 'https://example.org/data/Train.csv'",
    "bucket": "u = 'gs://course/DATA/train.csv'",
    "regex": "import re\nre.compile(r'data\\d+\\w')",
    "regex with a folder's name": "import re\nre.findall(r'fig\\x', s)",
    "format": "'{}/{}'.format(a, b)",
    "date format": "d.strftime('%d/%m/%Y')",
    "latex": "plt.title(r'$\\frac{data}{raw}$')",
    "docstring": "def f():\n    '''Reads Fig/x.png'''",
    "statement": "'../Data/train.csv'",
    "wrong case, only mentioned": "s = 'Fig/x.png'",
    "on Colab": "open('/content/data/train.csv')",
    "temporary": "open('/tmp/data/train.csv')",
    "drive": "open('/content/drive/MyDrive/data/train.csv')",
    "sample data": "open('sample_data/README.md')",
    "of the system": "open('/usr/share/dict/words')",
    "written before": "open('Fig/new.txt', 'w')\nopen('Fig/new.txt')",
    "pattern that is right": "import glob\nglob.glob('fig/*.png')",
    "pattern of nothing": "import glob\nglob.glob('Fug/*.png')",
    "variable": "import os\nopen(os.path.join(where, 'x.png'))",
    "bound twice": "D = 'FIG'\nD = other()\nopen(D + '/x.png')",
    "loop over what is not known": "for D in ['FIG', *more]:\n    open(D + '/y.png')",
    "argument that is not known": "def f(D):\n    return open(D + '/x.png')\nf(FIG)",
    "with": "with thing() as D:\n    open(D + '/x.png')",
    "conversion": "D = 'FIG'\nopen(f'{D!r}/x.png')",
    "of somebody else": "open('/home/ann/else/nowhere.csv')",
    "shell variable": "!cat $HOME/Data/train.csv",
    "shell address": "!wget https://example.org/Data/train.csv",
    "redirected close by": "!cat run.py>Fig/x.png",
    "here-document": "!cat << Fig/x.png",
    "redirected": "!cat run.py > Fig/x.png",
    "load an address": "%load https://example.org/Data/train.csv",
    "load lines": "%load -r 1-10 run.py",
    "run a module": "%run -m kit",
    "run without its ending": "%run run",
    "mark": "!echo 'Data/Train.csv'",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_only_looks_like_a_wrong_path_is_kept(name: str, tmp_path: Path) -> None:
    files = {key: text for key, text in FILES.items() if key != "sample_data"}
    plan = plan_for(tmp_path, files, [KEPT[name]], at="lab/nb.ipynb")
    assert plan.sources == ()
    assert [code for code in codes(plan) if code not in ("COL311!", "COL341")] == []
