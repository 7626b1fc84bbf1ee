"""A new version of colabify does not rewrite setup cells whose meaning has not changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.settings import Settings
from colabify.setup import frame, results
from tests.small_course import LAB, course_in, ported, undone
from tests.strategies import Writing, code_cell, notebook_of

RAW = Writing().dump(
    notebook_of(
        *LAB["cells"],
        code_cell("%load_ext autoreload\nopen('out.txt', 'w').write('x')"),
        minor=5,
        metadata=LAB["metadata"],
    )
)
SETTINGS = {
    "clone": Settings(),
    "drive": Settings(source="drive", drive_folder="Courses/lab"),
    "results": Settings(persist="download"),
}
COMMENT = f"    # where the notebook is\n{frame.STAND}"
# a template, what it said in an earlier version; whether the cell means the same
EARLIER = {
    "a comment more": ("STAND", COMMENT, True),
    "laid out otherwise": ("STAND", frame.STAND.replace("(0, here)", "(\n        0, here)"), True),
    "quoted otherwise": ("AUTORELOAD", frame.AUTORELOAD.replace('"', "'"), True),
    "another sentence": ("READY", frame.READY.replace("Ready in", "All is well in"), False),
    "another call": ("STAND", frame.STAND.replace("insert(0, here)", "append(here)"), False),
    "a form's comment": ("STAND", f"    # @markdown where the notebook is\n{frame.STAND}", False),
}


@pytest.mark.parametrize(("name", "text", "same"), EARLIER.values(), ids=list(EARLIER))
def test_a_cell_of_an_earlier_version_stays_if_it_means_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, same: bool
) -> None:
    course = course_in(tmp_path)
    now = ported(RAW, course).raw
    with monkeypatch.context() as earlier:
        earlier.setattr(frame, name, text)
        old = ported(RAW, course).raw
    assert old != now
    again = ported(old, course).raw
    assert again == (old if same else now)
    assert undone(again) == undone(old) == RAW


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=list(SETTINGS))
def test_forms_and_results_stay_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    course = course_in(tmp_path)
    with monkeypatch.context() as earlier:
        earlier.setattr(frame, "STAND", COMMENT)
        earlier.setattr(results, "DOWNLOAD", f"    # one zip\n{results.DOWNLOAD}")
        old = ported(RAW, course, settings).raw
    assert old != ported(RAW, course, settings).raw
    assert ported(old, course, settings).raw == old


def test_what_is_needed_now_is_written_in_the_words_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = course_in(tmp_path)
    with monkeypatch.context() as earlier:
        earlier.setattr(frame, "STAND", COMMENT)
        old = ported(RAW, course).raw
    other = Settings(clone="full")
    assert ported(old, course, other).raw == ported(RAW, course, other).raw
