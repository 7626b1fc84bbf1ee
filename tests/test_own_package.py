"""The repository's own package, and its extension modules: what is built, and what is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.settings import Settings
from tests.notebooks import codes, plan_for

SETUP_PY = """
from setuptools import Extension, setup
from Cython.Build import cythonize
setup(ext_modules=cythonize([Extension('fast', ['fast.pyx'])]))
"""


# cells, files, what is built and in which folder, codes
BUILT = {
    "beside the notebook": (
        ["import fast"],
        {"setup.py": SETUP_PY, "fast.pyx": ""},
        [("", "fast")],
        [],
    ),
    "in a package": (
        ["from kit.layers import f"],
        {"kit/setup.py": SETUP_PY, "kit/fast.pyx": "", "kit/layers.py": "from .fast import f"},
        [("kit", "kit/fast")],
        [],
    ),
    "by its full name": (
        ["from kit.layers import f"],
        {
            "setup.py": SETUP_PY.replace("'fast'", "'kit.fast'"),
            "kit/fast.pyx": "",
            "kit/layers.py": "from kit import fast",
        },
        [("", "kit/fast")],
        [],
    ),
    "by a pattern": (
        ["import fast"],
        {"setup.py": "cythonize('*.pyx')\n", "fast.pyx": "", "slow.pyx": ""},
        [("", "fast")],
        [],
    ),
    "in C": (
        ["import fast"],
        {"setup.py": "setup(ext_modules=[Extension(name='fast', sources=['f.c'])])", "f.c": ""},
        [("", "fast")],
        [],
    ),
    "elsewhere": (
        ["import fast"],
        {"lib/setup.py": SETUP_PY, "lib/fast.pyx": ""},
        [("lib", "lib/fast")],
        ["COL403"],
    ),
    "not imported": (["import os"], {"setup.py": SETUP_PY, "fast.pyx": ""}, [], []),
    "there as Python": (
        ["import fast"],
        {"setup.py": SETUP_PY, "fast.pyx": "", "fast.py": ""},
        [],
        [],
    ),
    "a source without a setup.py": (["import fast"], {"fast.pyx": ""}, [], ["COL401!"]),
    "a setup.py that is no Python": (
        ["import fast"],
        {"setup.py": "print 'x'", "fast.pyx": ""},
        [],
        ["COL405", "COL401!"],
    ),
}


@pytest.mark.parametrize("name", BUILT)
def test_extension_modules_are_built(name: str, tmp_path: Path) -> None:
    cells, files, built, found = BUILT[name]
    plan = plan_for(tmp_path, files, cells)
    assert [(one.folder, one.product) for one in plan.setup.builds] == built
    assert codes(plan) == found
    assert not plan.setup.installs


@pytest.mark.parametrize("optional", [True, False])
def test_a_build_is_as_needed_as_its_imports(optional: bool, tmp_path: Path) -> None:
    cell = "try:\n    import fast\nexcept ImportError:\n    print('build it')"
    cells = [cell] if optional else [cell, "import fast"]
    plan = plan_for(tmp_path, {"setup.py": SETUP_PY, "fast.pyx": ""}, cells)
    assert [one.optional for one in plan.setup.builds] == [optional]


@pytest.mark.parametrize(("accelerator", "installs"), [("none", []), ("TPU", ["cython"])])
def test_cython_is_installed_where_it_is_missing(
    accelerator: str, installs: list[str], tmp_path: Path
) -> None:
    files = {"setup.py": SETUP_PY, "fast.pyx": ""}
    settings = Settings(accelerator=accelerator)
    plan = plan_for(tmp_path, files, ["import fast"], settings=settings)
    assert [one.requirement for one in plan.setup.installs] == installs


ASKS = "from importlib.metadata import version\n__version__ = version('kit')\n"
PROJECT = "[project]\nname = 'kit'\nversion = '1'\n"

# files, folders whose package is installed, folders added to sys.path
OWN = {
    "nothing special": ({"pyproject.toml": PROJECT, "src/kit/__init__.py": ""}, (), ("src",)),
    "asks for its version": (
        {"pyproject.toml": PROJECT, "src/kit/__init__.py": ASKS},
        ("",),
        ("src",),
    ),
    "by its own name": (
        {
            "lib/setup.py": "",
            "lib/kit/__init__.py": "import importlib.metadata as m\nv = m.version(__name__)",
        },
        ("lib",),
        ("lib",),
    ),
    "goes on without": (
        {
            "pyproject.toml": PROJECT,
            "src/kit/__init__.py": "import importlib.metadata\ntry:\n    v = importlib.metadata.version('kit')\n"
            "except Exception:\n    v = '?'",
        },
        (),
        ("src",),
    ),
    "of another": (
        {"pyproject.toml": PROJECT, "src/kit/__init__.py": ASKS.replace("'kit'", "'numpy'")},
        (),
        ("src",),
    ),
    "a version that the build writes": (
        {"pyproject.toml": PROJECT, "src/kit/__init__.py": "from ._version import version"},
        ("",),
        ("src",),
    ),
    "a version that is in git": (
        {
            "pyproject.toml": PROJECT,
            "src/kit/__init__.py": "from ._version import version",
            "src/kit/_version.py": "version = 1",
        },
        (),
        ("src",),
    ),
    "nothing to install from": ({"src/kit/__init__.py": ASKS}, (), ("src",)),
}


@pytest.mark.parametrize("name", OWN)
def test_the_repositorys_own_package(name: str, tmp_path: Path) -> None:
    files, packages, folders = OWN[name]
    plan = plan_for(tmp_path, files, ["import kit"], at="nb/nb.ipynb")
    assert (plan.setup.packages, plan.setup.path_folders) == (packages, folders)


def test_the_own_packages_dependencies_are_planned(tmp_path: Path) -> None:
    project = PROJECT + "dependencies = ['gensim>=4.4']\n"
    files = {"pyproject.toml": project, "src/kit/__init__.py": "import gensim"}
    plan = plan_for(tmp_path, files, ["import kit"])
    assert [one.requirement for one in plan.setup.installs] == ["gensim>=4.4"]
