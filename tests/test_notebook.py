"""A document gives back its bytes, refuses what is no notebook, and changes only what it is asked to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.jsonspan import Element, place_in
from colabify.notebook import Changes, Document, NotebookError
from colabify.notebook_json import check_notebook
from tests.notebooks import joined
from tests.strategies import (
    KEYS,
    OUTPUTS,
    Writing,
    code_cell,
    examples,
    markdown_cell,
    notebook_of,
    notebooks,
    objects,
    sources,
    texts,
    values,
    writings,
)

TAIL = '"metadata": {}, "nbformat": 4, "nbformat_minor": 2}'


def refusal(raw: bytes) -> str:
    with pytest.raises(NotebookError) as caught:
        Document.parse(raw)
    return str(caught.value)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(b"", "the file is empty", id="zero-bytes"),
        pytest.param(b" \r\n\t", "the file is empty", id="white-space"),
        pytest.param(b"\xef\xbb\xbf", "the file is empty", id="bom-alone"),
        pytest.param(b'{"cells": [\n  1,\n  oops]}', "(line 3, column 3)", id="broken"),
        pytest.param(b'{"cells": [\n', "not JSON", id="cut-off"),
        pytest.param(b"<<<<<<< HEAD\n{}", "(line 1, column 1)", id="merge-conflict"),
        pytest.param(b'{"a": "\n"}', "Invalid control character", id="line-break-in-string"),
        pytest.param(b"{}\n{}", "Extra data (line 2, column 1)", id="text-behind"),
        pytest.param(b"\xff\xfe{\0}\0", "not UTF-8 text (byte 0)", id="utf-16"),
        pytest.param('{"é": 1}'.encode("latin-1"), "not UTF-8 text (byte 2)", id="latin-1"),
        pytest.param(b"[1]", "no object", id="list"),
        pytest.param(b"null", "no object", id="null"),
        pytest.param(b"{}", "no nbformat number", id="no-nbformat"),
        pytest.param(b'{"nbformat": "4"}', "no nbformat number", id="nbformat-text"),
        pytest.param(b'{"nbformat": 3, "worksheets": []}', "brings it to 4", id="nbformat-3"),
        pytest.param(b'{"nbformat": 5}', "nbformat 5: colabify reads", id="nbformat-5"),
        pytest.param(
            b'{"nbformat": 4, "nbformat_minor": "2"}', "nbformat_minor is not", id="minor-text"
        ),
        pytest.param(b'{"nbformat": 4, "cells": []}', "no metadata object", id="no-metadata"),
        pytest.param(
            b'{"nbformat": 4, "cells": [], "metadata": []}', "no metadata", id="metadata-list"
        ),
        pytest.param(b'{"nbformat": 4, "metadata": {}}', "no list of cells", id="no-cells"),
        pytest.param(b'{"cells": {}, ' + TAIL.encode(), "no list of cells", id="cells-object"),
        pytest.param(b'{"cells": [{}, 1], ' + TAIL.encode(), "cell 2 is not an object", id="cell"),
        pytest.param(
            b'{"cells": [{"source": [1]}], ' + TAIL.encode(), "source of cell 1", id="numbers"
        ),
        pytest.param(
            b'{"cells": [{"source": null}], ' + TAIL.encode(), "source of cell 1", id="null-source"
        ),
        pytest.param(
            b'{"cells": [{"metadata": [1]}], ' + TAIL.encode(),
            "metadata of cell 1",
            id="cell-metadata",
        ),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "nested too deeply", id="deep"),
        pytest.param(
            b'{"cells": [], "deep": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b", ",
            "nested too deeply",
            id="deep-object",
        ),
        pytest.param(b'{"a": ' + b"1" * 5000 + b"}", "number that is too long", id="long-number"),
    ],
)
def test_refuses_what_is_no_notebook(raw: bytes, message: str):
    assert message in refusal(raw)


@pytest.mark.parametrize("indent", [None, 0, 1, 2, 4, "\t"])
@pytest.mark.parametrize("ascii", [True, False], ids=["ascii", "utf-8"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_bytes_stay(indent: int | str | None, ascii: bool, newline: str):  # noqa: A002
    notebook = notebook_of(markdown_cell("# é 😀\n\\<b>"), code_cell("x = 1\n\ny"))
    for as_lists in (True, False):
        raw = Writing(indent, ascii=ascii, newline=newline, bom=True, as_lists=as_lists).dump(
            notebook
        )
        document = Document.parse(raw)
        assert document.to_bytes() == raw
        assert [cell.source for cell in document.cells] == ["# é 😀\n\\<b>", "x = 1\n\ny"]


def test_the_last_of_duplicate_keys_counts():
    text = (
        '{"cells": 1, "metadata": {"a": 1}, "cells": [{"source": "a", "source": ["b"]}], '
        '"metadata": {"k": 1, "k": 2}, "nbformat": 4}'
    )
    document = Document.parse(text.encode())
    assert document.to_bytes() == text.encode()
    assert [cell.source for cell in document.cells] == ["b"]
    assert (document.metadata, document.metadata_text("k")) == ({"k": 2}, "2")
    after = document.apply(Changes(sources={0: "c"}, metadata=[(("k",), 3)])).text
    assert after == text.replace('["b"]', '["c"]').replace('"k": 2', '"k": 3')


def test_what_a_cell_says():
    document = Document.parse(Writing().dump(notebook_of(code_cell("a"), minor=5)))
    cell = document.cells[0]
    assert (cell.index, cell.kind, cell.source, cell.metadata, cell.id) == (
        0, "code", "a", {}, "cell-0",
    )  # fmt: skip
    assert (document.minor, document.metadata_text()) == (5, "{}")
    assert (document.metadata_text("a"), document.metadata_text("a", "b")) == (None, None)


def test_no_changes_are_no_new_document():
    document = Document.parse(Writing().dump(notebook_of()))
    assert document.apply(Changes()) is document


@given(notebooks(), writings)
def test_bytes_of_any_notebook_stay(notebook: dict[str, Any], writing: Writing):
    raw = writing.dump(notebook)
    assert Document.parse(raw).to_bytes() == raw


PIECES = ["{", "}", "[", "]", ",", ":", '"', "\\", " ", "\x0b", "1", "NaN", "null", '"a": 1,', '"cells": [],', '"outputs": {},']  # fmt: skip


@given(notebooks(), writings, st.data())
@examples(300)
def test_what_json_reads_is_read(notebook: dict[str, Any], writing: Writing, data: st.DataObject):
    text = writing.dump(notebook).decode("utf-8-sig")
    at = data.draw(st.integers(0, len(text)))
    end = at + data.draw(st.integers(0, 3))
    text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[end:]
    said: Any = None
    expected = ""
    try:
        said = json.loads(text)
        check_notebook(said)
    except json.JSONDecodeError as error:
        expected = f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
    except NotebookError as error:
        expected = str(error)
    if expected:
        assert refusal(text.encode()) == expected
        return
    document = Document.parse(text.encode())
    whole = {**document.rest, "cells": [cell.data for cell in document.cells]}
    assert json.dumps(whole, sort_keys=True) == json.dumps(said, sort_keys=True)
    assert document.to_bytes() == text.encode()


def assert_as_read(document: Document) -> None:
    """That a document which came of changes is what is read from its bytes."""
    read = Document.parse(document.to_bytes())
    assert read.is_as(document)
    assert read.cells == document.cells
    assert (read.metadata, read.minor, read.style) == (
        document.metadata,
        document.minor,
        document.style,
    )
    at = (
        document.text.index(document.cells[0].lead + document.cells[0].json)
        if document.cells
        else 0
    )
    for cell in document.cells:
        at += len(cell.lead)
        assert document.text.startswith(cell.json, at)
        assert document.line_of(cell.index, 0) == document.text.count("\n", 0, at) + 1
        at += len(cell.json)
        assert document.line_of(cell.index, len(cell.text)) == document.text.count("\n", 0, at) + 1


@given(texts, st.booleans())
def test_where_a_character_of_a_string_stands(text: str, ascii: bool):  # noqa: A002
    raw = json.dumps(text, ensure_ascii=ascii)
    said = json.loads(raw)
    string = Element(3, 3 + len(raw), said)
    for index in range(len(said) + 1):
        place = place_in(f"[1,{raw},2]", string, index) - 3
        assert json.loads(f'{raw[:place]}"') == said[:index]


def test_outputs_are_shared_and_not_read_again():
    raw = Writing().dump(notebook_of(code_cell("a", outputs=OUTPUTS[1]), code_cell("b")))
    document = Document.parse(raw)
    new = Changes(sources={0: "b"}, insert=((0, markdown_cell("x")),), metadata=[(("a",), 1)])
    after = document.apply(new)
    assert after.cells[1].outputs is document.cells[0].outputs
    assert after.cells[1].data["outputs"] == OUTPUTS[1]
    assert not after.is_as(document)


def set_in(table: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    *parents, last = keys
    for key in parents:
        if not isinstance(table.get(key), dict):
            if value is None:
                return
            table[key] = {}
        table = table[key]
    if value is None:
        table.pop(last, None)
    else:
        table[last] = value


@given(notebooks(), writings, st.data())
def test_any_change_is_what_was_asked(notebook: dict[str, Any], writing: Writing, data):
    document = Document.parse(writing.dump(notebook))
    expected = joined(json.loads(document.text))
    indexes = range(len(document.cells))
    new_sources = {
        index: data.draw(sources) for index in indexes if data.draw(st.booleans(), label="edit")
    }
    delete = frozenset(index for index in indexes if data.draw(st.integers(0, 3)) == 0)
    insert = data.draw(st.lists(st.tuples(st.integers(0, len(document.cells)), sources)))
    paths = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3).map(tuple)
    metadata = data.draw(st.lists(st.tuples(paths, values), max_size=4))
    more = data.draw(objects)
    added = [(index, {**code_cell(text), "metadata": more, "id": "x"}) for index, text in insert]
    after = document.apply(Changes(delete, tuple(added), new_sources, metadata=metadata))

    for index, source in new_sources.items():
        expected["cells"][index]["source"] = source
    cells = []
    for index in (*indexes, len(indexes)):
        cells += [cell for at, cell in added if at == index]
        cells += expected["cells"][index : index + 1] if index not in delete else []
    expected["cells"] = cells
    for keys, value in metadata:
        set_in(expected["metadata"], keys, value)
    if document.minor < 5:
        cells = [{key: cell[key] for key in cell if key != "id"} for cell in cells]
    expected["cells"] = cells
    assert_as_read(after)
    said = joined(json.loads(after.text))
    assert json.dumps(said, sort_keys=True) == json.dumps(normal(expected), sort_keys=True)
    for cell in document.cells:
        if cell.index not in new_sources and cell.index not in delete:
            assert cell.json in after.text


def normal(value: Any) -> Any:
    """``value`` as JSON holds it: two surrogates that make a pair are one character."""
    return json.loads(json.dumps(value))


@given(notebooks(min_cells=1), writings, sources)
def test_a_source_can_be_put_back(notebook: dict[str, Any], writing: Writing, new: str):
    document = Document.parse(writing.dump(notebook))
    after = document.apply(Changes(sources={0: new}))
    assert_as_read(after)
    assert after.apply(Changes(raw_sources={0: document.source_text(0)})).text == document.text
