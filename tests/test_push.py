"""``--push``: to a bare repository, never by force; what is not taken there is not committed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import everything, make_course, make_hook, refused
from tests.courses import git, notebook

Capture = pytest.CaptureFixture[str]
WAYS = pytest.mark.parametrize("way", [["--commit"], ["--branch", "colab"]], ids=lambda way: way[0])


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "remote.git")
    return tmp_path / "remote.git"


@pytest.fixture
def course(tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its remote is at GitHub, for which git takes the bare repository."""
    course = make_course(tmp_path / "course", monkeypatch)
    git(course, "config", f"url.{remote}.pushInsteadOf", "https://github.com/teacher/course.git")
    git(course, "push", "-q", "-u", "origin", "main")
    return course


def colleague(course: Path, remote: Path, branch: str = "main") -> str:
    """Somebody else has pushed a commit to the branch in the meantime."""
    other = course.parent / "other"
    git(course.parent, "clone", "-q", "-b", branch, str(remote), str(other))
    (other / "theirs.txt").write_text("x")
    git(other, "add", "-A")
    git(other, "commit", "-q", "-m", "Theirs")
    git(other, "push", "-q")
    return git(other, "rev-parse", "HEAD").strip()


def head(folder: Path, ref: str = "HEAD") -> str:
    return git(folder, "rev-parse", ref).strip()


def test_a_commit_is_pushed(course: Path, remote: Path, capfd: Capture) -> None:
    git(course, "tag", "-a", "-m", "x", "v1")
    git(course, "config", "push.followTags", "true")
    assert main([str(course / "labs"), "--commit", "--push"]) == 0
    assert head(remote, "main") == head(course) == head(course, "origin/main")
    assert git(remote, "tag") == ""
    said = f"Committed {head(course)[:7]} on main, pushed to origin/main: 2 files.\n"
    assert capfd.readouterr().out.endswith(said)


def test_a_new_branch_that_is_pushed_is_what_setup_cells_name(course: Path, remote: Path) -> None:
    git(course, "checkout", "-q", "-b", "autumn")
    assert main([str(course / "labs"), "--commit", "--push", "--quiet"]) == 0
    assert head(remote, "autumn") == head(course)
    assert "blob/autumn/labs/a.ipynb" in (course / "labs" / "a.ipynb").read_text()
    assert main([str(course / "labs"), "--check"]) == 0


def test_nothing_committed_nothing_pushed(course: Path, remote: Path) -> None:
    assert main([str(course / "labs"), "--commit", "--quiet"]) == 0
    before = head(remote, "main")
    assert main([str(course / "labs"), "--commit", "--push", "--quiet"]) == 0
    assert head(remote, "main") == before


def test_a_branch_is_pushed_and_again_once_something_has_changed(
    course: Path, remote: Path, capfd: Capture
) -> None:
    words = [str(course / "labs"), "--branch", "colab", "--push"]
    assert main(words) == 0
    first = head(remote, "colab")
    assert capfd.readouterr().out.endswith(
        f"The branch colab is at {first[:7]}, pushed to origin.\n"
    )
    assert (head(course, "colab"), head(course, "origin/colab")) == (first, first)
    assert main(words) == 0
    assert head(remote, "colab") == first
    (course / "labs" / "a.ipynb").write_text(notebook("x = 2"))
    git(course, "commit", "-q", "-am", "More")
    assert main(words) == 0
    assert git(remote, "log", "-1", "--format=%P", "colab").split() == [first, head(course)]
    git(remote, "update-ref", "refs/heads/colab", first)  # as if it had not come there
    assert main(words) == 0
    assert head(remote, "colab") == head(course, "colab")


def test_a_shallow_clone_of_another_branch_as_in_ci(
    course: Path, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clone knows nothing of the branch at the remote: it is asked for."""
    assert main([str(course / "labs"), "--branch", "colab", "--push", "--quiet"]) == 0
    first = head(remote, "colab")
    (course / "labs" / "a.ipynb").write_text(notebook("x = 2"))
    git(course, "commit", "-q", "-am", "More")
    git(course, "push", "-q")
    git(tmp_path, "clone", "-q", "--depth=1", remote.as_uri(), "ci")
    clone = tmp_path / "ci"
    git(clone, "checkout", "-q", "--detach")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "CI")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ci@example.org")
    address = "https://github.com/teacher/course"
    words = [str(clone / "labs"), "--branch", "colab", "--push", "--repo", address]
    assert main(words) == 0
    assert git(remote, "log", "-1", "--format=%P", "colab").split() == [first, head(course)]
    git(remote, "fsck", "--connectivity-only")
    tip = head(remote, "colab")
    git(clone, "update-ref", "-d", "refs/heads/colab")
    assert main(words) == 0
    assert head(remote, "colab") == tip


def test_the_remotes_branch_is_ahead(course: Path, remote: Path, capfd: Capture) -> None:
    """A person's commit there: it is not overwritten, and nothing here changes, the fetched refs included."""
    assert main([str(course / "labs"), "--branch", "colab", "--push", "--quiet"]) == 0
    theirs = colleague(course, remote, "colab")
    said = refused(course, capfd, "--branch", "colab", "--push", "--accelerator", "T4")
    assert f"the branch colab has commits that are not colabify's ({theirs[:7]} Theirs)" in said
    assert head(remote, "colab") == theirs


def test_rejected_because_the_remote_is_ahead(course: Path, remote: Path, capfd: Capture) -> None:
    theirs = colleague(course, remote)
    (course / "notes.txt").write_text("staged\n")
    git(course, "add", "notes.txt")
    said = refused(course, capfd, "--commit", "--push")
    assert said == (
        "origin (https://github.com/teacher/course.git) has not taken the branch main: [rejected] "
        "(fetch first): git pull, then run again; nothing is committed or changed here"
    )
    assert head(remote, "main") == theirs


@WAYS
def test_rejected_by_a_hook(way: list[str], course: Path, remote: Path, capfd: Capture) -> None:
    """There, and here; what our own hooks had made of the commit is taken back, too."""
    script = "sed -i 's/x = 1/x = 2/' labs/a.ipynb && git add labs/a.ipynb"
    make_hook(course, "pre-commit", script)
    make_hook(course, "pre-push", "echo 'Not on a Friday.' >&2; exit 1")
    assert "has not taken the branch" in refused(course, capfd, *way, "--push")
    (course / ".git" / "hooks" / "pre-push").unlink()
    hook = remote / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert "[remote rejected] (hook declined)" in refused(course, capfd, *way, "--push")


@WAYS
def test_a_remote_that_is_not_there(
    way: list[str], course: Path, remote: Path, capfd: Capture
) -> None:
    git(course, "remote", "set-url", "origin", "https://key@github.com/teacher/course.git")
    git(course, "remote", "set-url", "--push", "origin", str(remote.with_name("none.git")))
    said = refused(course, capfd, *way, "--push")
    assert "origin (https://github.com/teacher/course.git)" in said
    assert "does not appear to be a git repository" in said


@WAYS
def test_no_remote_at_all(way: list[str], course: Path, capfd: Capture) -> None:
    git(course, "remote", "remove", "origin")
    said = refused(course, capfd, *way, "--push", "--repo", "https://github.com/teacher/course")
    assert said == "there is no remote to push to: git remote add one, then run again"


def test_a_commit_goes_where_git_push_would_bring_it(
    course: Path, tmp_path: Path, capfd: Capture
) -> None:
    """A fork whose upstream is the course: the fork gets what is pushed."""
    git(tmp_path, "init", "-q", "--bare", "fork.git")
    git(course, "remote", "rename", "origin", "upstream")
    git(course, "remote", "add", "origin", "https://github.com/me/course.git")
    git(
        course,
        "config",
        f"url.{tmp_path}/fork.git.pushInsteadOf",
        "https://github.com/me/course.git",
    )
    git(course, "config", "remote.pushDefault", "origin")
    before = everything(course)
    assert main([str(course / "labs"), "--commit", "--push"]) == 0
    assert "pushed to origin/main" in capfd.readouterr().out
    assert head(tmp_path / "fork.git", "main") == head(course)
    assert head(course, "upstream/main") in str(before["refs"])
