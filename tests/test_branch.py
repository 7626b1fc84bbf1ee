"""``--branch``: what is committed, ported, on a branch of its own; all else stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import LAB, changed_in, commit_by_hand, everything, make_course, refused
from tests.courses import add_submodule, contents, git, make_repository, notebook

Capture = pytest.CaptureFixture[str]
LABS = ["labs/a.ipynb", "labs/b.ipynb"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_course(tmp_path / "course", monkeypatch)


def port(course: Path, *words: str, place: str = "labs") -> None:
    assert main([str(course / place), "--branch", "colab", *words]) == 0


def parents(course: Path, commit: str = "colab") -> list[str]:
    return git(course, "log", "-1", "--format=%P", commit).split()


def without_the_branch(course: Path) -> dict[str, object]:
    found = everything(course)
    refs = str(found["refs"]).splitlines()
    return {**found, "refs": [one for one in refs if not one.endswith("/colab")]}


# ---- what is made


def test_the_branch_alone_is_made(course: Path, capfd: Capture) -> None:
    (course / "notes.txt").write_text("staged\n")
    git(course, "add", "notes.txt")
    (course / "more.txt").write_text("edited\n")
    before = without_the_branch(course)
    port(course)
    assert without_the_branch(course) == before
    assert not (course / ".git" / "worktrees").exists()
    assert changed_in(course, "colab") == LABS
    assert parents(course) == [git(course, "rev-parse", "main").strip()]
    out = capfd.readouterr().out
    assert f"{course}/labs/a.ipynb  badge  ready\n" in out
    assert "2 notebooks changed for the branch, nothing here.\n" in out
    assert "; git push origin colab publishes it.\n" in out


def test_badges_links_and_setup_cells_name_the_branch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    """Nothing is known of the branch at the remote, and what is ported is not at the remote's main yet."""
    cells = "import helper", "# See [b](b.ipynb) and ![i](i.png)"
    files = {"labs/a.ipynb": notebook("x = 1"), "labs/b.ipynb": notebook("y = 1")}
    course = make_course(tmp_path / "course", monkeypatch, files)
    (course / "labs" / "helper.py").write_text("x = 1\n")
    (course / "labs" / "i.png").write_bytes(b"x")
    commit_by_hand(course, a=notebook(*cells))
    port(course)
    text = git(course, "show", "colab:labs/a.ipynb")
    for page in ("colab.research.google.com/github/teacher/course/blob/colab/labs/a.ipynb",
                 "colab.research.google.com/github/teacher/course/blob/colab/labs/b.ipynb",
                 "raw.githubusercontent.com/teacher/course/colab/labs/i.png",
                 '\\"colab\\"'):  # fmt: skip
        assert page in text
    assert "main" not in text
    assert "COL41" not in capfd.readouterr().out


def test_what_is_committed_is_ported_not_what_is_on_the_disk(course: Path, capfd: Capture) -> None:
    (course / "labs" / "a.ipynb").write_text(notebook("edited = 1"))
    (course / "labs" / "data.csv").write_text("1")
    head = commit_by_hand(course, b=notebook("open('data.csv')\nopen('gone.csv')"))
    (course / "labs" / "b.ipynb").write_text(notebook("edited = 2"))
    (course / "labs" / "gone.csv").write_text("not committed")
    assert main([str(course / "labs"), "--branch", "colab"]) == 1
    said = capfd.readouterr()
    assert "gone.csv" in said.out
    assert "data.csv" not in said.out
    text = "labs/b.ipynb: its changes are not committed, so the branch is without them\n"
    assert text in said.err
    assert "edited = 2" not in git(course, "show", "colab:labs/b.ipynb")
    assert parents(course) == [head]


def test_paths_may_be_given_in_any_form(
    course: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    (course / "way in").symlink_to("labs")
    commit_by_hand(course)
    monkeypatch.chdir(course / "labs")
    for given in ("../labs/a.ipynb", ".", "../way in"):
        assert main([given, "--branch", "colab"]) == 0
        shown = given if given.endswith("b") else str(Path(given) / "a.ipynb")
        assert f"{shown} " in capfd.readouterr().out
    assert git(course, "diff", "--name-only", "main", "colab").split() == LABS


def test_what_was_ported_for_the_branch_before_is_ported_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Porting one week of a course must not take back the others."""
    folders = ['"first" week\t', " second", "third", "fourth"]
    names = [f"{folder}/a.ipynb" for folder in folders]
    course = make_course(tmp_path / "course", monkeypatch, dict.fromkeys(names, LAB))
    monkeypatch.chdir(course)
    for folder in folders[:3]:
        assert main([folder, "--branch", "colab"]) == 0
    changed = git(course, "diff", "-z", "--name-only", "main", "colab").split("\0")
    assert changed[:-1] == sorted(names[:3])
    git(course, "rm", "-q", "-r", "third")
    git(course, "commit", "-q", "-m", "Without the third week")
    assert main(["fourth/a.ipynb", "--branch", "colab"]) == 0
    changed = git(course, "diff", "-z", "--name-only", "main", "colab").split("\0")
    assert changed[:-1] == sorted([*names[:2], names[3]])


def test_the_configuration_that_is_committed_holds(course: Path) -> None:
    """The ref in it is where the course itself is: the branch stands for it here."""
    (course / "pyproject.toml").write_text('[tool.colabify]\nref = "main"\naccelerator = "T4"\n')
    commit_by_hand(course)
    (course / "pyproject.toml").write_text('[tool.colabify]\naccelerator = "A100"\n')
    port(course)
    text = git(course, "show", "colab:labs/a.ipynb")
    assert "blob/colab/labs/a.ipynb" in text
    assert '"T4"' in text


def test_a_message_and_a_message_of_ones_own(course: Path) -> None:
    port(course)
    base = git(course, "rev-parse", "main").strip()
    assert git(course, "log", "-1", "--format=%B", "colab").strip() == (
        "Port 2 notebooks to Google Colab\n\n- labs/a.ipynb: badge\n- labs/b.ipynb: badge\n\n"
        f"Colabify-Base: {base}\nColabify-Path: labs"
    )
    base = commit_by_hand(course, a=notebook("x = 2"))
    port(course, "-m", "For Colab")
    said = git(course, "log", "-1", "--format=%B", "colab").strip()
    assert said == f"For Colab\n\nColabify-Base: {base}\nColabify-Path: labs"


# ---- what is updated


def test_an_update_grows_from_the_branch_and_merges_what_it_ports(course: Path) -> None:
    port(course)
    first = git(course, "rev-parse", "colab").strip()
    base = commit_by_hand(course, a=notebook("x = 2"))
    port(course)
    assert parents(course) == [first, base]
    assert "x = 2" in git(course, "show", "colab:labs/a.ipynb")
    assert git(course, "diff", "--name-only", "main...colab").split() == LABS
    second = git(course, "rev-parse", "colab").strip()
    port(course, "--accelerator", "T4")
    assert parents(course) == [second]


def test_no_change_no_commit(course: Path, capfd: Capture) -> None:
    port(course)
    tip = git(course, "rev-parse", "colab")
    git(course, "commit", "-q", "--allow-empty", "-m", "Nothing")
    port(course)
    assert git(course, "rev-parse", "colab") == tip
    assert capfd.readouterr().out.endswith("The branch colab is up to date.\n")


def test_nothing_to_port(course: Path) -> None:
    """The branch is there all the same: it is what is committed."""
    git(course, "rm", "-q", "labs/b.ipynb")
    commit_by_hand(course)
    port(course)
    git(course, "checkout", "-q", "-B", "main", "colab")
    git(course, "branch", "-q", "-D", "colab")
    port(course)
    assert git(course, "rev-parse", "colab") == git(course, "rev-parse", "main")


def test_a_branch_of_that_name_that_holds_nothing_of_its_own(course: Path) -> None:
    git(course, "branch", "colab")
    base = commit_by_hand(course, a=notebook("x = 2"))
    port(course)
    assert parents(course) == [base]


def test_a_persons_commits_on_the_branch(course: Path, capfd: Capture) -> None:
    port(course)
    git(course, "checkout", "-q", "colab")
    commit_by_hand(course, a=notebook("x = 'mended there'"))
    git(course, "checkout", "-q", "main")
    said = refused(course, capfd, "--branch", "colab")
    assert "the branch colab has commits that are not colabify's (" in said
    assert " By hand): merge them into what is ported, or name another branch" in said
    git(course, "merge", "-q", "colab")
    port(course)
    assert "mended there" in git(course, "show", "colab:labs/a.ipynb")


def test_a_branch_that_is_known_at_the_remote_alone(course: Path) -> None:
    port(course)
    tip = git(course, "rev-parse", "colab").strip()
    git(course, "update-ref", "refs/remotes/origin/colab", tip)
    git(course, "branch", "-q", "-D", "colab")
    base = commit_by_hand(course, a=notebook("x = 2"))
    port(course)
    assert parents(course) == [tip, base]


def test_branches_that_have_parted(course: Path, capfd: Capture) -> None:
    port(course)
    other = git(course, "commit-tree", "-p", "main", "-m", "Other", "main^{tree}").strip()
    git(course, "update-ref", "refs/remotes/origin/colab", other)
    said = refused(course, capfd, "--branch", "colab", "--accelerator", "T4")
    assert "the branch colab here and the one at the remote have parted" in said


# ---- where from


def test_without_a_branch_checked_out(course: Path) -> None:
    """As in CI, which checks out commits."""
    git(course, "checkout", "-q", "--detach")
    port(course)
    assert "blob/colab/labs" in git(course, "show", "colab:labs/a.ipynb")


def test_the_index_may_be_locked(course: Path) -> None:
    (course / ".git" / "index.lock").write_text("")
    port(course)
    assert changed_in(course, "colab") == LABS


def test_from_a_hook(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells its hooks which index they see: the branch has its own."""
    monkeypatch.setenv("GIT_INDEX_FILE", str(course / ".git" / "index"))
    monkeypatch.setenv("GIT_DIR", str(course / ".git"))
    port(course)
    monkeypatch.delenv("GIT_INDEX_FILE", raising=False)
    monkeypatch.delenv("GIT_DIR", raising=False)
    assert git(course, "status", "--porcelain") == ""
    assert changed_in(course, "colab") == LABS


def test_in_a_submodule(course: Path, tmp_path: Path) -> None:
    outer = make_repository(tmp_path / "outer", {"README.md": "x"})
    add_submodule(outer, course, "inner")
    inner = outer / "inner"
    for key, value in (("user.name", "Ann"), ("user.email", "ann@example.org")):
        git(inner, "config", key, value)
    before = contents(outer)
    port(inner, "--repo", "https://github.com/o/n")
    assert changed_in(inner, "colab") == LABS
    assert contents(outer) == before


def test_in_a_work_tree(course: Path, tmp_path: Path) -> None:
    git(course, "worktree", "add", "-q", "-b", "draft", str(tmp_path / "draft"))
    before = contents(tmp_path / "draft")
    port(tmp_path / "draft")
    assert changed_in(course, "colab") == LABS
    assert contents(tmp_path / "draft") == before
    assert git(course, "worktree", "list").count("\n") == 2


def test_two_remotes_and_a_fork(course: Path) -> None:
    """The branch is for the course that is followed, or asked for, not for the fork of the same name."""
    git(course, "remote", "add", "upstream", "https://github.com/uni/course.git")
    git(course, "update-ref", "refs/remotes/upstream/main", "HEAD")
    port(course)
    assert "github/teacher/course/blob/colab" in git(course, "show", "colab:labs/a.ipynb")
    git(course, "branch", "-q", "--set-upstream-to", "upstream/main", "main")
    port(course)
    assert "github/uni/course/blob/colab" in git(course, "show", "colab:labs/a.ipynb")
    port(course, "--repo", "https://github.com/teacher/course")
    assert "github/teacher/course/blob/colab" in git(course, "show", "colab:labs/a.ipynb")
