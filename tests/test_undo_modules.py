"""Modules are given back to the byte, once all that was mended with them is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.cli import main
from colabify.courses import Courses
from colabify.files import FileError, write_bytes
from colabify.modules.record import entry_for, entry_from
from colabify.modules.text import ModuleText
from colabify.outcomes import Mode, Outcome
from colabify.places import find_notebooks
from colabify.run import Write, run
from colabify.settings import Settings
from tests.courses import contents, make_repository, notebook

MODULE = "def f():\n    return open('DATA/x.csv')\n"
MENDED = MODULE.replace("DATA", "data")
FILES = {
    "lab/a.ipynb": notebook("import kit\nkit.f()"),
    "lab/b.ipynb": notebook("import kit\nkit.f()\n"),
    "lab/kit.py": MODULE,
    "lab/data/x.csv": "",
    "other/c.ipynb": notebook("x = 1"),
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_repository(tmp_path, FILES)
    monkeypatch.chdir(folder)
    return folder


def modules_of(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text())["metadata"]["colabify"].get(
        "modules", {}
    )
    return found


def ported(folder: str, mode: Mode, write: Write = write_bytes) -> tuple[list[Outcome], Courses]:
    courses = Courses(Settings(), [folder])
    places = find_notebooks([folder], courses.project_of).places.values()
    return run(places, courses, mode, write=write), courses


def test_a_folder_is_given_back_as_it_was(course: Path) -> None:
    before = contents(course)
    assert main(["lab", "--inplace"]) == 0
    assert (course / "lab/kit.py").read_text() == MENDED
    assert modules_of(course / "lab/a.ipynb") == modules_of(course / "lab/b.ipynb")
    once = contents(course)
    for words in (
        ["lab"],
        ["."],
        ["lab/a.ipynb"],
        ["lab/b.ipynb", "lab/a.ipynb"],
        ["lab", "--no-modules"],
    ):
        main([*words, "--inplace"])
        if words == ["."]:
            main(["other", "--undo"])
        assert contents(course) == once, words
    assert main(["lab", "--undo"]) == 0
    assert contents(course) == before


def test_a_notebook_undone_alone_leaves_the_module(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(course)
    main(["lab", "--inplace"])
    assert main(["lab/a.ipynb", "--undo"]) == 0
    assert "lab/kit.py was mended with it, and stays so" in capsys.readouterr().out
    assert (course / "lab/kit.py").read_text() == MENDED
    assert (course / "lab/a.ipynb").read_bytes() == before["lab/a.ipynb"]
    assert main(["lab", "--undo"]) == 0
    assert contents(course) == before


def test_a_notebook_that_joins_later_learns_of_the_module(course: Path) -> None:
    main(["lab", "--inplace"])
    (course / "lab/d.ipynb").write_text(notebook("import kit"))
    main(["lab", "--inplace"])
    assert modules_of(course / "lab/d.ipynb") == modules_of(course / "lab/a.ipynb")
    once = contents(course)
    main(["lab", "--inplace"])
    assert contents(course) == once


def test_what_somebody_has_edited_is_kept(course: Path) -> None:
    main(["lab", "--inplace"])
    edited = MENDED + "# mine\n"
    (course / "lab/kit.py").write_text(edited)
    _, courses = ported("lab", Mode.UNDO)
    assert (course / "lab/kit.py").read_text() == edited
    (outcome,) = courses.modules.outcomes
    assert (outcome.shown, outcome.notebooks, outcome.changed) == ("lab/kit.py", 2, False)
    assert outcome.finding is not None
    assert outcome.finding.code == "COL903"


def test_what_somebody_has_given_back_already_is_no_matter(course: Path) -> None:
    before = contents(course)
    main(["lab", "--inplace"])
    (course / "lab/kit.py").write_text(MODULE)
    assert main(["lab", "--undo"]) == 0
    assert contents(course) == before


def test_a_module_that_needs_more_is_given_back_to_the_first(course: Path) -> None:
    before = contents(course)
    main(["lab", "--inplace"])
    assert main(["lab", "--inplace", "--paths", "absolute"]) == 0
    assert "/content/course/lab/data/x.csv" in (course / "lab/kit.py").read_text()
    once = contents(course)
    main(["lab", "--inplace", "--paths", "absolute"])
    assert contents(course) == once
    assert main(["lab", "--undo"]) == 0
    assert contents(course) == before


def test_a_module_that_cannot_be_written_is_in_no_record(
    course: Path,
) -> None:
    def refuse(path: Path, raw: bytes, expected: bytes) -> None:
        if path.suffix == ".py":
            raise FileError("it is read-only: not written")
        write_bytes(path, raw, expected)

    outcomes, courses = ported("lab", Mode.INPLACE, refuse)
    assert (course / "lab/kit.py").read_text() == MODULE
    assert modules_of(course / "lab/a.ipynb") == {}
    assert [one.error for one in courses.modules.outcomes] == ["it is read-only: not written"]
    told = [one for out in outcomes if out.plan for one in out.plan.findings]
    assert [one.path for one in told if one.code == "COL319"] == ["lab/kit.py"] * 2


def test_a_record_that_names_a_file_elsewhere_touches_nothing(course: Path) -> None:
    main(["lab", "--inplace"])
    path = course / "lab/a.ipynb"
    for name in ("../kit.py", "other/kit.py", "lab/data/x.csv", "lab/../lab/kit.py"):
        data = json.loads(path.read_text())
        (entry,) = data["metadata"]["colabify"]["modules"].values()
        data["metadata"]["colabify"]["modules"] = {name: entry}
        path.write_text(json.dumps(data))
        (course / "lab/b.ipynb").unlink(missing_ok=True)
        main(["lab", "--undo"])
        assert (course / "lab/kit.py").read_text() == MENDED
        path.write_text(json.dumps(data))


TEXTS = st.text(st.sampled_from("ab\n\r\x0c\x85é"), max_size=30)


@given(before=TEXTS, after=TEXTS)
def test_any_entry_gives_back_the_bytes(before: str, after: str) -> None:
    raw = after.encode()
    entry = entry_for(before.encode(), ModuleText(raw, after, "utf-8"))
    assert entry is not None
    again = entry_from(json.loads(json.dumps(entry.as_json())))
    assert again == entry
    assert again.original(raw) == before.encode()
    assert again.original(raw + b"x") is None


@pytest.mark.parametrize(
    "stretch", [[-1, 1, []], [0, -1, []], [0, 1, [2]], [0, 1, "x"], [0, "1", []], [0, 1], {}]
)
def test_what_is_no_stretch_of_lines_is_no_entry(stretch: object) -> None:
    """It would give back other lines than were there."""
    with pytest.raises(ValueError, match="stretch"):
        entry_from({"now": "a", "was": "b", "lines": [stretch]})
