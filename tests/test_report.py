"""The report: the table, what several notebooks share, names of every kind; and the diff."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from colabify.cli import main
from colabify.report.terminal import printable
from tests.courses import git, make_repository, notebook, publish

PLAIN = notebook("x = 1")
Capture = pytest.CaptureFixture[str]


def test_table(tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "assignment1/knn.ipynb": notebook("%load_ext autoreload\nimport helper"),
        "assignment1/features.ipynb": notebook("import helper\nopen('data/pca.npy')"),
        "assignment1/helper.py": "",
    }
    make_repository(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert main(["assignment1/"]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "assignment1/features.ipynb  badge, clone              1 left"
    assert lines[1].startswith("  cell 1, line 2: COL311 data/pca.npy is not in the repository at")
    assert lines[2] == "assignment1/knn.ipynb       badge, clone, autoreload  ready"
    assert lines[3] == (
        "Nothing is written yet. 2 notebooks would change: --inplace writes, --diff shows. "
        "1 error is left for you."
    )


def test_shared_findings_are_said_once(tmp_path: Path, capfd: Capture) -> None:
    files = {f"{name}.ipynb": PLAIN for name in "abc"}
    make_repository(tmp_path, files, remote="")
    assert main([str(tmp_path)]) == 1
    out = capfd.readouterr().out
    assert out.count("COL412") == 1
    assert "all 3 notebooks: COL412 no remote" in out
    assert out.count("1 left") == 3
    git(tmp_path, "remote", "add", "origin", "https://github.com/teacher/course")
    (tmp_path / "a.ipynb").unlink()
    publish(tmp_path)
    for name in "de":
        (tmp_path / f"{name}.ipynb").write_text(PLAIN)
    assert main([str(tmp_path)]) == 0
    out = capfd.readouterr().out
    assert "2 notebooks: COL413" in out
    assert out.count("COL413") == 1


def test_shared_finding_about_a_module_keeps_its_place(tmp_path: Path, capfd: Capture) -> None:
    files = {"old.py": "print 1 +\n", **{f"{n}.ipynb": notebook("import old") for n in "ab"}}
    make_repository(tmp_path, files)
    assert main([str(tmp_path)]) == 1
    assert "all 2 notebooks: old.py: COL404" in capfd.readouterr().out


NAMES = ["a b.ipynb", "it's.ipynb", 'say "hi".ipynb', "C#.ipynb", "50%.ipynb", "what?.ipynb"]
NAMES += [
    "作业.ipynb",
    "🎓 course.ipynb",
    "e\u0301te.ipynb",
    "[bold]x[/bold].ipynb",
    ":smile:.ipynb",
]


def test_columns_stand_under_each_other(tmp_path: Path, capfd: Capture) -> None:
    course = make_repository(tmp_path, dict.fromkeys(NAMES, PLAIN))
    assert main([str(course)]) == 0
    lines = [line for line in capfd.readouterr().out.splitlines() if "badge" in line]
    assert len(lines) == len(NAMES)
    assert len({cell_len(line.partition("  badge")[0]) for line in lines}) == 1
    assert all(any(f"/{name} " in line for line in lines) for name in NAMES)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("two\nlines.ipynb", r"two\nlines.ipynb"),
        ("\x1b[31mred.ipynb", r"\x1b[31mred.ipynb"),
        ("bell\x07.ipynb", r"bell\x07.ipynb"),
        ("abc\u202exyz.ipynb", r"abc\u202exyz.ipynb"),
    ],
    ids=["newline", "colour", "bell", "right to left"],
)
def test_names_that_a_terminal_would_obey(
    name: str, shown: str, tmp_path: Path, capfd: Capture
) -> None:
    course = make_repository(tmp_path, {name: PLAIN})
    assert main([str(course)]) == 0
    assert f"{shown}  badge  ready\n" in capfd.readouterr().out
    (course / name).write_text("{")
    assert main([str(course / name)]) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert f"{shown}: not JSON" in err


def test_name_that_is_no_unicode(tmp_path: Path, capfd: Capture) -> None:
    name = b"caf\xe9.ipynb".decode("utf-8", "surrogateescape")
    course = make_repository(tmp_path, {})
    try:
        (course / name).write_text(PLAIN)
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    assert main([str(course), "--inplace"]) == 0
    out, err = capfd.readouterr()
    assert (r"caf\xe9.ipynb  badge  ready" in out, err) == (True, "")
    assert "blob/main/caf%E9.ipynb" in (course / name).read_text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, tab\t, ümläut", "plain, tab\t, ümläut"),
        ("\r\x1b[2J\x9b", r"\r\x1b[2J\x9b"),
        ("\u2028\u2066", r"\u2028\u2066"),
        ("\udcff\ud800", r"\xff\ud800"),
        ("👩‍🎓", "👩‍🎓"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_diff_shows_no_control_characters(tmp_path: Path, capfd: Capture) -> None:
    text = notebook("import numpy as np\nx = np.int(1)\nprint('\u2028\u200b')  # \x1b[31m")
    course = make_repository(tmp_path, {"a.ipynb": text})
    assert main([str(course), "--diff"]) == 0
    out = capfd.readouterr().out
    assert r"\x1b[31m" in out
    assert "\x1b" not in out


def test_diff_without_git(tmp_path: Path, capfd: Capture) -> None:
    (tmp_path / "a.ipynb").write_text(notebook("x = 1"))
    assert main([str(tmp_path), "--diff"]) == 0
    out, err = capfd.readouterr()
    assert out == ""
    assert "Nothing is written. Nothing would change." in err


def test_diff_of_undone_cells(tmp_path: Path, capfd: Capture) -> None:
    course = make_repository(tmp_path, {"a.ipynb": notebook("%load_ext autoreload")})
    assert main([str(course), "--inplace", "--quiet"]) == 0
    git(course, "remote", "remove", "origin")
    assert main([str(course), "--diff", "--ignore", "COL412"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert any(line.endswith("a.ipynb: markdown cell 1 removed") for line in lines)
    assert any(line.startswith('-<a href="https://colab') for line in lines)


def test_findings_count_cells_as_the_person_sees_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cells = ("x = 1", "print(open('gone.txt').read())", "%load_ext autoreload")
    root = make_repository(tmp_path / "course", {"a.ipynb": notebook(*cells)})
    places = []
    for flags in ([], ["--inplace"], [], ["--undo"], []):
        main([str(root / "a.ipynb"), *flags])
        out = capfd.readouterr().out
        places += [line.split(":")[0].strip() for line in out.splitlines() if "COL311" in line]
    assert places == ["cell 2, line 1", "cell 4, line 1", "cell 4, line 1", "cell 2, line 1"]
