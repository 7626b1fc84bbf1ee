"""``--inplace`` first, and ``--commit`` later: what colabify wrote is committed, what a person wrote is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import changed_in, make_course, make_hook, subject
from tests.courses import git, notebook

Capture = pytest.CaptureFixture[str]
LABS = ["labs/a.ipynb", "labs/b.ipynb"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that was ported in place, and not committed."""
    made = make_course(tmp_path / "course", monkeypatch)
    assert main([str(made / "labs"), "--inplace", "--quiet"]) == 0
    return made


def test_what_was_written_before_is_committed(course: Path, capfd: Capture) -> None:
    before = (course / "labs/a.ipynb").read_bytes()
    assert main([str(course / "labs"), "--commit"]) == 0
    assert changed_in(course) == LABS
    assert git(course, "status", "--porcelain") == ""
    assert (course / "labs/a.ipynb").read_bytes() == before
    assert subject(course) == "Port 2 notebooks to Google Colab"
    assert "on main: 2 files." in capfd.readouterr().out


def test_only_of_what_is_given(course: Path) -> None:
    assert main([str(course / "labs/a.ipynb"), "--commit", "--quiet"]) == 0
    assert changed_in(course) == LABS[:1]


def test_staged_or_not(course: Path) -> None:
    git(course, "add", "-A")
    assert main([str(course / "labs"), "--commit", "--quiet"]) == 0
    assert changed_in(course) == LABS


def test_what_a_person_wrote_too_is_named_and_stays(course: Path, capfd: Capture) -> None:
    path = course / "labs" / "b.ipynb"
    path.write_text(path.read_text().replace("y = 2", "y = 3"))
    assert main([str(course / "labs"), "--commit"]) == 0
    assert changed_in(course) == LABS[:1]
    said = capfd.readouterr().out
    assert "1 file. labs/b.ipynb has changes of yours too: commit it yourself.\n" in said
    assert main([str(course / "labs"), "--commit"]) == 0
    said = capfd.readouterr().out
    assert said.endswith(
        "Nothing to commit: labs/b.ipynb has changes of yours too: commit it yourself.\n"
    )
    assert git(course, "status", "--porcelain") == " M labs/b.ipynb\n"


def test_ported_anew_in_between(course: Path) -> None:
    """Another setting by now: what is on the disk is colabify's, and is rewritten and committed."""
    assert main([str(course / "labs"), "--commit", "--quiet", "--accelerator", "T4"]) == 0
    assert changed_in(course) == LABS
    assert '"T4"' in git(course, "show", "HEAD:labs/a.ipynb")


def test_an_undo_that_was_not_committed(course: Path) -> None:
    assert main([str(course / "labs"), "--commit", "--quiet"]) == 0
    assert main([str(course / "labs"), "--undo", "--quiet"]) == 0
    assert main([str(course / "labs"), "--undo", "--commit", "--quiet"]) == 0
    assert subject(course) == "Take back what colabify did to 2 notebooks"
    assert git(course, "diff", "HEAD~2", "HEAD") == ""


def test_an_undo_of_what_was_not_committed(course: Path) -> None:
    assert main([str(course / "labs"), "--undo", "--commit"]) == 0
    assert git(course, "status", "--porcelain") == ""
    assert git(course, "rev-list", "--count", "HEAD") == "1\n"


def test_modules_that_were_mended_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "w/a.ipynb": notebook("import helper\nimport other"),
        "w/helper.py": "import numpy as np\nx = np.int(3)\n",
        "w/other.py": "y = 1\n",
    }
    course = make_course(tmp_path / "course", monkeypatch, files)
    assert main([str(course / "w"), "--inplace", "--quiet"]) == 0
    (course / "w/other.py").write_text("y = 2\n")
    assert main([str(course / "w"), "--commit", "--quiet"]) == 0
    assert changed_in(course) == ["w/a.ipynb", "w/helper.py"]
    assert git(course, "status", "--porcelain") == " M w/other.py\n"
    assert main([str(course / "w"), "--undo", "--quiet"]) == 0
    assert main([str(course / "w"), "--undo", "--commit", "--quiet"]) == 0
    assert changed_in(course) == ["w/a.ipynb", "w/helper.py"]


def test_a_filter_of_git_takes_outputs_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git holds cannot be told from what is on the disk but through the filter."""
    course = make_course(tmp_path / "course", monkeypatch)
    git(course, "config", "filter.strip.clean", "grep -v '^$'")
    (course / ".git/info").mkdir(exist_ok=True)
    (course / ".git/info/attributes").write_text("*.ipynb filter=strip\n")
    (course / "labs/a.ipynb").write_text(notebook("x = 1") + "\n\n")
    assert main([str(course / "labs"), "--inplace", "--quiet"]) == 0
    assert main([str(course / "labs"), "--commit", "--quiet"]) == 0
    assert changed_in(course) == LABS


def test_a_refusal_leaves_what_was_written_before(course: Path) -> None:
    make_hook(course, "pre-commit", "exit 1")
    before = (course / "labs/a.ipynb").read_bytes()
    assert main([str(course / "labs"), "--commit", "--quiet"]) == 2
    assert (course / "labs/a.ipynb").read_bytes() == before
    assert git(course, "status", "--porcelain") == " M labs/a.ipynb\n M labs/b.ipynb\n"


def test_pushed(course: Path, tmp_path: Path, capfd: Capture) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(course), "there.git")
    git(course, "remote", "set-url", "origin", str(tmp_path / "there.git"))
    git(course, "fetch", "-q", "origin")
    git(course, "branch", "-q", "-u", "origin/main")
    words = ["--commit", "--push", "--quiet", "--repo", "https://github.com/o/n"]
    assert main([str(course / "labs"), *words]) == 0
    assert git(tmp_path / "there.git", "log", "-1", "--format=%s").startswith("Port 2 notebooks")
    capfd.readouterr()
    assert main([str(course / "labs"), *words[:2], *words[3:]]) == 0
    assert "Nothing to commit, and so nothing is pushed: all is done.\n" in capfd.readouterr().out
