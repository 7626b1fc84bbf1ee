"""Courses for the tests: the fixture, or a few files, in a git repository of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

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
    # No hooks to copy, nothing to clean up: thousands of small repositories are made
    "GIT_TEMPLATE_DIR": "",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "maintenance.auto",
    "GIT_CONFIG_VALUE_0": "false",
}


_FETCH = "+refs/heads/*:refs/remotes/origin/*"


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
        with (folder / ".git" / "config").open("a") as config:
            config.write(f'[remote "origin"]\n\turl = {remote}\n\tfetch = {_FETCH}\n')
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    publish(folder)
    return folder


def add_submodule(course: Path, kit: Path, name: str) -> None:
    """Make the repository ``kit`` a submodule of ``course``; it is in the index, and not committed."""
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(course, *words, str(kit), name)


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


def notebook(*sources: str, indent: int | None = 1, **metadata: object) -> str:
    """The text of a notebook of code cells; a source that begins with ``# `` is a Markdown cell."""
    cells = [_cell(source) for source in sources]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    data = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, **metadata},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(data, indent=indent, ensure_ascii=False) + "\n"


def _cell(source: str) -> dict[str, object]:
    lines = source.splitlines(keepends=True)
    if source.startswith("# "):
        return {"cell_type": "markdown", "metadata": {}, "source": lines}
    code = {"execution_count": None, "metadata": {}, "outputs": [], "source": lines}
    return {"cell_type": "code", **code}


def colabify(
    *words: str | Path,
    cwd: Path,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, below ``prefix`` (such as another user's identity)."""
    root = str(Path(__file__).parent.parent)
    compiled = (
        Path(tempfile.gettempdir()) / "colabify-tests-compiled"
    )  # else each start compiles all
    python = {"PYTHONPATH": root, "PYTHONPYCACHEPREFIX": str(compiled)}
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [*prefix, sys.executable, "-W", "error", "-m", "colabify", *map(str, words)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**inherited, **python, **(env or {})},
        timeout=60,
    )


def ported(path: Path, *flags: str, code: int = 0) -> str:
    """The sources of the notebook at ``path`` once it is ported; ``code`` is what the command ends with."""
    assert main([str(path), "--inplace", *flags]) == code
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def clones(text: str, address: str, ref: str) -> bool:
    """Whether the setup cell in ``text`` clones ``ref`` of the repository at ``address``."""
    return f'"{address}"' in text and f'"{ref}"' in text


def said(capfd: pytest.CaptureFixture[str]) -> str:
    """What a command has printed; nothing of it is an error."""
    out, err = capfd.readouterr()
    assert err == ""
    return out


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, git's aside."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
