"""``--commit``: exactly what colabify changed becomes a commit, or nothing happens at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import changed_in, make_course, subject
from tests.courses import add_submodule, contents, git, make_repository, notebook

Capture = pytest.CaptureFixture[str]
LABS = ["labs/a.ipynb", "labs/b.ipynb"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_course(tmp_path / "course", monkeypatch)


def test_what_colabify_changed_and_nothing_else(course: Path, capfd: Capture) -> None:
    """What a person has staged, half staged, edited or not added yet is as it was."""
    (course / "notes.txt").write_text("staged\n")
    git(course, "add", "notes.txt")
    (course / "notes.txt").write_text("edited after that\n")
    (course / "more.txt").write_text("edited\n")
    (course / "labs" / "new.txt").write_text("not added\n")
    before = git(course, "status", "--porcelain"), git(course, "diff", "--cached")
    assert main([str(course / "labs"), "--commit"]) == 0
    assert changed_in(course) == LABS
    assert (git(course, "status", "--porcelain"), git(course, "diff", "--cached")) == before
    assert git(course, "show", "HEAD:labs/a.ipynb") == (course / "labs/a.ipynb").read_text()
    assert git(course, "log", "-1", "--format=%an <%ae>, %cn") == "Ann <ann@example.org>, Ann\n"
    head = git(course, "rev-parse", "--short=7", "HEAD").strip()
    assert f"Committed {head} on main: 2 files.\n" in capfd.readouterr().out


def test_the_message_lists_what_was_done(course: Path) -> None:
    assert main([str(course / "labs"), "--commit", "--quiet"]) == 0
    assert git(course, "log", "-1", "--format=%B").strip() == (
        "Port 2 notebooks to Google Colab\n\n- labs/a.ipynb: badge\n- labs/b.ipynb: badge"
    )


def test_a_message_of_ones_own(course: Path) -> None:
    assert main([str(course / "labs/a.ipynb"), "--commit", "-m", "#7: Colab, “at last”"]) == 0
    assert git(course, "log", "-1", "--format=%B").strip() == "#7: Colab, “at last”"
    assert changed_in(course) == LABS[:1]


def test_only_what_changes_now(course: Path, capfd: Capture) -> None:
    assert main([str(course / "labs/a.ipynb"), "--inplace", "--commit"]) == 0
    assert subject(course) == "Port a.ipynb to Google Colab"
    assert main([str(course / "labs"), "--commit"]) == 0
    assert changed_in(course) == LABS[1:]
    head = git(course, "rev-parse", "HEAD")
    capfd.readouterr()
    assert main([str(course / "labs"), "--commit"]) == 0
    assert capfd.readouterr().out.endswith("Nothing to commit: all is done.\n")
    assert git(course, "rev-parse", "HEAD") == head


def test_undo_is_committed_too(course: Path) -> None:
    before = contents(course)
    assert main([str(course / "labs"), "--commit", "--quiet"]) == 0
    assert main([str(course / "labs"), "--undo", "--commit", "--quiet"]) == 0
    assert contents(course) == before
    assert subject(course) == "Take back what colabify did to 2 notebooks"
    assert git(course, "diff", "HEAD~2", "HEAD") == ""


def test_mended_modules_are_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "w/a.ipynb": notebook("import helper"),
        "w/helper.py": "import numpy as np\nx = np.int(3)\n",
    }
    course = make_course(tmp_path / "course", monkeypatch, files)
    assert main([str(course / "w"), "--commit", "--quiet"]) == 0
    assert changed_in(course) == ["w/a.ipynb", "w/helper.py"]
    assert "- w/helper.py: COL101" in git(course, "log", "-1", "--format=%B")
    assert main([str(course / "w"), "--undo", "--commit", "--quiet"]) == 0
    assert changed_in(course) == ["w/a.ipynb", "w/helper.py"]


def test_what_cannot_be_read_does_not_stop_the_others(course: Path, capfd: Capture) -> None:
    (course / "labs" / "broken.ipynb").write_text("{")
    assert main([str(course / "labs"), "--commit"]) == 2
    assert changed_in(course) == LABS
    assert "broken.ipynb: " in capfd.readouterr().err


def test_names_that_git_quotes_or_takes_for_patterns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["*.ipynb", ":(top)a.ipynb", 'say "hi"\t.ipynb', "back\\slash.ipynb", "作业 🎓.ipynb"]
    files = {f"x/{name}": notebook("x = 1") for name in names}
    course = make_course(tmp_path / "course", monkeypatch, {**files, "x/dirty.ipynb": "{}"})
    (course / "x" / "dirty.ipynb").write_text("{} ")
    assert main([*(str(course / name) for name in files), "--commit", "--quiet"]) == 0
    assert changed_in(course) == sorted(files)
    assert git(course, "status", "--porcelain", "--short").strip() == "M x/dirty.ipynb"


def test_from_a_work_tree_of_ones_own(course: Path, tmp_path: Path) -> None:
    git(course, "worktree", "add", "-q", "-b", "draft", str(tmp_path / "draft"))
    assert main([str(tmp_path / "draft" / "labs"), "--commit", "--quiet"]) == 0
    assert changed_in(course, "draft") == LABS
    assert git(course, "status", "--porcelain") == ""


def test_a_submodule_gets_its_own_commit(course: Path, tmp_path: Path) -> None:
    outer = make_repository(tmp_path / "outer", {"README.md": "x"})
    add_submodule(outer, course, "inner")
    git(outer, "commit", "-q", "-m", "With the course")
    git(outer / "inner", "config", "user.name", "Ann")
    git(outer / "inner", "config", "user.email", "ann@example.org")
    repo = ("--repo", "https://github.com/o/n")
    assert main([str(outer / "inner" / "labs"), "--commit", "--quiet", *repo]) == 0
    assert changed_in(outer / "inner") == LABS
    assert git(outer, "rev-list", "--count", "HEAD").strip() == "2"
    assert git(outer, "diff", "--cached") == ""


def test_a_shallow_clone(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", course.as_uri(), "clone")
    for who in ("AUTHOR", "COMMITTER"):  # how CI says who it is
        monkeypatch.setenv(f"GIT_{who}_NAME", "CI")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ci@example.org")
    clone = tmp_path / "clone"
    assert (
        main([str(clone / "labs"), "--commit", "--quiet", "--repo", "https://github.com/o/n"]) == 0
    )
    assert changed_in(clone) == LABS
