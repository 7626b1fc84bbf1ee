"""The sections of the benchmarks run, on courses of next to nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.courses import colabify

# They are no part of what is installed; behind everything else, so that the installed colabify is tested
sys.path.append(str(Path(__file__).parents[1]))

from benchmarks import sections
from benchmarks.course import make_course
from benchmarks.git_calls import count_git
from benchmarks.measure import Cost


def test_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each gives rows that go by what was measured; the programs themselves are not run here."""
    asked: list[str] = []

    def cost(words: list[str], *_: object, **__: object) -> Cost:
        asked.append(" ".join(words))
        return Cost(2.0, 1.0, 10.0)

    monkeypatch.setattr(sections, "cost", cost)
    monkeypatch.setattr(sections, "count_git", lambda *_: 6)
    for name, section in sections.SECTIONS.items():
        rows = list(section(None, 0.0005, 1))
        assert any("colabify" in row for row in rows), name
    assert any("--jobs 2" in words for words in asked)


@pytest.mark.parametrize("native", [False, True])
def test_a_course_is_what_it_is_said_to_be(tmp_path: Path, native: bool) -> None:
    make_course(tmp_path / "course", 1, each=9_000, code_cells=4, native=native)
    done = colabify("--check", "-q", "course", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (int(not native), b"")


def test_git_is_asked_as_often_for_many_as_for_one(tmp_path: Path) -> None:
    counts = []
    for notebooks in (1, 6):
        folder = tmp_path / str(notebooks)
        make_course(folder, notebooks, each=0, code_cells=2)
        counts.append(count_git([*sections.CHECK, "."], folder))
    assert counts[0] == counts[1] > 0
