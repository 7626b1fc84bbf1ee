"""Requirement files that include others, and the bytes that they are written in."""

import codecs

import pytest

from colabify.requirements import (
    Problem,
    decode_requirements,
)
from tests.test_requirements import read


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"r/a.txt": "-r b.txt\nx", "r/b.txt": "y==1"},
            [("y", "r/b.txt", 1, False), ("x", "r/a.txt", 2, False)],
            id="below the including file",
        ),
        pytest.param(
            {"r/a.txt": "-c ../c.txt\nx", "c.txt": "y<2"},
            [("y", "c.txt", 1, True), ("x", "r/a.txt", 2, False)],
            id="constraints, above",
        ),
        pytest.param(
            {
                "r/a.txt": "-rb.txt\n--requirement 'c d.txt'",
                "r/b.txt": "-r c\\ d.txt",
                "r/c d.txt": "z",
            },
            [("z", "r/c d.txt", 1, False)],
            id="included twice, read once",
        ),
        pytest.param(
            {"r/a.txt": "-r b.txt -c b.txt", "r/b.txt": "z"},
            [("z", "r/b.txt", 1, False), ("z", "r/b.txt", 1, True)],
            id="both",
        ),
    ],
)
def test_includes_are_read(files, expected):
    reading = read(files["r/a.txt"], files, "r/a.txt")
    found = [(d.name, d.source, d.line, d.constraint) for d in reading.declared]
    assert (found, reading.problems) == (expected, ())


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"a.txt": "x\n-r a.txt\ny"},
            Problem("a.txt", 2, "a.txt includes a.txt again: it is read once."),
        ),
        (
            {"a.txt": "x\n-r b.txt\ny", "b.txt": "# to a\n-r a.txt"},
            Problem("b.txt", 2, "a.txt includes b.txt includes a.txt again: it is read once."),
        ),
        (
            {"a.txt": "x\n-r b.txt\ny", "b.txt": "\0\0"},
            Problem("a.txt", 2, "b.txt is not text: save it as UTF-8, though a.txt includes it."),
        ),
    ],
)
def test_an_include_that_cannot_be_read_is_one_problem(files, expected):
    reading = read(files["a.txt"], files, "a.txt")
    assert [d.name for d in reading.declared] == ["x", "y"]
    assert reading.problems == (expected,)


def test_a_chain_of_includes_has_an_end():
    files = {f"{n}.txt": f"-r {n + 1}.txt" for n in range(5000)}
    assert len(read(files["0.txt"], files, "0.txt").problems) == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("numpy\n# é\n".encode(), id="UTF-8"),
        pytest.param("numpy\n# é\n".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + "numpy\n# é\n".encode("utf-16-le"), id="PowerShell"),
        pytest.param(codecs.BOM_UTF16_BE + "numpy\n# é\n".encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param("numpy\n# é\n".encode("utf-32"), id="UTF-32"),
        pytest.param("numpy\n# é\n".encode("latin-1"), id="Latin-1"),
    ],
)
def test_bytes_are_decoded(data):
    assert decode_requirements(data) == "numpy\n# é\n"


def test_bytes_cut_short_are_still_read():
    assert decode_requirements(codecs.BOM_UTF16_LE + b"a\0\n").startswith("a")
