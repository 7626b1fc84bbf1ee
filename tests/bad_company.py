"""A course of two good notebooks, between which a bad one sorts."""

from __future__ import annotations

from pathlib import Path

from tests.courses import make_repository, notebook

PLAIN = notebook("x = 1")
GOOD = PLAIN.encode()


def make_course(folder: Path) -> Path:
    return make_repository(folder, {"a.ipynb": PLAIN, "z.ipynb": PLAIN})


def assert_others_done(course: Path) -> None:
    """The good ones are ported."""
    for name in ("a", "z"):
        assert "view-in-github" in (course / f"{name}.ipynb").read_text()
