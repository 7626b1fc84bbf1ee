"""What a person, or another tool, has changed since colabify was there is theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from colabify.course import Course
from colabify.notebook import Changes, Document
from colabify.porting import Ported
from colabify.settings import Settings
from colabify.setup.form import SETUP, is_form
from colabify.undo import undo
from tests.small_course import LAB, codes, course_in, ported, project_at, texts, undone
from tests.strategies import Writing, code_cell, notebook_of


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return course_in(tmp_path_factory.mktemp("course"))


@pytest.fixture
def lab(course: Course) -> Document:
    raw = Writing().dump(LAB)
    after = ported(raw, course).after
    assert undone(after.to_bytes()) == raw
    kinds = ["badge" if "colab-badge" in cell.source else cell.kind for cell in after.cells]
    assert kinds == ["badge", "code", "markdown", "code", "code", "markdown"]
    assert is_form(SETUP, after.cells[1].source)
    assert "raw.githubusercontent" in after.cells[2].source
    assert after.metadata["accelerator"] == "GPU"
    return after


def setup_at(document: Document) -> list[int]:
    return [cell.index for cell in document.cells if is_form(SETUP, cell.source)]


def again(document: Document, course: Course) -> Ported:
    """Ported again; which a third time does not change."""
    done = ported(document.to_bytes(), course)
    assert ported(done.raw, course).raw == done.raw
    return done


def test_an_edited_setup_cell_is_kept(lab: Document, course: Course):
    mine = lab.cells[1].source + "\nprint('mine')\n"
    done = again(lab.apply(Changes(sources={1: mine})), course)
    assert [cell.source for cell in done.after.cells] == [
        mine if cell.index == 1 else cell.source for cell in lab.cells
    ]
    assert codes(done).count("COL903") == 1
    assert "COL433" not in codes(done)
    found = next(one for one in done.plan.findings if one.code == "COL903")
    assert found.cell == 1
    assert "setup" in found.message
    back = texts(undone(done.raw))
    assert back == [mine, *(cell["source"] for cell in LAB["cells"])]
    assert {name: done.after.metadata[name] for name in ("accelerator", "colab")} == {
        name: lab.metadata[name] for name in ("accelerator", "colab")
    }


def test_an_edited_setup_cell_does_not_pass_for_a_notebook_made_for_colab(course: Course):
    cells = (code_cell("%load_ext autoreload"), code_cell("import numpy as np\nx = np.int(3)"))
    after = ported(Writing().dump(notebook_of(*cells)), course).after
    assert "google.colab" in after.cells[1].source
    mine = after.apply(Changes(sources={1: after.cells[1].source + "\nprint('mine')"}))
    done = again(mine, course)
    assert [cell.source for cell in done.after.cells] == [cell.source for cell in mine.cells]
    assert done.after.metadata["colab"] == after.metadata["colab"]
    assert codes(done) == ["COL903"]


def test_an_edited_setup_cell_behind_others_shifts_nothing(lab: Document, course: Course):
    mine = "# mine\n" + lab.cells[1].source
    moved = move(lab, 1, 6, {"source": mine})
    done = again(moved, course)
    assert setup_at(done.after) == [5]
    assert done.after.cells[1].source == lab.cells[2].source
    assert {change.cell for change in done.plan.sources} == {1, 2}
    middle = again(move(lab, 1, 3, {"source": mine}), course)
    assert setup_at(middle.after) == [2]
    assert middle.after.cells[3].source == lab.cells[3].source


def test_an_edited_cell_is_kept(lab: Document, course: Course):
    mine = lab.cells[2].source + "\nmine"
    edited = lab.apply(Changes(sources={2: mine}))
    done = again(edited, course)
    assert done.after.cells[2].source == mine
    found = [one for one in done.plan.findings if one.code == "COL903"]
    assert [one.cell for one in found] == [2]
    expected = [cell["source"] for cell in LAB["cells"]]
    assert texts(undone(edited.to_bytes())) == [mine, *expected[1:]]


def test_a_deleted_cell_is_told(lab: Document, course: Course):
    done = again(lab.apply(Changes(delete=frozenset({2}))), course)
    messages = [one.message for one in done.plan.findings if one.code == "COL903"]
    assert messages == ["a cell that colabify had changed was edited or is gone"]


@pytest.mark.parametrize(
    ("keys", "value", "kept"),
    [
        pytest.param(("colab", "gpuType"), "A100", {"accelerator": "GPU", "gpuType": "A100"}, id="changed"),
        pytest.param(("accelerator",), None, {"accelerator": None, "gpuType": "T4"}, id="deleted"),
        pytest.param(("accelerator",), "TPU", {"accelerator": "TPU"}, id="other-kind"),
        pytest.param(
            ("colab", "cell_execution_strategy"), None, {"cell_execution_strategy": None}, id="strategy"
        ),
        pytest.param(("colab", "include_colab_link"), False, {"include_colab_link": False}, id="false"),
        pytest.param(("kernelspec", "display_name"), "Python 3 (ipykernel)", {}, id="kernelspec"),
    ],
)  # fmt: skip
def test_changed_metadata_is_kept(
    lab: Document, course: Course, keys: tuple[str, ...], value: Any, kept: dict[str, Any]
):
    edited = lab.apply(Changes(metadata=[(keys, value)]))
    done = again(edited, course)
    said = {**done.after.metadata["colab"], "accelerator": done.after.metadata.get("accelerator")}
    assert {key: said.get(key) for key in kept} == kept
    assert done.after.metadata["kernelspec"] == edited.metadata["kernelspec"]
    messages = [one.message for one in done.plan.findings if one.code == "COL903"]
    assert messages == [f"metadata.{'.'.join(keys)} was changed since: kept as it is"]
    assert texts(undone(done.raw)) == [cell["source"] for cell in LAB["cells"]]


def test_what_belongs_together_is_decided_together(course: Course) -> None:
    retired = {"accelerator": "TPU", "colab": {"gpuType": "V28", "provenance": []}}
    data = {"cells": [code_cell("x = 1")], "metadata": retired, "nbformat": 4, "nbformat_minor": 0}
    first = ported(json.dumps(data).encode(), course).after
    chosen = [(("accelerator",), None), (("colab", "gpuType"), "A100")]
    gpu = code_cell("model = model.to('cuda')")
    edited = first.apply(Changes(insert=((0, gpu),), metadata=chosen))
    once = ported(edited.to_bytes(), course)
    assert "accelerator" not in once.after.metadata
    assert once.after.metadata["colab"]["gpuType"] == "A100"
    assert ported(once.raw, course).raw == once.raw


def test_settings_outrank_a_person_in_the_notebook(lab: Document, course: Course):
    edited = lab.apply(Changes(metadata=[(("accelerator",), None)]))
    settings = Settings(accelerator="L4")
    done = ported(edited.to_bytes(), course, settings)
    assert done.after.metadata["accelerator"] == "GPU"
    assert done.after.metadata["colab"]["gpuType"] == "L4"
    assert ported(done.raw, course, settings).raw == done.raw


def test_a_member_beside_ours_is_no_change_of_ours(lab: Document, course: Course):
    edited = lab.apply(Changes(metadata=[(("colab", "name"), "lab.ipynb")]))
    done = again(edited, course)
    assert "COL903" not in codes(done)
    assert Document.parse(undone(done.raw)).metadata["colab"] == {"name": "lab.ipynb"}


def move(document: Document, index: int, to: int, more: dict[str, Any] | None = None) -> Document:
    cell = json.loads(document.text)["cells"][index]
    moved = {**cell, "source": "".join(cell["source"]), **(more or {})}
    return document.apply(Changes(frozenset({index}), ((to, moved),)))


@pytest.mark.parametrize(
    ("index", "to", "expected"),
    [(1, 6, 5), (1, 0, 0), (1, 3, 2), (0, 3, 0), (0, 6, 0)],
    ids=["setup-last", "setup-first", "setup-down", "badge-down", "badge-last"],
)
def test_a_moved_cell_stays_where_it_is(
    lab: Document, course: Course, index: int, to: int, expected: int
):
    moved = move(lab, index, to)
    done = again(moved, course)
    assert [cell.source for cell in done.after.cells] == [cell.source for cell in moved.cells]
    assert setup_at(done.after) == [expected]
    assert undone(done.raw) == Writing().dump(LAB)


def test_new_cells_are_no_obstacle(lab: Document, course: Course):
    new = [{**code_cell(f"new{n}"), "id": f"new{n}"} for n in range(3)]
    grown = lab.apply(Changes(insert=((0, new[0]), (2, new[1]), (6, new[2]))))
    done = again(grown, course)
    assert [cell.source for cell in done.after.cells] == [cell.source for cell in grown.cells]
    expected = ["new0", "new1", *(cell["source"] for cell in LAB["cells"]), "new2"]
    assert texts(undone(done.raw)) == expected


def test_a_copy_of_the_setup_cell_goes(lab: Document, course: Course):
    copy = {**code_cell(lab.cells[1].source), "id": "copy"}
    done = again(lab.apply(Changes(insert=((4, copy),))), course)
    assert done.raw == lab.to_bytes()


def test_only_the_setup_cell_is_left(lab: Document, course: Course):
    alone = lab.apply(Changes(delete=frozenset({0, 2, 3, 4, 5})))
    assert again(alone, course).raw == alone.to_bytes()
    assert undo(alone).document.cells == ()


def without(keys: Callable[[dict[str, Any]], None], document: Document) -> bytes:
    data = json.loads(document.text)
    keys(data)
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def strip_cells(data: dict[str, Any]) -> None:
    for cell in data["cells"]:
        cell["metadata"] = {}


def strip_record(data: dict[str, Any]) -> None:
    del data["metadata"]["colabify"]


def strip_notebook(data: dict[str, Any]) -> None:
    data["metadata"] = {}


@pytest.mark.parametrize("minor", [4, 5])
def test_stripped_cells_can_still_be_undone(course: Course, minor: int):
    raw = Writing().dump(notebook_of(*LAB["cells"], minor=minor))
    raw = raw if minor == 5 else without_ids(raw)
    stripped = without(strip_cells, ported(raw, course).after)
    assert undone(stripped) == raw
    assert ported(stripped, course).raw == stripped  # put back, it would be stripped again


def without_ids(raw: bytes) -> bytes:
    data = json.loads(raw)
    for cell in data["cells"]:
        cell.pop("id", None)
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


@pytest.mark.parametrize("strip", [strip_record, strip_notebook])
def test_nothing_is_doubled_where_the_record_is_gone(
    lab: Document, course: Course, strip: Callable[[dict[str, Any]], None]
):
    stripped = without(strip, lab)
    done = again(Document.parse(stripped), course)
    assert [cell.source for cell in done.after.cells] == [cell.source for cell in lab.cells]
    assert setup_at(Document.parse(undone(done.raw))) == []


def test_another_branch_is_a_refresh_in_place(lab: Document, course: Course):
    root = course.project.root
    assert root is not None
    other = Course(project_at(root, "2027"))
    done = ported(lab.to_bytes(), other)
    assert done.raw == ported(Writing().dump(LAB), other).raw
    assert "blob/2027/" in done.after.cells[0].source
    assert '"2027"' in done.after.cells[1].source
    assert "/2027/" in done.after.cells[2].source
    assert undone(done.raw) == Writing().dump(LAB)
