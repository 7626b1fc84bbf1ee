"""Porting is reversible and idempotent, whatever the notebook."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import nbformat
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from colabify.course import Course
from colabify.notebook import Changes, Document, NotebookError
from colabify.project import Project
from colabify.settings import Settings
from colabify.undo import is_ported, undo
from tests.notebooks import joined
from tests.small_course import LAB, METADATA, POOL, codes, course_in, ported, undone
from tests.strategies import (
    SURROGATES,
    Writing,
    code_cell,
    examples,
    markdown_cell,
    notebook_of,
    notebooks,
    sources,
    writings,
)

SETTINGS = [
    Settings(),
    Settings(accelerator="none", runtime="latest"),
    Settings(accelerator="A100", runtime="2025.07"),
    Settings(persist="git"),
    Settings(source="drive", persist="drive"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return course_in(tmp_path_factory.mktemp("course"))


def is_valid(raw: bytes) -> bool:
    try:
        nbformat.validate(nbformat.from_dict(json.loads(raw.decode("utf-8-sig"))))
    except nbformat.ValidationError:
        return False
    return True


any_notebook = notebooks(
    st.one_of(
        st.sampled_from(POOL),
        st.sampled_from(POOL),
        st.tuples(st.sampled_from(["code", "markdown"]), sources),
    ),
    st.sampled_from(METADATA),
)


@pytest.mark.parametrize("settings", SETTINGS, ids=["default", "none", "explicit", "git", "drive"])
@given(notebook=any_notebook, writing=writings)
@examples(80)
def test_any_port_can_be_undone_and_repeated(
    course: Course, settings: Settings, notebook: dict[str, Any], writing: Writing
):
    raw = writing.dump(notebook)
    done = ported(raw, course, settings)
    assert "COL900" not in codes(done)
    assert undone(done.raw) == raw
    assert ported(done.raw, course, settings).raw == done.raw
    assert is_valid(done.raw) or not is_valid(raw)
    changed = {change.cell for change in done.plan.sources}
    for cell in done.before.cells:
        if cell.index not in changed:
            assert cell.json in done.after.text


@given(notebook=any_notebook, writing=writings)
@examples(60)
def test_without_a_repository_too(notebook: dict[str, Any], writing: Writing):
    raw = writing.dump(notebook)
    done = ported(raw, Course(Project()))
    assert undone(done.raw) == raw
    assert ported(done.raw, Course(Project())).raw == done.raw


@given(notebook=any_notebook, writing=writings, data=st.data())
@examples(120)
def test_a_port_of_what_a_person_has_changed_can_be_repeated(
    course: Course, notebook: dict[str, Any], writing: Writing, data: st.DataObject
):
    after = ported(writing.dump(notebook), course).after
    assume(after.cells)
    indexes = st.integers(0, len(after.cells) - 1)
    edits = data.draw(st.dictionaries(indexes, sources, max_size=2))
    delete = data.draw(st.sets(indexes, max_size=2))
    insert = data.draw(st.lists(st.tuples(indexes, st.sampled_from(POOL)), max_size=2))
    cells = tuple(
        (index, code_cell(text) if kind == "code" else markdown_cell(text))
        for index, (kind, text) in insert
    )
    metadata = data.draw(st.lists(st.sampled_from(PERSONAL), max_size=3))
    numbered = tuple((at, {**cell, "id": f"mine-{n}"}) for n, (at, cell) in enumerate(cells))
    edited = after.apply(Changes(frozenset(delete), numbered, edits, metadata=metadata))
    once = ported(edited.to_bytes(), course)
    assert "COL900" not in codes(once)
    assert ported(once.raw, course).raw == once.raw
    assert undone(once.raw) == undone(edited.to_bytes())


PERSONAL: list[tuple[tuple[str, ...], Any]] = [
    (("accelerator",), None),
    (("accelerator",), "TPU"),
    (("colab", "gpuType"), "A100"),
    (("colab", "cell_execution_strategy"), None),
    (("colab", "name"), "lab.ipynb"),
    (("colab",), None),
    (("kernelspec", "display_name"), "Python 3 (ipykernel)"),
    (("colabify",), None),
    (("colabify", "cells"), None),
    (("colabify", "version"), "x"),
]


# --- what is recorded ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "notebook",
    [
        pytest.param(
            notebook_of(code_cell("import numpy as np"), code_cell("x = np.int(3)"), code_cell("x = int(3)")),
            id="a-cell-becomes-what-another-is",
        ),
        pytest.param(
            notebook_of(markdown_cell("![](plot.png)"), markdown_cell("![](./plot.png)")),
            id="two-cells-become-the-same",
        ),
        pytest.param(
            notebook_of(markdown_cell("![](plot.png)"), markdown_cell("![](plot.png)")),
            id="two-cells-are-the-same",
        ),
        pytest.param(
            notebook_of(
                code_cell("import helper"),
                metadata={"kernelspec": {"name": "x", "display_name": "x"}, "colab": {}},
            ),
            id="empty-parent",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("blank", ["", " "])
def test_given_back(course: Course, notebook: dict[str, Any], blank: str):
    raw = Writing(blank=blank).dump(notebook)
    done = ported(raw, course)
    assert done.changed
    assert undone(done.raw) == raw


def test_metadata_that_stood_out_of_order_is_given_back(course: Course):
    metadata = {"z": 1, "accelerator": "GPU", "colab": {"gpuType": "T4", "a": 1}, "b": 2}
    raw = Writing().dump(notebook_of(code_cell("import helper"), metadata=metadata))
    done = ported(raw, course, Settings(accelerator="none"))
    assert "accelerator" not in done.after.metadata
    assert undone(done.raw) == raw


@pytest.mark.parametrize(
    "record",
    [
        pytest.param("x", id="text"),
        pytest.param({"version": 1, "cells": {"x": 5}}, id="cells-number"),
        pytest.param({"version": 1, "cells": []}, id="cells-list"),
        pytest.param({"version": 1, "cells": {"x": [[3, "a", "b"], [1, "c", "d"]]}}, id="backwards"),
        pytest.param({"version": 1, "cells": {"x": "1 2"}}, id="no-json"),
        pytest.param({"version": 1, "cells": {"x": "3"}}, id="no-source"),
        pytest.param({"version": 1, "metadata": {"a": [1, 2]}}, id="no-member"),
        pytest.param({"version": 1, "metadata": {"a": ["{", "1"]}}, id="broken-member"),
        pytest.param({"version": 1, "metadata": {"a": ["", "1"]}}, id="empty-member"),
        pytest.param({"version": 1, "metadata_text": ["[]", "x"]}, id="no-object"),
        pytest.param({"version": 1, "metadata_text": 3}, id="no-pair"),
        pytest.param({"version": 1, "badge": 3}, id="badge-number"),
    ],
)  # fmt: skip
def test_a_record_that_colabify_has_not_written_is_only_metadata(course: Course, record: Any):
    raw = Writing().dump(notebook_of(code_cell("import helper"), metadata={"colabify": record}))
    assert undone(raw) == raw
    assert not is_ported(Document.parse(raw))
    done = ported(raw, course)
    assert done.changed
    assert undone(done.raw) == raw
    assert ported(done.raw, course).raw == done.raw


def test_the_record_of_a_later_version_is_not_touched(course: Course):
    raw = Writing().dump(notebook_of(code_cell("x"), metadata={"colabify": {"version": 2}}))
    with pytest.raises(NotebookError, match="later version"):
        ported(raw, course)


@given(notebook=any_notebook, writing=writings)
@examples(40)
def test_undone_after_a_save_by_jupyter(course: Course, notebook: dict[str, Any], writing: Writing):
    raw = writing.dump(notebook)
    assume(is_valid(raw))
    done = ported(raw, course)
    text = nbformat.writes(nbformat.reads(done.after.text, as_version=4))
    assume(not SURROGATES.search(text))  # which nbformat cannot write
    saved = text.encode()
    back = json.loads(undone(saved))
    assert joined(back) == joined(json.loads(done.before.text))
    settled = ported(saved, course)
    assert ported(settled.raw, course).raw == settled.raw


def test_undo_of_what_was_not_ported_is_the_document_itself():
    document = Document.parse(Writing().dump(LAB))
    assert undo(document).document is document
    assert not is_ported(document)


def test_settings_decide_what_is_written(course: Course):
    raw = Writing().dump(LAB)
    plain = ported(raw, course, replace(Settings(), run_setup_first=False))
    assert "cell_execution_strategy" not in plain.after.metadata["colab"]
    assert undone(plain.raw) == raw
