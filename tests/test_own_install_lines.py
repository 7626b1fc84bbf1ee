"""The notebook's own install lines: what the setup cell installs besides, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from colabify.settings import Settings
from tests.notebooks import Cell, Files, codes, markdown, plan_for

LATEST = Settings(runtime="latest")


@dataclass(frozen=True)
class Row:
    """A notebook beside ``files``: what its setup cell installs, which codes are ``said``."""

    cells: Sequence[Cell]
    files: Files = field(default_factory=dict)
    installs: Sequence[str] = ()
    said: Sequence[str] = ()
    keeps_loaded: bool = False


def row(*cells: Cell, **more: object) -> Row:
    return Row(cells, **more)  # type: ignore[arg-type]


PIP = {
    "in case it is not there, and a file asks for it": row("try:\n    import emoji\nexcept ImportError:\n    !pip install emoji", "import emoji", files={"requirements.txt": "emoji\n"}),
    "where an import failed that succeeds": row("try:\n    import yaml\nexcept ImportError:\n    !pip install gensim", "import gensim", installs=["gensim"]),
    "where an import failed that fails": row("try:\n    import emoji\nexcept ImportError:\n    !pip install gensim emoji", "import gensim"),
    "where anything failed": row("try:\n    import yaml\nexcept Exception:\n    !pip install gensim", "import gensim"),
    "where a call failed": row("try:\n    import yaml\n    yaml.f()\nexcept ImportError:\n    !pip install gensim", "import gensim"),
    "with a comparison that has no meaning": row("!pip install \"gensim; platform_machine ~= 'x86'\"", "import gensim"),
    "below the import": row("import gensim\n!pip install gensim", installs=["gensim"]),
    "below the import of a module": row("import m", "!pip install gensim", files={"m.py": "import gensim"}, installs=["gensim"]),
    "from a list below the import": row("import gensim", "!pip install -r https://example.org/r.txt", installs=["gensim"]),
    "into a folder of its own": row("!pip install --target lib gensim", "import gensim", installs=["gensim"]),
    "plain": row("!pip install gensim", "import gensim"),
    "a version": row("%pip install gensim==4.4.0", "import gensim"),
    "an extra": row("!pip install gensim[distributed]", "import gensim"),
    "two at once": row("!pip install gensim emoji", "import gensim, emoji"),
    "one of two": row("!pip install emoji", "import gensim, emoji", installs=["gensim"]),
    "twice": row("!pip install gensim", "!pip install -q gensim", "import gensim"),
    "for a module": row("!pip install gensim", "import m", files={"m.py": "import gensim"}),
    "nothing imports it": row("!pip install gensim"),
    "for another Python": row("!pip install \"gensim; python_version < '3'\"", "import gensim", installs=["gensim"]),
    "upgraded": row("!pip install --upgrade gensim", "import gensim"),
    "for the user": row("!pip install --user gensim", "import gensim"),
    "behind apt": row("!apt-get install -y swig && pip install gensim", "import gensim"),
    "of apt alone": row("!apt-get install -y graphviz", "import graphviz, gensim", installs=["gensim"]),
    "taken away": row("!pip uninstall -y gensim", "import gensim", installs=["gensim"]),
    "said in Markdown": row(markdown("!pip install gensim"), "import gensim", installs=["gensim"]),
    "a requirement file that asks for another": row("!pip install gensim", "import gensim", files={"requirements.txt": "gensim==4.3.3\n"}),
    "behind the import": row("import gensim", "!pip install gensim", installs=["gensim"]),
    "before it, in the cell": row("!pip install gensim\nimport gensim"),
    "in case it is missing": row("try:\n    import gensim\nexcept ImportError:\n    !pip install gensim\n    import gensim"),
    "in case an unknown one is missing": row("try:\n    import zzzz_kit\nexcept ImportError:\n    %pip install zzzz_kit"),
    "in case it is missing, by a process": row("try:\n    import gensim\nexcept ImportError:\n    import subprocess, sys\n    subprocess.check_call([sys.executable, '-m', 'pip', 'install', 'gensim'])"),
    "no release installs": row("!pip install tensorflow-addons", "import tensorflow_addons", said=["COL440", "COL407!"]),
    "that version does not install": row("!pip install gensim==3.8.3", "import gensim", installs=["gensim"], said=["COL440"]),
    "another of its line does not install": row("!pip install gensim==3.8.3 emoji", "import emoji", installs=["emoji"], said=["COL440"]),
}  # fmt: skip
FILES = {
    "of the repository": row("!pip install -r requirements.txt", "import gensim, emoji", files={"requirements.txt": "gensim==4.4.0\nemoji\n"}),
    "of another name": row("!pip install -qr needs.txt", "import gensim", files={"needs.txt": "gensim\n"}),
    "that includes another": row("!pip install -r needs.txt", "import gensim", files={"needs.txt": "-r more.txt\n", "more.txt": "gensim\n"}),
    "that does not name it": row("!pip install -r needs.txt", "import gensim", files={"needs.txt": "emoji\n"}, installs=["gensim"]),
    "that names it for another Python": row("!pip install -r needs.txt", "import gensim", files={"needs.txt": "gensim; python_version < '3'\n"}, installs=["gensim"]),
    "that is missing, of what is preinstalled": row("!pip install -r nowhere.txt", "import networkx", said=["COL440"]),
    "that is missing": row("!pip install -r nowhere.txt", "import gensim", installs=["gensim"], said=["COL440"]),
    "that a cell writes": row("%%writefile r.txt\ngensim\n", "!pip install -r r.txt", "import gensim"),
    "that limits and does not ask": row("!pip install -r requirements.txt", "import gensim", files={"requirements.txt": "-c c.txt\n", "c.txt": "gensim<5\n"}, installs=["gensim<5"]),
    "that pip does not read": row("!pip install -r requirements.txt", "import gensim", files={"requirements.txt": "foo bar baz\ngensim\n"}, installs=["gensim"], said=["COL405", "COL440"]),
    "at an address, of what nobody knows": row("!pip install -r https://example.org/r.txt", "import zzzz_kit"),
    "with a pin that does not install": row("!pip install -r requirements.txt", "import gensim, emoji", files={"requirements.txt": "gensim==3.8.3\nemoji==1.7.0\n"}, installs=["gensim", "emoji==1.7.0"], said=["COL440", "COL406"]),
    "with a numpy that does not install": row("!pip install -r requirements.txt", "import numpy, gensim", files={"requirements.txt": "numpy==1.26.4\ngensim\n"}, installs=["gensim"], said=["COL440", "COL402"], keeps_loaded=True),
    "with a numpy that would replace what is loaded": row("!pip install -r requirements.txt", "import numpy, gensim", files={"requirements.txt": "numpy==2.2.0\ngensim\n"}, installs=["gensim"], said=["COL440", "COL402"], keeps_loaded=True),
    "with a numpy that is there": row("!pip install -r requirements.txt", "import numpy, gensim", files={"requirements.txt": "numpy>=1.10\ngensim\n"}),
    "with the course itself": row("!pip install -r requirements.txt", "import kit, gensim", files={"requirements.txt": "-e .\ngensim\n", "setup.py": "", "kit/__init__.py": ""}),
}  # fmt: skip
LOADED = {
    "an old numpy": row("!pip install numpy==1.16", "import numpy", said=["COL440"], keeps_loaded=True),
    "a newer numpy": row("!pip install 'numpy>2.1.3'", "import numpy", said=["COL440"], keeps_loaded=True),
    "an old numpy, and more": row("!pip install numpy==1.16 emoji", "import numpy, emoji", installs=["emoji"], said=["COL440"], keeps_loaded=True),
    "an old pandas": row("!pip install pandas==1.0", "import pandas", said=["COL440"], keeps_loaded=True),
    "an old torch, which is not loaded": row("!pip install torch==1.8.0", "import torch", said=["COL440"]),
}  # fmt: skip
PREINSTALLED = {
    "by name": row("%pip install networkx", "import networkx", said=["COL440"]),
    "that nothing imports": row("%pip install networkx", said=["COL440"]),
    "in a version that is there": row("!pip install 'networkx>=2' scipy", "import networkx", said=["COL440"]),
    "with something that is missing": row("!pip install networkx gensim", "import gensim"),
    "upgraded": row("!pip install --upgrade networkx", "import networkx"),
    "from a file": row("!pip install -r needs.txt", "import networkx", files={"needs.txt": "networkx\nscipy\n"}, said=["COL440"]),
}  # fmt: skip
ADDRESSES = {
    "the course, editable": row("!pip install -e .", "import kit", files={"setup.py": "", "kit/__init__.py": ""}),
    "the course in src": row("!pip install -e .", "import kit", files={"pyproject.toml": "[project]\nname = 'kit'\nversion = '1'\n", "src/kit/__init__.py": ""}, said=["COL403"]),
    "without a name": row("!pip install git+https://github.com/a/b.git", "import zzzz_kit"),
    "without a name, and another that is missing": row("!pip install git+https://github.com/a/b.git", "import zzzz_kit, gensim", installs=["gensim"]),
    "with a name": row("!pip install git+https://github.com/a/b.git#egg=zzzz-kit", "import zzzz_kit"),
    "with a name, as PEP 508 has it": row("!pip install 'zzzz-kit @ git+https://github.com/a/b.git'", "import zzzz_kit"),
    "with another's name": row("!pip install git+https://github.com/a/b.git#egg=zzzz-kit", "import yyyy_kit", said=["COL401!"]),
    "filled in by the shell": row("!pip install {name}", "import zzzz_kit"),
}  # fmt: skip
CONDA = {
    "known": row("!conda install -y gensim", "import gensim"),
    "known, as a magic": row("%conda install -c conda-forge gensim", "import gensim"),
    "preinstalled": row("!conda install -y networkx", "import networkx", said=["COL440"]),
    "only conda has it": row("!conda install -y fenics", "import fenics", said=["COL440", "COL407!"]),
    "unknown, and nobody imports it": row("!conda install -y zzzz-kit", "x = 1", said=["COL440"]),
    "unknown beside known": row("!conda install -y zzzz-kit gensim", "import gensim", installs=["gensim"], said=["COL440"]),
    "from a file": row("!conda install -y --file requirements.txt", "import gensim", files={"requirements.txt": "gensim\n"}, installs=["gensim"], said=["COL440"]),
    "an environment": row("!conda env update -f environment.yml", "import gensim", files={"environment.yml": "dependencies:\n- gensim\n"}, installs=["gensim"], said=["COL440"]),
}  # fmt: skip


def check(row: Row, folder: Path) -> None:
    plan = plan_for(folder, row.files, row.cells, settings=LATEST)
    assert [one.requirement for one in plan.setup.installs] == list(row.installs)
    assert codes(plan) == list(row.said)
    assert plan.setup.keeps_loaded is row.keeps_loaded


@pytest.mark.parametrize("name", PIP)
def test_pip(name: str, tmp_path: Path) -> None:
    check(PIP[name], tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_requirement_file(name: str, tmp_path: Path) -> None:
    check(FILES[name], tmp_path)


@pytest.mark.parametrize("name", LOADED)
def test_what_the_kernel_has_loaded_stays(name: str, tmp_path: Path) -> None:
    check(LOADED[name], tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "!pip install --upgrade numpy",
        "!pip install -U numpy pandas",
        "!pip install --force-reinstall numpy",
        "!pip install --user --upgrade numpy",
        "!pip install -U ipython",
    ],
)
def test_an_upgrade_does_not_replace_what_is_loaded(line: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, [line, "import numpy"], settings=LATEST)
    assert plan.setup.keeps_loaded
    assert not plan.setup.installs


@pytest.mark.parametrize("name", PREINSTALLED)
def test_what_is_preinstalled(name: str, tmp_path: Path) -> None:
    check(PREINSTALLED[name], tmp_path)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_or_a_path(name: str, tmp_path: Path) -> None:
    check(ADDRESSES[name], tmp_path)


@pytest.mark.parametrize("name", CONDA)
def test_conda(name: str, tmp_path: Path) -> None:
    check(CONDA[name], tmp_path)


# line, what it becomes
REWRITTEN = {
    "conda": ("!conda install -y gensim", "%pip install gensim"),
    "conda, as a magic": ("%conda install -c conda-forge gensim", "%pip install gensim"),
    "for the user": ("!pip install --user gensim", "!pip install gensim"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_line_that_colab_would_not_follow_is_rewritten(name: str, tmp_path: Path) -> None:
    line, after = REWRITTEN[name]
    plan = plan_for(tmp_path, {}, [line, "import gensim"], settings=LATEST)
    assert [(one.cell, one.source) for one in plan.sources] == [(0, after)]


@pytest.mark.parametrize(
    "line",
    [
        "!pip install gensim",
        "!conda install -y zzzz-kit",
        "!conda install --file needs.txt",
        "!pip install --user --upgrade numpy",
        "%pip install networkx",
        "!pip install gensim==3.8.3",
    ],
)
def test_other_lines_are_left(line: str, tmp_path: Path) -> None:
    assert not plan_for(tmp_path, {}, [line, "x = 1"], settings=LATEST).sources


def test_a_rule_that_is_ignored_leaves_conda_to_the_setup_cell(tmp_path: Path) -> None:
    settings = Settings(runtime="latest", ignore=("COL211",))
    cells: list[Cell] = ["!conda install -y gensim", "import gensim"]
    plan = plan_for(tmp_path, {}, cells, settings=settings)
    assert [one.requirement for one in plan.setup.installs] == ["gensim"]
    assert codes(plan) == ["COL440"]
    assert not plan.sources


# line, what is said of it
SAID = {
    "!pip install networkx": "it installs networkx, which Colab has",
    "!pip install 'networkx>=2' scipy": "networkx>=2, scipy, which Colab has",
    "!pip install numpy==1.16": "it installs numpy==1.16, and the kernel has loaded 2.",
    "!pip install gensim==3.8.3": "no release of gensim 3.8.3 installs on Python 3.13",
    "!conda install -y zzzz-kit": "Colab has no conda",
}


@pytest.mark.parametrize("line", SAID)
def test_what_is_said_names_the_cell_and_the_reason(line: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, ["x = 1", line], settings=LATEST)
    (finding,) = [one for one in plan.findings if one.code == "COL440"]
    assert (finding.cell, finding.severity) == (1, "advice")
    assert SAID[line] in finding.message


# cells, files, the row of the import: what is done, of which distribution
ROWS = {
    "by hand": (["!pip install gensim", "import gensim"], {}, ("by hand", "gensim")),
    "from a file": (
        ["!pip install -r needs.txt", "import gensim"],
        {"needs.txt": "gensim"},
        ("by hand", "gensim"),
    ),
    "without a name": (
        ["!pip install git+https://github.com/a/b.git", "import zzzz_kit"],
        {},
        ("by hand", ""),
    ),
    "too late": (["import gensim", "!pip install gensim"], {}, ("install", "gensim")),
    "not there": (["!pip install gensim==3.8.3", "import gensim"], {}, ("install", "gensim")),
    "preinstalled": (
        ["!pip install sklearn", "import sklearn"],
        {},
        ("preinstalled", "scikit-learn"),
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_done_about_the_import(name: str, tmp_path: Path) -> None:
    cells, files, done = ROWS[name]
    (row,) = plan_for(tmp_path, files, cells, settings=LATEST).dependencies
    assert (row.action, row.distribution) == done


@pytest.mark.parametrize(("module", "packages"), [("yaml", ["tree"]), ("emoji", [])])
def test_an_apt_line_that_colab_does_not_come_to_brings_nothing(
    module: str, packages: list[str], tmp_path: Path
) -> None:
    cell = f"try:\n    import {module}\nexcept ImportError:\n    !apt-get install -y tree"
    plan = plan_for(tmp_path, {}, [cell, "!tree"], settings=LATEST)
    assert [one.package for one in plan.setup.system] == packages
