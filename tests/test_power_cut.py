"""Runs that are killed, that meet, that have no room: no notebook is lost, the next run finishes the work."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import threading
import time
from pathlib import Path
from typing import IO

import pytest

from colabify import files
from colabify.cli import main
from tests.courses import contents, git, make_repository, notebook
from tests.scripts import script

PLAIN = notebook("import numpy as np\nx = np.int(3)")
PART = ".nb.ipynb.colabify-part"
Capture = pytest.CaptureFixture[str]
POWER_CUT = script("power_cut")
cut_power, make_course = POWER_CUT.cut_power, POWER_CUT.make_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "course", {"nb.ipynb": PLAIN})


def test_kills_at_random_moments(tmp_path: Path) -> None:
    make_course(tmp_path / "course", 2)
    main([str(tmp_path / "course"), "--check", "--quiet"])
    done = cut_power(tmp_path / "course", 5, random.Random(1))
    assert len(done.new) == 5
    assert done.in_writing + done.finished > 0


@pytest.mark.parametrize("moment", range(1, 5))
def test_a_run_that_ends_before_a_file_is_written(
    moment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The course has two notebooks and two modules: whichever is missing, the next run and undo get it right."""
    course = tmp_path / "course"
    make_course(course, 2)
    old, left, real = contents(course), [moment], os.fsync

    def interrupt(handle: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        real(handle)

    monkeypatch.setattr("os.fsync", interrupt)
    assert main([str(course), "--inplace", "--quiet"]) == 130
    between = contents(course)
    assert sum(between[name] != old[name] for name in old) == moment - 1
    main([str(course), "--inplace", "--quiet"])
    new = contents(course)
    assert all(new[name] != old[name] for name in old)
    assert all(between[name] in (old[name], new[name]) for name in old)
    main([str(course), "--undo", "--quiet"])
    assert contents(course) == old


def test_what_a_killed_run_leaves_is_removed(course: Path) -> None:
    (course / PART).write_text("half of a noteb")
    assert main([str(course), "--inplace", "--quiet"]) == 0
    assert contents(course).keys() == {"nb.ipynb"}
    assert git(course, "status", "--porcelain") == " M nb.ipynb\n"


def test_another_run_does_not_come_to_an_end_of_writing_it(
    course: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colabify.temporaries.PATIENCE", 0.05)
    with files.open_temporary(course / "nb.ipynb") as other:
        assert other.path.name == PART
        assert main([str(course), "--inplace", "--quiet"]) == 2
    assert (
        "nb.ipynb: another colabify is writing it: not written; run again\n"
        in capsys.readouterr().err
    )
    assert (course / "nb.ipynb").read_text() == PLAIN
    assert main([str(course), "--inplace", "--quiet"]) == 0
    assert contents(course).keys() == {"nb.ipynb"}


def test_another_run_is_writing_the_same(course: Path, tmp_path: Path) -> None:
    copy = make_repository(tmp_path / "copy", {"nb.ipynb": PLAIN})
    main([str(copy), "--inplace", "--quiet"])
    new = (copy / "nb.ipynb").read_bytes()

    def write() -> None:
        with files.open_temporary(course / "nb.ipynb") as other:
            begun.set()
            time.sleep(0.5)
            other.file.write(new)
            other.file.flush()
            other.replace(course / "nb.ipynb")

    begun = threading.Event()
    (thread := threading.Thread(target=write)).start()
    begun.wait()
    assert main([str(course), "--inplace", "--quiet"]) == 0
    thread.join()
    assert contents(course) == {"nb.ipynb": new}


def test_another_run_takes_what_is_written_for_a_leftover(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks between the moment when the file is made and that when it is locked."""
    real, met = os.fdopen, []

    def look(handle: int, mode: str) -> IO[bytes]:
        if not met:
            met.append((course / PART).unlink())
            (course / PART).write_text("what the other one writes")
        return real(handle, mode)

    monkeypatch.setattr("os.fdopen", look)
    assert main([str(course), "--inplace", "--quiet"]) == 0
    assert met
    assert contents(course).keys() == {"nb.ipynb"}
    assert "view-in-github" in (course / "nb.ipynb").read_text()


def test_a_file_system_without_locks(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some that are mounted over a net; what a killed run has left is removed there, too."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    (course / PART).write_text("half of a noteb")
    assert main([str(course), "--inplace", "--quiet"]) == 0
    assert contents(course).keys() == {"nb.ipynb"}


def test_two_runs_meet_on_a_file_system_without_locks(
    course: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def meet(handle: int) -> None:
        (course / PART).unlink()
        (course / PART).write_text("half of what the other one writes")
        real(handle)

    monkeypatch.setattr("os.fsync", meet)
    assert main([str(course), "--inplace", "--quiet"]) == 2
    assert "another colabify is writing it" in capsys.readouterr().err
    assert (course / "nb.ipynb").read_text() == PLAIN


def test_an_editor_saves_while_it_is_written(
    course: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited, real = notebook("x = 2"), os.fsync

    def save(handle: int) -> None:
        (course / "nb.ipynb").write_text(edited)
        real(handle)

    monkeypatch.setattr("os.fsync", save)
    assert main([str(course), "--inplace", "--quiet"]) == 2
    assert (
        "another program has saved it in the meantime: not written; run again"
        in capsys.readouterr().err
    )
    assert contents(course) == {"nb.ipynb": edited.encode()}


def test_no_room_in_the_middle_of_a_file(course: Path) -> None:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
        os._exit(main([str(course), "--inplace", "--quiet"]))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert contents(course) == {"nb.ipynb": PLAIN.encode()}


def test_two_runs_in_one_folder(tmp_path: Path) -> None:
    make_course(tmp_path / "course", 2)
    make_course(tmp_path / "alone", 2)
    main([str(tmp_path / "alone"), "--inplace", "--quiet"])
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            os._exit(main([str(tmp_path / "course"), "--inplace", "--quiet"]))
        children.append(child)
    assert {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children} <= {0, 2}
    main([str(tmp_path / "course"), "--inplace", "--quiet"])
    assert contents(tmp_path / "course") == contents(tmp_path / "alone")


def test_ctrl_c(course: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    assert main([str(course), "--inplace", "--quiet"]) == 130
    assert "interrupted: every notebook is whole" in capsys.readouterr().err
    assert contents(course) == {"nb.ipynb": PLAIN.encode()}


def test_verbose_has_the_traceback_of_an_error_of_ours(
    course: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by mistake")

    monkeypatch.setattr("colabify.run_one.port_document", fail)
    line = f"{course}/nb.ipynb: an error in colabify (ZeroDivisionError: by mistake); please report it\n"
    assert main([str(course)]) == 2
    assert capsys.readouterr().err == line
    assert main([str(course), "--verbose"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(line)
    assert "Traceback (most recent call last)" in said
    assert "in fail" in said
