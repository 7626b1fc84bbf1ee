"""Ways to clone, on a simulated Colab: full, sparse, what the server refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from colabify.setup.clone import LARGE
from tests.cloned import CLONE, FILES, cell, published, run, sparse
from tests.courses import git
from tests.simulated_colab.colab import Forge
from tests.simulated_colab.examples import needs_runtime

pytestmark = needs_runtime

MISSING = "!git rev-list --objects --missing=print HEAD | grep -c '^?'"
"""How many of the files have not even been downloaded."""


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return published(tmp_path, FILES)


def test_full_has_the_history_and_shallow_has_not(tmp_path: Path, forge: Forge) -> None:
    count = "!git -C /content/course rev-list --count HEAD"
    full = run(tmp_path, forge, cell(replace(CLONE, way="full")), count)
    assert full.texts[1].strip() == "2"
    (tmp_path / "two").mkdir()
    assert run(tmp_path / "two", forge, cell(CLONE), count).texts[1].strip() == "1"


def test_sparse_brings_its_folders_and_no_others(tmp_path: Path, forge: Forge) -> None:
    done = run(
        tmp_path, forge, cell(sparse("week2/part"), "week2/part"), "!ls -A .. ../.. *", MISSING
    )
    assert done.error is None
    listed = "c.txt", "..:", "b.txt", "part", "../..:", ".git", "README.md", "week2"
    assert done.texts[1].split() == list(listed)
    assert int(done.texts[2]) == len(FILES) - 3


@pytest.mark.parametrize("folder", ['it\'s "$x"', "-v", "données 😀", "week1"])
def test_a_later_notebook_adds_its_folder(folder: str, tmp_path: Path, forge: Forge) -> None:
    first, second = cell(sparse("week2"), "week2"), cell(sparse(folder), folder)
    done = run(tmp_path, forge, first, second, "import os\nprint(sorted(os.listdir('..')))", first)
    assert done.error is None
    wanted = sorted([".git", "README.md", "week2", folder])
    assert done.texts[2].strip() == str(wanted)
    assert "Cloning" not in done.texts[1]


def test_a_later_notebook_that_needs_all_gets_all(tmp_path: Path, forge: Forge) -> None:
    whole = replace(CLONE, size=LARGE + 1)
    done = run(tmp_path, forge, cell(sparse("week2")), cell(whole, "week1"), "!ls -A ..")
    assert done.error is None
    assert "week1" in done.texts[2]
    assert "données" in done.texts[2]


def test_sparse_needs_nothing_but_the_root(tmp_path: Path, forge: Forge) -> None:
    done = run(tmp_path, forge, cell(sparse()), cell(sparse()), "!ls")
    assert done.error is None
    assert done.texts[2].split() == ["README.md"]


@pytest.mark.parametrize(
    "refusal", [("uploadpack.allowFilter", "false"), ("uploadpackfilter.blob:none.allow", "false")]
)
def test_a_server_that_refuses_filters(
    refusal: tuple[str, str], tmp_path: Path, forge: Forge
) -> None:
    git(forge.folder / "teacher" / "course.git", "config", *refusal)
    done = run(tmp_path, forge, cell(sparse("week2"), "week2"), "!cat b.txt")
    assert done.error is None
    assert "two" in done.texts[1]


def test_a_private_course_is_cloned_sparse_with_the_token(tmp_path: Path) -> None:
    forge = published(tmp_path, FILES, private={"teacher/course"})
    cells = (
        cell(sparse("week1"), "week1"),
        cell(sparse("week2"), "week2"),
        "!cat b.txt ../week1/a.txt",
    )
    done = run(tmp_path, forge, *cells, secrets={"GITHUB_TOKEN": forge.token})
    assert done.error is None
    assert done.texts[2].strip() == "twoone"
    left = [p for p in (tmp_path / "colab" / "content").rglob("*") if p.is_file()]
    assert not any(forge.token.encode() in path.read_bytes() for path in left)


def test_folder_that_is_gone(tmp_path: Path, forge: Forge) -> None:
    done = run(tmp_path, forge, cell(sparse("week9"), "week9"))
    assert done.error is not None
    assert "the course has changed since you opened this notebook" in done.error.evalue


def test_no_space_left(tmp_path: Path, forge: Forge) -> None:
    full = 'case "$1" in clone) echo "fatal: write error: No space left on device"; exit 128;; esac'
    done = run(tmp_path, forge, cell(CLONE), programs={"git": full})
    assert done.error is not None
    assert "The disk is full: choose Runtime > Disconnect" in done.error.evalue
    assert not list((tmp_path / "colab" / "content").glob("course*"))
