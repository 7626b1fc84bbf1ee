"""What a Colab runtime preinstalls, as `colabify.runtime` tells it."""

import json
import sys
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.utils import canonicalize_name

from colabify.runtime import (
    LOADED,
    UnknownRuntime,
    apt_packages,
    load_runtime,
    normalised_name,
    preinstalled_somewhere,
    runtime_names,
    stdlib_modules,
)
from tests.courses import git, make_repository
from tests.scripts import script

NAMES = ("latest", "2026.07", "2026.04", "2026.01", "2025.10", "2025.07")


def test_runtimes_are_named_newest_first():
    assert runtime_names() == NAMES


@pytest.mark.parametrize(
    ("name", "image", "python", "count", "distribution", "version"),
    [
        pytest.param("latest", "cpu", "3.13.15", 641, "numpy", "2.1.3", id="latest"),
        pytest.param("latest", "cpu", "3.13.15", 641, "torch", "2.11.0+cpu", id="wheel URL"),
        pytest.param("latest", "cpu", "3.13.15", 641, "google-colab", None, id="sdist URL"),
        pytest.param("latest", "gpu", "3.13.15", 703, "torch", "2.11.0+cu128", id="GPU, changed"),
        pytest.param("latest", "gpu", "3.13.15", 703, "cupy-cuda12x", "14.0.1", id="GPU, added"),
        pytest.param("latest", "tpu", "3.13.15", 316, "torch_xla", "2.9.0", id="TPU, added"),
        pytest.param("latest", "tpu", "3.13.15", 316, "tensorflow", None, id="TPU, removed"),
        pytest.param("2026.07", "cpu", "3.12.13", 643, "transformers", "5.13.1", id="2026.07"),
        pytest.param("2026.04", "cpu", "3.12.13", 668, "transformers", "5.0.0", id="2026.04"),
        pytest.param("2026.01", "gpu", "3.12.12", 719, "pandas", "2.2.2", id="2026.01"),
        pytest.param("2025.10", "gpu", "3.12.12", 671, "torch", "2.8.0+cu126", id="one image"),
        pytest.param("2025.07", "cpu", "3.11.13", 636, "torch", "2.6.0+cu124", id="2025.07"),
    ],
)
def test_runtime_has_what_google_lists(name, image, python, count, distribution, version):
    runtime = load_runtime(name, image)
    assert runtime.python == python
    assert len(runtime.distributions) == count
    assert runtime.version(distribution) == version


def test_default_runtime_is_the_latest_cpu():
    assert load_runtime() == load_runtime("latest", "cpu")
    assert load_runtime() is load_runtime()


@pytest.mark.parametrize(
    "spelling", ["scikit-learn", "scikit_learn", "Scikit.Learn", "SCIKIT--learn"]
)
def test_distribution_is_found_under_any_spelling(spelling):
    assert load_runtime().has(spelling)
    assert load_runtime().version(spelling) == "1.6.1"


def test_names_are_normalised_as_packaging_does():
    names = {*preinstalled_somewhere(), "A__b", "a.-_b", "Ruamel.YAML", "x-", "zope.Interface"}
    assert {name: normalised_name(name) for name in names} == {
        name: canonicalize_name(name) for name in names
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("distribution", ["gensim", "torchtext", "streamlit", "ipympl"])
def test_no_runtime_has_what_the_facts_say_it_lacks(name, distribution):
    assert not load_runtime(name, "gpu").has(distribution)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("image", ["cpu", "gpu", "tpu"])
def test_what_must_not_be_replaced_is_there(name, image):
    assert load_runtime(name, image).distributions.keys() >= LOADED


@pytest.mark.parametrize(
    ("name", "image", "there_are"),
    [
        pytest.param("2019.01", "cpu", NAMES, id="name"),
        pytest.param("HEAD", "cpu", NAMES, id="Google's name"),
        pytest.param("latest", "npu", ("cpu", "gpu", "tpu"), id="machine"),
    ],
)
def test_unknown_runtime_lists_those_there_are(name, image, there_are):
    with pytest.raises(UnknownRuntime, match=", ".join(there_are)):
        load_runtime(name, image)


def test_distributions_cannot_be_changed():
    with pytest.raises(TypeError):
        load_runtime().distributions["gensim"] = "4.4"


@pytest.mark.parametrize(
    ("name", "python_minor"), [("latest", (3, 13)), ("2025.10", (3, 12)), ("2025.07", (3, 11))]
)
def test_python_minor(name, python_minor):
    assert load_runtime(name).python_minor == python_minor


def test_marker_environment_leaves_nothing_to_the_host():
    environment = load_runtime().marker_environment()
    assert environment.keys() >= default_environment().keys()


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ('python_version >= "3.13"', True),
        ('python_version < "3.9"', False),
        ('python_full_version == "3.13.15"', True),
        ('sys_platform == "win32"', False),
        ('platform_system == "Linux" and platform_machine == "x86_64"', True),
        ('platform_system == "Darwin"', False),
        ('implementation_name == "cpython"', True),
        ('extra == "dev"', False),
    ],
)
def test_marker_is_evaluated_on_colab(marker, holds):
    assert Marker(marker).evaluate(load_runtime().marker_environment()) is holds


@pytest.mark.parametrize(
    ("module", "versions"),
    [
        pytest.param("os", {11, 12, 13}, id="everywhere"),
        pytest.param("imp", {11}, id="gone in 3.12"),
        pytest.param("distutils", {11}, id="gone in 3.12, too"),
        pytest.param("telnetlib", {11, 12}, id="gone in 3.13"),
        pytest.param("numpy", set(), id="nowhere"),
    ],
)
def test_standard_library_is_the_runtimes(module, versions):
    assert {minor for minor in (11, 12, 13) if module in stdlib_modules((3, minor))} == versions


@pytest.mark.skipif(sys.version_info[:2] not in {(3, 11), (3, 12), (3, 13)}, reason="not packed")
def test_standard_library_is_that_of_python():
    assert stdlib_modules(sys.version_info[:2]) == sys.stdlib_module_names


def test_python_that_no_runtime_has():
    with pytest.raises(UnknownRuntime, match=r"3\.9; there are 3\.11, 3\.12, 3\.13"):
        stdlib_modules((3, 9))


@pytest.mark.parametrize(
    ("package", "runtimes"),
    [
        pytest.param("graphviz", set(NAMES), id="graphviz"),
        pytest.param("ffmpeg", set(NAMES), id="ffmpeg"),
        pytest.param("xvfb", set(NAMES), id="xvfb"),
        pytest.param("libgl1", set(NAMES), id="library of its own"),
        pytest.param("pandoc", set(NAMES) - {"2025.07"}, id="pandoc"),
        pytest.param("git-lfs", {"2025.07", "2025.10", "2026.01", "2026.04"}, id="git-lfs"),
        pytest.param("swig", set(), id="swig"),
    ],
)
def test_system_packages(package, runtimes):
    assert {name for name in NAMES if package in apt_packages(name)} == runtimes


def test_a_runtime_is_packed_as_a_commit_of_the_lists_has_it(tmp_path: Path, monkeypatch):
    """The others of the table stay; an accelerator without a list of its own has the CPU's image."""
    lists = {
        "pip-freeze.txt": "numpy==2.1.3\nImageIO==2.37.4\ngoogle-colab @ file:///colabtools\n",
        "pip-freeze.tpu.txt": "numpy==2.2.0\n",
        "apt-list.txt": "Listing...\nffmpeg/now 7 amd64 [installed]\nlibx/now 1 [installed,automatic]\n",
        "os-info.txt": "# the image\nPython 3.13.15\nR version 4.5\n",
        "LICENSE": "Apache\n",
    }
    clone = make_repository(tmp_path / "backend-info", lists)
    (clone / "pip-freeze.txt").write_text("numpy==9\n")
    packing, data = script("pack_runtimes"), tmp_path / "data"
    data.mkdir()
    (data / "runtimes.json").write_text('{"2025.07": {}}')
    monkeypatch.setattr(packing, "DATA", data)
    monkeypatch.setattr(sys, "argv", ["pack", str(clone), "latest=HEAD"])
    packing.main()
    packed = json.loads((data / "runtimes.json").read_text())
    assert list(packed) == ["latest", "2025.07"]
    assert packed["latest"] == {
        "python": "3.13.15",
        "commit": git(clone, "rev-parse", "HEAD").strip(),
        "date": git(clone, "show", "-s", "--format=%cs", "HEAD").strip(),
        "cpu": {"google-colab": None, "imageio": "2.37.4", "numpy": "2.1.3"},
        "gpu": {"changed": {}, "removed": []},
        "tpu": {"changed": {"numpy": "2.2.0"}, "removed": ["google-colab", "imageio"]},
        "apt": ["ffmpeg"],
    }
    assert (data / "LICENSE-runtimes").read_text() == "Apache\n"
