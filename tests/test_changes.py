"""What is asked of a document is what changes in it; every other byte stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from colabify.jsonspan import Raw
from colabify.notebook import Changes, Document
from tests.strategies import Writing, code_cell, notebook_of

TAIL = '"metadata": {}, "nbformat": 4, "nbformat_minor": 2}'


@pytest.mark.parametrize(
    ("raw", "new", "expected"),
    [
        pytest.param('"a\\nb"', "a\nc", '"a\\nc"', id="string"),
        pytest.param('"a\\u003cb"', "a<c", '"a\\u003cc"', id="escape-stays"),
        pytest.param('"\\u003c\\ud83d\\ude00b"', "<😀c", '"\\u003c\\ud83d\\ude00c"', id="pair"),
        pytest.param('"\\/b"', "/c", '"\\/c"', id="slash-stays"),
        pytest.param('["a\\n",  "b"]', "a\nc", '["a\\n",  "c"]', id="odd-blanks-stay"),
        pytest.param('["a\\n", "b"]', "a\nb\nc", '["a\\n", "b\\n", "c"]', id="append"),
        pytest.param('["a\\n", "b\\n"]', "a\nb\nc", '["a\\n", "b\\n", "c"]', id="append-line"),
        pytest.param('["a\\n", "b"]', "x\na\nb", '["x\\n", "a\\n", "b"]', id="prepend"),
        pytest.param('["a\\n", "b"]', "a\n", '["a\\n"]', id="delete-last"),
        pytest.param('["a\\n", "b"]', "b", '["b"]', id="delete-first"),
        pytest.param('["a\\n", "b"]', "ab", '["ab"]', id="join"),
        pytest.param('["ab"]', "a\nb", '["a\\n", "b"]', id="split"),
        pytest.param('["a\\n", "b"]', "", "[]", id="all-gone"),
        pytest.param('""', "a", '"a"', id="into-empty-string"),
        pytest.param("[]", "a", '[\n    "a"\n   ]', id="into-empty-list"),
        pytest.param('[""]', "a", '["a"]', id="into-list-of-empty"),
        pytest.param('["a\\nb\\n", "", "c"]', "a\nx\nc", '["a\\nx\\n", "", "c"]', id="odd-division"),
        pytest.param('["a\\nb"]', "a\nc\nb", '["a\\nc\\n", "b"]', id="odd-division-insert"),
        pytest.param('["é\\n", "b"]', "é\nü", '["é\\n", "ü"]', id="not-ascii"),
        pytest.param('["b"]', "ü 😀", '["ü 😀"]', id="ascii-by-chance"),
        pytest.param('["\\u00e9\\n", "b"]', "é\nü😀", '["\\u00e9\\n", "\\u00fc\\ud83d\\ude00"]', id="ascii"),
        pytest.param('["é"]', "é\ud83d", '["é\\ud83d"]', id="lone-surrogate"),
        pytest.param('"\\ud83dé"', "\ud83dü", '"\\ud83dü"', id="beside-lone-surrogate"),
        pytest.param('["a\\f\\n", "b"]', "a\f\nc", '["a\\f\\n", "c"]', id="form-feed"),
    ],
)  # fmt: skip
def test_a_source_changes_where_it_differs(raw: str, new: str, expected: str):
    text = f'{{\n "cells": [\n  {{\n   "source": {raw}\n  }}\n ],\n {TAIL}'
    document = Document.parse(text.encode())
    after = document.apply(Changes(sources={0: new}))
    assert after.source_text(0) == expected
    assert after.cells[0].source == new
    assert after.text == text.replace(raw, expected)
    assert after.apply(Changes(raw_sources={0: raw})).text == text


def test_other_lines_keep_their_bytes():
    lines = [f'"line {n} \\u003c\\/\\n"' for n in range(50)]
    text = f'{{"cells": [{{"source": [{", ".join(lines)}]}}], {TAIL}'
    document = Document.parse(text.encode())
    new = document.cells[0].source.replace("line 30", "LINE 30")
    after = document.apply(Changes(sources={0: new})).text
    assert after == text.replace("line 30", "LINE 30")


def test_a_cell_without_a_source_gets_one():
    document = Document.parse(f'{{"cells": [{{"cell_type": "raw"}}], {TAIL}'.encode())
    after = document.apply(Changes(sources={0: "a\nb"}))
    assert json.loads(after.text)["cells"] == [{"cell_type": "raw", "source": ["a\n", "b"]}]
    assert document.source_text(0) == ""


# --- cells ---------------------------------------------------------------------------------------

THREE = """\
{
 "cells": [
  {"source": "0"},
  {"source": "1"},
  {"source": "2"}
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 2
}
"""


def small(source: str) -> dict[str, str]:
    return {"source": source, "id": "an-id"}


@pytest.mark.parametrize(
    ("insert", "delete", "expected"),
    [
        pytest.param([(0, "a")], [], "a012", id="first"),
        pytest.param([(3, "a")], [], "012a", id="last"),
        pytest.param([(2, "a")], [], "01a2", id="middle"),
        pytest.param([(1, "a"), (1, "b"), (0, "c")], [], "c0ab12", id="same-place-in-order"),
        pytest.param([(3, "a"), (3, "b")], [], "012ab", id="two-last"),
        pytest.param([], [0], "12", id="delete-first"),
        pytest.param([], [1], "02", id="delete-middle"),
        pytest.param([], [2], "01", id="delete-last"),
        pytest.param([], [1, 2], "0", id="delete-end"),
        pytest.param([], [0, 2], "1", id="delete-around"),
        pytest.param([], [0, 1, 2], "", id="delete-all"),
        pytest.param([(0, "a")], [0, 1, 2], "a", id="replace-all"),
        pytest.param([(2, "b"), (0, "a")], [0, 1, 2], "ab", id="replace-all-in-order"),
        pytest.param([(2, "a")], [2], "01a", id="replace-last"),
        pytest.param([(3, "a")], [2], "01a", id="behind-deleted"),
        pytest.param([(1, "a"), (2, "b")], [1, 2], "0ab", id="replace-end"),
        pytest.param([(0, "a")], [0], "a12", id="replace-first"),
        pytest.param([(1, "a")], [0, 1], "a2", id="before-deleted"),
    ],
)
@pytest.mark.parametrize("minified", [False, True], ids=["lines", "one-line"])
def test_cells_come_and_go(
    insert: list[tuple[int, str]], delete: list[int], expected: str, minified: bool
):
    text = json.dumps(json.loads(THREE), separators=(",", ":")) if minified else THREE
    new = tuple((index, small(source)) for index, source in insert)
    after = Document.parse(text.encode()).apply(Changes(frozenset(delete), new))
    assert "".join(cell.source for cell in after.cells) == expected
    assert "an-id" not in after.text
    for cell in after.cells:
        if cell.source.isdigit():
            assert cell.json in text


def test_an_inserted_cell_looks_like_its_siblings():
    raw = Writing(indent=2, newline="\r\n", sort_keys=True).dump(
        notebook_of(code_cell("a\nb"), minor=5)
    )
    document = Document.parse(raw)
    cell = {**code_cell("a\nb"), "id": "cell-1"}
    expected = Writing(indent=2, newline="\r\n", sort_keys=True).dump(
        notebook_of(code_cell("a\nb"), code_cell("a\nb"), minor=5)
    )
    assert document.apply(Changes(insert=((1, cell),))).to_bytes() == expected


@pytest.mark.parametrize("cells", ["[]", "[ ]", "[\n ]"])
def test_the_first_cell_of_all(cells: str):
    text = f'{{\n "cells": {cells},\n {TAIL}'
    after = Document.parse(text.encode()).apply(Changes(insert=((0, small("a")),)))
    assert '"cells": [\n  {\n   "source": [\n    "a"\n   ]\n  }\n ]' in after.text


# --- metadata ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "changes", "expected"),
    [
        pytest.param("{}", [("a", 1)], '{\n  "a": 1\n }', id="into-empty"),
        pytest.param("{ }", [("a.b", 1)], '{\n  "a": {\n   "b": 1\n  }\n }', id="with-parent"),
        pytest.param('{\n  "b": 1\n }', [("a", 2)], '{\n  "a": 2,\n  "b": 1\n }', id="sorted"),
        pytest.param('{\n  "b": 1\n }', [("c", 2)], '{\n  "b": 1,\n  "c": 2\n }', id="sorted-last"),
        pytest.param(
            '{\n  "c": 1,\n  "b": 1\n }',
            [("a", 2)],
            '{\n  "c": 1,\n  "b": 1,\n  "a": 2\n }',
            id="unsorted",
        ),
        pytest.param('{"b": 1, "c": 2}', [("a", 0)], '{"a": 0, "b": 1, "c": 2}', id="one-line"),
        pytest.param('{"b":1,"c":2}', [("d", {"x": []})], '{"b":1,"c":2,"d":{"x": []}}', id="tight"),
        pytest.param('{ "b" : 1 }', [("c", 2)], '{ "b" : 1, "c" : 2 }', id="odd-blanks"),
        pytest.param('{\n  "a": 1\n }', [("a", "é")], '{\n  "a": "é"\n }', id="replace"),
        pytest.param(
            '{\n  "a": 1\n }', [("a", [1])], '{\n  "a": [\n   1\n  ]\n }', id="replace-by-list"
        ),
        pytest.param('{"a": 1}', [("a", [1])], '{"a": [1]}', id="replace-on-one-line"),
        pytest.param('{\n  "a": 1\n }', [("a.b", 2)], '{\n  "a": {\n   "b": 2\n  }\n }', id="no-object"),
        pytest.param(
            '{\n  "a": {}\n }', [("a.b", 2)], '{\n  "a": {\n   "b": 2\n  }\n }', id="empty-inner"
        ),
        pytest.param(
            '{\n  "a": {"c": 1}\n }',
            [("a.b", {"x": 1})],
            '{\n  "a": {"b": {"x": 1}, "c": 1}\n }',
            id="inner-line",
        ),
        pytest.param('{\n  "a": 1\n }', [("a", None)], "{}", id="delete-only"),
        pytest.param('{"a": 1, "b": 2}', [("a", None)], '{"b": 2}', id="delete-first"),
        pytest.param('{"a": 1, "b": 2}', [("b", None)], '{"a": 1}', id="delete-last"),
        pytest.param('{"a": 1}', [("b", None), ("b.c", None), ("a.c", None)], '{"a": 1}', id="delete-absent"),
        pytest.param('{"a": {"b": 1, "c": 2}}', [("a.b", None)], '{"a": {"c": 2}}', id="delete-inner"),
        pytest.param('{"a": 1}', [("b", Raw("[ 1e2 ]"))], '{"a": 1, "b": [ 1e2 ]}', id="raw"),
        pytest.param(
            "{}", [("a.b", Raw("[ 1e2 ]"))], '{\n  "a": {\n   "b": [ 1e2 ]\n  }\n }', id="raw-inner"
        ),
        pytest.param("{}", [("", Raw("{ }"))], "{ }", id="whole"),
        pytest.param("{}", [("a", "\ud800")], '{\n  "a": "\\ud800"\n }', id="surrogate"),
        pytest.param('{"é": 1}', [("ü", 2)], '{"é": 1, "ü": 2}', id="key-not-ascii"),
    ],
)  # fmt: skip
def test_metadata(before: str, changes: list[tuple[str, Any]], expected: str):
    text = THREE.replace('"metadata": {}', f'"metadata": {before}')
    asked = [(tuple(path.split(".")) if path else (), value) for path, value in changes]
    after = Document.parse(text.encode()).apply(Changes(metadata=asked)).text
    assert after == THREE.replace('"metadata": {}', f'"metadata": {expected}')
