"""Repositories whose commits colabify makes, and all that there is to compare in one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import contents, git, make_repository, notebook

LAB, OTHER = notebook("x = 1"), notebook("y = 2")
FILES = {"labs/a.ipynb": LAB, "labs/b.ipynb": OTHER, "notes.txt": "one\n", "more.txt": "one\n"}


def make_course(
    folder: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, str | bytes] = FILES
) -> Path:
    """A published repository, of a person whom git knows, and nothing of this machine's configuration."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    made = make_repository(folder, files)
    with (made / ".git" / "config").open("a") as config:
        config.write("[user]\n\tname = Ann\n\temail = ann@example.org\n")
    return made


def commit_by_hand(course: Path, **files: str) -> str:
    """Notebooks of ``labs``, by their names without an ending, in a person's commit; which comes out."""
    for name, text in files.items():
        (course / "labs" / f"{name}.ipynb").write_text(text)
    git(course, "add", "-A")
    git(course, "commit", "-q", "-m", "By hand")
    return git(course, "rev-parse", "HEAD").strip()


def make_hook(course: Path, name: str, script: str) -> None:
    """A hook of the repository: a shell script."""
    hook = course / ".git" / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{script}\n")
    hook.chmod(0o755)


def everything(course: Path) -> dict[str, object]:
    """What there is to compare in a repository: HEAD, refs, index, the bytes on the disk, work trees."""
    return {
        "HEAD": (course / ".git" / "HEAD").read_text(),
        "refs": git(course, "for-each-ref"),
        "index": git(course, "ls-files", "--stage"),
        "disk": contents(course),
        "status": git(course, "status", "--porcelain"),
        "work trees": git(course, "worktree", "list"),
    }


def refused(
    course: Path, capfd: pytest.CaptureFixture[str], *words: str, place: str = "labs"
) -> str:
    """The one line of a refusal, after which everything is as it was."""
    before = everything(course)
    capfd.readouterr()
    assert main([str(course / place), *words]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert everything(course) == before
    return err.removeprefix("colabify: ").rstrip("\n")


def changed_in(course: Path, commit: str = "HEAD") -> list[str]:
    """The files that a commit changes with respect to its first parent."""
    said = git(course, "diff", "-z", "--name-only", "--no-renames", f"{commit}^", commit)
    return [name for name in said.split("\0") if name]


def subject(course: Path, commit: str = "HEAD") -> str:
    return git(course, "log", "-1", "--format=%s", commit).strip()
