"""The part of the setup cell that brings data, run by itself against a local web server."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from colabify.setup.cell import setup_source
from colabify.steps import Clone, Setup
from colabify.supply import read_supplies
from tests.data_server import DATA, Server, serving

CLONE = Clone("https://github.com/teacher/course.git", "main", "course")
SHA = hashlib.sha256(DATA).hexdigest()
ON_COLAB = "import sys, types, time\nsys.modules['google.colab'] = types.ModuleType('c')\n"
QUICK = "time.sleep = lambda seconds: None\n"
FULL = "import shutil, collections\nshutil.disk_usage = lambda path: collections.namedtuple('D', 'used free')(1, 9)\n"
FILLS_UP = """
import builtins, io
real = open
class Full(io.FileIO):
    def write(self, piece):
        raise OSError(28, "No space left on device")
def opened(name, mode="r", *more, **words):
    return Full(name, "w") if str(name).endswith(".part") and "r" not in mode else real(name, mode, *more, **words)
builtins.open = opened
"""


class Machine:
    """A folder with a clone in it, in which the cell is run."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server, self.root = folder, server, folder / "course"
        (self.root / ".git").mkdir(parents=True)

    def run(self, table: dict[str, dict[str, object]], before: str = "", **setup: object) -> str:
        """Run the cell for what the table declares (its urls from ``/``); return what it says."""
        full = {
            path: {k: self.server.address + str(v) if k == "url" else v for k, v in entry.items()}
            for path, entry in table.items()
        }
        supplies = tuple(read_supplies(full).values())
        source = setup_source(Setup(source=CLONE, supplies=supplies, **setup))  # type: ignore[arg-type]
        program = ON_COLAB + QUICK + before + source.replace("/content", str(self.folder))
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        )
        assert "Traceback" not in done.stderr or "RuntimeError: Run this cell again" in done.stderr
        return done.stdout + done.stderr

    def files(self) -> list[str]:
        """All files below the clone, git's folder aside."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return sorted(
            path.relative_to(self.root).as_posix() for path in found if ".git" not in path.parts
        )

    def text(self, name: str) -> str:
        """What a file holds."""
        return (self.root / name).read_text()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with serving() as server:
        yield Machine(tmp_path, server)


# what is declared, the files that are there then
BROUGHT: dict[str, tuple[dict[str, dict[str, object]], list[str]]] = {
    "file": ({"data/a.csv": {"url": "/a.csv"}}, ["data/a.csv"]),
    "checked": ({"data/a.csv": {"url": "/a.csv", "sha256": SHA}}, ["data/a.csv"]),
    "two": ({"a": {"url": "/a.csv"}, "b": {"url": "/a.csv"}}, ["a", "b"]),
    "unsized": ({"a.csv": {"url": "/unsized.csv"}}, ["a.csv"]),
    "busy at first": ({"a.csv": {"url": "/busy.csv"}}, ["a.csv"]),
    "a page that is wanted": ({"a.html": {"url": "/page"}}, ["a.html"]),
    "archive as a file": ({"set.zip": {"url": "/set.zip"}}, ["set.zip"]),
    "folder of that name": (
        {"data/set": {"url": "/set.zip", "unpack": True}},
        ["data/set/a.txt", "data/set/b/c.txt"],
    ),
    "folder of another name": (
        {"data/own": {"url": "/flat.zip", "unpack": True}},
        ["data/own/a.txt", "data/own/b.txt"],
    ),
    "one file of an archive": (
        {"data/wanted.csv": {"url": "/deep.zip", "unpack": True}},
        ["data/wanted.csv"],
    ),
    "tar": ({"data/set": {"url": "/set.tgz", "unpack": True}}, ["data/set/a.txt"]),
    "gzip": ({"data/a.csv": {"url": "/a.csv.gz", "unpack": True}}, ["data/a.csv"]),
    "odd names": (
        {'a b/$x/it\'s "q" 😀.csv': {"url": "/a.csv"}, "-rf": {"url": "/a.csv"}},
        ["-rf", 'a b/$x/it\'s "q" 😀.csv'],
    ),
    "a long path": ({"/".join(["x" * 60] * 5): {"url": "/a.csv"}}, ["/".join(["x" * 60] * 5)]),
}


@pytest.mark.parametrize("name", BROUGHT)
def test_is_brought_once(name: str, machine: Machine) -> None:
    table, files = BROUGHT[name]
    assert "Ready in" in machine.run(table)
    assert machine.files() == files
    asked = len(machine.server.requests)
    said = machine.run(table)
    assert "Fetching" not in said
    assert (len(machine.server.requests), machine.files()) == (asked, files)


# what is declared, what is said; nothing is there then
REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "not found": ({"url": "/gone.csv"}, "the server answers 404 (Not Found)"),
    "page": ({"url": "/page"}, "the server answers with a web page instead of the data"),
    "page in disguise": ({"url": "/sniffed.csv"}, "a web page came instead of the data"),
    "checksum": (
        {"url": "/a.csv", "sha256": "ab" * 32},
        "is not the file that the course was made",
    ),
    "checksum of a page": ({"url": "/sniffed.csv", "sha256": SHA}, "with (it is a web page)"),
    "no archive": ({"url": "/a.csv", "unpack": True}, "is no archive that can be unpacked"),
    "broken archive": ({"url": "/broken.zip", "unpack": True}, "no archive that can be unpacked"),
    "not in the archive": ({"url": "/flat.zip", "unpack": True}, "there is no a.csv in what came"),
    "leads out, zip": ({"url": "/out.zip", "unpack": True}, "which leads out of its folder"),
    "leads out, tar": ({"url": "/out.tgz", "unpack": True}, "could not be fetched"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_goes_wrong_is_said(name: str, machine: Machine) -> None:
    entry, said = REFUSED[name]
    text = machine.run({"data/a.csv": entry})
    assert "data/a.csv could not be fetched: " in text
    assert said in text
    assert "Run this cell again; if that does not help, tell your teacher." in text
    assert "Ready in" not in text
    assert [one for one in machine.files() if not one.endswith(".part")] == []
    assert not list(machine.folder.rglob("out.txt"))


def test_what_fails_leaves_the_others(machine: Machine) -> None:
    text = machine.run({"a.csv": {"url": "/gone"}, "b.csv": {"url": "/a.csv"}})
    assert "a.csv could not be fetched" in text
    assert machine.files() == ["b.csv"]


def test_no_connection(machine: Machine) -> None:
    machine.server.server_close()
    text = machine.run({"a.csv": {"url": "/a.csv"}})
    assert "a.csv could not be fetched: " in text
    assert "there is no connection" in text
    assert machine.files() == []


@pytest.mark.parametrize("name", ["drop.csv", "drops-and-changes.csv", "drops-untagged.csv"])
def test_a_connection_that_breaks_off_is_taken_up(name: str, machine: Machine) -> None:
    assert "Ready in" in machine.run({"a.csv": {"url": f"/{name}", "sha256": SHA}})
    assert machine.files() == ["a.csv"]
    first, second = machine.server.requests
    half = f"bytes={len(DATA) // 2}-"
    assert (first[1], second[1]) == ("", "" if "untagged" in name else half)


def test_goes_on_where_an_earlier_run_left_off(machine: Machine) -> None:
    (machine.root / "a.csv.part").write_bytes(DATA[:1000])
    (machine.root / "a.csv.part.tag").write_text('"0"')
    text = machine.run({"a.csv": {"url": "/a.csv", "sha256": SHA}})
    assert "... 0.1 MB, 0.0 MB are here already" in text
    assert machine.server.requests == [("/a.csv", "bytes=1000-")]
    assert machine.files() == ["a.csv"]


@pytest.mark.parametrize("before", [FULL, FILLS_UP])
def test_no_space_left(before: str, machine: Machine) -> None:
    text = machine.run({"data/a.csv": {"url": "/a.csv"}}, before)
    assert "data/a.csv could not be fetched: this machine has no space left" in text
    assert "data/a.csv" not in machine.files()
    assert "data/a.csv.part" not in machine.files()


def test_a_folder_that_is_there_is_filled(machine: Machine) -> None:
    (machine.root / "data/set/b").mkdir(parents=True)
    (machine.root / "data/set/b/own.txt").write_text("own")
    machine.run({"data/set": {"url": "/set.zip", "unpack": True}})
    assert machine.files() == ["data/set/a.txt", "data/set/b/c.txt", "data/set/b/own.txt"]
    assert machine.text("data/set/b/c.txt") == "set/b/c.txt"


def test_a_pointer_of_git_lfs_is_replaced_and_data_are_not(machine: Machine) -> None:
    (machine.root / "a.csv").write_text("version https://git-lfs.github.com/spec/v1\n")
    (machine.root / "b.csv").write_text("1,2\n")
    machine.run({"a.csv": {"url": "/a.csv"}, "b.csv": {"url": "/a.csv"}})
    assert (machine.root / "a.csv").read_bytes() == DATA
    assert machine.text("b.csv") == "1,2\n"


def test_what_is_declared_anew_is_fetched_anew(machine: Machine) -> None:
    machine.run({"data": {"url": "/flat.zip", "unpack": True}})
    text = machine.run({"data": {"url": "/set.tgz", "unpack": True}})
    assert "Fetching data" in text
    assert "data/set/a.txt" in machine.files()


def test_folders_are_made(machine: Machine) -> None:
    for _ in range(2):
        assert "Ready in" in machine.run({}, folders=("figs/a b", "it's"))
    assert (machine.root / "figs/a b").is_dir()
    assert (machine.root / "it's").is_dir()
