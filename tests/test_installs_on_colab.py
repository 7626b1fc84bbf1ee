"""What the setup cell installs and builds, on a simulated Colab: once, and with a word where it cannot."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.verify.kernel import Run
from tests.courses import FIXTURES, git, make_repository, publish
from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import needs_runtime
from tests.test_setup_on_colab import course, wheel

pytestmark = needs_runtime


def twice(
    folder: Path,
    notebook: Path,
    env: Mapping[str, str] | None = None,
    programs: Mapping[str, str] | None = None,
) -> tuple[Run, Run]:
    """Run a ported, published notebook on a new machine, then again after a restart."""
    root = Path(git(notebook.parent, "rev-parse", "--show-toplevel").strip())
    forge = Forge(folder / "forge")
    forge.publish(root, "teacher/course")
    with Colab(folder / "colab", forge, env=env, programs=programs) as colab:
        nb = colab.open(notebook)
        return colab.run_all(nb), colab.run_all(nb)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture's assignment2, ported in place and published."""
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(FIXTURES / "assignment2", root / "assignment2")
    assert main([str(root), "--undo", "--quiet"]) == 0
    make_repository(root, {"README.md": "# The course\n"})
    assert main([str(root / "assignment2"), "--inplace", "--quiet"]) == 0
    publish(root)
    return root / "assignment2"


def test_a_package_and_the_courses_own(assignment: Path, tmp_path: Path) -> None:
    first, second = twice(tmp_path, assignment / "package.ipynb")
    assert [first.error, second.error] == [None, None]
    assert "Installing pyfiglet==1.0.2" in first.text
    assert "Installing the course's own package" in first.text
    assert "walks 0.3" in first.text
    assert "numpy" not in first.text
    assert "Installing" not in second.text
    assert "walks 0.3" in second.text


def test_an_extension_module(assignment: Path, tmp_path: Path) -> None:
    first, second = twice(tmp_path, assignment / "extension.ipynb")
    assert [first.error, second.error] == [None, None]
    assert "Building in" in first.text
    assert "the farthest is 3" in first.text
    assert "Building" not in second.text
    assert "the farthest is 3" in second.text


# An apt that installs what it is given: a program that says its name
APT = {
    "apt-get": """\
for last; do :; done
case "$*" in *install*)
    program="$(dirname "$0")/$last"
    printf '#!/bin/sh\\necho This is %s.\\n' "$last" >"$program"
    chmod +x "$program"
esac
""",
}


def test_a_system_package_that_can_be_had(assignment: Path, tmp_path: Path) -> None:
    first, second = twice(tmp_path, assignment / "tool.ipynb", programs=APT)
    assert [first.error, second.error] == [None, None]
    assert "Installing tree ..." in first.text
    assert "This is tree." in first.text
    assert "Installing" not in second.text


@pytest.mark.long
def test_a_system_package_that_cannot(assignment: Path, tmp_path: Path) -> None:
    first, _ = twice(tmp_path, assignment / "tool.ipynb")
    assert first.error is not None
    assert first.error.ename == "RuntimeError"
    assert "There is no tree, which the command tree needs" in first.error.evalue
    assert "Unable to locate package" in first.error.evalue


@pytest.mark.long
def test_an_extension_module_that_cannot_be_built(tmp_path: Path) -> None:
    files = {
        "setup.py": "from setuptools import Extension, setup\nimport nothing_such\n"
        "setup(ext_modules=[Extension('fast', ['fast.c'])])\n",
        "fast.c": "",
    }
    first, _ = twice(tmp_path, course(tmp_path / "course", files, "import fast"))
    assert first.error is not None
    assert "fast could not be built" in first.error.evalue
    assert "nothing_such" in first.error.evalue


@pytest.mark.long
def test_an_extension_module_that_cython_3_refuses(tmp_path: Path) -> None:
    """In Cython of before 2023 ``/`` of two whole numbers was one."""
    files = {
        "setup.py": "from setuptools import setup\nfrom Cython.Build import cythonize\n"
        "setup(ext_modules=cythonize('fast.pyx'))\n",
        "fast.pyx": "def half(int n):\n    cdef int found = n / 2\n    return found\n",
    }
    cell = "from fast import half\nprint('half of seven is', half(7))"
    first, _ = twice(tmp_path, course(tmp_path / "course", files, cell))
    assert first.error is None
    assert "half of seven is 3" in first.text


class TestVersions:
    """What Colab has in another version: kept, replaced, or replaced at the price of a restart."""

    CELL = "import six\nprint('six', getattr(six, 'version', 'as it was'))"

    def run(self, folder: Path, *flags: str, cell: str = CELL, asked: str) -> tuple[Run, Run]:
        notebook = course(folder / "course", {"requirements.txt": asked}, cell)
        assert main([str(notebook), "--inplace", "--quiet", *flags]) == 0
        publish(folder / "course")
        env = {"PIP_FIND_LINKS": str(folder / "wheels"), "PIP_NO_INDEX": "1"}
        return twice(folder, notebook, env)

    def test_replaced(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "six", "1.16.0")
        first, second = self.run(tmp_path, asked="six<1.17\n")
        assert "Installing six<1.17" in first.text
        assert "six 1.16.0" in first.text
        assert "Installing" not in second.text
        assert "six 1.16.0" in second.text

    @pytest.mark.long
    def test_extras_of_what_is_there(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "pysocks", "1.7.1")
        cell = "import requests\nfrom importlib.metadata import version\nprint('socks', version('pysocks'))"
        first, second = self.run(tmp_path, cell=cell, asked="requests[socks]\n")
        assert [first.error, second.error] == [None, None]
        assert "Installing requests[socks]" in first.text
        assert "socks 1.7.1" in first.text
        assert "Installing" not in second.text

    @pytest.mark.long
    def test_kept_where_it_cannot_be_had(self, tmp_path: Path) -> None:
        (tmp_path / "wheels").mkdir()
        first, second = self.run(tmp_path, asked="six<1.17\n")
        assert [first.error, second.error] == [None, None]
        assert "It does not install here: version 1.17.0 stays." in first.text
        assert "six as it was" in first.text

    def test_kept_where_it_is_loaded(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "pillow", "11.0.0")
        cell = "import PIL\nprint('PIL', PIL.__version__)"
        first, _ = self.run(tmp_path, cell=cell, asked="pillow<11.1\n")
        assert first.error is None
        assert "pillow is loaded already, so its version 11.3.0 stays." in first.text

    @pytest.mark.long
    def test_strict_takes_one_restart(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "numpy", "2.3.0")
        cell = "import numpy\nprint('numpy', numpy.version)"
        first, second = self.run(tmp_path, "--pins=strict", cell=cell, asked="numpy==2.3.0\n")
        assert first.error is not None
        assert first.error.ename == "DeadKernelError"
        assert "run this cell once more" in first.text
        assert second.error is None
        assert "numpy 2.3.0" in second.text
        assert "Installing" not in second.text


def test_the_notebooks_own_lines_do_not_replace_what_is_loaded(tmp_path: Path) -> None:
    wheel(tmp_path / "wheels", "numpy", "1.16.0")
    wheel(tmp_path / "wheels", "tiny", "1.0")
    cells = (
        "!pip install numpy==1.16.0 tiny",
        "import numpy, tiny\nprint('numpy', numpy.__version__, 'tiny', tiny.version)",
    )
    notebook = course(tmp_path / "course", {"requirements.txt": "tiny\n"}, *cells)
    env = {"PIP_FIND_LINKS": str(tmp_path / "wheels"), "PIP_NO_INDEX": "1"}
    first, second = twice(tmp_path, notebook, env)
    assert [first.error, second.error] == [None, None]
    assert "numpy 2.1.3 tiny 1.0" in first.text
    assert "numpy 2.1.3 tiny 1.0" in second.text
