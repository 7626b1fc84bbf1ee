"""From requirement sources and imports to the exact plan: a row a situation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from colabify.course import Course
from colabify.notebook import Document
from colabify.planner import make_plan
from colabify.plans import Plan
from colabify.project_finder import find_project
from colabify.settings import Settings
from tests.courses import make_repository
from tests.notebooks import Cell, Files, codes, notebook

INSTALL, THERE, KEPT = ["install"], ["preinstalled"], ["kept"]
HASHES = "".join(f" \\\n    --hash=sha256:{letter * 64}" for letter in "ab")
SETUP = "from setuptools import setup\n"


@dataclass(frozen=True)
class Row:
    """What is installed for ``cells`` beside ``files``, the ``action`` of each import, the codes."""

    cells: Sequence[Cell]
    files: Files
    installs: Sequence[str]
    actions: Sequence[str]
    said: Sequence[str] = ()
    at: str = "nb.ipynb"
    requirements: tuple[str, ...] = ()
    distributions: Mapping[str, str] = field(default_factory=dict)


def row(
    cells: Cell | Sequence[Cell],
    files: Files,
    installs: Sequence[str],
    actions: Sequence[str],
    said: Sequence[str] = (),
    **more: object,
) -> Row:
    cells = [cells] if isinstance(cells, str | dict) else cells
    return Row(cells, files, installs, actions, said, **more)  # type: ignore[arg-type]


PIP_FILE = {
    "a version": row("import gensim", {"requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "comments": row("import gensim", {"requirements.txt": "# all\n\ngensim==4.4.0  # topics\n"}, ["gensim==4.4.0"], INSTALL),
    "lines that go on": row("import gensim", {"requirements.txt": "gensim\\\n==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "an extra": row("import gensim", {"requirements.txt": "gensim[distributed] >= 4\n"}, ["gensim[distributed]>=4"], INSTALL),
    "hashes": row("import gensim", {"requirements.txt": f"gensim==4.4.0{HASHES}\n"}, ["gensim==4.4.0"], INSTALL),
    "a marker that holds, and one that does not": row("import gensim", {"requirements.txt": "gensim==4.3.3; python_version < '3.12'\ngensim==4.4.0; python_version >= '3.12'\n"}, ["gensim==4.4.0"], INSTALL),
    "a marker of another system": row("import gensim", {"requirements.txt": "gensim==4.4.0; sys_platform == 'win32'\n"}, ["gensim"], INSTALL),
    "an address with a name": row("import gensim", {"requirements.txt": "gensim @ git+https://github.com/a/gensim@v1\n"}, ["gensim @ git+https://github.com/a/gensim@v1"], INSTALL),
    "a wheel's address": row("import zzzz_kit", {"requirements.txt": "https://example.org/zzzz_kit-1.0-py3-none-any.whl\n"}, ["zzzz-kit @ https://example.org/zzzz_kit-1.0-py3-none-any.whl"], INSTALL),
    "an address without a name": row("import zzzz_kit", {"requirements.txt": "git+https://github.com/a/zzzz-kit.git\n"}, [], ["unknown"], ["COL405", "COL401!"]),
    "-r": row("import gensim, emoji", {"requirements.txt": "-r base.txt\nemoji==2.0.0\n", "base.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0", "emoji==2.0.0"], INSTALL * 2),
    "-r from where it stands": row("import gensim", {"requirements.txt": "-r reqs/base.txt\n", "reqs/base.txt": "-r more.txt\n", "reqs/more.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "-c": row("import gensim, emoji", {"requirements.txt": "-c limits.txt\ngensim\n", "limits.txt": "gensim<5\nemoji<2\n"}, ["gensim<5", "emoji<2"], INSTALL * 2),
    "-c, of what nobody imports": row("import gensim", {"requirements.txt": "-c limits.txt\ngensim\n", "limits.txt": "numpy<2\n"}, ["gensim"], INSTALL),
    "-e .": row("import kit", {"requirements.txt": "-e .\n", "setup.py": f"{SETUP}setup(name='kit', install_requires=['emoji==2.0.0'])", "kit/__init__.py": "import emoji"}, ["emoji==2.0.0"], ["local", "install"]),
    "what nobody imports": row("import gensim", {"requirements.txt": "gensim\nemoji==0.1\nnumpy==1.10.4\ntensorflow_addons\n"}, ["gensim"], INSTALL),
    "a file of pip freeze": row("import numpy, gensim", {"requirements.txt": "gensim==4.4.0\nnumpy==2.1.3\npywin32==300; sys_platform == 'win32'\nzzzz-kit==1\n"}, ["gensim==4.4.0"], ["preinstalled", "install"]),
}  # fmt: skip
PROJECTS = {
    "PEP 621": row("import gensim", {"pyproject.toml": "[project]\nname='c'\nversion='1'\ndependencies=['gensim==4.4.0']\n"}, ["gensim==4.4.0"], INSTALL),
    "PEP 621, an extra": row("import gensim", {"pyproject.toml": "[project]\nname='c'\nversion='1'\n[project.optional-dependencies]\nnb=['gensim==4.4.0']\n"}, ["gensim==4.4.0"], INSTALL),
    "PEP 735": row("import gensim, emoji", {"pyproject.toml": "[dependency-groups]\nnb=['gensim==4.4.0', {include-group='x'}]\nx=['emoji>=2']\n"}, ["gensim==4.4.0", "emoji>=2"], INSTALL * 2),
    "Poetry": row("import gensim, emoji", {"pyproject.toml": "[tool.poetry.dependencies]\npython='^3.9'\ngensim='^4.3'\nemoji={version='~2.0', extras=['x']}\n"}, ["gensim<5,>=4.3", "emoji[x]<2.1,>=2.0"], INSTALL * 2),
    "Poetry, a group": row("import gensim", {"pyproject.toml": "[tool.poetry.group.nb.dependencies]\ngensim='4.4.0'\n"}, ["gensim==4.4.0"], INSTALL),
    "Poetry, from git": row("import zzzz_kit", {"pyproject.toml": "[tool.poetry.dependencies]\nzzzz-kit={git='https://github.com/a/b.git', rev='v1'}\n"}, ["zzzz-kit @ git+https://github.com/a/b.git@v1"], INSTALL),
    "setup.cfg": row("import gensim, emoji", {"setup.cfg": "[options]\ninstall_requires =\n    gensim==4.4.0\n    emoji>=2\n"}, ["gensim==4.4.0", "emoji>=2"], INSTALL * 2),
    "setup.py": row("import gensim", {"setup.py": f"{SETUP}setup(name='c', install_requires=['gensim==4.4.0'])\n"}, ["gensim==4.4.0"], INSTALL),
    "setup.py, by a name": row("import gensim", {"setup.py": f"{SETUP}NEEDS = ['gensim==4.4.0']\nsetup(name='c', install_requires=NEEDS)\n"}, ["gensim==4.4.0"], INSTALL),
    "setup.py, from a file": row("import gensim", {"setup.py": f"{SETUP}setup(install_requires=open('needs.txt').read().splitlines())\n", "needs.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "Pipfile": row("import gensim, emoji", {"Pipfile": "[packages]\ngensim = '==4.4.0'\nemoji = {version = '>=2', extras = ['x']}\n"}, ["gensim==4.4.0", "emoji[x]>=2"], INSTALL * 2),
    "Pipfile, for development": row("import gensim", {"Pipfile": "[dev-packages]\ngensim = '*'\n"}, ["gensim"], INSTALL),
    "Pipfile, from git": row("import zzzz_kit", {"Pipfile": "[packages]\nzzzz-kit = {git = 'https://github.com/a/b.git'}\n"}, ["zzzz-kit @ git+https://github.com/a/b.git"], INSTALL),
}  # fmt: skip
CONDA = {
    "with pip's part": row("import numpy, gensim, emoji", {"environment.yml": "name: c\nchannels: [conda-forge]\ndependencies:\n  - python=3.9\n  - numpy\n  - gensim=4.4.0\n  - pip\n  - pip:\n    - emoji==2.0.0\n"}, ["gensim==4.4.0.*", "emoji==2.0.0"], ["preinstalled", "install", "install"]),
    "names of conda's own": row("import torch, cv2, tables, graphviz", {"environment.yml": "dependencies:\n- pytorch\n- opencv\n- pytables\n- python-graphviz\n"}, [], THERE * 4),
    "only conda has it": row("import fenics, gensim", {"environment.yml": "dependencies:\n- fenics\n- gensim\n"}, ["gensim"], ["impossible", "install"], ["COL407!"]),
    "only conda has it, and nobody imports it": row("import gensim", {"environment.yml": "dependencies:\n- cudatoolkit=11\n- fenics\n- gensim\n"}, ["gensim"], INSTALL),
    "of a name that nobody knows, and nobody asks for": row("import gensim", {"environment.yml": "dependencies:\n- zzzz-kit\n- gensim\n"}, ["gensim"], ["install"], []),
    "of a name that nobody knows": row("import zzzz_kit, gensim", {"environment.yml": "dependencies:\n- zzzz-kit\n- gensim\n"}, ["gensim"], ["unknown", "install"], ["COL405", "COL401!"]),
    "of another suffix": row("import gensim", {"environment.yaml": "dependencies: [gensim=4.4.0]\n"}, ["gensim==4.4.0.*"], INSTALL),
}  # fmt: skip
BLOCK = "# /// script\n# dependencies = ['gensim==4.4.0', 'zzzz-kit>=1']\n# ///\n"
NEARBY = {
    "a block of PEP 723": row(f"{BLOCK}import gensim, zzzz_kit", {}, ["gensim==4.4.0", "zzzz-kit>=1"], INSTALL * 2),
    "a block in another cell": row([BLOCK, "import gensim"], {}, ["gensim==4.4.0"], INSTALL),
    "a block before a file": row(f"{BLOCK}import gensim", {"requirements.txt": "gensim>=4\n"}, ["gensim==4.4.0"], INSTALL),
    "binder": row("import gensim", {"binder/requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    ".binder": row("import gensim", {".binder/environment.yml": "dependencies: [gensim=4.4.0]\n"}, ["gensim==4.4.0.*"], INSTALL),
    "a folder of them": row("import gensim", {"requirements/base.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "the nearest": row("import gensim", {"requirements.txt": "gensim>=4\n", "a/requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, at="a/nb.ipynb"),
    "the nearest, of another kind": row("import gensim", {"requirements.txt": "gensim>=4\n", "a/environment.yml": "dependencies: [gensim=4.4.0]\n"}, ["gensim==4.4.0.*"], INSTALL, at="a/nb.ipynb"),
    "the nearest that names it": row("import gensim, emoji", {"requirements.txt": "emoji==2.0.0\n", "a/requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0", "emoji==2.0.0"], INSTALL * 2, at="a/nb.ipynb"),
    "not another folder's": row("import gensim", {"b/requirements.txt": "gensim==4.4.0\n"}, ["gensim"], INSTALL, at="a/nb.ipynb"),
    "not one below": row("import gensim", {"a/requirements.txt": "gensim==4.4.0\n"}, ["gensim"], INSTALL),
    "two that exclude each other": row("import gensim", {"requirements.txt": "gensim==4.4.0\n", "environment.yml": "dependencies: [gensim=4.3.3]\n"}, ["gensim==4.4.0"], INSTALL, ["COL408"]),
}  # fmt: skip
SETTLED = {
    "a file": row("import gensim", {"requirements.txt": "gensim>=4\n", "envs/colab.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, requirements=("envs/colab.txt",)),
    "a file for any folder": row("import gensim", {"a/requirements.txt": "gensim>=4\n", "colab.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, at="a/nb.ipynb", requirements=("colab.txt",)),
    "a file that does not name it": row("import zzzz_kit", {"requirements.txt": "zzzz-kit\n", "envs/colab.txt": "gensim\n"}, [], ["unknown"], ["COL401!"], requirements=("envs/colab.txt",)),
    "two files": row("import gensim, emoji", {"a.txt": "gensim==4.4.0\n", "b.yml": "dependencies: [emoji=2.0.0]\n"}, ["gensim==4.4.0", "emoji==2.0.0.*"], INSTALL * 2, requirements=("a.txt", "b.yml")),
    "a file that is missing": row("import gensim", {"requirements.txt": "gensim==4.4.0\n"}, ["gensim"], INSTALL, ["COL405"], requirements=("no.txt",)),
    "a file outside": row("import gensim", {}, ["gensim"], INSTALL, ["COL405"], requirements=("../no.txt",)),
    "a block before it": row(f"{BLOCK}import gensim", {"colab.txt": "gensim>=4\n"}, ["gensim==4.4.0"], INSTALL, requirements=("colab.txt",)),
    "a distribution": row("import thinkplot", {}, ["thinkx>=1"], INSTALL, distributions={"thinkplot": "ThinkX>=1"}),
    "a distribution at an address": row("import thinkplot", {}, ["thinkx @ https://example.org/t.zip"], INSTALL, distributions={"thinkplot": "ThinkX @ https://example.org/t.zip"}),
    "a distribution of a submodule": row("import google.zzzz.kit", {}, ["zzzz-kit"], INSTALL, distributions={"google.zzzz": "zzzz-kit"}),
    "a distribution before a file": row("import gensim", {"requirements.txt": "gensim>=4\n"}, ["gensim==4.4.0"], INSTALL, distributions={"gensim": "gensim==4.4.0"}),
    "a distribution that is optional": row("try:\n    import thinkplot\nexcept ImportError:\n    pass", {}, ["thinkx"], INSTALL, distributions={"thinkplot": "ThinkX"}),
    "a distribution that installs nowhere": row("import thinkplot", {}, [], ["impossible"], ["COL407!"], distributions={"thinkplot": "tensorflow-addons"}),
    "a distribution that nobody imports": row("import gensim", {}, ["gensim"], INSTALL, distributions={"thinkplot": "ThinkX"}),
    "a distribution of a module of the course": row("import thinkplot", {"thinkplot.py": ""}, [], ["local"], distributions={"thinkplot": "ThinkX"}),
    "a preinstalled distribution": row("import zzzz_kit", {}, [], THERE, distributions={"zzzz_kit": "numpy"}),
}  # fmt: skip
IMPORTS = {
    "in a module": row("import m", {"m.py": "import gensim\n", "requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], ["local", "install"]),
    "by a call": row("import importlib\nimportlib.import_module('gensim')", {"requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "as an extension": row("%load_ext zzzz_kit", {"requirements.txt": "zzzz-kit\n"}, ["zzzz-kit"], INSTALL),
    "in a function": row("def f():\n    import gensim", {"requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "optional": row("try:\n    import gensim\nexcept ImportError:\n    pass", {}, [], ["optional"]),
    "optional, and asked for": row("try:\n    import gensim\nexcept ImportError:\n    pass", {"requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL),
    "of Python's own": row("import os, json, __future__", {"requirements.txt": "json==1\nos\n"}, [], []),
    "of a name that differs": row("import sklearn, yaml", {"requirements.txt": "scikit_learn>=1\nPyYAML\n"}, [], THERE * 2),
    "in another version": row("import sklearn", {"requirements.txt": "scikit-learn==0.17\n"}, [], KEPT, ["COL402"]),
    "in another version, pinned exactly": row("import networkx", {"requirements.txt": "networkx==2.8.8\n"}, [], KEPT, ["COL402"]),
    "that is replaced": row("import transformers", {"requirements.txt": "transformers<5\n"}, ["transformers<5"], ["replace"]),
    "whose version does not install": row("import gensim", {"requirements.txt": "gensim==3.8.3\n"}, ["gensim"], INSTALL, ["COL406"]),
    "unknown": row("import zzzz_kit, gensim", {"requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], ["unknown", "install"], ["COL401!"]),
}  # fmt: skip
BAD = {
    "a line that is no requirement": row("import gensim", {"requirements.txt": "foo bar baz\ngensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "two of them": row("import gensim", {"requirements.txt": "foo bar baz\ngensim==4.4.0\na b\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "no text": row("import gensim", {"requirements.txt": b"gensim==4.4.0\n\xff\xfe\x00"}, ["gensim"], INSTALL, ["COL405"]),
    "UTF-16": row("import gensim", {"requirements.txt": "gensim==4.4.0\n".encode("utf-16")}, ["gensim==4.4.0"], INSTALL),
    "UTF-16 that does not say so": row("import gensim", {"requirements.txt": "gensim==4.4.0\n".encode("utf-16-le")}, ["gensim"], INSTALL, ["COL405"]),
    "a missing include": row("import gensim", {"requirements.txt": "-r no.txt\ngensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "a missing constraint": row("import gensim", {"requirements.txt": "-c no.txt\ngensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "an include outside": row("import gensim", {"requirements.txt": "-r ../../no.txt\ngensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "an unknown marker": row("import gensim", {"requirements.txt": "emoji; planet == 'mars'\ngensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "an unknown marker of what is imported": row("import gensim", {"requirements.txt": "gensim==4.4.0; planet == 'mars'\n"}, ["gensim"], INSTALL, ["COL405"]),
    "a circle": row("import gensim, emoji", {"requirements.txt": "-r a.txt\ngensim==4.4.0\n", "a.txt": "-r requirements.txt\nemoji==2.0.0\n"}, ["gensim==4.4.0", "emoji==2.0.0"], INSTALL * 2, ["COL405"]),
    "a file that includes itself": row("import gensim", {"requirements.txt": "-r requirements.txt\ngensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "an index of somebody's": row("import gensim", {"requirements.txt": "--extra-index-url https://example.org/simple\ngensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "an environment with tags": row("import gensim, emoji", {"environment.yml": "dependencies:\n- !pin gensim=4.4.0\n- emoji=2.0.0\n"}, ["gensim", "emoji==2.0.0.*"], INSTALL * 2, ["COL405"]),
    "an environment with a tag that runs": row("import gensim", {"environment.yml": "dependencies: !!python/object/apply:os.system ['exit 1']\n"}, ["gensim"], INSTALL, ["COL405"]),
    "an environment that is no YAML": row("import gensim", {"environment.yml": "dependencies: [\n"}, ["gensim"], INSTALL, ["COL405"]),
    "a setup.py that computes its list": row("import gensim, emoji", {"setup.py": f"import os\n{SETUP}setup(install_requires=os.environ['NEEDS'].split())\n", "requirements.txt": "emoji==2.0.0\n"}, ["gensim", "emoji==2.0.0"], INSTALL * 2, ["COL405"]),
    "a setup.py that is no Python 3": row("import gensim", {"setup.py": "print 'x'\n"}, ["gensim"], INSTALL, ["COL405"]),
    "a pyproject.toml that is no TOML": row("import gensim", {"pyproject.toml": "[project\n", "requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL405"]),
    "a Pipfile that is no TOML": row("import gensim", {"Pipfile": "[packages\n"}, ["gensim"], INSTALL, ["COL405"]),
    "a setup.cfg that is no INI file": row("import gensim", {"setup.cfg": "install_requires = x\n"}, ["gensim"], INSTALL, ["COL405"]),
    "a block that is no TOML": row("# /// script\n# dependencies = ['gensim==4.4.0'\n# ///\nimport gensim", {}, ["gensim"], INSTALL, ["COL405"]),
    "two modules of one name": row("import tool\nimport gensim", {"a/tool.py": "", "b/tool.py": "", "requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], ["unknown", "install"], ["COL403!"]),
    "a cell that writes a module of Python's name": row(["%%writefile statistics.py\nx = 1", "import statistics, gensim"], {}, ["gensim"], ["written", "install"], ["COL441"]),
    "a cell that takes a module's name": row(["import gensim", "gensim = 3"], {"requirements.txt": "gensim==4.4.0\n"}, ["gensim==4.4.0"], INSTALL, ["COL441"]),
}  # fmt: skip
TABLES = {
    "pip": PIP_FILE, "project": PROJECTS, "conda": CONDA, "nearby": NEARBY, "settled": SETTLED,
    "import": IMPORTS, "bad": BAD,
}  # fmt: skip
ROWS = {f"{kind}: {name}": one for kind, table in TABLES.items() for name, one in table.items()}


def planned(row: Row, folder: Path) -> Plan:
    settings = Settings(
        runtime="latest", requirements=row.requirements, distributions=row.distributions
    )
    make_repository(folder, {row.at: "{}", **row.files})
    course = Course(find_project(folder), settings.requirements)
    return make_plan(Document.parse(notebook(*row.cells)), course, row.at, settings)


@pytest.mark.parametrize("name", ROWS)
def test_plan(name: str, tmp_path: Path) -> None:
    row = ROWS[name]
    plan = planned(row, tmp_path)
    assert [one.requirement for one in plan.setup.installs] == list(row.installs)
    assert [one.action for one in plan.dependencies] == list(row.actions)
    assert codes(plan) == list(row.said)


# what is said of bad input, and where
PLACES = {
    "a line that is no requirement": ("requirements.txt:1", "foo bar baz is not a requirement"),
    "two of them": ("requirements.txt:1", "So is one other line."),
    "UTF-16 that does not say so": ("requirements.txt", "save it as UTF-8"),
    "a missing include": ("requirements.txt:1", "no.txt cannot be read"),
    "an include outside": ("requirements.txt:1", "it is not in the repository"),
    "an unknown marker": ("requirements.txt:1", "planet == 'mars'"),
    "a circle": ("a.txt:1", "requirements.txt includes a.txt includes requirements.txt again"),
    "an environment with tags": ("environment.yml:2", "the tag !pin"),
    "a setup.py that computes its list": ("setup.py:3", "computes install_requires"),
    "a setup.py that is no Python 3": ("setup.py:1", "is not Python 3"),
    "two modules of one name": ("cell 1, line 1", "(a, b)"),
    "a cell that writes a module of Python's name": ("cell 2, line 1", "hides Python's own"),
    "a cell that takes a module's name": ("cell 2, line 1", "gensim is a module in cell 1"),
}


@pytest.mark.parametrize("name", PLACES)
def test_bad_input_is_told_once_and_with_its_place(name: str, tmp_path: Path) -> None:
    plan = planned(BAD[name], tmp_path)
    (finding,) = [one for one in plan.findings if not one.code.startswith("COL41")]
    place, words = PLACES[name]
    assert finding.place == place
    assert words in finding.message
    assert "\n" not in finding.message


def test_a_row_says_what_is_asked_for_and_by_what(tmp_path: Path) -> None:
    files = {"requirements.txt": "numpy>=1.10\n-r more.txt\n", "more.txt": "\ngensim==4.4.0\n"}
    plan = planned(row("import numpy\nimport gensim as g", files, [], []), tmp_path)
    numpy, gensim = plan.dependencies
    assert (numpy.asked, numpy.source) == ("numpy>=1.10", "requirements.txt line 1")
    assert numpy.runtime.startswith("2.")
    assert (gensim.asked, gensim.source) == ("gensim==4.4.0", "more.txt line 2")
    assert (gensim.runtime, gensim.place) == ("", "cell 1")
