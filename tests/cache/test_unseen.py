"""What cannot be seen from outside is not kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import colabify.jobs
from colabify.cli import main
from tests.cache.course import ALL, edit, rewrite
from tests.courses import git

UNSEEN: dict[str, Callable[[Path], object]] = {
    "no repository": lambda course: (course / ".git").rename(course.parent / "gone"),
    "a link that leads out": lambda course: (course / "data").symlink_to(course.parent),
    "a configuration that asks the package index": edit("pyproject.toml", "[tool.colabify]\nonline = true\n"),
    "a clock that was set back": lambda _: None,
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_what_cannot_be_seen_is_not_kept(
    course: Path, ported: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    UNSEEN[name](course)
    if "clock" in name:
        monkeypatch.setattr("colabify.state.time.time_ns", lambda: 10**18)
    for _ in range(2):
        ported.clear()
        main(["--check", "-q", str(course)])
        assert sorted(ported) == ALL


def test_another_work_tree_has_its_own(course: Path, told: Callable[..., list[str]]) -> None:
    git(course, "worktree", "add", "-q", "-b", "other", "../tree")
    other = str(course.parent / "tree")
    assert told("--check", other) == ALL
    assert told("--check", other) == []


def test_what_is_written_while_it_is_planned_is_not_kept(
    course: Path, ported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port_one = colabify.jobs.port_one

    def slow(place, *more):
        done = port_one(place, *more)
        if place.path.name == "a.ipynb":
            rewrite(course)
        return done

    with monkeypatch.context() as patch:
        patch.setattr("colabify.jobs.port_one", slow)
        main(["--check", "-q", str(course)])
    ported.clear()
    main(["--check", "-q", str(course)])
    assert ported == ["a.ipynb"]
