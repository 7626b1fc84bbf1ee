"""The command: its options and their combinations, its modes, its exit codes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from colabify import __version__
from colabify.cli import main
from tests.courses import contents, make_repository, notebook, publish

PLAIN = notebook("x = 1")
BROKEN = notebook("open('missing.csv')")
MODES = ["--inplace", "--check", "--diff", "--undo", "--output-dir=out", "--list-rules"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "course", {"a.ipynb": PLAIN, "sub/b.ipynb": PLAIN})


# ---- usage


@pytest.mark.parametrize(
    ("first", "second"),
    [(a, b) for i, a in enumerate(MODES) for b in [*MODES[i + 1 :], "--explain=COL301"]],
)
def test_modes_exclude_each_other(first: str, second: str, course: Path, capfd: Capture) -> None:
    before = contents(course)
    with pytest.raises(SystemExit) as caught:
        main([str(course), first, second])
    assert caught.value.code == 2
    later = second.partition("=")[0]
    assert f"argument {later}: not allowed with argument {first.partition('=')[0]}" in (
        capfd.readouterr().err
    )
    assert contents(course) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a notebook or a folder, such as: colabify assignment1/"),
        (["--inplace"], "name a notebook or a folder"),
        (["a.ipynb", "--quiet", "--verbose"], "not allowed with argument"),
        (["a.ipynb", "--in"], "unrecognized arguments: --in"),
        (["a.ipynb", "--select", ","], "argument --select: it names no code"),
        (["a.ipynb", "--accelerator", "V100"], "invalid choice: 'V100'"),
        (["-", "a.ipynb"], "- stands alone"),
        (["-", "--output-dir", "out"], "--output-dir: not allowed with -"),
        (["a.ipynb", "--stdin-filename", "b.ipynb"], "--stdin-filename: only allowed with -"),
        (["a.ipynb", "--output-dir", __file__], "is a file, not a folder"),
        (["--explain", "COL999"], "there is no code 'COL999'; --list-rules lists them"),
        (["--explain", ""], "there is no code ''"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) and len(value) < 3 else None,
)
def test_wrong_usage(words: list[str], said: str, capfd: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    out, err = capfd.readouterr()
    assert (caught.value.code, out) == (2, "")
    assert said in err.splitlines()[-1]


def test_version_and_help(capfd: Capture) -> None:
    for flag, said in [("--version", f"colabify {__version__}"), ("--help", "exit codes: 0")]:
        with pytest.raises(SystemExit) as caught:
            main([flag])
        assert caught.value.code == 0
        assert said in capfd.readouterr().out


def test_every_code_is_listed_and_explained(capfd: Capture) -> None:
    assert main(["--list-rules"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines == sorted(lines)
    for line in lines:
        code, name = line.split()
        assert main(["--explain", code.lower()]) == 0
        text = capfd.readouterr().out
        assert text.startswith(f"{code} {name}\n\n")
        assert len(text) > 60


# ---- modes and exit codes


def test_without_a_mode_nothing_is_written(course: Path, capfd: Capture) -> None:
    before = contents(course)
    assert main([str(course)]) == 0
    out = capfd.readouterr().out
    assert "a.ipynb      badge  ready" in out
    assert "Nothing is written yet. 2 notebooks would change: --inplace writes" in out
    assert contents(course) == before


def test_inplace_then_check_then_undo(course: Path, capfd: Capture) -> None:
    before = contents(course)
    assert main([str(course), "--check"]) == 1
    assert "2 notebooks would change." in capfd.readouterr().out
    assert main([str(course), "--inplace"]) == 0
    assert "2 notebooks changed. colabify --undo takes it back." in capfd.readouterr().out
    ported = contents(course)
    assert "github/teacher/course/blob/main/sub/b.ipynb" in ported["sub/b.ipynb"].decode()
    assert main([str(course), "--check"]) == 0
    assert "Nothing would change." in capfd.readouterr().out
    assert main([str(course), "--inplace"]) == 0
    assert "Nothing to change." in capfd.readouterr().out
    assert contents(course) == ported
    assert main([str(course), "--undo"]) == 0
    assert "2 notebooks given back as they were." in capfd.readouterr().out
    assert contents(course) == before
    assert main([str(course), "--undo"]) == 0
    assert "Nothing to undo." in capfd.readouterr().out


def test_what_does_not_change_is_not_written(course: Path) -> None:
    assert main([str(course), "--inplace", "-q"]) == 0
    path = course / "a.ipynb"
    os.utime(path, ns=(1, 1))
    assert main([str(course), "--inplace", "-q"]) == 0
    assert path.stat().st_mtime_ns == 1


@pytest.mark.parametrize("mode", [[], ["--check"], ["--diff"], ["--inplace"], ["--output-dir=o"]])
@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"bad.ipynb": BROKEN}, 1),
        ({"bad.ipynb": BROKEN, "worse.ipynb": "{"}, 2),
        ({"worse.ipynb": "{"}, 2),
    ],
    ids=["an error is left", "unreadable outranks it", "unreadable"],
)
def test_exit_code(mode: list[str], files: dict[str, str], code: int, tmp_path: Path) -> None:
    course = make_repository(tmp_path / "course", files)
    where = [f"--output-dir={tmp_path / 'o'}"] if mode == ["--output-dir=o"] else mode
    assert main([str(course), *where]) == code


def test_undo_keeps_what_was_edited_since(course: Path, capfd: Capture) -> None:
    path = course / "a.ipynb"
    path.write_text(notebook("%load_ext autoreload"))
    publish(course)
    assert main([str(path), "--inplace"]) == 0
    path.write_text(path.read_text().replace("import importlib", "import importlib  # mine"))
    assert main([str(path), "--undo"]) == 1
    assert "COL903" in capfd.readouterr().out
    assert "# mine" in path.read_text()


def test_diff_is_for_people(course: Path, capfd: Capture) -> None:
    path = course / "a.ipynb"
    path.write_text(notebook("import numpy as np\nx = np.int(1)\n", "# Text\n![](x.png)"))
    (course / "x.png").write_bytes(b"")
    publish(course)
    before = contents(course)
    assert main([str(path), "--diff"]) == 0
    out, err = capfd.readouterr()
    lines = out.splitlines()
    assert f"--- {path}: new markdown cell 1" in lines
    assert "+![](https://raw.githubusercontent.com/teacher/course/main/x.png)" in lines
    assert "-![](x.png)" in lines
    assert f"--- {path}: metadata" in lines
    assert "+colab.include_colab_link: true" in lines
    assert '"source"' not in out
    assert "\\n" not in out
    assert "Nothing is written. 1 notebook would change." in err
    assert contents(course) == before


def test_diff_sets_changed_cells_beside_what_they_were(course: Path, capfd: Capture) -> None:
    """The new cells stand right before the first one, which changes too."""
    path = course / "a.ipynb"
    path.write_text(notebook("import numpy as np\n%load_ext autoreload\nx = np.int(1)\n"))
    publish(course)
    assert main([str(path), "--diff", "--quiet"]) == 0
    out, err = capfd.readouterr()
    headers = [line.partition("ipynb: ")[2] for line in out.splitlines() if line[:3] == "---"]
    assert headers == ["new markdown cell 1", "new code cell 2", "code cell 3", "metadata"]
    assert "-x = np.int(1)" in out
    assert err == ""


# ---- copies


def test_copies_keep_the_structure(course: Path, tmp_path: Path, capfd: Capture) -> None:
    before = contents(course)
    out = tmp_path / "new" / "out"
    assert main([str(course), "--output-dir", str(out)]) == 0
    assert "2 copies written." in capfd.readouterr().out
    assert contents(course) == before
    assert sorted(contents(out)) == ["a.ipynb", "sub/b.ipynb"]
    assert "blob/main/sub/b.ipynb" in (out / "sub" / "b.ipynb").read_text()


def test_copies_of_the_same_name_do_not_meet(tmp_path: Path) -> None:
    files = dict.fromkeys(["one/x.ipynb", "two/x.ipynb", "three/deep/x.ipynb"], PLAIN)
    course = make_repository(tmp_path / "course", files)
    given = [str(course / "one"), str(course / "two" / "x.ipynb"), str(course / "three")]
    assert main([*given, "--output-dir", str(tmp_path / "out")]) == 0
    assert contents(tmp_path / "out").keys() == files.keys()


def test_copies_inside_the_course_are_no_notebooks_of_it(course: Path) -> None:
    for _ in range(2):
        assert main([str(course), "--output-dir", str(course / "out")]) == 0
    names = ["a.ipynb", "out/a.ipynb", "out/sub/b.ipynb", "sub/b.ipynb"]
    assert sorted(contents(course)) == names


def test_copies_do_not_overwrite_notebooks(course: Path, capfd: Capture) -> None:
    before = contents(course)
    assert main([str(course), "--output-dir", str(course)]) == 2
    assert "would overwrite the notebook" in capfd.readouterr().err
    (course / "b.ipynb").write_text(PLAIN)
    assert main([str(course / "b.ipynb"), "--output-dir", str(course / "sub")]) == 0
    given = [str(course / "b.ipynb"), str(course / "sub" / "b.ipynb")]
    (course / "sub" / "b.ipynb").write_bytes(before["sub/b.ipynb"])
    assert main([*given, "--output-dir", str(course / "sub")]) == 2
    assert contents(course)["sub/b.ipynb"] == before["sub/b.ipynb"]


def test_a_setup_cell_that_notebooks_share_is_shown_once(course: Path, capfd: Capture) -> None:
    (course / "help.py").write_text("x = 1")
    for name in ("a.ipynb", "b.ipynb", "c.ipynb"):
        (course / name).write_text(notebook("import help\n" + "import numpy\n" * (name[0] == "c")))
    publish(course)
    main([str(course), "--diff", "--quiet"])
    shown = [
        line
        for line in capfd.readouterr().out.splitlines()
        if "ipynb: new code" in line or "+..." in line
    ]
    ours = f"{course}{os.sep}a.ipynb: new code cell 2"
    assert shown[0] == f"--- {ours}"
    assert shown[2].startswith("+... ")
    assert shown[2].endswith(f" lines, as in {ours}")
