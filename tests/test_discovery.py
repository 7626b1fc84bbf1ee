"""Discovery: which notebooks a folder means, notebooks reached twice, symbolic links."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.bad_company import PLAIN, assert_others_done, make_course

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def test_what_a_folder_means(course: Path, capfd: Capture) -> None:
    names = ["deep/er/b.ipynb", "x.ipynb/c.ipynb", ".hidden.ipynb", ".hidden/d.ipynb"]
    names += [".ipynb_checkpoints/a-checkpoint.ipynb", "deep/.ipynb_checkpoints/b.ipynb"]
    names += ["build/e.ipynb", "f.ipynb.bak", "g.IPYNB.txt"]
    for name in names:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(PLAIN)
    (course / ".gitignore").write_text("build/\n")
    assert main([str(course)]) == 0
    out, err = capfd.readouterr()
    rows = [line.split()[0].removeprefix(f"{course}/") for line in out.splitlines()]
    assert [row for row in rows if row.endswith(".ipynb")] == [
        "a.ipynb", "z.ipynb", "deep/er/b.ipynb", "x.ipynb/c.ipynb",
    ]  # fmt: skip
    assert err == ""


def test_folder_of_ignored_notebooks(course: Path, capfd: Capture) -> None:
    (course / "build").mkdir()
    (course / "build" / "e.ipynb").write_text(PLAIN)
    (course / ".gitignore").write_text("build/\n")
    assert main([str(course / "build")]) == 2
    assert "git ignores every notebook in this folder (1): name one" in capfd.readouterr().err


def test_notebook_reached_twice(course: Path, capfd: Capture) -> None:
    (course / "link.ipynb").symlink_to("a.ipynb")
    given = [str(course / "a.ipynb"), str(course), str(course / "link.ipynb")]
    assert main([*given, "--inplace"]) == 0
    out = capfd.readouterr().out
    assert out.count("badge") == 2
    assert "link" not in out
    assert (course / "link.ipynb").is_symlink()


def test_links_out_of_the_folder_are_not_followed(
    course: Path, tmp_path: Path, capfd: Capture
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "o.ipynb").write_text(PLAIN)
    (course / "link.ipynb").symlink_to(outside / "o.ipynb")
    (course / "folder").symlink_to(outside)
    assert main([str(course), "--inplace"]) == 0
    err = capfd.readouterr().err
    why = "a symbolic link out of the folder, not followed: name it to port it"
    assert err == f"{course}/link.ipynb: {why}\n"
    assert (outside / "o.ipynb").read_text() == PLAIN
    assert (course / "link.ipynb").is_symlink()


def test_link_that_is_named_is_written_through(course: Path, tmp_path: Path) -> None:
    """The course is that of the notebook, not that of the link."""
    link = tmp_path / "elsewhere" / "link.ipynb"
    link.parent.mkdir()
    link.symlink_to(course / "a.ipynb")
    assert main([str(link), "--inplace"]) == 0
    assert link.is_symlink()
    assert "blob/main/a.ipynb" in (course / "a.ipynb").read_text()


def test_folder_that_is_a_link(course: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(course)
    assert main([str(tmp_path / "link"), "--inplace"]) == 0
    assert_others_done(course)
