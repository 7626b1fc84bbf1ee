"""The cache for whole runs; that it is never wrong is in test_changes.py, for both kinds."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import colabify.run
from colabify.cache import VARIABLE
from colabify.cli import main
from colabify.outcomes import Outcome, Result
from colabify.slots import Slot, make_room
from tests.cache.kept import use_cache
from tests.courses import add_submodule, git, make_repository
from tests.notebooks import notebook


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with a module that is mended, and a cache beside it; nobody has configured git."""
    use_cache(tmp_path, monkeypatch)
    files = {
        "a.ipynb": notebook(
            "import numpy as np\nimport helpers\nx = np.int(3)\nopen('points.csv')\n"
        ),
        "b.ipynb": notebook("x = 1\n"),
        "helpers.py": "import numpy as np\ny = np.float(3)\n",
        "requirements.txt": "numpy\n",
        "pyproject.toml": "[tool.colabify]\npins = 'keep'\n",
        ".gitignore": "*.tmp\n",
    }
    return make_repository(tmp_path / "course", files)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many notebooks each run that was made has had."""
    made, run = [], colabify.run.run

    def counted(places: Sequence[object], *more: object, **named: object) -> object:
        made.append(len(places))
        return run(places, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("colabify.run.run", counted)
    return made


@pytest.mark.parametrize(
    "words", [["--check"], [], ["-v"], ["--format", "json"], ["--check", "-q"]]
)
def test_what_is_kept_is_told_as_what_is_made(
    course: Path, runs: list[int], capfd: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Also by another way of telling it."""
    came = main([*words, "--no-cache", str(course)])
    first = capfd.readouterr()
    code = main(["--format", "github", "--check", str(course)])
    capfd.readouterr()
    again = main([*words, str(course)])
    assert capfd.readouterr() == first
    assert again == came == code == 1
    assert runs == [2, 2]


def test_flags_places_and_the_folder_are_seen(
    course: Path, runs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    for words in (
        ["."],
        ["--pins", "strict", "."],
        ["a.ipynb"],
        ["--config", "pyproject.toml", "."],
    ):
        main(["--check", "-q", *words])
    monkeypatch.chdir(course.parent)
    main(["--check", "-q", "course"])
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", "/nowhere")
    main(["--check", "-q", "course"])
    assert len(runs) == 6
    main(["--check", "-q", "course"])
    assert len(runs) == 6


ALWAYS: dict[str, list[str]] = {
    "what writes": ["--inplace"], "what shows changes": ["--diff"], "as asked": ["--check", "--no-cache"],
}  # fmt: skip


@pytest.mark.parametrize("name", ALWAYS)
def test_what_is_never_kept(course: Path, runs: list[int], name: str) -> None:
    for _ in range(2):
        main([*ALWAYS[name], "-q", str(course)])
    assert len(runs) == 2
    assert list(Path(os.environ[VARIABLE]).glob("*.run")) == []


def other(course: Path) -> Path:
    return make_repository(course.parent / "other", {"c.ipynb": notebook("open('points.csv')\n")})


def with_clone(course: Path) -> None:
    git(course, "clone", "-q", str(other(course)), "inner")
    git(course / "inner", "config", "core.excludesFile", "/elsewhere")


UNSEEN: dict[str, Callable[[Path], object]] = {
    "a notebook that cannot be read": lambda course: (course / "b.ipynb").write_text("{"),
    "a configuration that leads elsewhere": lambda course: git(
        course, "config", "core.excludesFile", "/elsewhere"
    ),
    "the configuration of a clone inside": with_clone,
    "a work tree inside, of another repository": lambda course: git(
        other(course), "worktree", "add", "-q", "-b", "side", str(course / "inner")
    ),
    "a file that Python might have compiled": lambda course: (course / "b.ipynb").write_bytes(
        notebook("open('__pycache__/points.csv')\n")
    ),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_of_what_cannot_be_seen_the_whole_is_not_kept(
    course: Path, runs: list[int], name: str
) -> None:
    UNSEEN[name](course)
    for _ in range(2):
        main(["--check", "-q", str(course)])
    assert len(runs) == 2


@pytest.mark.parametrize(
    "variables",
    [
        {"COUNT": "1", "KEY_0": "core.excludesFile", "VALUE_0": "/elsewhere"},
        {"PARAMETERS": "'core.attributesfile=/elsewhere'"},
    ],
)
def test_what_the_environment_leads_to_is_not_seen(
    course: Path, runs: list[int], monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    for _ in range(2):
        main(["--check", "-q", str(course)])
    assert len(runs) == 2


def test_a_repository_with_submodules_and_work_trees_of_its_own_is_seen(
    course: Path, runs: list[int]
) -> None:
    add_submodule(course, other(course), "kit")
    git(course, "worktree", "add", "-q", "-b", "side", "tree")
    for _ in range(2):
        main(["--check", "-q", str(course)])
    assert len(runs) == 1
    git(course / "kit", "remote", "set-url", "origin", "https://github.com/other/kit")
    main(["--check", "-q", str(course)])
    assert len(runs) == 2


def test_what_was_not_used_longest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = 0
    for n, name in enumerate(("0.run", "1.one", "2.run")):
        slot = Slot(tmp_path / name, b"k" * 32)
        slot.write(Result((Outcome(name),)))
        os.utime(slot.file, ns=(n * 10**9, n * 10**9))
        size += slot.file.stat().st_size
        if n == 1:
            assert Slot(tmp_path / "0.run", b"k" * 32).read() is not None
    (tmp_path / "mine.txt").write_text("a" * size)
    monkeypatch.setattr("colabify.slots._MOST", size - 1)
    make_room(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["0.run", "2.run", "mine.txt"]
