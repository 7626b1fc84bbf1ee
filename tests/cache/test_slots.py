"""The cache's own files: damaged, another notebook's, in a folder inside the repository, written by two at once."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import colabify.slots
from colabify.cache import VARIABLE
from tests.cache.course import ALL, WHOLE
from tests.courses import git

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda raw: raw[:-9],
    "a byte": lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
    "code": lambda raw: packed(raw, pickle.dumps(Harmful())),
    "another value": lambda raw: packed(raw, pickle.dumps((1, 2))),
    "no such value": lambda raw: packed(raw, b"ccolabify.outcomes\nGone\n."),
    "a value of other parts": lambda raw: packed(raw, b"ccolabify.outcomes\nOutcome\n)R."),
    "not packed": lambda raw: raw[:32] + colabify.slots.digest(b"x") + b"x",
}


class Harmful:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("harmed",)


def packed(raw: bytes, said: bytes) -> bytes:
    body = zlib.compress(said)
    return raw[:32] + colabify.slots.digest(body) + body


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_ignored(
    told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told()
    for file in Path(os.environ[VARIABLE]).iterdir():
        file.write_bytes(DAMAGES[name](file.read_bytes()))
    assert told() == ALL
    assert not Path("harmed").exists()
    assert told() == [WHOLE]


def test_slots_of_other_notebooks_are_not_taken(
    course: Path, told: Callable[..., list[str]]
) -> None:
    told()
    files = sorted(Path(os.environ[VARIABLE]).glob("*.one"))
    said = [one.read_bytes() for one in files]
    for file, raw in zip(files, said[1:] + said[:1], strict=True):
        file.write_bytes(raw)
    os.utime(course / "a.ipynb")  # the run as a whole is another
    assert told() == ALL


def test_a_folder_for_the_cache_that_cannot_be_made_is_ignored(
    course: Path, told: Callable[..., list[str]]
) -> None:
    (course.parent / "file").write_text("")
    for _ in range(2):
        assert told("--check", "--cache-dir", str(course.parent / "file"), str(course)) == ALL


def test_the_folder_may_be_inside_the_repository(
    course: Path, told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git takes no notice of it, and what is written there changes nothing."""
    monkeypatch.chdir(course)
    words = ["--check", "--cache-dir", ".colabify-cache", "."]
    assert told(*words) == ALL
    assert told(*words) == [WHOLE]
    os.utime("a.ipynb")
    assert told(*words) == []
    assert git(course, "status", "--porcelain") == ""
    Path(".colabify-cache/mine.csv").write_text("1")
    assert told(*words) == ALL


def test_two_runs_at_once(course: Path, told: Callable[..., list[str]]) -> None:
    words = [sys.executable, "-P", "-m", "colabify", "--check", "--format", "json", str(course)]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, env=os.environ) for _ in range(2)]
    first, second = (one.communicate()[0] for one in both)
    assert first == second
    assert told() in (ALL, [])  # python -m may find packages elsewhere than this process
    assert told() == [WHOLE]
