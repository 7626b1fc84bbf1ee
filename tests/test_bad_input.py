"""Bad input: one line that names the file and what is wrong, the rest of the batch done, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from colabify.cli import main
from tests.bad_company import GOOD, PLAIN, assert_others_done, make_course
from tests.courses import make_repository, notebook, publish

DATA = json.loads(PLAIN)
Capture = pytest.CaptureFixture[str]


def changed(**members: object) -> bytes:
    """The plain notebook with other members; None removes one."""
    data = {key: value for key, value in {**DATA, **members}.items() if value is not None}
    return json.dumps(data, indent=1).encode()


def with_cell(cell: object) -> bytes:
    return changed(cells=[*DATA["cells"], cell])


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


# ---- content

REFUSED = {
    "broken JSON": (b'{\n "cells": [,]\n}', "not JSON: Expecting value (line 2, column 12)"),
    "cut off": (GOOD[:300], "not JSON: "),
    "zero bytes": (b"", "the file is empty"),
    "white space": (b" \n", "the file is empty"),
    "text after it": (GOOD + b"x", "not JSON: Extra data (line "),
    "two notebooks": (GOOD + GOOD, "not JSON: Extra data (line "),
    "not UTF-8": ("é".encode("latin-1").join([GOOD[:20], GOOD[20:]]), "not UTF-8 text (byte 20)"),
    "UTF-16": (PLAIN.encode("utf-16"), "not UTF-8 text (byte 0)"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "not UTF-8 text (byte 0)"),
    "a web page": (b"<!DOCTYPE html>", "not JSON: Expecting value (line 1, column 1)"),
    "a list": (b"[]", "not a notebook: the file holds JSON, but no object"),
    "other JSON": (b"{}", "not a notebook: it has no nbformat number"),
    "nbformat 3": (changed(nbformat=3), "nbformat 3: colabify reads nbformat 4; jupyter nbconvert"),
    "nbformat 5": (changed(nbformat=5), "nbformat 5: colabify reads nbformat 4"),
    "no metadata": (changed(metadata=None), "not a notebook: it has no metadata object"),
    "no list of cells": (changed(cells=None), "not a notebook: it has no list of cells"),
    "cells that are text": (changed(cells="x"), "not a notebook: it has no list of cells"),
    "a cell that is text": (with_cell("x"), "not a notebook: cell 2 is not an object"),
    "a source of numbers": (
        with_cell({"cell_type": "code", "source": [1]}),
        "not a notebook: the source of cell 2 is not text",
    ),
    "too deep": (b'{"a":' + b"[" * 100_000, "not "),
}


@pytest.mark.parametrize(("raw", "why"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("mode", ["--inplace", "--undo"])
def test_refused(mode: str, raw: bytes, why: str, course: Path, capfd: Capture) -> None:
    path = course / "b.ipynb"
    path.write_bytes(raw)
    assert main([str(course), mode]) == 2
    err = capfd.readouterr().err
    assert err.startswith(f"{path}: {why}")
    assert err.count("\n") == 1
    assert path.read_bytes() == raw
    if mode == "--inplace":
        assert_others_done(course)


TAKEN = {
    "no cells": changed(cells=[]),
    "a cell without source": with_cell({"cell_type": "code", "metadata": {}, "outputs": []}),
    "a cell without metadata": with_cell({"cell_type": "code", "source": "", "outputs": []}),
    "a cell of no kind": with_cell({"source": "x"}),
    "ids that are the same": changed(
        nbformat_minor=5, cells=[{**DATA["cells"][0], "id": "same"} for _ in range(3)]
    ),
    "no ids": changed(nbformat_minor=5),
    "byte-order mark": b"\xef\xbb\xbf" + GOOD,
    "CRLF": GOOD.replace(b"\n", b"\r\n"),
    "no final newline": GOOD.rstrip(),
    "one line": json.dumps(DATA).encode(),
    "tabs": json.dumps(DATA, indent="\t").encode(),
    "members unknown": changed(more={"a": [1.0, 1e400]}),
    "lone surrogates": with_cell(
        {"cell_type": "code", "metadata": {}, "source": "s = '\ud800'", "outputs": []}
    ),
}


@pytest.mark.parametrize("raw", TAKEN.values(), ids=TAKEN)
def test_taken_and_given_back(raw: bytes, course: Path, capfd: Capture) -> None:
    path = course / "b.ipynb"
    path.write_bytes(raw)
    publish(course)
    assert main([str(course), "--inplace"]) == 0
    ported = path.read_bytes()
    assert json.loads(ported.decode("utf-8-sig"))
    assert ported.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in ported) == (b"\r\n" in raw)
    assert main([str(course), "--inplace"]) == 0
    assert path.read_bytes() == ported
    assert main([str(course), "--undo"]) == 0
    assert path.read_bytes() == raw
    assert capfd.readouterr().err == ""


def test_error_of_ours_is_one_line_too(
    course: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import colabify.run_one

    port = colabify.run_one.port_document

    def fails(document: object, course: object, name: str, *more: object) -> object:
        if name == "a.ipynb":
            raise KeyError("two\nlines")
        return port(document, course, name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("colabify.run_one.port_document", fails)
    assert main([str(course), "--inplace"]) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert "a.ipynb: an error in colabify (KeyError" in err
    assert main([str(course), "--inplace", "--verbose"]) == 2
    assert "Traceback" in capfd.readouterr().err


def test_large(tmp_path: Path) -> None:
    """Ten megabytes of pictures; the figures for fifty are in the note to the issue."""
    picture = {"data": {"image/png": "iVBORw0KGgo" * 9_000}, "metadata": {}}
    outputs = [{"output_type": "display_data", **picture}] * 10
    data = json.loads(notebook(*(f"x{i} = {i}" for i in range(10))))
    for cell in data["cells"]:
        cell["outputs"] = outputs
    course = make_repository(tmp_path / "course", {"a.ipynb": json.dumps(data, indent=1)})
    before = (course / "a.ipynb").read_bytes()
    assert len(before) > 9_000_000
    assert main([str(course), "--inplace"]) == 0
    assert len((course / "a.ipynb").read_bytes()) < len(before) + 5_000
    assert main([str(course), "--undo"]) == 0
    assert (course / "a.ipynb").read_bytes() == before
