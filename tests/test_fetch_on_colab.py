"""Data that git does not hold, on a simulated Colab: fetched by scripts of the course or as it declares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.courses import git
from tests.data_server import DATA, Server, serving, zipped
from tests.simulated_colab.colab import SITE, Colab, Forge, Run
from tests.simulated_colab.examples import needs_runtime
from tests.test_setup_on_colab import course, on_colab

pytestmark = needs_runtime

READS = "print('it says', open('data/set.txt').read())"
GET = "curl --version > /dev/null\n"
"""What makes a script one that downloads."""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


def declared(table: str, **more: str) -> dict[str, str]:
    """The files of a course with this ``[tool.colabify.data]``."""
    return {"pyproject.toml": f"[tool.colabify.data]\n{table}\n", "data/readme.md": "", **more}


def twice(tmp_path: Path, notebook: Path, **more: Any) -> tuple[Run, Run]:
    """The notebook run on one machine, and again with its kernel restarted."""
    forge = Forge(tmp_path / "forge")
    forge.publish(
        Path(git(notebook.parent, "rev-parse", "--show-toplevel").strip()), "teacher/course"
    )
    with Colab(tmp_path / "colab", forge, env=more.pop("env", {}), **more, light=True) as colab:
        nb = colab.open(notebook)
        return colab.run_all(nb), colab.run_all(nb)


def modules(folder: Path, **texts: str) -> dict[str, str]:
    """An environment in which Python finds these modules first."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)
    return {"PYTHONPATH": os.pathsep.join([str(SITE), str(folder)])}


class TestUrl:
    """``url``: downloaded once, checked, unpacked, into the place where the code looks."""

    def test_is_fetched_once(self, tmp_path: Path, server: Server) -> None:
        table = f'"data/set" = {{ url = "{server.address}/set.zip", unpack = true }}'
        cell = "print('it says', open('data/set/a.txt').read())"
        first, second = twice(tmp_path, course(tmp_path / "course", declared(table), cell))
        assert (first.error, second.error) == (None, None)
        assert "Fetching data/set ..." in first.text
        assert "it says set/a.txt" in first.text
        assert "Fetching" not in second.text
        assert "it says set/a.txt" in second.text
        assert len(server.requests) == 1

    def test_a_broken_connection_is_taken_up(self, tmp_path: Path, server: Server) -> None:
        table = f'"data/set.csv" = {{ url = "{server.address}/drop.csv" }}'
        cell = "print('bytes:', len(open('data/set.csv', 'rb').read()))"
        run = on_colab(tmp_path, course(tmp_path / "course", declared(table), cell))
        assert run.error is None
        assert f"bytes: {len(DATA)}" in run.text
        assert server.requests[1] == ("/drop.csv", f"bytes={len(DATA) // 2}-")

    def test_not_there(self, tmp_path: Path, server: Server) -> None:
        table = f'"data/set.txt" = {{ url = "{server.address}/gone" }}'
        run = on_colab(tmp_path, course(tmp_path / "course", declared(table), READS))
        assert run.error is not None
        assert "data/set.txt could not be fetched: " in run.error.evalue
        assert "the server answers 404" in run.error.evalue


class TestScript:
    """The course's own script, whatever state it is in."""

    def run(self, tmp_path: Path, script: str, name: str = "data/get_set.sh") -> Run:
        return on_colab(tmp_path, course(tmp_path / "course", {name: script}, READS))

    def test_written_on_windows(self, tmp_path: Path) -> None:
        files = {".gitattributes": "* -text\n", "data/get_set.sh": "" + GET + "echo 1 > set.txt\n"}
        files["data/get_set.sh"] = files["data/get_set.sh"].replace("\n", "\r\n")
        status = "!git -C data status --porcelain --untracked-files=all"
        notebook = course(tmp_path / "course", files, READS, status)
        run = on_colab(tmp_path, notebook)
        assert run.error is None
        assert "it says 1" in run.text
        assert "?? data/set.txt" in run.text
        assert "get_set.sh\n" not in run.text.partition("it says")[2]
        assert ".sh" not in run.text.partition("?? ")[2]

    def test_asks_a_question(self, tmp_path: Path) -> None:
        script = GET + "read -p 'Sure? ' answer || answer=none\necho $answer > set.txt\n"
        run = self.run(tmp_path, script)
        assert run.error is None
        assert "it says none" in run.text

    def test_fails_half_way(self, tmp_path: Path) -> None:
        script = "set -e\n" + GET + "echo half > set.txt\necho no more data\nfalse\n"
        first, second = twice(tmp_path, course(tmp_path / "c", {"data/get_set.sh": script}, READS))
        assert "It ended with an error, so some data may be missing. It said: no more" in first.text
        assert "Fetching data with data/get_set.sh" in second.text  # it is tried again

    def test_brings_nothing(self, tmp_path: Path) -> None:
        run = self.run(tmp_path, GET + "echo moved to another server\n")
        assert run.error is not None
        assert "data/get_set.sh has run, but there is no data/set.txt" in run.error.evalue
        assert "moved to another server" in run.error.evalue

    def test_begins_with_a_dash(self, tmp_path: Path) -> None:
        run = self.run(tmp_path, GET + "echo 1 > set.txt\n", "data/-set.sh")
        assert run.error is None

    def test_in_python(self, tmp_path: Path) -> None:
        script = "from urllib.request import urlopen\nopen('set.txt', 'w').write('1')\nurlopen\n"
        script += "if False:\n    urlopen('https://example.org/set.txt')\n"
        assert self.run(tmp_path, script, "data/get_set.py").error is None

    def test_target_of_a_makefile(self, tmp_path: Path) -> None:
        run = self.run(tmp_path, "data/set.txt:\n\tmkdir -p data\n\techo 1 > $@\n", "Makefile")
        assert run.error is None
        assert "Fetching data with Makefile ..." in run.text

    def test_declared(self, tmp_path: Path) -> None:
        files = declared('"data/set.txt" = { run = "tools/a b.sh" }')
        files["tools/a b.sh"] = "echo 1 > ../data/set.txt\n"
        run = on_colab(tmp_path, course(tmp_path / "course", files, READS))
        assert run.error is None

    def test_dvc_runs_apart_from_the_notebook_s_packages(self, tmp_path: Path) -> None:
        config = "[core]\n    remote = r\n['remote \"r\"']\n    url = https://example.org/store\n"
        files = {"data/set.txt.dvc": "outs:\n- path: set.txt\n", ".dvc/config": config}
        programs = {"uv": '[ "$*" = "tool run dvc pull ./set.txt.dvc" ] && echo 1 > set.txt'}
        notebook = course(tmp_path / "course", files, READS)
        run = on_colab(tmp_path, notebook, programs=programs)
        assert run.error is None
        assert "it says 1" in run.text


class TestDrive:
    """``drive``: only then is it mounted, and a refusal is told in a sentence."""

    def run(self, tmp_path: Path, table: str, env: dict[str, str] | None = None) -> tuple[Run, Run]:
        notebook = course(tmp_path / "course", declared(table), READS)
        forge = Forge(tmp_path / "forge")
        forge.publish(notebook.parent, "teacher/course")
        with Colab(tmp_path / "colab", forge, env=env or {}, light=True) as colab:
            (colab.drive / "Courses/set").mkdir(parents=True)
            (colab.drive / "Courses/set.txt").write_text("from Drive")
            (colab.drive / "Courses/set/set.txt").write_text("from a folder")
            (colab.drive / "Courses/set.zip").write_bytes(zipped("x/set.txt"))
            nb = colab.open(notebook)
            return colab.run_all(nb), colab.run_all(nb)

    @pytest.mark.parametrize(
        ("table", "said"),
        [
            ('"data/set.txt" = { drive = "Courses/set.txt" }', "it says from Drive"),
            ('"data" = { drive = "Courses/set" }', "it says from a folder"),
            ('"data" = { drive = "Courses/set.zip", unpack = true }', "FileNotFoundError"),
            ('"data/set.txt" = { drive = "Courses/set.zip", unpack = true }', "it says x/set.txt"),
        ],
    )
    def test_is_copied_once(self, table: str, said: str, tmp_path: Path) -> None:
        first, second = self.run(tmp_path, table)
        assert said in first.text + str(first.error)
        assert "please allow this notebook to read yours" in first.text
        assert "Google Drive" not in second.text

    def test_is_not_there(self, tmp_path: Path) -> None:
        first, _ = self.run(tmp_path, '"data/set.txt" = { drive = "Other/set.txt" }')
        assert first.error is not None
        assert "there is no Other/set.txt in your Google Drive" in first.error.evalue

    def test_is_refused(self, tmp_path: Path) -> None:
        table = '"data/set.txt" = { drive = "Courses/set.txt" }'
        first, _ = self.run(tmp_path, table, {"COLABIFY_DRIVE_REFUSED": "1"})
        assert first.error is not None
        assert "Google Drive was not opened: run this cell again" in first.error.evalue


GDOWN = """
import sys
address, _, part = sys.argv[1:]
if address.endswith("=1aB"):
    open(part, "w").write("shared")
else:
    sys.exit("Too many users have viewed or downloaded this file recently")
"""
KAGGLE = """
import pathlib, tempfile
def dataset_download(name):
    if name != "owner/open":
        raise PermissionError("403 Client Error")
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "set.txt").write_text("of Kaggle")
    return str(folder)
"""


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('"data/set.txt" = { gdown = "1aB" }', "it says shared"),
        ('"data/set.txt" = { gdown = "1aC" }', "Gdown said: Too many users have viewed"),
        ('"data" = { kaggle = "owner/open" }', "it says of Kaggle"),
        ('"data/set.txt" = { kaggle = "owner/open" }', "it says of Kaggle"),
        ('"data" = { kaggle = "owner/closed" }', "secrets KAGGLE_USERNAME and KAGGLE_KEY"),
    ],
)
def test_shared_and_kaggle(table: str, said: str, tmp_path: Path) -> None:
    notebook = course(tmp_path / "course", declared(table), READS)
    env = modules(tmp_path / "modules", gdown=GDOWN, kagglehub=KAGGLE)
    run = on_colab(tmp_path, notebook, env=env)
    assert said in run.text + str(run.error)


def test_a_folder_that_git_does_not_keep_is_made(tmp_path: Path) -> None:
    files = {"helper.py": "x = 1\n"}
    cells = ["import helper", "open('figures/a.txt', 'w').write('1')\nprint('written')"]
    run = on_colab(tmp_path, course(tmp_path / "course", files, *cells))
    assert run.error is None
    assert "written" in run.text
