"""Kinds of repositories, from none to submodules; and what a hostile one may not do."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import (
    ADDRESS,
    add_submodule,
    clones,
    colabify,
    git,
    make_repository,
    notebook,
    ported,
    publish,
    said,
)

NEEDS_FILES = "import helper\nhelper.run()"
FILES = {"week 1/a.ipynb": notebook(NEEDS_FILES), "week 1/helper.py": "def run(): pass\n"}
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="gives files to another user")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "course", FILES)


# ---- kinds of repositories


def test_no_repository(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(notebook("x = 1"))
    assert main([str(tmp_path)]) == 0
    assert "COL411 there is no git repository round it: no badge" in said(capfd)


def test_no_commits(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    git(tmp_path, "remote", "add", "origin", ADDRESS)
    (tmp_path / "a.ipynb").write_text(notebook("x = 1"))
    assert "blob/trunk/a.ipynb" in ported(tmp_path / "a.ipynb")
    assert "nothing is known to be at the remote's trunk yet" in said(capfd)


def test_empty_git_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.ipynb").write_text(notebook("x = 1"))
    assert main([str(tmp_path)]) == 0
    assert "COL411" in said(capfd)


@pytest.mark.parametrize("content", ["gitdir: /nowhere\n", "nonsense"])
def test_git_file_that_leads_nowhere(content: str, tmp_path: Path) -> None:
    (tmp_path / ".git").write_text(content)
    (tmp_path / "a.ipynb").write_text(notebook("x = 1"))
    done = colabify("a.ipynb", cwd=tmp_path)
    assert b"Traceback" not in done.stderr
    assert b"an error in colabify" not in done.stderr
    assert done.returncode in (0, 2)


def test_worktree(course: Path, tmp_path: Path) -> None:
    git(course, "worktree", "add", "-q", "-b", "fall", str(tmp_path / "elsewhere"))
    publish(tmp_path / "elsewhere", "fall")
    text = ported(tmp_path / "elsewhere" / "week 1" / "a.ipynb")
    assert clones(text, ADDRESS, "fall")
    assert '"week 1"' in text


@pytest.fixture
def outer(course: Path, tmp_path: Path) -> Path:
    """A repository that has the course as its submodule ``sub``, and a stray clone that is ignored."""
    files = {"top.ipynb": notebook("x = 1"), ".gitignore": "stray/\n"}
    outer = make_repository(tmp_path / "outer", files, remote="https://github.com/o/outer.git")
    add_submodule(outer, course, "sub")
    git(outer / "sub", "remote", "set-url", "origin", ADDRESS)
    shutil.copytree(course, outer / "stray")
    publish(outer)
    return outer


def test_submodule(outer: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(outer), "--inplace"]) == 0
    out = said(capfd)
    assert "stray" not in out
    assert "2 notebooks changed" in out
    text = (outer / "sub" / "week 1" / "a.ipynb").read_text()
    assert "teacher/course/blob/main/week%201/a.ipynb" in text
    assert "o/outer/blob/main/top.ipynb" in (outer / "top.ipynb").read_text()


def test_bare_repository(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(course.parent, "clone", "-q", "--bare", str(course), "bare.git")
    assert main([str(course.parent / "bare.git")]) == 2
    assert "no notebooks in this folder" in capfd.readouterr().err


def test_shallow_clone(course: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{course}", "shallow")
    git(tmp_path / "shallow", "remote", "set-url", "origin", ADDRESS)
    assert clones(ported(tmp_path / "shallow" / "week 1" / "a.ipynb"), ADDRESS, "main")
    assert "COL4" not in said(capfd)


# ---- trust


def test_program_named_by_the_repository_is_not_run(course: Path, tmp_path: Path) -> None:
    canary, script = tmp_path / "canary", tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{canary}'\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "diff.external"):
        git(course, "config", key, str(script))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        shutil.copy(script, hooks / name)
    git(course, "config", "core.hooksPath", str(hooks))
    assert main([str(course), "--inplace"]) == 0
    assert not canary.exists()


def wrapped_git(folder: Path, log: Path) -> dict[str, str]:
    """An environment whose ``git`` writes a line into ``log`` each time it is run."""
    folder.mkdir()
    wrapper = folder / "git"
    wrapper.write_text(f'#!/bin/sh\necho "$*" >> "{log}"\nexec "{shutil.which("git")}" "$@"\n')
    wrapper.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_number_of_git_processes_is_fixed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    env = wrapped_git(tmp_path / "bin", log)
    counts = []
    for number in (1, 12):
        files = {f"part {i}/{i}.ipynb": notebook(NEEDS_FILES) for i in range(number)}
        course = make_repository(tmp_path / f"course{number}", files)
        log.write_text("")
        colabify(".", cwd=course, env=env)
        counts.append(len(log.read_text().splitlines()))
    assert counts[0] == counts[1] <= 6


def test_no_git_program(course: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    env = {"PATH": str(tmp_path / "empty")}
    done = colabify("week 1/a.ipynb", "--inplace", cwd=course, env=env)
    assert done.returncode == 2
    line = "week 1/a.ipynb: there is no git program here to read its repository with: install git"
    assert done.stderr.decode() == f"{line}\n"
    assert colabify(".", cwd=course, env=env).returncode == 2
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.ipynb").write_text(notebook("x = 1"))
    done = colabify("a.ipynb", cwd=outside, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"COL411" in done.stdout


@needs_root
def test_repository_of_another_user(course: Path) -> None:
    """Git refuses it; porting as if there were no repository would take badge and setup cell away."""
    ported(course / "week 1" / "a.ipynb")
    before = (course / "week 1" / "a.ipynb").read_bytes()
    for path in [course, *course.rglob("*")]:
        os.chown(path, 65534, 65534)
    nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = colabify("week 1/a.ipynb", "--inplace", cwd=course, env=nowhere)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    said = done.stderr.decode()
    assert "git refuses to read its repository: detected dubious ownership" in said
    assert f"git config --global --add safe.directory {course}" in said
    assert (course / "week 1" / "a.ipynb").read_bytes() == before


def test_repository_that_a_hook_belongs_to_is_not_taken_for_the_course(
    course: Path, tmp_path: Path
) -> None:
    other = make_repository(tmp_path / "other", {"x.py": ""}, remote="https://github.com/o/o.git")
    env = {"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other)}
    done = colabify("week 1/a.ipynb", "--inplace", cwd=course, env=env)
    assert done.returncode == 0, done
    assert ADDRESS in (course / "week 1" / "a.ipynb").read_text()


@needs_root
def test_owner_and_mode_stay(course: Path) -> None:
    path = course / "week 1" / "a.ipynb"
    path.chmod(0o640)
    os.chown(path, 65534, 65534)
    ported(path)
    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (65534, 65534, 0o640)
