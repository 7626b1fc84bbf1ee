"""IPython's escapes are masked where IPython sees them, and put back to the letter."""

from __future__ import annotations

import re
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify import escapes
from colabify.escapes import Masked, mask, split_cell_magic, unmask, with_escapes
from tests.escape_rows import MASKED


def escapes_of(masked: Masked) -> list[str]:
    return [f"{escape.kind} {escape.raw}" for escape in masked.escapes]


@pytest.mark.parametrize(
    ("source", "escapes", "text"), [pytest.param(*row[1:], id=row[0]) for row in MASKED]
)
def test_masks(source: str, escapes: list[str], text: str | None):
    masked = mask(source)
    assert escapes_of(masked) == escapes
    shown, expected = masked.text, source if text is None else text
    for escape in masked.escapes:
        shown = shown.replace(escape.placeholder, "@")
        expected = expected.replace(escape.raw, "@", 1) if text is None else expected
    assert shown == expected
    assert shown.count("\n") == source.count("\n")
    assert unmask(masked) == source


@pytest.mark.parametrize(
    ("source", "head", "foreign"),
    [
        pytest.param("%%time\nx = 1", "%%time\n", "", id="python"),
        pytest.param("%%timeit -n 3 x = 1\nx", "%%timeit -n 3 x = 1\n", "", id="with-code"),
        pytest.param("%%capture out", "%%capture out", "", id="header-alone"),
        pytest.param("\n \n%%time\nx", "\n \n%%time\n", "", id="blank-lines"),
        pytest.param("# note\n#@title T\n%%time\nx", "# note\n#@title T\n%%time\n", "", id="comments"),
        pytest.param("%%bash\nls -l", "%%bash\n", "bash", id="bash"),
        pytest.param("#@title T\n%%bash\nls -l", "#@title T\n%%bash\n", "bash", id="bash-below-title"),
        pytest.param("%%html\n<b>", "%%html\n", "html", id="html"),
        pytest.param("%%writefile a.py\nx", "%%writefile a.py\n", "writefile", id="writefile"),
        pytest.param("%%javascript\n", "%%javascript\n", "javascript", id="javascript"),
        pytest.param("%%R -i x\ny <- x", "%%R -i x\n", "R", id="r"),
        pytest.param("%%bash\r\nls", "%%bash\r\n", "bash", id="crlf"),
        pytest.param("%%time\r\nx", "%%time\r\n", "", id="python-crlf"),
        pytest.param("  %%bash\n  ls", "  %%bash\n", "bash", id="indented"),
        pytest.param("%%\nx y", "%%\n", "%%", id="no-name"),
        pytest.param("%% title\nx y", "%% title\n", "%%", id="name-apart"),
        pytest.param("%%time?\nx", "", "", id="help"),
        pytest.param("x = 1\n%%time\ny", "", "", id="below-code"),
        pytest.param("'%%time'\nx", "", "", id="string"),
    ],
)  # fmt: skip
def test_cell_magics(source: str, head: str, foreign: str):
    masked = mask(source)
    assert (masked.head, masked.foreign) == (head, foreign)
    assert split_cell_magic(source) == (head, source.removeprefix(head))
    assert masked.cell_magic == head.strip().rpartition("\n")[2].strip()
    assert unmask(masked) == source


def test_python_below_a_cell_magic_is_masked():
    masked = mask("%%time\n!ls\nfoo?")
    assert escapes_of(masked) == ["! !ls", "? foo?"]
    assert masked.escapes[0].line == 0
    assert escapes_of(mask("%%bash\n!ls")) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("pip install x", "% pip install x", id="pip"),
        pytest.param("cd ..", "% cd ..", id="cd"),
        pytest.param("ls *.py", "% ls *.py", id="star"),
        pytest.param("ls (x)", "% ls (x)", id="bracket"),
        pytest.param("cat /proc/cpuinfo\n", "% cat /proc/cpuinfo", id="line-break"),
        pytest.param("\n\ncd ..", "% cd ..", id="blank-lines-above"),
        pytest.param("  cd ..", "%   cd ..", id="indented"),
        pytest.param("run = 1", "", id="assigned"),
        pytest.param("ls, y = 1, 2", "", id="tuple"),
        pytest.param("ls.x", "", id="attribute"),
        pytest.param("cd ..\n\n", "", id="blank-line-below"),
        pytest.param("# c\ncd ..", "", id="comment-above"),
        pytest.param("cd a\ncd b", "", id="two-lines"),
        pytest.param("%%time\ncd a", "", id="below-cell-magic"),
    ],
)
def test_automagic(source: str, expected: str):
    masked = mask(source, automagic=True)
    assert escapes_of(masked) == ([expected] if expected else [])
    assert unmask(masked) == source
    assert not mask(source).escapes


@pytest.mark.parametrize(
    ("source", "name", "args"),
    [
        ("%matplotlib  inline", "matplotlib", "inline"),
        ("%cd", "cd", ""),
        ("!pip install a \\\n b", "", "pip install a   b"),
        ("  !ls", "", "ls"),
        ("%run a.py \\\n --b", "run", "a.py   --b"),
        ("x = !ls -l", "", "ls -l"),
        ("%%time?", "time?", ""),
    ],
)
def test_name_and_arguments(source: str, name: str, args: str):
    (escape,) = mask(source).escapes
    assert (escape.name, escape.args) == (name, args)


def test_where_an_escape_stands():
    first, second = mask("x = 1\n!a \\\n b\n\ny = %who").escapes
    assert (first.line, first.breaks, first.assigned) == (1, 1, False)
    assert (second.line, second.breaks, second.assigned) == (4, 0, True)


def test_no_placeholder_is_a_name_of_the_notebook():
    source = "__escape_0__ = 1\n!ls"
    masked = mask(source, avoid="__escape0_ and so on")
    placeholder = masked.escapes[0].placeholder
    assert "__escape_0__" in masked.text
    assert not placeholder.startswith(("__escape_", "__escape0_"))
    assert unmask(masked) == source


def test_python_is_rewritten_round_its_escapes():
    masked = mask("%%time\nx = !ls\ny")
    text = masked.text.replace("y", "z")
    assert unmask(masked, text) == "%%time\nx = !ls\nz"
    other = with_escapes(masked, {masked.escapes[0].placeholder: "%cd a", "unknown": "b"})
    assert unmask(other, text) == "%%time\nx = %cd a\nz"
    with pytest.raises(ValueError, match="'!ls' was lost"):
        unmask(masked, "z")


PIECES = st.sampled_from(
    [
        *("'", '"', "'''", '"""', "f'", 'rf"', "{{", ":", "(", "[", "{", "}", ")", "\\", "#", "é"),
        *("\n", "\r\n", "\r", "\t", "\f", "\u2028", " ", "%", "%%", "!", "?", "=", "==", ";", ",", "/"),
        *("x", "ls", "cd ", "__escape_0__", "%%time\n", "%%bash\n"),
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_cell_with_an_escape_is_passed_over(source: str):
    """Lines are taken apart only where a sign is met: that makes no difference but in time."""
    with mock.patch.object(escapes, "_SIGNS", re.compile("")):
        every = mask(source)
    assert mask(source) == every


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)), st.booleans())
def test_any_text_is_given_back(source: str, automagic: bool):
    masked = mask(source, automagic=automagic)
    assert unmask(masked) == source
    assert (masked.head + masked.text).count("\n") == source.count("\n")


@pytest.mark.parametrize(
    "piece", ["f'{", "f'''{", "f'{x:{", "'", "(", "x = !a\n", "{{", "\\\n", "a?"]
)
def test_time_grows_no_faster_than_a_line_squared(piece: str):
    source = piece * 300 + "\n!ls\n"
    assert unmask(mask(source)) == source
