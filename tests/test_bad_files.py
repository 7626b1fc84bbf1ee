"""Paths that mean no notebook, and files that may not be read or written."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.files import write_bytes
from tests.bad_company import GOOD, PLAIN, assert_others_done, make_course
from tests.courses import make_repository, notebook, publish

Capture = pytest.CaptureFixture[str]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="takes another user's identity")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


# ---- paths


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def nothing(path: Path) -> None:
    """Leave it out."""


def a_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def a_loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    ("make", "name", "why"),
    [
        (nothing, "b.ipynb", "no such file or folder"),
        (nothing, "n" * 300 + ".ipynb", "cannot be read: File name too long"),
        (nothing, "a.ipynb/b.ipynb", "cannot be read: Not a directory"),
        (Path.touch, "b.py", "not a notebook: its name does not end in .ipynb"),
        (a_folder, "b.ipynb", "no notebooks in this folder"),
        (a_folder, "empty", "no notebooks in this folder"),
        (a_pipe, "b.ipynb", "not a file that could be a notebook"),
        (a_dangling_link, "b.ipynb", "a symbolic link to nothing"),
        (a_loop, "b.ipynb", "cannot be read: Too many levels of symbolic links"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_path_that_is_no_notebook(
    make: Callable[[Path], None], name: str, why: str, course: Path, capfd: Capture
) -> None:
    path = course / name
    make(path)
    given = [str(course / "a.ipynb"), str(path), str(course / "z.ipynb")]
    assert main([*given, "--inplace"]) == 2
    assert capfd.readouterr().err == f"{path}: {why}\n"
    assert_others_done(course)


# ---- what may not be read or written


def as_nobody(course: Path, *words: str) -> int:
    """The command's exit code for a user to whom the course belongs but who is not root.

    A fork: that user may not be allowed to start this Python, or to read what it has imported.
    """
    for path in [course, *course.rglob("*")]:
        os.chown(path, 65534, 65534, follow_symlinks=False)
    child = os.fork()
    if child == 0:
        os.environ.update({"HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": os.devnull})
        os.chdir(course)
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        try:
            os._exit(main(words))
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@needs_root
@pytest.mark.parametrize(
    ("name", "mode", "why"),
    [
        ("b.ipynb", 0o444, "b.ipynb: it is read-only: not written"),
        ("b.ipynb", 0o000, "b.ipynb: cannot be read: Permission denied"),
        ("sub", 0o555, "sub/b.ipynb: its folder is read-only: not written"),
        ("sub", 0o000, "./sub: cannot be listed: Permission denied"),
        ("sub", 0o444, "sub/b.ipynb: cannot be read: Permission denied"),
    ],
    ids=["read-only", "unreadable", "read-only folder", "closed folder", "folder to list only"],
)
def test_permission(name: str, mode: int, why: str, capfd: Capture) -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to others
        Path(folder).chmod(0o755)
        check_permission(Path(folder) / "course", name, mode, why, capfd)


def check_permission(course: Path, name: str, mode: int, why: str, capfd: Capture) -> None:
    make_repository(course, {"a.ipynb": PLAIN, "z.ipynb": PLAIN})
    for flag in ("--inplace", "--undo"):
        assert main([str(course), flag]) == 0  # imports what will be needed
    path = course / ("sub/b.ipynb" if name == "sub" else name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(PLAIN)
    publish(course)
    (course / name).chmod(mode)
    capfd.readouterr()
    code = as_nobody(course, ".", "--inplace")
    assert capfd.readouterr().err == f"{why}\n"
    assert code == 2
    (course / name).chmod(0o755)
    assert path.read_text() == PLAIN
    assert_others_done(course)


@needs_root
def test_permission_lost_in_between(capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    import colabify.run_one

    transform = colabify.run_one.transform

    def lose(raw: bytes, path: Path, *more: object) -> object:
        if path.name == "b.ipynb":
            path.parent.chmod(0o555)
        return transform(raw, path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("colabify.run_one.transform", lose)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        check_permission(
            Path(folder) / "course", "sub", 0o755,
            "sub/b.ipynb: its folder is read-only: not written", capfd,
        )  # fmt: skip


def test_removed_in_between(course: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    import colabify.run_one

    transform = colabify.run_one.transform

    def remove(raw: bytes, path: Path, *more: object) -> object:
        if path.name == "b.ipynb":
            path.unlink()
        return transform(raw, path, *more)  # type: ignore[arg-type]

    (course / "b.ipynb").write_text(PLAIN)
    publish(course)
    monkeypatch.setattr("colabify.run_one.transform", remove)
    assert main([str(course), "--inplace"]) == 2
    why = "cannot be written: No such file or directory"
    assert capfd.readouterr().err == f"{course}/b.ipynb: {why}\n"
    assert not (course / "b.ipynb").exists()
    assert_others_done(course)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".") and path.is_file()]


@pytest.mark.parametrize(
    "call", ["os.fsync", "pathlib.Path.replace", "colabify.files.open_temporary"]
)
def test_disk_that_is_full(
    call: str, course: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(call, full)
    assert main([str(course), "--inplace"]) == 2
    err = capfd.readouterr().err
    monkeypatch.undo()
    lines = [f"{course}/{name}.ipynb: cannot be written: No space left on device" for name in "az"]
    assert err.splitlines() == lines
    assert (course / "a.ipynb").read_bytes() == GOOD
    assert leftovers(course) == []


@needs_root
def test_small_disk(tmp_path: Path, capfd: Capture) -> None:
    """A real one: the first copy has room, the second has none, the third is small again."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(words, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        big = notebook("x = 1\n" + "# " + "y" * 100_000)
        files = {"a.ipynb": PLAIN, "b.ipynb": big, "c.ipynb": PLAIN}
        course = make_repository(tmp_path / "course", files)
        assert main([str(course), "--output-dir", str(disk)]) == 2
        err = capfd.readouterr().err
        assert err == f"{course}/b.ipynb: cannot be written: No space left on device\n"
        assert sorted(path.name for path in disk.iterdir()) == ["a.ipynb", "c.ipynb"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_saved_by_another_program_in_between(
    course: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import colabify.run_one

    transform = colabify.run_one.transform
    newer = notebook("x = 2")

    def slow(raw: bytes, path: Path, *more: object) -> object:
        if path.name == "a.ipynb":
            path.write_text(newer)
        return transform(raw, path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("colabify.run_one.transform", slow)
    assert main([str(course), "--inplace"]) == 2
    err = capfd.readouterr().err
    why = "another program has saved it in the meantime: not written; run again"
    assert err == f"{course}/a.ipynb: {why}\n"
    assert (course / "a.ipynb").read_text() == newer
    assert "view-in-github" in (course / "z.ipynb").read_text()


def test_another_process_of_ours_has_written_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make_repository(
        tmp_path,
        {"a.ipynb": notebook("import old"), "old.py": "import scipy.misc\nscipy.misc.imread\n"},
    )
    write = write_bytes

    def twice(path: Path, raw: bytes, expected: bytes | None) -> None:
        write(path, raw, expected)
        write(path, raw, expected)

    monkeypatch.setattr("colabify.files.write_bytes", twice)
    assert main([str(course), "--inplace"]) == 0
    assert "imageio" in (course / "old.py").read_text()
    assert main([str(course), "--undo"]) == 0
    assert (course / "old.py").read_text() == "import scipy.misc\nscipy.misc.imread\n"


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    name = "\u8bfe" * 82 + ".ipynb"
    course = make_repository(tmp_path, {name: notebook("import numpy as np\nnp.int")})
    assert main([str(course), "--inplace"]) == 0
    assert [one.name for one in course.iterdir() if one.name != ".git"] == [name]
