"""``--branch`` where it cannot be: one line says why, and all stays as it is; what cannot be ported stays too."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import (
    LAB,
    changed_in,
    commit_by_hand,
    everything,
    make_course,
    refused,
    subject,
)
from tests.courses import git

Capture = pytest.CaptureFixture[str]
LABS = ["labs/a.ipynb", "labs/b.ipynb"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_course(tmp_path / "course", monkeypatch)


def test_what_is_wrong_with_the_configuration(
    course: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    """It is told of the file that the person has, not of the copy that was read."""
    monkeypatch.chdir(course)
    (course / "labs" / "colabify.toml").write_text("acelerator = 'T4'\n")
    commit_by_hand(course)
    assert main(["labs", "--branch", "colab"]) == 2
    said = capfd.readouterr().err
    assert said.startswith("colabify: ./labs/colabify.toml:1: ")
    assert "did you mean" in said
    assert git(course, "branch", "--list", "colab") == ""


def test_a_branch_that_is_checked_out(course: Path, tmp_path: Path, capfd: Capture) -> None:
    said = refused(course, capfd, "--branch", "main")
    assert said == "the branch main is checked out here: --commit commits to it"
    git(course, "worktree", "add", "-q", "-b", "draft", str(tmp_path / "draft"))
    said = refused(course, capfd, "--branch", "draft")
    assert said == f"the branch draft is checked out in {tmp_path / 'draft'}"


def test_no_name_of_a_branch(course: Path, capfd: Capture) -> None:
    before = everything(course)
    for name in ("a b", "-x", "a..b", "x.lock", "", "@{-1}"):
        assert main([str(course), f"--branch={name}"]) == 2
        assert capfd.readouterr().err == f"colabify: {name!r} is no name of a branch\n"
    assert everything(course) == before


def test_a_name_that_another_branch_is_in_the_way_of(course: Path, capfd: Capture) -> None:
    git(course, "branch", "colab/old")
    said = refused(course, capfd, "--branch", "colab")
    assert said.startswith("the branch colab cannot be written: ")


def test_what_is_not_committed(course: Path, capfd: Capture) -> None:
    (course / "labs" / "new.ipynb").write_text(LAB)
    said = refused(course, capfd, "--branch", "colab", place="labs/new.ipynb")
    assert "labs/new.ipynb is not in the last commit, which is what is ported: commit it" in said


def test_a_notebook_that_cannot_be_read_stays_as_it_is(course: Path, capfd: Capture) -> None:
    commit_by_hand(course, c="{")
    assert main([str(course / "labs"), "--branch", "colab"]) == 2
    assert f"{course}/labs/c.ipynb: " in capfd.readouterr().err
    assert changed_in(course, "colab") == LABS
    assert subject(course, "colab") == "Port 2 notebooks to Google Colab"
