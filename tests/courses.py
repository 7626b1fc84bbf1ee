"""Courses for the tests: the fixture, or a few files, in a git repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from colabify.cli import main

FIXTURES = Path(__file__).parent.parent / "fixtures"
ADDRESS = "https://github.com/teacher/course.git"
_IDENTITY = {
    "GIT_AUTHOR_NAME": "Teacher",
    "GIT_AUTHOR_EMAIL": "teacher@example.org",
    "GIT_COMMITTER_NAME": "Teacher",
    "GIT_COMMITTER_EMAIL": "teacher@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *words: str) -> str:
    """What git says; an error of git's is the test's."""
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **_IDENTITY},
    )
    return done.stdout


def publish(folder: Path, branch: str = "main") -> None:
    """Commit all there is, and make it what the remote was last seen to hold."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "The course")
    git(folder, "update-ref", f"refs/remotes/origin/{branch}", "HEAD")


def make_repository(folder: Path, files: Mapping[str, str | bytes], remote: str = ADDRESS) -> Path:
    """A repository of ``files``, published at ``remote`` (empty: none)."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    if remote:
        git(folder, "remote", "add", "origin", remote)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    publish(folder)
    return folder


def fixture_course(folder: Path) -> Path:
    """The fixture's assignment1 in a repository; returns the folder ``assignment1`` in it.

    Whoever has tried the README's first command has ported the fixture in place: that is undone.
    """
    copy = folder / "assignment1"
    leftovers = shutil.ignore_patterns("results", "__pycache__", "shapes-batches")
    shutil.copytree(FIXTURES / "assignment1", copy, ignore=leftovers)
    assert main([str(copy), "--undo", "--quiet"]) == 0
    make_repository(folder, {"README.md": "# The course\n"})
    return copy
