"""The cache of environments: named for what is in it, shared, locked, built again when it is damaged."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from colabify.plans import Plan
from colabify.steps import Build, Setup
from colabify.verify import environments
from colabify.verify.environments import Environments
from colabify.verify.packages import Wanted, wanted_for
from colabify.verify.pythons import find_python
from tests.simulated_colab.examples import make_wheel

HERE = (sys.version_info[0], sys.version_info[1])


def wanted(*pins: tuple[str, str]) -> Wanted:
    """These distributions, for the Python that runs the tests."""
    return Wanted("latest", HERE, pins, pins)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder that pip installs from: it has ``tiny`` 1 and ``other`` 1."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    make_wheel(folder)
    newer = folder / "other-1-py3-none-any.whl"
    with zipfile.ZipFile(newer, "w") as archive:
        info = "other-1.dist-info"
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: other\nVersion: 1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv(
        "PIP_PYTHON", str(tmp_path / "another")
    )  # a person's own settings do not count
    return folder


@pytest.mark.usefixtures("shelf")
@pytest.mark.long
def test_made_once_shared_and_made_again_when_damaged(tmp_path: Path) -> None:
    said: list[str] = []
    cache = Environments(tmp_path / "cache", said.append)
    found: list[environments.Environment] = []
    # Two runs at once: one makes it, the other waits
    pins = wanted(("nowhere", "3"), ("other", "0.9"), ("tiny", "1"))
    threads = [threading.Thread(target=lambda: found.append(cache.of(pins))) for _ in "ab"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found[0] == found[1]
    assert [text.split()[0] for text in said] == ["installing", "nowhere", "other"]
    assert found[0].missing == ("nowhere 3",)
    assert found[0].replaced == ("other 0.9",)
    packages = found[0].base.packages
    assert (packages / "tiny.py").read_text() == "version = 1\n"
    # What is in it is enough for less
    assert cache.of(wanted()).base == found[0].base
    (packages / "tiny.py").unlink()
    assert cache.of(pins).base == found[0].base
    assert (packages / "tiny.py").is_file()
    assert said[3].startswith("installing")


def test_an_environment_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(words: list[str]) -> None:
        raise subprocess.CalledProcessError(1, words, stderr=b"Error: no space left\n")

    monkeypatch.setattr(environments, "run_program", refuse)
    cache = Environments(tmp_path / "cache")
    with pytest.raises(environments.NoEnvironment, match="no space left"):
        cache.of(wanted())
    assert not [path for path in tmp_path.glob("cache/environments/*") if path.is_dir()]


def test_what_is_wanted_has_the_runtimes_versions() -> None:
    found = wanted_for("latest", [])
    assert ("ipython", "7.34.0") in found.pins
    assert ("ipykernel", "6.17.1") in found.pins
    assert dict(found.constraints)["torch"] == "2.11.0"
    assert found.minor == (3, 13)
    assert "cython" not in dict(found.pins)
    built = Setup(builds=(Build("speed", "speed/fast", cython=True),))
    assert "cython" in dict(wanted_for("latest", [Plan("a.ipynb", setup=built)]).pins)


def test_the_nearest_python() -> None:
    assert find_python(HERE).version[:2] == HERE
    other = find_python((3, 19))
    done = subprocess.run(
        [other.executable, "-c", "import sys; print(list(sys.version_info[:3]))"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert tuple(json.loads(done.stdout)) == other.version
