"""What a notebook needs of the machine itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from colabify.analysis.installs import find_installs
from colabify.analysis.system import find_system_needs
from colabify.runtime import DATA, apt_packages, preinstalled_somewhere
from colabify.steps import SystemNeed
from tests.notebooks import plan_for, read_cells


def needs(
    *cells: str,
    modules: Sequence[str] = (),
    distributions: Sequence[str] = (),
    runtime: str = "latest",
    asked: Sequence[str] = (),
) -> tuple[SystemNeed, ...]:
    program, units = read_cells(cells, modules)
    lines = find_installs(program)
    return find_system_needs(units, program, distributions, runtime, asked, lines)


OS = "import os\n"
# cells, packages; one with a * is only reported
COMMANDS = {
    "a shell line": (["!tree -L 2"], ["tree"]),
    "by its path": (["!/usr/bin/tree"], ["tree"]),
    "behind a pipe": (["!cat x | gnuplot"], ["gnuplot-nox"]),
    "behind &&": (["!cd x && convert a.png b.gif"], ["imagemagick"]),
    "a shell cell": (["%%bash\nset -e\nsvn co https://x.org"], ["subversion"]),
    "in a shell's condition": (["%%bash\nif true; then swig -python x.i; fi"], ["swig"]),
    "os.system": ([f"{OS}os.system('sox a.wav b.wav')"], ["sox"]),
    "os.system of an f-string": ([f"{OS}os.system(f'sox {{a}} b.wav')"], ["sox"]),
    "subprocess": (["import subprocess\nsubprocess.run(['pdftoppm', name])"], ["poppler-utils"]),
    "a popen": (["from subprocess import Popen\nPopen(['tree', '.'])"], ["tree"]),
    "in a function that is called": (["def f():\n    !tree\nf()"], ["tree"]),
    "TeX is only reported": (["!pdflatex paper.tex"], ["texlive-latex-base*"]),
    "a snap is only reported": (["!chromedriver --version"], ["chromium-chromedriver*"]),
    "twice is once": (["!tree", "!tree"], ["tree"]),
    "two of one package": (["!convert a b; mogrify c"], ["imagemagick"]),
    "git lfs": (["!git lfs pull"], ["git-lfs"]),
    "git": (["!git clone https://x.org/lfs"], []),
    "Colab has it": (["!dot -Tpng a.dot", "!ffmpeg -i a b", "!mpirun -n 2 x", "!pandoc a"], []),
    "not a known command": (["!frobnicate a"], []),
    "only an argument": (["!echo tree", "!ls tree", "!man tree"], []),
    "an option's value": (["!git log --format tree"], []),
    "the notebook installs it": (["!apt-get install -y tree", "!tree"], []),
    "installed if it is not there": (["!which tree || apt install tree", "!tree"], []),
    "it is looked for": (["!which tree && tree"], []),
    "it is looked for in Python": (["import shutil\nif shutil.which('tree'):\n    !tree"], []),
    "it is looked for, the answer kept": (
        ["from shutil import which\nhas = which('tree')", "if has:\n    !tree"],
        [],
    ),
    "on Colab alone": (["if IN_COLAB:\n    !tree"], []),
    "on Colab alone, asked plainly": (
        ["import sys\nif 'google.colab' in sys.modules:\n    !tree"],
        [],
    ),
    "failure is caught": ([f"{OS}try:\n    os.system('tree')\nexcept OSError: pass"], []),
    "failure is not caught": ([f"{OS}try:\n    os.system('tree')\nfinally: pass"], ["tree"]),
    "under another condition": (["if not done:\n    !tree"], ["tree"]),
    "in a function that nobody calls": (["def f():\n    !tree"], []),
    "in a function called by a name put together": (
        ["def f_1():\n    !tree", "globals()[f'f_{n}']()"],
        ["tree"],
    ),
    "in a function that is not in what is asked": (
        ["def f_1():\n    !tree", "import numpy\ngetattr(numpy, name)()\nglobals()['g']()"],
        [],
    ),
    "a comment": (["# !tree"], []),
    "a here-document": (["%%bash\ncat <<'END'\ntree\nEND"], []),
    "a method of that name": (["fit.run('tree')"], []),
    "an HTML cell": (["%%html\ntree"], []),
    "a name of one's own": (["def system(x): pass\nsystem('tree')"], []),
    "matplotlib's TeX": (
        ["import matplotlib.pyplot as plt\nplt.rc('text', usetex=True)"],
        ["texlive-latex-extra*", "texlive-fonts-recommended*", "cm-super*", "dvipng*"],
    ),
    "matplotlib's TeX, a parameter": (
        [
            "import matplotlib as m\nm.rcParams['text.usetex'] = True",
            "!apt install dvipng cm-super",
        ],
        ["texlive-latex-extra*", "texlive-fonts-recommended*"],
    ),
    "matplotlib's TeX, in a dict": (
        ["plt.rcParams.update({'font.size': 9, 'text.usetex': True})"],
        ["texlive-latex-extra*", "texlive-fonts-recommended*", "cm-super*", "dvipng*"],
    ),
    "matplotlib's TeX, turned off": (["plt.rc('text', usetex=False)"], []),
    "a solver": (
        ["import pyomo.environ as pyo\npyo.SolverFactory('glpk').solve(m)"],
        ["glpk-utils"],
    ),
    "a solver of pip's": (["import pyomo.environ as pyo\npyo.SolverFactory('appsi_highs')"], []),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands(name: str) -> None:
    cells, expected = COMMANDS[name]
    assert [one.package + "*" * one.heavy for one in needs(*cells)] == expected


def test_a_need_says_where_and_what_for() -> None:
    assert needs("x = 1", "y = 2\n!tree .") == (
        SystemNeed("tree", "the command tree", 1, None, 2, False, "tree"),
    )
    assert needs("%%bash\ntree") == (
        SystemNeed("tree", "the command tree", 0, None, None, False, "tree"),
    )
    module = "import os\ndef f():\n    os.system('tree')\n"
    assert needs("import m0\nm0.f()", modules=[module]) == (
        SystemNeed("tree", "the command tree", None, "m0.py", 3, False, "tree"),
    )
    assert needs("import m0", modules=[module]) == ()


# distributions, what the repository asks for, cells, packages
DISTRIBUTIONS = {
    "to be built": (["PyAudio"], [], [], ["portaudio19-dev"]),
    "to run": (["sounddevice", "pdf2image"], [], [], ["poppler-utils", "libportaudio2"]),
    "Colab has it": (["graphviz", "pydot", "pyvirtualdisplay", "pytesseract", "pydub"], [], [], []),
    "not a need": (["numpy", "nobody-knows-this"], [], [], []),
    "installed": (["pyaudio"], [], ["!apt install portaudio19-dev"], []),
    "asked for, and used": ([], ["tree", "sox"], ["!tree"], ["tree"]),
    "asked for, not in the table": ([], ["frobnicate"], ["!frobnicate x"], ["frobnicate"]),
    "asked for, of no use": (["numpy"], ["tree", "texlive", "frobnicate"], ["x"], []),
    "asked for to build": (["nobody-knows-this"], ["libfoo-dev"], [], ["libfoo-dev"]),
    "asked for to build what is there": (["numpy"], ["libfoo-dev"], [], []),
}


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_distributions(name: str) -> None:
    distributions, asked, cells, expected = DISTRIBUTIONS[name]
    found = needs(*cells, distributions=distributions, asked=asked)
    assert [one.package for one in found] == expected


def test_what_is_there_depends_on_the_runtime() -> None:
    assert needs("!git lfs pull", runtime="2026.04") == ()
    assert [one.command for one in needs("!git lfs pull", runtime="2026.07")] == ["git-lfs"]


def test_the_table_is_sound() -> None:
    table = json.loads((DATA / "system.json").read_text("utf-8"))
    commands = [name for names in table["commands"].values() for name in names]
    assert len(set(commands)) == len(commands)
    packages = {*table["commands"], *table["usetex"]}
    packages |= {one for names in table["distributions"].values() for one in names}
    assert set(table["heavy"]) <= packages
    assert all(name == name.lower() and "_" not in name for name in table["distributions"])
    assert apt_packages() & packages
    assert preinstalled_somewhere() & set(table["distributions"])


# what a module of a package says, whether TeX is reported
IN_PACKAGES = {
    "at its top": ("import matplotlib.pyplot as plt\nplt.rc('text', usetex=True)", True),
    "in a function that is called": (
        "import matplotlib.pyplot as plt\ndef draw():\n    plt.rc('text', usetex=True)",
        True,
    ),
    "in one that is not": (
        "import matplotlib.pyplot as plt\ndef paint():\n    plt.rc('text', usetex=True)",
        False,
    ),
}


@pytest.mark.parametrize("name", IN_PACKAGES)
def test_a_package_needs_what_its_called_functions_do(name: str, tmp_path: Path) -> None:
    module, told = IN_PACKAGES[name]
    files = {"kit/__init__.py": "from kit.plots import *", "kit/plots.py": module}
    plan = plan_for(tmp_path, files, ["import kit\nkit.draw()"])
    found = [one for one in plan.findings if one.code == "COL442"]
    assert len(found) == told
    assert all("texlive-latex-extra" in one.message for one in found)
