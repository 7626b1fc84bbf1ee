"""Repositories of every kind: what the badge and the setup cell say, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import ADDRESS, clones, git, make_repository, notebook, ported, publish, said

NEEDS_FILES = "import helper\nhelper.run()"
FILES = {"week 1/a.ipynb": notebook(NEEDS_FILES), "week 1/helper.py": "def run(): pass\n"}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "course", FILES)


# ---- remotes


@pytest.mark.parametrize(
    ("address", "clone"),
    [
        (ADDRESS, ADDRESS),
        ("git@github.com:teacher/course.git", ADDRESS),
        ("https://teacher:s3cret@github.com/teacher/course", ADDRESS),
        ("https://s3cret@github.com/teacher/course", ADDRESS),
        ("https://gitlab.com/group/sub/course.git", "https://gitlab.com/group/sub/course.git"),
        ("git@bitbucket.org:team/course.git", "https://bitbucket.org/team/course.git"),
    ],
    ids=["https", "ssh", "password", "token", "gitlab", "bitbucket"],
)
def test_remote(
    address: str, clone: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    course = make_repository(tmp_path / "course", FILES, remote=address)
    text = ported(course / "week 1" / "a.ipynb", "--verbose")
    assert clones(text, clone, "main")
    assert '"week 1"' in text
    out = said(capfd)
    is_github = "github.com" in address
    assert ("teacher/course/blob/main/week%201/a.ipynb" in text) == is_github
    assert ("COL415" in out) != is_github
    assert "s3cret" not in text + out


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("", "no remote that Colab could clone from: push to GitHub, or say with --repo"),
        ("/srv/git/course.git", "the remote /srv/git/course.git is no address that Colab could"),
        ("gh:teacher/course", "the remote gh:teacher/course is no address"),
        ("https://me:s3cret@localhost/course", "the remote https://localhost/course is no address"),
    ],
    ids=["none", "a folder", "alias", "with credentials"],
)
def test_no_remote_that_colab_could_reach(
    address: str, what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    course = make_repository(tmp_path / "course", FILES, remote=address)
    path = course / "week 1" / "a.ipynb"
    before = path.read_bytes()
    assert main([str(path), "--verbose"]) == 1
    out = said(capfd)
    assert f"COL412 {what}" in out
    assert "s3cret" not in out
    assert path.read_bytes() == before
    assert ADDRESS in ported(path, "--repo", ADDRESS)


def test_alias_of_git_configuration_is_read_in_full(course: Path) -> None:
    git(course, "remote", "set-url", "origin", "gh:teacher/course")
    git(course, "config", "url.https://github.com/.insteadOf", "gh:")
    assert ADDRESS in ported(course / "week 1" / "a.ipynb")


def test_branch_follows_another_remote_than_origin(course: Path) -> None:
    git(course, "remote", "add", "fork", "https://github.com/fork/course.git")
    assert ADDRESS in ported(course / "week 1" / "a.ipynb")
    git(course, "update-ref", "refs/remotes/fork/main", "HEAD")
    git(course, "config", "branch.main.remote", "fork")
    git(course, "config", "branch.main.merge", "refs/heads/main")
    assert "https://github.com/fork/course.git" in ported(course / "week 1" / "a.ipynb")


def test_only_remote_is_not_called_origin(course: Path) -> None:
    git(course, "remote", "rename", "origin", "upstream")
    assert ADDRESS in ported(course / "week 1" / "a.ipynb")


def test_repo_given_is_one_of_the_remotes(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    address = "https://github.com/canonical/course"
    git(course, "remote", "add", "canonical", "git@github.com:canonical/course.git")
    git(course, "update-ref", "refs/remotes/canonical/2024", "HEAD")
    git(course, "symbolic-ref", "refs/remotes/canonical/HEAD", "refs/remotes/canonical/2024")
    text = ported(course / "week 1" / "a.ipynb", "--repo", address)
    assert clones(text, f"{address}.git", "2024")
    assert "the branch main is not at the remote, 2024 is cloned" in said(capfd)


# ---- refs


def test_branch_that_the_remote_lacks(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(course, "checkout", "-q", "-b", "draft")
    assert clones(ported(course / "week 1" / "a.ipynb"), ADDRESS, "main")
    text = "COL413 the branch draft is not at the remote, main is cloned: push it"
    assert text in said(capfd)
    assert clones(ported(course / "week 1" / "a.ipynb", "--ref", "draft"), ADDRESS, "draft")
    assert "nothing is known to be at the remote's draft yet" in said(capfd)


def test_branch_that_follows_one_of_another_name(course: Path) -> None:
    git(course, "checkout", "-q", "-b", "work", "--track", "origin/main")
    assert clones(ported(course / "week 1" / "a.ipynb"), ADDRESS, "main")


def test_remote_default_that_has_another_name(course: Path) -> None:
    git(course, "update-ref", "refs/remotes/origin/trunk", "HEAD")
    git(course, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    git(course, "checkout", "-q", "-b", "draft")
    assert clones(ported(course / "week 1" / "a.ipynb"), ADDRESS, "trunk")


def test_branch_with_a_slash(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(course, "checkout", "-q", "-b", "term/fall 2024".replace(" ", "-"))
    publish(course, "term/fall-2024")
    assert '"term/fall-2024"' in ported(course / "week 1" / "a.ipynb")
    assert "COL416" in said(capfd)


@pytest.mark.parametrize("checkout", ["HEAD~0", "v1"])
def test_detached(checkout: str, course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(course, "tag", "v1")
    git(course, "checkout", "-q", "--detach", checkout)
    assert clones(ported(course / "week 1" / "a.ipynb"), ADDRESS, "main")
    assert "COL414 no branch is checked out, main is cloned" in said(capfd)


def test_detached_where_nothing_is_known(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(course, "checkout", "-q", "--detach")
    git(course, "update-ref", "-d", "refs/remotes/origin/main")
    git(course, "branch", "-D", "main")
    assert clones(ported(course / "week 1" / "a.ipynb", code=1), ADDRESS, "main")
    assert "COL414" in said(capfd)


def test_tag(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(course, "tag", "v1")
    (course / "week 1" / "new.ipynb").write_text(notebook("x = 1"))
    publish(course)
    assert clones(ported(course / "week 1" / "a.ipynb", "--ref", "v1"), ADDRESS, "v1")
    assert "COL4" not in said(capfd)
    assert "blob/v1/week%201/new.ipynb" in ported(course / "week 1" / "new.ipynb", "--ref", "v1")
    assert "COL413 it is not in the tag v1" in said(capfd)


def test_commit(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    short = git(course, "rev-parse", "--short", "HEAD").strip()
    assert main([str(course), "--ref", short]) == 1
    assert f"COL418 {short} is a commit" in said(capfd)


def test_file_is_asked_of_the_ref_not_of_the_disk(course: Path) -> None:
    """The same course at an older tag, where the module was not there yet."""
    path = course / "week 1" / "b.ipynb"
    path.write_text(notebook("open('new.csv')"))
    (course / "week 1" / "new.csv").write_text("1")
    (course / ".gitignore").write_text("new.csv\n")
    publish(course)
    assert main([str(path)]) == 1


# ---- the notebook's place


def test_not_committed_then_not_pushed(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = course / "new.ipynb"
    path.write_text(notebook("x = 1"))
    text = "COL413 it is not at the remote's main yet: commit and push"
    assert main([str(path)]) == 0
    assert text in said(capfd)
    git(course, "add", "-A")
    git(course, "commit", "-q", "-m", "New")
    assert main([str(path)]) == 0
    assert text in said(capfd)
    publish(course)
    assert main([str(path)]) == 0
    assert "COL413" not in said(capfd)


def test_ignored(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = course / "private.ipynb"
    path.write_text(notebook("x = 1"))
    (course / ".gitignore").write_text("private*\n")
    assert main([str(course)]) == 0
    assert "private" not in said(capfd)
    assert main([str(path)]) == 1
    assert "COL417 git ignores it" in said(capfd)


def test_names_that_git_would_quote(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = ["作业 1.ipynb", 'say "hi".ipynb', "back\\slash.ipynb", "tab\t.ipynb", "🎓.ipynb"]
    course = make_repository(tmp_path / "course", {name: notebook("x = 1") for name in names})
    git(course, "config", "core.quotePath", "true")
    assert main([str(course)]) == 0
    out = said(capfd)
    assert "COL41" not in out
    assert "5 notebooks would change" in out
