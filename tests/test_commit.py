"""``--commit``: exactly what colabify changed becomes a commit, or nothing happens at all."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import FILES, changed_in, everything, make_course, make_hook, refused, subject
from tests.courses import contents, git, make_repository, notebook

Capture = pytest.CaptureFixture[str]
LABS = ["labs/a.ipynb", "labs/b.ipynb"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_course(tmp_path / "course", monkeypatch)


# ---- what is committed


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
    words = (
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(course),
        "inner",
    )
    git(outer, *words)
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


# ---- refusals


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
    words = (
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(inner),
        "labs/sub",
    )
    git(course, *words)
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
