"""Cells for courses in Drive or in a zip, and for results: what they say, and what is an edit of them."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.setup.cell import setup_source
from colabify.setup.form import RESULTS, SETUP, Form, chosen_values, is_form
from colabify.setup.results import results_cell
from colabify.steps import Clone, Drive, Results, Setup, Upload
from tests.test_setup_cell import HOSTILE, shape_of, strings_of

CLONE = Clone("https://github.com/teacher/course.git", "main", "course")
DRIVE = Setup(source=Drive("course", "Courses/ml", ("a.py",)), folder="week1")
FORKED = Setup(source=CLONE, results=Results("git", ("a.csv",)))
KINDS = ("drive", "upload", "kept in drive", "download", "git")


def source_of(kind: str, text: str) -> str:
    """The source of a cell of that kind that has ``text`` wherever the repository can have a say."""
    clone = Clone(f"https://github.com/{text}", text, text)
    match kind:
        case "drive":
            return setup_source(Setup(source=Drive(text, text, (text,)), folder=text))
        case "upload":
            return setup_source(Setup(source=Upload(text, (text,)), folder=text))
        case "kept in drive":
            return setup_source(Setup(clone, text, results=Results("drive", (text,))))
        case _:
            cell = results_cell(Setup(clone, text, results=Results(kind, (text,))))  # type: ignore[arg-type]
            assert cell is not None
            return str(cell["source"])


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1)))
def test_any_text_stays_data(kind: str, text: str) -> None:
    source = source_of(kind, text)
    assert shape_of(source) == shape_of(source_of(kind, "plain"))
    assert any(text in one for one in strings_of(source) if isinstance(one, str))
    form = RESULTS if kind in ("download", "git") else SETUP
    assert is_form(form, source)
    assert chosen_values(form, source) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_cells_are_python_of_any_runtime_and_do_nothing_at_home(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = source_of(kind, "plain")
    ast.parse(source, feature_version=(3, 8))
    assert max(map(len, source.splitlines())) <= 120
    names: dict[str, object] = {}
    exec(compile(source, "<cell>", "exec"), names)
    assert set(names) == {"__builtins__"}
    assert capsys.readouterr().out == ""


def field(source: str, name: str, line: str) -> str:
    """The source with another line in place of a form field."""
    lines = source.split("\n")
    at = next(number for number, one in enumerate(lines) if one.startswith(f"{name} = "))
    return "\n".join([*lines[:at], *([line] if line else []), *lines[at + 1 :]])


# the line that stands in place of `drive_folder = "Courses/ml"`, and what a person has chosen by it
FIELDS: dict[str, tuple[str, dict[str, str] | None]] = {
    "as written": ('drive_folder = "Courses/ml"  # @param {type:"string"}', {}),
    "another folder": (
        'drive_folder = "My Courses/ml"  # @param {type:"string"}',
        {"drive_folder": "My Courses/ml"},
    ),
    "emptied": ('drive_folder = ""  # @param {type:"string"}', {"drive_folder": ""}),
    "with quotes": (
        'drive_folder = "the \\"ml\\" course"  # @param {type:"string"}',
        {"drive_folder": 'the "ml" course'},
    ),
    "the form's own words": (
        'drive_folder = "# @param"  # @param {type:"string"}',
        {"drive_folder": "# @param"},
    ),
    "as Colab may write it": (
        'drive_folder = \'a\' #@param {"type":"string","placeholder":"b"}',
        {"drive_folder": "a"},
    ),
    "computed": ('drive_folder = "a" + "b"  # @param {type:"string"}', None),
    "no text": ('drive_folder = 3  # @param {type:"string"}', None),
    "another name": ('folder = "a"  # @param {type:"string"}', None),
    "two at once": ('drive_folder = x = "a"  # @param {type:"string"}', None),
    "no field": ('drive_folder = "a"', None),
    "no Python": ('drive_folder = "a  # @param {type:"string"}', None),
    "deleted": ("", None),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_field_says_is_no_edit(name: str) -> None:
    line, chosen = FIELDS[name]
    source = field(setup_source(DRIVE), "drive_folder", line)
    assert is_form(SETUP, source)
    assert chosen_values(SETUP, source) == chosen


@given(st.text())
def test_what_a_person_chose_is_written_again(text: str) -> None:
    source = setup_source(DRIVE, {"drive_folder": text})
    expected = {} if text == "Courses/ml" else {"drive_folder": text}
    assert chosen_values(SETUP, source) == expected
    other = replace(DRIVE, source=Drive("course", "Elsewhere", ("b.py",)))
    anew = setup_source(other, expected)
    assert chosen_values(SETUP, anew) == ({} if text == "Elsewhere" else expected)


@pytest.mark.parametrize(
    "edit",
    [
        lambda source: source + "\n",
        lambda source: source.replace("lacks", "has"),
        lambda source: source.replace('drive_folder or "Courses/ml"', 'drive_folder or "Other"'),
        lambda source: source.replace("@title Set", "@title set"),
        lambda source: "# mine\n" + source,
    ],
)
def test_all_else_is(edit: Any) -> None:
    source = edit(setup_source(DRIVE, {"drive_folder": "Mine"}))
    assert is_form(SETUP, source)
    assert chosen_values(SETUP, source) is None


def test_the_suggestion_is_the_course_s_name_if_nothing_is_set() -> None:
    source = setup_source(Setup(source=Drive("course", "")))
    assert 'drive_folder = "course"  # @param {type:"string"}' in source.split("\n")


@pytest.mark.parametrize(
    ("setup", "title"),
    [
        (Setup(CLONE), None),
        (Setup(CLONE, results=Results("download", ("a",))), "Download your results"),
        (Setup(results=Results("download", ("a",))), "Download your results"),
        (Setup(Upload("course"), results=Results("download", ("a",))), "Download your results"),
        (FORKED, "Save your results to GitHub"),
        (Setup(Upload("course"), results=Results("git", ("a",))), None),
        (Setup(CLONE, results=Results("drive", ("a",))), None),
        (Setup(Drive("course", ""), results=Results("download", ("a",))), None),
    ],
)
def test_there_is_a_results_cell_where_one_is_of_use(setup: Setup, title: str | None) -> None:
    cell = results_cell(setup)
    if title is None:
        assert cell is None
        return
    assert cell is not None
    assert cell["source"].startswith(f"# @title {title}\n")
    assert (cell["id"], cell["metadata"]["id"]) == ("colabify-results", "colabify-results")
    assert cell["metadata"]["cellView"] == "form"


def test_the_fields_of_a_fork() -> None:
    chosen = {"FORK": "jo/course", "BRANCH": "mine"}
    cell = results_cell(FORKED, {**chosen, "drive_folder": "x"})
    assert cell is not None
    assert cell["source"].split("\n")[3:6] == [
        'FORK = "jo/course"  # @param {type:"string"}',
        'BRANCH = "mine"  # @param {type:"string"}',
        'MESSAGE = "Results from Colab"  # @param {type:"string"}',
    ]
    assert chosen_values(RESULTS, cell["source"]) == chosen


@pytest.mark.parametrize(
    ("setup", "said"),
    [
        (Setup(CLONE), "live here only until Colab recycles the machine."),
        (DRIVE, "Your changes are kept in your Drive."),
        (FORKED, "the last cell of this notebook saves your results."),
        (Setup(CLONE, results=Results("drive", ("a",))), "{lasting}"),
    ],
)
def test_what_is_said_in_the_end(setup: Setup, said: str) -> None:
    assert said in setup_source(setup).split("Ready in")[1]


@pytest.mark.parametrize("form", [SETUP, RESULTS])
@pytest.mark.parametrize("source", ["", "print(1)", "# @title Set up Google Colab\nprint(1)"])
def test_a_cell_of_somebody_else(form: Form, source: str) -> None:
    assert not is_form(form, source)
    assert chosen_values(form, source) is None


@given(st.text())
def test_any_cell_can_be_asked(text: str) -> None:
    for form in (SETUP, RESULTS):
        marked = f"# @title {form.titles[0]}\n{form.mark}x): y\n{text}"
        assert chosen_values(form, marked) is None
