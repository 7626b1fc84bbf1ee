"""What a notebook's own commands install."""

from __future__ import annotations

import ast

import pytest

from colabify.analysis.downloads import find_downloads
from colabify.analysis.installs import InstallLine, find_installs
from colabify.notebook import Document
from colabify.program import Program, read_program
from colabify.unit import Unit
from tests.notebooks import notebook


def installs(*cells: str) -> tuple[InstallLine, ...]:
    return find_installs(read_program(Document.parse(notebook(*cells))))


def shown(line: InstallLine) -> str:
    """The tool and everything that is not empty, in one line."""
    parts = [line.tool, *(str(one).replace(" @ ", "@ ") for one in line.requirements)]
    parts += [f"-r {one}" for one in line.files] + [f"-e {one}" for one in line.editables]
    parts += [f"?{one}" for one in line.others] + [f":{one}" for one in line.names]
    parts += [flag for flag in ("upgrade", "user", "target") if getattr(line, flag)]
    return " ".join(parts)


# cell, what it installs
PIP = {
    "shell line": ("!pip install gensim", ["pip gensim"]),
    "magic": ("%pip install gensim", ["pip gensim"]),
    "automagic": ("pip install gensim", ["pip gensim"]),
    "pip3": ("!pip3 install gensim", ["pip gensim"]),
    "pip of a version": ("!pip3.11 install gensim", ["pip gensim"]),
    "by the kernel's Python": ("!{sys.executable} -m pip install a b", ["pip a b"]),
    "by a Python": ("!python3.9 -m pip install gensim", ["pip gensim"]),
    "by a Python with a path": ("!/usr/bin/python -m pip install gensim", ["pip gensim"]),
    "uv": ("!uv pip install --system -p 3.12 gensim", ["pip gensim"]),
    "uv's magic": ("%uv pip install gensim", ["pip gensim"]),
    "easy_install": ("!easy_install gensim", ["pip gensim"]),
    "sudo": ("!sudo -H pip install gensim", ["pip gensim"]),
    "with a variable set": ("!CC=gcc pip install gensim", ["pip gensim"]),
    "a path to pip": ("!/opt/bin/pip install gensim", ["pip gensim"]),
    "versions, quoted": ("!pip install 'gensim>=4,<5' \"torch==2.*\"", ["pip gensim<5,>=4 torch==2.*"]),
    "unquoted, so to a file": ("!pip install gensim>=4", ["pip gensim"]),
    "unquoted in a magic": ("%pip install gensim>=4 torch==2", ["pip gensim torch==2"]),
    "an extra": ("!pip install jax[cpu]==0.4", ["pip jax[cpu]==0.4"]),
    "a marker": ("!pip install \"a; python_version<'3.8'\"", ['pip a; python_version < "3.8"']),
    "quiet": ("!pip -q install a > /dev/null 2>&1", ["pip a"]),
    "a pipe": ("!pip install a 2>&1 | tail -1", ["pip a"]),
    "several commands": ("!pip install a && pip install b; ls", ["pip a", "pip b"]),
    "continued": ("!pip install a \\\n  b", ["pip a b"]),
    "a comment": ("!pip install a # b c", ["pip a"]),
    "an option with a value": ("!pip install -i https://x.org/simple --timeout 9 a", ["pip a"]),
    "a value behind =": ("!pip install --index-url=https://x.org/simple a", ["pip a"]),
    "wheels elsewhere": ("!pip install torch -f https://x.org/whl.html", ["pip torch"]),
    "a constraint": ("!pip install -c limits.txt a", ["pip a"]),
    "upgrade": ("!pip install -U a", ["pip a upgrade"]),
    "upgrade, among others": ("!pip install -qU a", ["pip a upgrade"]),
    "upgrade, in words": ("!pip install a --upgrade", ["pip a upgrade"]),
    "by force": ("!pip install --force-reinstall a", ["pip a upgrade"]),
    "user": ("!pip install --user a", ["pip a user"]),
    "target": ("!pip install -t lib a", ["pip a target"]),
    "target, in words": ("!pip install --target=lib a", ["pip a target"]),
    "a file": ("!pip install -r requirements.txt", ["pip -r requirements.txt"]),
    "a file, close by": ("!pip install -qrreq.txt a", ["pip a -r req.txt"]),
    "a file, in words": ("!pip install --requirement=../r.txt", ["pip -r ../r.txt"]),
    "a file, of a name not known": ("!pip install -r {name}", ["pip -r {name}"]),
    "editable": ("!pip install -e .", ["pip -e ."]),
    "editable, with an extra": ("!pip install -e '.[dev]'", ["pip -e .[dev]"]),
    "a folder": ("!pip install ../pkg ./x.whl", ["pip -e ../pkg -e ./x.whl"]),
    "a wheel beside it": ("!pip install x-1.0-py3-none-any.whl", ["pip -e x-1.0-py3-none-any.whl"]),
    "git with a name": ("!pip install git+https://x.org/a.git#egg=a",
                        ["pip a@ git+https://x.org/a.git#egg=a"]),
    "git with a name before": ("!pip install 'a @ git+https://x.org/a.git'",
                               ["pip a@ git+https://x.org/a.git"]),
    "editable from git": ("!pip install -e git+https://x.org/a.git#egg=a",
                          ["pip a@ git+https://x.org/a.git#egg=a"]),
    "git without a name": ("!pip install git+https://x.org/a.git", ["pip ?git+https://x.org/a.git"]),
    "a wheel at an address": ("!pip install https://x.org/a-1.0-py3-none-any.whl",
                              ["pip a@ https://x.org/a-1.0-py3-none-any.whl"]),
    "an archive at an address": ("!pip install https://x.org/main.zip",
                                 ["pip ?https://x.org/main.zip"]),
    "a name not known": ("!pip install {package} $other a", ["pip a ?{package} ?$other"]),
    "an expression": ("!pip install {' '.join(names)}", ["pip ?{' '.join(names)}"]),
    "an expression with blanks": ("!pip install { name } a", ["pip a ?{ name }"]),
    "a group": ("!which a || { pip install a; }", ["pip a"]),
    "no requirement": ("!pip install a,b", ["pip ?a,b"]),
    "a shell cell": ("%%bash\npip install a\npip install b", ["pip a", "pip b"]),
    "a shell cell's loop": ("%%bash\nfor x in a b; do pip install $x; done", ["pip ?$x"]),
    "a here-document": ("%%bash\ncat > x.sh <<EOF\npip install a\npip install c\nEOF\npip install b", ["pip b"]),
    "a here-document without tabs": ("%%bash\ncat <<- 'E F'\npip install a\nE F\npip install b",
                                     ["pip b"]),
    "a shift": ("%%bash\necho $((1<<2)) '<<A'\npip install a", ["pip a"]),
    "in a captured cell": ("%%capture\n!pip install a", ["pip a"]),
    "in a condition": ("if x:\n    !pip install a", ["pip a"]),
    "assigned": ("out = !pip install a", ["pip a"]),
    "os.system": ("import os\nos.system('pip install a')", ["pip a"]),
    "an f-string": ("import os\nos.system(f'pip install {x} a')", ["pip a ?{}"]),
    "subprocess": (
        "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', 'a>=1'])",
        ["pip a>=1"],
    ),
    "subprocess by another name": (
        "from subprocess import run as go\ngo(('pip', 'install', name))",
        ["pip ?{}"],
    ),
    "subprocess through a shell": (
        "import subprocess as sp\nsp.run('pip install a', shell=True)",
        ["pip a"],
    ),
    "pip.main": ("import pip\npip.main(['install', '-U', 'a'])", ["pip a upgrade"]),
    "pip's insides": ("from pip._internal import main\nmain(['install', 'a'])", ["pip a"]),
    "get_ipython": ("get_ipython().system('pip install a')", ["pip a"]),
    "uninstalls": ("!pip uninstall -y a", []),
    "downloads": ("!pip download a", []),
    "lists": ("!pip list | grep install", []),
    "asks for help": ("!pip help install a", []),
    "only speaks of it": ("!echo pip install a", []),
    "looks for it": ("!which pip install", []),
    "a comment alone": ("# !pip install a", []),
    "a string": ("x = 'pip install a'", []),
    "another function of that name": ("model.run('pip install a')", []),
    "quotes left open": ("!pip install 'a", []),
    "only checks": ("!conda list && pip check", []),
    "no Python": ("!pip install a\nx = (", []),
}  # fmt: skip


@pytest.mark.parametrize("name", PIP)
def test_pip(name: str) -> None:
    source, expected = PIP[name]
    assert [shown(line) for line in installs(source)] == expected


OTHERS = {
    "apt-get": ("!sudo apt-get -qq install -y tree swig", ["apt :tree :swig"]),
    "apt": ("!apt install tree", ["apt :tree"]),
    "apt after an update": ("!apt-get update -qq && apt-get install -y tree", ["apt :tree"]),
    "apt with a version": ("!apt install tree=2.0 > /dev/null", ["apt :tree"]),
    "apt with an option": ("!apt-get install -o Acquire::Retries=3 tree", ["apt :tree"]),
    "apt of a file": ("!apt install ./x.deb {name}", ["apt ?./x.deb ?{name}"]),
    "apt with its answer": (
        "!yes | DEBIAN_FRONTEND=noninteractive apt install tree",
        ["apt :tree"],
    ),
    "apt removes": ("!apt-get remove tree", []),
    "apt updates": ("!apt-get update", []),
    "spaCy's models": ("!python -m spacy download en_core_web_md -q", ["model :en_core_web_md"]),
    "spaCy by its own name": ("!spacy download en_core_web_md", ["model :en_core_web_md"]),
    "spaCy by a call": (
        "import spacy\nspacy.cli.download('en_core_web_md')",
        ["model :en_core_web_md"],
    ),
    "spaCy by an import": (
        "from spacy.cli import download\ndownload('de_core_news_sm')",
        ["model :de_core_news_sm"],
    ),
    "NLTK's data": ("import nltk\nnltk.download('punkt', quiet=True)", ["model :punkt"]),
    "NLTK's data, several": ("import nltk\nnltk.download(['a', 'b'])", ["model :a :b"]),
    "NLTK's data, in a loop": (
        "import nltk\nfor x in ['a', 'b']:\n    nltk.download(x)",
        ["model :a :b"],
    ),
    "NLTK's data, a named list": (
        "from nltk import download\nNAMES = ('a', 'b')\n[download(n) for n in NAMES]",
        ["model :a :b"],
    ),
    "NLTK's data, not known": ("import nltk\nnltk.download(name)", ["model ?name"]),
    "NLTK's data, asked for": ("import nltk\nnltk.download()", ["model"]),
    "NLTK by a command": ("!python -m nltk.downloader -d data a b", ["model :a :b"]),
    "TextBlob, a little": (
        "!python -m textblob.download_corpora lite",
        ["model :averaged_perceptron_tagger_eng :brown :punkt_tab :wordnet"],
    ),
    "another download": ("import gdown\ngdown.download('x')", []),
    "a name of one's own": ("class nltk: pass\ndownload('punkt')", []),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_tools(name: str) -> None:
    source, expected = OTHERS[name]
    assert [shown(line) for line in installs(source)] == expected


def test_a_module_downloads_by_its_own_imports() -> None:
    module = Unit(ast.parse("from nltk import download as get\nget('punkt')"), path="a.py")
    (found,) = find_downloads(Program(()), {"get": "requests.get"}, [module])
    assert (found.names, found.path) == (("punkt",), "a.py")


# The names are those of the table that environment files are read with.
CONDA = {
    "names": ("!conda install -y networkx scipy=1.2", ["conda networkx scipy==1.2.*"]),
    "magic": ("%conda install networkx", ["conda networkx"]),
    "mamba": ("!mamba install -c conda-forge networkx", ["conda networkx"]),
    "into the kernel's environment": ("!conda install --yes --prefix {sys.prefix} networkx",
                                      ["conda networkx"]),
    "another name on PyPI": ("!conda install opencv", ["conda opencv-python"]),
    "a channel before it": ("!conda install conda-forge::networkx", ["conda networkx"]),
    "not on PyPI": ("!conda install networkx nobody-knows-this", ["conda networkx :nobody-knows-this"]),
    "part of the machine": ("!conda install python=3.8 networkx", ["conda networkx"]),
    "a file": ("!conda install --file req.txt", ["conda -r req.txt"]),
    "an environment": ("!conda env update -f environment.yml", ["conda -r environment.yml"]),
    "an update": ("!conda update networkx", ["conda networkx upgrade"]),
    "not known": ("!conda install {name}", ["conda ?{name}"]),
    "a new environment": ("!conda create -n x networkx", []),
    "a list": ("!conda list", []),
}  # fmt: skip


@pytest.mark.parametrize("name", CONDA)
def test_conda(name: str) -> None:
    source, expected = CONDA[name]
    assert [shown(line) for line in installs(source)] == expected


def test_lines_come_in_the_order_in_which_they_run() -> None:
    found = installs(
        "!apt install tree",
        "import nltk\nnltk.download('a')\n!pip install a",
        "x",
        "!pip install b",
    )
    assert [(line.tool, line.cell) for line in found] == [
        ("apt", 0),
        ("model", 1),
        ("pip", 1),
        ("pip", 3),
    ]
