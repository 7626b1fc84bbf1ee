"""What the code makes by itself: a row for each way, with what it makes and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.analysis.made import LAST
from tests.notebooks import facts_for

UNKNOWN = None

# cell, paths that it makes (None: something of which the name is not known)
MADE: dict[str, tuple[str, list[str | None]]] = {
    # shell
    "wget": ("!wget -q https://e.org/d/a.csv", ["a.csv"]),
    "wget into": ("!wget -P data https://e.org/a.csv", ["data/a.csv"]),
    "wget as": ("!wget -nc -O data/b.csv https://e.org/a.csv", ["data/b.csv"]),
    "wget as, close by": ("!wget -qOb.csv https://e.org/a.csv", ["b.csv"]),
    "wget in full": ("!wget --output-document=b.csv https://e.org/a", ["b.csv"]),
    "wget two": ("!wget https://e.org/a https://e.org/b", ["a", "b"]),
    "wget with a query": ("!wget 'https://e.org/a.csv?raw=1'", ["a.csv?raw=1"]),
    "wget to the output": ("!wget -qO- https://e.org/a.csv", []),
    "wget a list": ("!wget -i list.txt", [UNKNOWN]),
    "wget by a name": ("!wget $URL", [UNKNOWN]),
    "wget by a name into": ("!wget -P data {url}", ["data"]),
    "curl": ("!curl -LO https://e.org/a.csv", ["a.csv"]),
    "curl as": ("!curl -sSL -o data/b https://e.org/a.csv", ["data/b"]),
    "curl to the output": ("!curl https://e.org/a.csv", []),
    "curl with a header": ("!curl -H 'x: -O' https://e.org/a", []),
    "curl redirected": ("!curl https://e.org/a.csv > b.csv", ["b.csv"]),
    "gdown as": ("!gdown 1aB -O data/a.zip", ["data/a.zip"]),
    "gdown": ("!gdown 1aB", [UNKNOWN]),
    "kaggle": ("!kaggle datasets download -d o/n -p data --unzip", ["data"]),
    "kaggle lists": ("!kaggle datasets list", []),
    "unzip": ("!unzip -q a.zip", [""]),
    "unzip into": ("!unzip -qo a.zip -d data", ["data"]),
    "unzip shows": ("!unzip -l a.zip", []),
    "tar": ("!tar xzf a.tgz", [""]),
    "tar into": ("!tar -xzf a.tgz -C data", ["data"]),
    "tar, old style": ("!tar xfz a.tgz -C data", ["data"]),
    "tar packs": ("!tar -czf out.tgz data", ["out.tgz"]),
    "tar shows": ("!tar tf a.tgz", []),
    "tar from a pipe": ("!curl -s https://e.org/a.tgz | tar xz -C data", ["data"]),
    "gunzip": ("!gunzip -f data/a.csv.gz", ["data/a.csv"]),
    "gzip": ("!gzip a.csv", ["a.csv.gz"]),
    "7z": ("!7z x a.7z -odata", ["data"]),
    "unrar": ("!unrar x a.rar data/", ["data"]),
    "zip": ("!zip -r out.zip data", ["out.zip"]),
    "clone": ("!git clone https://e.org/o/kit.git", ["kit"]),
    "clone as": ("!git clone --depth 1 https://e.org/o/kit.git lib", ["lib"]),
    "git asks": ("!git status", []),
    "git pulls": ("!git pull", [UNKNOWN]),
    "cp": ("!cp /content/a.csv data/b.csv", ["data/b.csv", "data/b.csv/a.csv"]),
    "cp here": ("!cp -r ../data .", ["data"]),
    "cp all here": ("!cp -r /content/drive/MyDrive/x/* .", [""]),
    "mv": ("!mv a.csv data", ["data", "data/a.csv"]),
    "mv by a magic": ("%mv a.csv data", ["data", "data/a.csv"]),
    "mkdir": ("!mkdir -p data/raw", ["data/raw"]),
    "mkdir by a magic": ("%mkdir data", ["data"]),
    "touch": ("!touch a b", ["a", "b"]),
    "tee": ("!date | tee a.txt", ["a.txt"]),
    "redirection": ("!date > a.txt", ["a.txt"]),
    "to nowhere": ("!python --version > /dev/null 2>&1", []),
    "to a name": ("!date > $OUT", [UNKNOWN]),
    "after cd": ("!cd data && wget https://e.org/a.csv", ["data/a.csv"]),
    "after cd on another line": ("!cd data\n!wget https://e.org/a.csv", ["a.csv"]),
    "script": ("!bash get.sh", [UNKNOWN]),
    "program": ("!./get", [UNKNOWN]),
    "python": ("!python3 make.py", [UNKNOWN]),
    "harmless module": ("!python -m spacy download en", []),
    "pip": ("!pip install gensim", []),
    "quiet": ("!ls; nvidia-smi; rm -rf x; find . -name a", []),
    "find that runs": ("!find . -exec touch x {} \\;", [UNKNOWN]),
    "shell cell": ("%%bash\ncd data\nwget https://e.org/a.csv\ncd ..\ntouch b", ["data/a.csv", "b"]),
    "IPython's commands": ("!ipython profile create x", []),
    "a profile of a cell": ("%%prun -q -l 10 -T a.txt\nf()", ["a.txt"]),
    "profiles of a line": ("%prun -D a.stats -T a.txt f(1, 'x y')\n%lprun -T b.txt -f f f()", ["a.stats", "a.txt", "b.txt"]),
    "a profile that is only shown": ("%prun -s time f('-T', 3)", []),
    "written cell": ("%%writefile data/a.py\nx = 1", ["data/a.py"]),
    "other language": ("%%R\nwrite.csv(x, 'a.csv')", [UNKNOWN]),
    "run": ("%run make.py", [UNKNOWN]),
    # Python
    "open": ("open('a.txt', 'w')", ["a.txt"]),
    "open to read": ("open('a.txt')", []),
    "open by a name": ("open(name, 'w')", [UNKNOWN]),
    "makedirs": ("import os\nos.makedirs('data/raw', exist_ok=True)", ["data/raw"]),
    "retrieved": ("import urllib.request\nurllib.request.urlretrieve(u, 'a.csv')", ["a.csv"]),
    "retrieved in either Python": (
        """\
if OLD:
    from urllib import urlretrieve
else:
    from urllib.request import urlretrieve
urlretrieve(u, 'a.csv')
""",
        ["a.csv"],
    ),
    "retrieved by six": ("from six.moves import urllib\nurllib.request.urlretrieve(u, 'a')", ["a"]),
    "retrieved nowhere": ("import urllib.request\nurllib.request.urlretrieve(u)", []),
    "retrieved by a name": ("import urllib.request as r\nr.urlretrieve(u, n)", [UNKNOWN]),
    "asked": ("import requests\nrequests.get('https://e.org/a.csv').text", []),
    "wget in Python": ("import wget\nwget.download('https://e.org/a.csv')", ["a.csv"]),
    "gdown in Python": ("import gdown\ngdown.download(u, 'a.zip', quiet=True)", ["a.zip"]),
    "extractall": ("zf.extractall('data')", ["data"]),
    "extractall by a constant": ("D = 'data'\nzf.extractall(path=D)", ["data"]),
    "extractall here": ("zf.extractall()", [""]),
    "extractall of texts": ("df.a.str.extractall('(x)')", []),
    "unpack_archive": ("import shutil\nshutil.unpack_archive('a.zip', 'data')", ["data"]),
    "copied": ("import shutil\nshutil.copy('/content/a', 'data/a')", ["data/a"]),
    "copied tree": ("import shutil\nshutil.copytree('/content/a', 'data')", ["data"]),
    "renamed": ("import os\nos.rename(x, 'b.csv')", ["b.csv"]),
    "data set": ("D.CIFAR10('./data', train=True, download=True)", ["data"]),
    "data set beside the notebook": (
        "import torchvision\ntorchvision.datasets.MNIST('./', download=True)",
        ["MNIST"],
    ),
    "data set by keyword": ("D.CIFAR10(root='data', download=True)", ["data"]),
    "data set that is there": ("D.CIFAR10(root='data', download=False)", []),
    "get_file elsewhere": ("keras.utils.get_file('a.csv', u)", []),
    "get_file here": ("keras.utils.get_file('a.csv', u, cache_dir='.')", ["datasets"]),
    "get_file into": ("get_file('a', u, cache_dir='.', cache_subdir='data')", ["data"]),
    "hub": ("import huggingface_hub as h\nh.snapshot_download('a/b')", []),
    "hub into": ("import huggingface_hub as h\nh.snapshot_download('a', local_dir='m')", ["m"]),
    "NLTK": ("import nltk\nnltk.download('punkt')", []),
    "uploaded": ("from google.colab import files\nfiles.upload()", [UNKNOWN]),
    "some download": ("download_data('x')", [UNKNOWN]),
    "own download": ("def download(u):\n    return u\ndownload('x')", []),
    "elsewhere": ("open('/content/a.txt', 'w')\n!wget -P /tmp https://e.org/a", []),
}  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_makes(name: str, tmp_path: Path) -> None:
    cell, paths = MADE[name]
    makers = facts_for(tmp_path, {}, [cell]).makers
    assert {one.path for one in makers.every} == set(paths)
    assert makers.unknown is (None in paths)


# what is made, the path that is asked for, whether that makes it
MEANT = {
    "itself": ("!touch a/b.csv", "a/b.csv", True),
    "below": ("!unzip x.zip -d a", "a/b/c.csv", True),
    "above": ("!touch a/b.csv", "a", True),
    "ending added": ("import numpy as np\nnp.save('a/b', 1)", "a/b.npy", True),
    "pattern": ("!touch a/b.csv", "a/*.csv", True),
    "all": ("!unzip x.zip", "q/r.csv", True),
    "another": ("!touch a/b.csv", "a/c.csv", False),
    "begins alike": ("!mkdir a", "ab.csv", False),
    "other pattern": ("!touch a/b.csv", "a/*.png", False),
}


@pytest.mark.parametrize("name", MEANT)
def test_means(name: str, tmp_path: Path) -> None:
    cell, path, made = MEANT[name]
    assert facts_for(tmp_path, {}, [cell]).is_made(path) is made


# what may be made, the path that is asked for, whether it may be that
PERHAPS = {
    "any": ("open(n, 'w')", "a.csv", True),
    "ending fits": ("open(f'{n}.csv', 'w')", "data/a.csv", True),
    "ending does not": ("open(f'{n}.txt', 'w')", "data/a.csv", False),
    "ending is added": ("import numpy as np\nnp.save(f'{n}_x', 1)", "a_x.npy", True),
    "picture": ("plt.savefig(n)", "a.pdf", True),
    "no picture": ("plt.savefig(n)", "a.csv", False),
    "a folder is no file": ("import os\nos.makedirs(n)", "a.csv", False),
}


@pytest.mark.parametrize("name", PERHAPS)
def test_may_make(name: str, tmp_path: Path) -> None:
    cell, path, may = PERHAPS[name]
    makers = facts_for(tmp_path, {}, [cell]).makers
    assert makers.of(path) is None
    assert (makers.perhaps(path) is not None) is may


def test_says_when_and_where(tmp_path: Path) -> None:
    facts = facts_for(tmp_path, {}, ["x = 1", "\n!wget https://e.org/a", "!bash data/get.sh"])
    maker = facts.makers.of("a")
    assert maker is not None
    assert (maker.why, maker.place) == ("cell 2 downloads it", (1, 2))
    assert facts.makers.of("a", (0, 9)) is None
    (script,) = facts.makers.running()
    assert (script.making.script, script.folder) == ("data/get.sh", "")
    assert (script.why, script.place < LAST) == ("cell 3 runs data/get.sh", True)
    assert facts.makers.running((1, 0)) == []


def test_a_module_may_make_it_at_any_time(tmp_path: Path) -> None:
    files = {
        "kit.py": "import os\n\ndef get():\n    os.system('wget -P data https://e.org/a.csv')\n"
    }
    makers = facts_for(tmp_path, files, ["import kit\nkit.get()"]).makers
    maker = makers.of("data/a.csv", (0, 0))
    assert maker is not None
    assert maker.why == "kit.py downloads it"


def test_what_colab_does_not_come_to_makes_nothing(tmp_path: Path) -> None:
    cell = "try:\n    import numpy\nexcept ImportError:\n    !wget https://e.org/a.csv"
    assert facts_for(tmp_path, {}, [cell]).makers.every == ()


# the module kit.py, what the cell calls, whether it may make a file
CALLED = {
    "called": ("def save(name):\n    open(name, 'w')\n", "kit.save(n)", True),
    "named nowhere": ("def save(name):\n    open(name, 'w')\n", "kit.load()", False),
    "a method that is named nowhere": (
        "class Model:\n    def save(self, name):\n        open(name, 'w')\n",
        "kit.Model().fit()",
        False,
    ),
    "by a function of the module": (
        "def save(name):\n    open(name, 'w')\ndef fit():\n    save(n)\n",
        "kit.fit()",
        True,
    ),
    "imported under another name": (
        "def save(name):\n    open(name, 'w')\n",
        "from kit import save as keep\nkeep(n)",
        True,
    ),
    "handed on": ("def save(name):\n    open(name, 'w')\n", "run(kit.save)", True),
    "by its class": (
        "class Model:\n    def __init__(self, name):\n        open(name, 'w')\n",
        "kit.Model(n)",
        True,
    ),
    "by a framework, of a class with bases": (
        "class Log(Callback):\n    def on_end(self, name):\n        open(name, 'w')\n",
        "fit(kit.Log())",
        True,
    ),
    "by what decorates it": ("@hook\ndef save(name):\n    open(name, 'w')\n", "kit.load()", True),
    "by its module": ("def save(name):\n    open(name, 'w')\nsave(n())\n", "kit.load()", True),
    "by a name put together": (
        "def save(name):\n    open(name, 'w')\n",
        "getattr(kit, ask())(n)",
        True,
    ),
    "by a name put together, of its table": (
        "def save(name):\n    open(name, 'w')\n",
        "vars(kit)[ask()](n)\nkit.__dict__.get(ask())",
        True,
    ),
    "by a name put together, in the module": (
        """import sys
def save(name):
    open(name, 'w')
def fit(what):
    return getattr(sys.modules[__name__], what)(n)
""",
        "kit.fit('sa' + 've')",
        True,
    ),
    "by a name put together, of an object": (
        "class Model:\n    def save(self, name):\n        open(name, 'w')\n",
        "made = kit.Model()\ngetattr(made, ask())(n)",
        True,
    ),
    "by a name written out": (
        "def save(name):\n    open(name, 'w')\n",
        "getattr(kit, 'load')()",
        False,
    ),
    "by a name put together, of another module": (
        "def save(name):\n    open(name, 'w')\n",
        "import numpy\ngetattr(numpy, ask())(n)\nkit.load()",
        False,
    ),
    "by a name put together, of an object, not of the module": (
        "def save(name):\n    open(name, 'w')\n",
        "getattr(made, ask())(n)\nkit.load()",
        False,
    ),
    "a command that is given nowhere": (
        "import os\ndef get(url):\n    os.system('wget ' + url)\n",
        "kit.load()",
        False,
    ),
}


@pytest.mark.parametrize("name", CALLED)
def test_what_a_module_makes_in_a_function_that_is_named_nowhere_is_not_made(
    name: str, tmp_path: Path
) -> None:
    module, cell, may = CALLED[name]
    makers = facts_for(tmp_path, {"kit.py": module}, [f"import kit\n{cell}"]).makers
    assert (makers.perhaps("a.csv") is not None) is may
