"""``--commit`` where it cannot be: one line says why, and all stays as it is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import FILES, changed_in, everything, make_course, make_hook, refused
from tests.courses import add_submodule, git, make_repository, notebook

Capture = pytest.CaptureFixture[str]
LABS = ["labs/a.ipynb", "labs/b.ipynb"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_course(tmp_path / "course", monkeypatch)


def test_a_persons_changes_in_a_notebook(course: Path, capfd: Capture) -> None:
    """The one that is clean, and comes first, is given back."""
    path = course / "labs" / "b.ipynb"
    path.write_text(path.read_text().replace("y = 2", "y = 3"))
    said = refused(course, capfd, "--commit")
    assert said == (
        "nothing is committed or changed: labs/b.ipynb: it has changes that are not committed: "
        "commit or stash them first"
    )
    git(course, "add", "-A")
    assert refused(course, capfd, "--commit") == said
    assert main([str(course / "labs/a.ipynb"), "--commit", "--quiet"]) == 0
    assert changed_in(course) == LABS[:1]


def test_a_notebook_that_git_is_told_not_to_look_at(course: Path, capfd: Capture) -> None:
    git(course, "update-index", "--assume-unchanged", "labs/b.ipynb")
    (course / "labs" / "b.ipynb").write_text(notebook("y = 3"))
    said = refused(course, capfd, "--commit")
    assert "labs/b.ipynb: it has changes that are not committed" in said
    (course / "labs" / "b.ipynb").write_text(FILES["labs/b.ipynb"])
    assert refused(course, capfd, "--commit") == said, "git would not see what is written"


def test_a_notebook_that_git_does_not_have(course: Path, capfd: Capture) -> None:
    (course / "labs" / "new.ipynb").write_text(notebook("z = 3"))
    assert "labs/new.ipynb: it has changes that are not committed" in refused(
        course, capfd, "--commit"
    )


def test_a_persons_changes_in_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    files = {
        "labs/a.ipynb": notebook("import helper"),
        "labs/helper.py": "import numpy as np\nx = np.int(3)\n",
    }
    course = make_course(tmp_path / "course", monkeypatch, files)
    (course / "labs" / "helper.py").write_text("import numpy as np\nx = np.int(4)\n")
    assert "labs/helper.py: it has changes that are not committed" in refused(
        course, capfd, "--commit"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["merge", "-q", "side"], "a merge is under way"),
        (["rebase", "-q", "side"], "a rebase is under way"),
        (["cherry-pick", "side"], "a cherry-pick is under way"),
        (["revert", "--no-edit", "HEAD~1"], "a revert is under way"),
        (["bisect", "start", "-q"], "a bisect is under way"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_is_under_way(words: list[str], said: str, course: Path, capfd: Capture) -> None:
    git(course, "branch", "side")
    for branch, text in (("side", "theirs\n"), ("main", "ours\n"), ("main", "ours again\n")):
        git(course, "checkout", "-q", branch)
        (course / "notes.txt").write_text(text)
        git(course, "commit", "-q", "-am", text)
    try:
        git(course, *words)
    except subprocess.CalledProcessError:  # it stops at a conflict
        assert "UU" in git(course, "status", "--porcelain")
    way = ["--branch", "colab"] if words[0] == "rebase" else ["--commit"]
    assert said in refused(course, capfd, *way)


def test_no_branch_is_checked_out(course: Path, capfd: Capture) -> None:
    git(course, "checkout", "-q", "--detach")
    assert "no branch is checked out" in refused(course, capfd, "--commit")


def test_git_does_not_know_who_commits(course: Path, capfd: Capture) -> None:
    git(course, "config", "--remove-section", "user")
    git(course, "config", "user.useConfigOnly", "true")
    for way in (["--commit"], ["--branch", "colab"]):
        assert "git does not know who commits" in refused(course, capfd, *way)


def test_the_index_is_locked(course: Path, capfd: Capture) -> None:
    (course / ".git" / "index.lock").write_text("")
    assert "another git program works on the index" in refused(course, capfd, "--commit")


def test_no_commit_yet(course: Path, capfd: Capture) -> None:
    git(course, "checkout", "-q", "--orphan", "new")
    for way in (["--commit"], ["--branch", "colab"]):
        assert "the repository has no commit yet" in refused(course, capfd, *way)


def test_no_repository_and_a_bare_one(tmp_path: Path, course: Path, capfd: Capture) -> None:
    git(course, "clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    (tmp_path / "bare.git" / "a.ipynb").write_text(notebook("x = 1"))
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "a.ipynb").write_text(notebook("x = 1"))
    for place in ("bare.git", "alone"):
        for way in (["--commit"], ["--branch", "colab"]):
            assert main([str(tmp_path / place), *way]) == 2
            text = f"colabify: {tmp_path / place} is in no git repository with a work tree"
            assert text in capfd.readouterr().err
            assert (tmp_path / place / "a.ipynb").read_text() == notebook("x = 1")


def test_two_repositories(tmp_path: Path, course: Path, capfd: Capture) -> None:
    other = make_repository(tmp_path / "other", FILES)
    before = everything(course), everything(other)
    assert main([str(course), str(other), "--commit"]) == 2
    assert "the paths are in several repositories" in capfd.readouterr().err
    assert (everything(course), everything(other)) == before


def test_a_repository_inside_what_was_given(course: Path, capfd: Capture, tmp_path: Path) -> None:
    inner = make_repository(tmp_path / "inner", {"c.ipynb": notebook("z = 3")})
    add_submodule(course, inner, "labs/sub")
    git(course, "commit", "-q", "-m", "With a submodule")
    said = refused(course, capfd, "--commit", "--repo", "https://github.com/o/n")
    assert "labs/sub/c.ipynb: it is not in the repository" in said


def test_no_git_program(
    course: Path, tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(course)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert main([str(course / "labs"), "--commit"]) == 2
    assert "there is no git program here" in capfd.readouterr().err
    assert everything(course) == before


def test_a_read_only_repository(
    course: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write everywhere: what the system says to others is said to us."""
    real = os.access
    inside = str(course / ".git")

    def refuses(path: str | Path, mode: int, **more: bool) -> bool:
        return not str(path).startswith(inside) and real(path, mode, **more)

    monkeypatch.setattr(os, "access", refuses)
    for way in (["--commit"], ["--branch", "colab"]):
        assert "the repository is read-only" in refused(course, capfd, *way)


def test_nothing_in_the_repository_is_run_while_it_is_only_read(
    course: Path, capfd: Capture
) -> None:
    trap = course / ".git" / "trap"
    script = course / ".git" / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command"):
        git(course, "config", key, str(script))
    make_hook(course, "post-checkout", f"touch '{trap}'")
    make_hook(course, "post-index-change", f"touch '{trap}'")
    (course / ".gitattributes").write_text("*.ipynb diff=x\n")
    (course / "labs" / "b.ipynb").write_text(notebook("y = 4"))
    assert main([str(course / "labs"), "--commit"]) == 2
    assert main([str(course / "labs/a.ipynb"), "--branch", "colab"]) == 0
    assert not trap.exists()
    capfd.readouterr()


# ---- usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["labs", "--push"], "argument --push: only allowed with --commit or --branch"),
        (["labs", "-m", "x"], "argument --message: only allowed with --commit or --branch"),
        (["labs", "--commit", "--check"], "argument --commit: not allowed with argument --check"),
        (["labs", "--commit", "--diff"], "argument --commit: not allowed with argument --diff"),
        (["labs", "--commit", "--output-dir", "o"], "--commit: not allowed with argument --output-dir"),
        (["-", "--commit"], "argument --commit: not allowed with -"),
        (["labs", "--branch", "b", "--undo"], "argument --branch: not allowed with argument --undo"),
        (["labs", "--branch", "b", "--inplace"], "--branch: not allowed with argument --inplace"),
        (["labs", "--branch", "b", "--ref", "v1"], "--branch: not allowed with argument --ref"),
        (["-", "--branch", "b"], "argument --branch: not allowed with -"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_wrong_usage(words: list[str], said: str, capfd: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert said in capfd.readouterr().err.splitlines()[-1]
