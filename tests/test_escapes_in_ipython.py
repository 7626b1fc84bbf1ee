"""A masked cell parses where IPython's own transformation of it does."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import warnings

import pytest

from colabify.escapes import mask
from tests.escape_rows import MASKED

TWELVE = sys.version_info >= (3, 12)
ORACLE = [
    *(source for _, source, *_ in MASKED),
    "%time x = 1?", "_?", "a!", "a!b", "x?y?", "lambda: x?", "a = ?b", "a.?", "%%%x", "%!x", "!%x",
    "% ", "%", "!", "!!", "x = !!ls", "x = !(ls)", "!cd a; ls", "!pip install a && b", "x = ! ls",
    "%env A=B", "%cd ..", "%load_ext autoreload\n%autoreload 2\nimport a", "%%time\nx = 1\n!ls",
    "for i in x:\n    !echo {i}\n    %time f(i)", "def f():\n\t!ls\n\treturn 1",
    "try:\n  %who\nexcept E: pass",
    "class A:\n    %who\n    x = 1", "@x\n%who\ndef f(): pass", "async def f():\n    x = !ls",
    "x = {\n'a': 1\n}\n!ls",
    "x = {'a': !ls}", "[!ls]", "print(!ls)", "x = lambda: 1\n%who", "print x", "cd ..", "pip install x",
    "return !ls", "x = y if z else !ls", "x =!= 3", "x = y %z", "%%html\n<b>", "%%writefile a.py\nx y",
    "get_ipython().system('ls')", "x = 1\n    \n!ls", "if True:\n    pass\n%who\n", "\n\n%%bash\nls -l",
    "x = 1\n%%bash", "# c\n", "a \\\n!ls", "x = 1 \\\n\n!ls", "b'%'\n!ls", "\"\"\"a\"b\"\"\"\n!ls",
    "x = [1, 2\n%who", "if x\n%who", "print('''%s''' % x)\n%who", "%who # '''\nx = 1",
    ">>> x = 1\n>>> y = 2", ">>> if x:\n...     y\n...\n>>> !ls", "x = 1\n>>> y", "x\ny\n>>> z",
    "In [1]: x = 1\n   ...: y = 2", "\n>>> x", "...\nx", ">>> %%time\n>>> x",
    "f(\n a)?", "f(\n a) + b?", "'a' ?", "x if y else z?", "*foo*?", "?x y", "??x", "x = 1;\n%who;",
]  # fmt: skip
DEVIATIONS = [
    ("comments-above", "# c\n%%bash\nls -l a", True, False),  # Colab allows it
    ("all-indented", "  x = 1\n  y = 2", False, True),  # IPython dedents it; left alone
    ("all-indented-magic", "  %%time\n  x = 1", False, True),
    ("form-feed", "\f%matplotlib", False, True),  # IPython takes it for a line's end; left alone
    ("bad-call", ";)", True, False),  # no Python either way
]
ASSIGNED_SHELL = re.compile(r"=[ \\\n]*!")
NOT_THERE = importlib.util.find_spec("IPython") is None
UNSURE = {"\n  !ls\nx = 1", "x = !\ny", "a[0]?", "/", "'''a''' '''b\n!c'''\n!ls"}
"""What IPython 7 and 9 do not agree about, or an old IPython on a new Python."""


def parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def we_parse(source: str) -> bool:
    masked = mask(source)
    return bool(masked.foreign) or parses(masked.text)


def ipython_parses(source: str) -> bool:
    import IPython
    from IPython.core.inputtransformer2 import TransformerManager

    if TWELVE and IPython.version_info[0] < 8 and ASSIGNED_SHELL.search(source):
        pytest.skip("IPython 7 does not find x = !ls on Python 3.12 and later")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parses(TransformerManager().transform_cell(source))
    except SyntaxError:
        return False


@pytest.mark.skipif(NOT_THERE, reason="IPython is not installed")
@pytest.mark.parametrize("source", [source for source in ORACLE if source not in UNSURE])
def test_parses_what_ipython_parses(source: str):
    assert we_parse(source) == ipython_parses(source)


@pytest.mark.skipif(NOT_THERE, reason="IPython is not installed")
@pytest.mark.parametrize(
    ("source", "ours", "theirs"), [pytest.param(*row[1:], id=row[0]) for row in DEVIATIONS]
)
def test_known_deviations(source: str, ours: bool, theirs: bool):
    assert (we_parse(source), ipython_parses(source)) == (ours, theirs)


@pytest.mark.skipif(not TWELVE, reason="f-strings with their own quotes came with Python 3.12")
def test_f_strings_with_their_own_quotes():
    source = 'x = f"{d["("]} {", ".join(f"{one}" for one in y)}"\n!ls'
    assert we_parse(source)
    assert [escape.raw for escape in mask(source).escapes] == ["!ls"]
