"""Whether the setup cell clones: whenever the notebook may need a file of the repository, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import plan_for

FILES = {
    "Makefile": "all:\n",
    "pkg/train.py": "x = 1\n",
    "src/run.sh": "echo\n",
    "data/a.txt": "a\n",
    "data/b.csv": "a,b\n",
    "images/kept.png": "",
    "setup.py": "",
}
NEEDS = [
    "!ls data",
    "%ls data",
    "ls data",
    "!cat data/*.txt",
    "!make",
    "!pip install -e .",
    "!python -m pkg.train",
    "%run -m pkg.train",
    "!cd src && bash run.sh",
    "%%bash\npython -m pkg.train",
    "%%bash\ncd src && bash run.sh",
    "import subprocess\nsubprocess.run(['python', '-m', 'pkg.train'])",
    "import pkg.train",
    "open('data/a.txt')",
    "for name in names:\n    open(f'data/{name}')",
    "import pandas as pd\npd.read_csv(path)",
    "import os\nos.chdir('data')",
    "%cd data",
    "from glob import glob\nglob('data/*.csv')",
    "import matplotlib.pyplot as plt\nplt.savefig('images/new.png')",
    "load('setup.py')",
    "open('/home/ann/work/data/a.txt')",
    "!head /data301/data/a.txt",
    "D = '/Users/ann/data'\nopen(D + '/a.txt')",
    "open('C:/Users/ann/data/a.txt')",
    "open('/content/course/data/a.txt')",
]
NEEDS_NOT = [
    "x = 1",
    "!ls",
    "!pwd",
    "!nvidia-smi",
    "!pip install requests",
    "!wget https://example.org/data.zip",
    "import numpy as np\nnp.save('x', 1)\nnp.load('x.npy')",
    "import matplotlib.pyplot as plt\nplt.savefig('a.png')",
    "import os\nos.makedirs('out/run')\nopen('out/run/x', 'w')",
    "open('/etc/hosts')",
    "open('/home/ann/data/other.txt')",
    "open('/content/sample_data/README.md')",
    "import pandas as pd\npd.read_csv('https://example.org/a.csv')",
    "print('data', 'pkg')",
]


@pytest.mark.parametrize("cell", NEEDS)
def test_clones(cell: str, tmp_path: Path) -> None:
    assert plan_for(tmp_path, FILES, [cell]).setup.source is not None


@pytest.mark.parametrize("cell", NEEDS_NOT)
def test_does_not_clone(cell: str, tmp_path: Path) -> None:
    assert plan_for(tmp_path, FILES, [cell]).setup.source is None
