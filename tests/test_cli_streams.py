"""The command on standard input, on terminals, and in pipes; loud, quiet and interrupted."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import colabify, contents, make_repository, notebook, publish

PLAIN = notebook("x = 1")
BROKEN = notebook("open('missing.csv')")
MODES = ["--inplace", "--check", "--diff", "--undo", "--output-dir=out", "--list-rules"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "course", {"a.ipynb": PLAIN, "sub/b.ipynb": PLAIN})


# ---- standard input


@pytest.mark.parametrize("mode", [[], ["--inplace"]], ids=["plan", "inplace"])
def test_filter(mode: list[str], course: Path) -> None:
    words = ["-", "--stdin-filename", "sub/b.ipynb", *mode]
    done = colabify(*words, cwd=course, stdin=PLAIN.encode())
    assert done.returncode == 0
    assert b"blob/main/sub/b.ipynb" in done.stdout
    assert json.loads(done.stdout)
    assert b"sub/b.ipynb  badge  ready" in done.stderr
    undone = colabify("-", "--undo", "--quiet", cwd=course, stdin=done.stdout)
    assert (undone.returncode, undone.stdout, undone.stderr) == (0, PLAIN.encode(), b"")
    assert contents(course)["sub/b.ipynb"] == PLAIN.encode()


def test_filter_of_a_notebook_that_is_not_there_yet(course: Path) -> None:
    words = ["-", "--stdin-filename", "new.ipynb"]
    done = colabify(*words, cwd=course, stdin=PLAIN.encode())
    assert done.returncode == 0
    assert b"COL413" in done.stderr


def test_filter_without_a_name(course: Path) -> None:
    done = colabify("-", cwd=course, stdin=notebook("%load_ext autoreload").encode())
    assert done.returncode == 0
    assert b"Set up Google Colab" in done.stdout
    assert b"view-in-github" not in done.stdout
    assert b"--stdin-filename says where it is" in done.stderr


def test_filter_check_and_diff(course: Path) -> None:
    name = ["--stdin-filename", "a.ipynb"]
    checked = colabify("-", "--check", *name, cwd=course, stdin=PLAIN.encode())
    assert (checked.returncode, checked.stdout) == (1, b"")
    differs = colabify("-", "--diff", *name, cwd=course, stdin=PLAIN.encode())
    assert differs.returncode == 0
    assert differs.stdout.startswith(b"--- a.ipynb: new markdown cell 1\n")


def test_filter_of_no_notebook(course: Path) -> None:
    done = colabify("-", cwd=course, stdin=b"{")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"standard input: not JSON: ")
    assert done.stderr.count(b"\n") == 1


def test_filter_without_standard_input(course: Path) -> None:
    done = colabify("-", cwd=course, prefix=["sh", "-c", 'exec "$@" <&-', "sh"])
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


# ---- quiet, verbose


def test_quiet_says_only_what_went_wrong(course: Path, capfd: Capture) -> None:
    assert main([str(course), "--quiet"]) == 0
    assert capfd.readouterr() == ("", "")
    (course / "bad.ipynb").write_text(BROKEN)
    (course / "worse.ipynb").write_text("{")
    publish(course)
    assert main([str(course), "--quiet"]) == 2
    out, err = capfd.readouterr()
    bad, worse = err.splitlines()
    assert out == ""
    assert bad.startswith(f"{course}/bad.ipynb: cell 1")
    assert "COL311" in bad
    assert worse.startswith(f"{course}/worse.ipynb: not JSON")


def test_verbose_says_why(course: Path, capfd: Capture) -> None:
    (course / "helper.py").write_text("")
    (course / "a.ipynb").write_text(notebook("import helper"))
    publish(course)
    assert main([str(course), "--verbose"]) == 0
    out = capfd.readouterr().out
    assert "clones https://github.com/teacher/course.git at main, stands in its root" in out
    assert "metadata colab.include_colab_link: True" in out


# ---- terminals and pipes


def in_terminal(folder: Path, *words: str, columns: int = 80, **env: str) -> str:
    """What the command shows on a terminal."""
    master, slave = pty.openpty()
    root = str(Path(__file__).parent.parent)
    # TERM alone makes it capable of colour; NO_COLOR of whoever runs the tests is not ours
    own = {"PYTHONPATH": root, "TERM": "xterm", "NO_COLOR": "", "COLUMNS": str(columns), **env}
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "colabify", *words],
        cwd=folder, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, **own},
    )  # fmt: skip
    os.close(slave)
    said = b""
    try:
        while piece := os.read(master, 65536):
            said += piece
    except OSError:  # Linux: the other side is closed
        pass
    os.close(master)
    process.wait(timeout=30)
    return said.decode()


def test_colour_on_a_terminal_only(course: Path) -> None:
    assert "\x1b[32mready\x1b[0m" in in_terminal(course, "a.ipynb")
    assert "\x1b" not in in_terminal(course, "a.ipynb", NO_COLOR="1")
    assert "\x1b" not in in_terminal(course, "a.ipynb", TERM="dumb")
    assert b"\x1b" not in colabify("a.ipynb", cwd=course, env={"FORCE_COLOR": "1"}).stdout


def test_progress_on_a_terminal_and_for_long_work_only(course: Path) -> None:
    assert "notebooks" not in in_terminal(course, "a.ipynb", "--check").replace("1 notebook", "")
    for number in range(20):
        (course / f"{number}.ipynb").write_text(PLAIN)
    publish(course)
    assert "━" in in_terminal(course, ".", "--check")
    assert "━" not in in_terminal(course, ".", "--check", "--quiet")
    done = colabify(".", "--check", cwd=course)
    assert "━" not in (done.stdout + done.stderr).decode()


def test_pipe_is_not_wrapped(course: Path) -> None:
    name = "n" * 200 + ".ipynb"
    (course / name).write_text(PLAIN)
    publish(course)
    done = colabify(name, cwd=course, env={"COLUMNS": "40"})
    assert done.stdout.decode().splitlines()[0] == f"{name}  badge  ready"


@pytest.mark.parametrize("words", [["."], [".", "--diff"], ["--list-rules"]], ids=" ".join)
def test_reader_that_leaves(words: list[str], course: Path) -> None:
    closed = ["sh", "-c", '"$@" 2>err | true; cat err', "sh"]
    done = colabify(*words, cwd=course, prefix=closed)
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"Broken" not in done.stdout + done.stderr
    assert b"Exception" not in done.stdout + done.stderr


def test_reader_that_leaves_does_not_change_the_exit_code(course: Path) -> None:
    script = '{ "$@"; echo $? >code; } 2>err | true; cat err code'
    done = colabify(".", "--check", cwd=course, prefix=["sh", "-c", script, "sh"])
    assert done.stdout == b"1\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_is_full(course: Path) -> None:
    done = colabify(".", cwd=course, prefix=["sh", "-c", 'exec "$@" >/dev/full', "sh"])
    assert done.returncode == 2
    assert done.stderr == b"colabify: the output: No space left on device\n"


def test_names_beyond_the_encoding_of_the_output(course: Path) -> None:
    (course / "作业.ipynb").write_text(PLAIN)
    done = colabify("作业.ipynb", cwd=course, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert done.stdout.startswith(rb"\u4f5c\u4e1a.ipynb  badge")


def test_interrupted(course: Path) -> None:
    """Ctrl-C in the middle: one line, the code that shells give it, no half-written notebook.

    A shell that runs the tests in the background has them, and their children, ignore Ctrl-C.
    """
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    words = [sys.executable, "-m", "colabify", "-"]
    with subprocess.Popen(
        words, cwd=course, env=env, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert said == "colabify: interrupted: every notebook is whole, the last ones are not done\n"


def test_interrupted_between_notebooks(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, done = Path.replace, []

    def interrupt(self: Path, target: Path) -> Path:
        if done:
            raise KeyboardInterrupt
        done.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    before = contents(course)
    assert main([str(course), "--inplace"]) == 130
    after = contents(course)
    assert after["a.ipynb"] != before["a.ipynb"]
    assert after["sub/b.ipynb"] == before["sub/b.ipynb"]
    assert after.keys() == before.keys()
