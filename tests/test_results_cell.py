"""The results cell, and what people put into forms, through porting and undoing again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import colabify.porting
from colabify.course import Course
from colabify.notebook import Changes, Document
from colabify.plans import Plan
from colabify.porting import Ported
from colabify.settings import Settings
from colabify.setup.form import RESULTS, SETUP, chosen_values, is_form
from colabify.steps import Clone, Drive, Results, Setup
from colabify.undo import is_ported, undo
from tests.small_course import LAB, METADATA, POOL, codes, course_in, ported, texts, undone
from tests.strategies import Writing, code_cell, notebooks, sources, writings

CLONE = Clone("https://github.com/o/n.git", "main", "n")
DRIVE = Setup(source=Drive("n", "n", ("a.py",)))
DOWNLOAD = Setup(source=CLONE, results=Results("download", ("figures/",)))
GIT = Setup(source=CLONE, results=Results("git", ("figures/",)))
RAW = Writing().dump(LAB)


@contextmanager
def planned(setup: Setup) -> Iterator[None]:
    """Every notebook's plan has this setup."""
    make_plan = colabify.porting.make_plan

    def make(*words: Any) -> Plan:
        return replace(make_plan(*words), setup=setup)

    with mock.patch("colabify.porting.make_plan", make):
        yield


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return course_in(tmp_path_factory.mktemp("course"))


def again(raw: bytes, course: Course, setup: Setup, settings: Settings = Settings()) -> Ported:  # noqa: B008
    """Ported with that setup; which once more does not change."""
    with planned(setup):
        done = ported(raw, course, settings)
        assert ported(done.raw, course, settings).raw == done.raw
    assert "COL900" not in codes(done)
    return done


def roles(document: Document) -> list[str]:
    """What each cell is: ``setup``, ``results``, or another."""
    forms = ((SETUP, "setup"), (RESULTS, "results"))
    return [
        next((name for form, name in forms if is_form(form, cell.source)), cell.kind)
        for cell in document.cells
    ]


def filled_in(document: Document, name: str, value: str) -> Document:
    """The document once a person has put ``value`` into the form field of that name."""
    for cell in document.cells:
        lines = cell.source.split("\n")
        for number, line in enumerate(lines):
            if line.startswith(f"{name} = "):
                lines[number] = f'{name} = "{value}" #@param {{type:"string"}}'
                return document.apply(Changes(sources={cell.index: "\n".join(lines)}))
    raise AssertionError(name)


def moved(document: Document, index: int, to: int) -> Document:
    cell = {**document.cells[index].data, "source": document.cells[index].source}
    return document.apply(Changes(frozenset({index}), ((to, cell),)))


any_notebook = notebooks(
    st.one_of(st.sampled_from(POOL), st.tuples(st.sampled_from(["code", "markdown"]), sources)),
    st.sampled_from(METADATA),
)


@given(
    notebook=any_notebook,
    writing=writings,
    setup=st.sampled_from([DRIVE, DOWNLOAD, GIT, Setup(results=DOWNLOAD.results)]),
    data=st.data(),
)
def test_any_port_can_be_undone_and_repeated(
    course: Course, notebook: dict[str, Any], writing: Writing, setup: Setup, data: st.DataObject
) -> None:
    raw = writing.dump(notebook)
    done = again(raw, course, setup)
    assert undone(done.raw) == raw
    if not notebook["cells"]:
        return
    indexes = st.integers(0, len(done.after.cells) - 1)
    edited = moved(done.after, data.draw(indexes), data.draw(indexes))
    edits = data.draw(st.dictionaries(indexes, sources, max_size=2))
    edited = edited.apply(Changes(sources=edits))
    once = again(edited.to_bytes(), course, setup)
    assert undone(once.raw) == undone(edited.to_bytes())


def test_it_is_the_last_cell(course: Course) -> None:
    done = again(RAW, course, DOWNLOAD)
    assert roles(done.after) == [
        "markdown",
        "setup",
        "markdown",
        "code",
        "code",
        "markdown",
        "results",
    ]
    assert done.after.cells[-1].id == "colabify-results"
    assert undone(done.raw) == RAW
    assert is_ported(done.after)


@pytest.mark.parametrize("to", [0, 1, 3, 7])
def test_it_stays_where_a_person_moves_it(course: Course, to: int) -> None:
    edited = moved(again(RAW, course, GIT).after, 6, to)
    done = again(edited.to_bytes(), course, GIT)
    assert roles(done.after) == roles(edited)
    assert undone(done.raw) == RAW


def test_new_cells_come_behind_it(course: Course) -> None:
    more = {**code_cell("mine"), "id": "mine"}
    edited = again(RAW, course, GIT).after.apply(Changes(insert=((7, more),)))
    done = again(edited.to_bytes(), course, GIT)
    assert roles(done.after)[-2:] == ["results", "code"]
    assert texts(undone(done.raw)) == [*(cell["source"] for cell in LAB["cells"]), "mine"]


def test_it_goes_when_nothing_is_to_be_kept(course: Course) -> None:
    done = again(again(RAW, course, GIT).raw, course, Setup(source=CLONE))
    assert "results" not in roles(done.after)
    assert undone(done.raw) == RAW


def test_one_that_was_edited_is_kept(course: Course) -> None:
    after = again(RAW, course, DOWNLOAD).after
    mine = after.cells[6].source + "\nprint('mine')"
    done = again(after.apply(Changes(sources={6: mine})).to_bytes(), course, DOWNLOAD)
    assert roles(done.after) == roles(after)
    assert done.after.cells[6].source == mine
    found = [one for one in done.plan.findings if one.code == "COL903"]
    assert [(one.cell, one.message) for one in found] == [
        (6, "the results cell was edited: it is kept as it is")
    ]
    assert done.plan.setup == DOWNLOAD
    assert texts(undone(done.raw)) == [*(cell["source"] for cell in LAB["cells"]), mine]


def test_an_edited_setup_cell_does_not_hold_it_up(course: Course) -> None:
    after = again(RAW, course, DOWNLOAD).after
    mine = after.cells[1].source + "\nprint('mine')"
    other = replace(DOWNLOAD, results=Results("download", ("models/",)))
    done = again(after.apply(Changes(sources={1: mine})).to_bytes(), course, other)
    assert roles(done.after) == roles(after)
    assert done.after.cells[1].source == mine
    assert "models/" in done.after.cells[6].source
    assert done.plan.setup == Setup()


def test_a_copy_of_it_goes(course: Course) -> None:
    after = again(RAW, course, GIT).after
    copy = {**code_cell(after.cells[6].source), "id": "copy"}
    assert (
        again(after.apply(Changes(insert=((7, copy),))).to_bytes(), course, GIT).raw
        == after.to_bytes()
    )


def test_what_a_person_put_into_the_forms_stays(course: Course) -> None:
    edited = filled_in(again(RAW, course, GIT).after, "FORK", "jo/course")
    done = again(edited.to_bytes(), course, replace(GIT, results=Results("git", ("new/",))))
    assert codes(done).count("COL903") == 0
    assert 'FORK = "jo/course"' in done.after.cells[6].source
    assert '"new/"' in done.after.cells[6].source
    assert undone(done.raw) == undone(edited.to_bytes()) == RAW


@pytest.mark.parametrize(
    ("settings", "suggested", "value"),
    [
        (Settings(), "n", "Mine/n"),
        (Settings(), "renamed", "Mine/n"),
        (Settings(drive_folder="Theirs"), "Theirs", "Theirs"),
    ],
)
def test_the_settings_outrank_the_folder_in_the_form(
    course: Course, settings: Settings, suggested: str, value: str
) -> None:
    edited = filled_in(again(RAW, course, DRIVE).after, "drive_folder", "Mine/n")
    other = replace(DRIVE, source=Drive("n", suggested, ("b.py",)))
    done = again(edited.to_bytes(), course, other, settings)
    (cell,) = (cell for cell in done.after.cells if is_form(SETUP, cell.source))
    assert f'drive_folder = "{value}"  # @param' in cell.source
    assert f'drive_folder or "{suggested}"' in cell.source
    assert chosen_values(SETUP, cell.source) == (
        {} if value == suggested else {"drive_folder": value}
    )
    assert undone(done.raw) == RAW


def test_what_undoing_tells(course: Course) -> None:
    edited = filled_in(again(RAW, course, GIT).after, "BRANCH", "mine")
    found = undo(edited)
    assert found.places == (("badge", 0), ("setup", 0), ("results", 4))
    assert found.chosen == {"BRANCH": "mine"}
    assert (found.kept, found.edited) == ((), {})
