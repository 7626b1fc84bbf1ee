"""What the examples of the rules on Colab and the language cannot show: several cells, set-up, metadata."""

from __future__ import annotations

import ast
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.analysis.foreign_cells import about_foreign_cells
from colabify.analysis.local_links import about_local_links
from colabify.analysis.widget_state import repaired_widgets
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import Context
from colabify.rules.colab import RULES as COLAB
from colabify.rules.language import RULES as LANGUAGE
from colabify.rules.language.removed_modules import replaced_modules
from colabify.runtime import load_runtime
from colabify.setup.front_end import MANAGER, WINDOWS, front_end_blocks
from colabify.steps import Setup, Shim
from tests.notebooks import notebook
from tests.ruled import ruled

RULES = (*LANGUAGE, *COLAB)


# cells, what becomes of them
REWRITTEN = {
    "imp in one cell, reload in another": (
        ("import imp\nimport json", "imp.reload(json)"),
        ("import importlib\nimport json", "import importlib\nimportlib.reload(json)"),
    ),
    "abstract classes in another cell": (
        ("import collections as c", "x = c.Mapping"),
        ("import collections as c", "import collections.abc\nx = collections.abc.Mapping"),
    ),
    "clicks are heard in another cell": (
        ("%matplotlib notebook", "figure.canvas.mpl_connect('button_press_event', f)"),
        ("%matplotlib notebook", "figure.canvas.mpl_connect('button_press_event', f)"),
    ),
    "below a cell magic": (
        ("%%time\n%matplotlib notebook\nx = 1", "y"),
        ("%%time\n%matplotlib inline\nx = 1", "y"),
    ),
    "a bare magic that a second rule mends": (
        ("pip install --user networkx", "cd drive/My\\ Drive/a"),
        ("%pip install networkx", "%cd drive/MyDrive/a"),
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_cells_are_mended_together(name: str) -> None:
    before, after = REWRITTEN[name]
    done = ruled(*before, rules=RULES)
    assert tuple(one.source for one in done) == after
    assert tuple(one.source for one in ruled(*after, rules=RULES)) == after


@pytest.mark.parametrize(
    ("source", "runtime"),
    [
        ("import imp\nimp.reload(x)", "2025.07"),
        ("import pipes\npipes.quote('a')", "2026.07"),
        ("import asyncio\nfrom typing.re import Pattern", "2026.07"),
    ],
)
def test_what_a_runtime_still_has_stays(source: str, runtime: str) -> None:
    assert ruled(source, rules=RULES, runtime=runtime)[0].source == source
    assert ruled(source, rules=RULES)[0].source != source


def test_the_first_question_alone_is_told() -> None:
    done = ruled(
        "x = 1",
        "a = input()\nb = input()",
        "from getpass import getpass\nc = getpass()",
        rules=RULES,
    )
    assert [[one.code for one in cell.told] for cell in done] == [[], ["COL231"], []]


# source, what the setup cell provides
PROVIDED: dict[str, tuple[str, tuple[Shim, ...]]] = {
    "a window": ("import cv2\ncv2.imshow('a', x)\ncv2.waitKey(0)", (WINDOWS,)),
    "under other names": ("from cv2 import imshow as show\nshow('a', x)", (WINDOWS,)),
    "no window": ("import cv2\nx = cv2.imread('a.png')", ()),
    "widgets": ("import ipyleaflet", (MANAGER,)),
    "part of a package of widgets": ("from bqplot import pyplot as plt", (MANAGER,)),
    "figures that are widgets": (
        "import plotly.graph_objects as go\nx = go.FigureWidget()",
        (MANAGER,),
    ),
    "figures": ("import plotly.graph_objects as go\nx = go.Figure()", ()),
    "Colab's own widgets": ("import ipywidgets", ()),
}


@pytest.mark.parametrize("name", PROVIDED)
def test_the_setup_cell_provides_what_the_front_end_lacks(name: str) -> None:
    source, shims = PROVIDED[name]
    (done,) = ruled(source, rules=RULES)
    assert (done.source, done.shims, done.told) == (source, shims, ())
    blocks = front_end_blocks(Setup(shims=done.shims))
    assert len(blocks) == len(shims)
    ast.parse("if True:\n" + "".join(blocks or ["    pass\n"]), feature_version=(3, 8))


class Picture:
    """Stands for an array of brightnesses, of which only the kind of numbers counts."""

    def __init__(self, kind: str) -> None:
        self.dtype = type("dtype", (), {"kind": kind})

    def __mul__(self, other: int) -> tuple[int, str]:
        return other, "times"


def test_windows_show_below_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers from 0 to 1 are stretched, as OpenCV's own windows do; no key is ever pressed."""
    import sys
    import textwrap
    import types

    shown: list[Any] = []
    cv2, patches = types.ModuleType("cv2"), types.ModuleType("google.colab.patches")
    patches.cv2_imshow = shown.append  # type: ignore[attr-defined]
    for name in ("google", "google.colab"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "google.colab.patches", patches)
    monkeypatch.setitem(sys.modules, "cv2", cv2)
    (block,) = front_end_blocks(Setup(shims=(WINDOWS,)))
    exec(textwrap.dedent(block), {})
    whole = Picture("u")
    cv2.imshow("a", whole)
    cv2.imshow("a", Picture("f"))
    assert shown == [whole, (255, "times")]
    assert cv2.waitKey(10) == cv2.waitKey() == cv2.pollKey() == -1
    assert cv2.namedWindow("a", 1) is cv2.destroyAllWindows() is None


FOREIGN: dict[str, tuple[str, list[tuple[str, str, int | None]]]] = {
    "Python 2": ("%%python2\nprint 1", [("COL236", "error", 1)]),
    "below a title": ("#@title A\n%%ruby\nputs 1", [("COL236", "error", 2)]),
    "script of Jupyter": ("%%javascript\nIPython.notebook.save()", [("COL235", "advice", 1)]),
    "script": ("%%js\nalert(1)", []),
    "page with such a script": (
        "%%html\n<script>Jupyter.notebook.x()</script>",
        [("COL235", "advice", 1)],
    ),
    "page that speaks of it": ("%%html\n<p>IPython.display</p>", []),
    "shell": ("%%bash\necho Jupyter.", []),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_cells_of_other_languages_are_told(name: str) -> None:
    source, told = FOREIGN[name]
    program = read_program(Document.parse(notebook("x = 1", source)))
    found = about_foreign_cells(program)
    assert [(one.code, one.severity, one.line) for one in found] == told
    assert {one.cell for one in found} <= {1}


# Markdown, whether it is told
LINKS = {
    "link": ("Open [it](http://localhost:6006) now.", 1),
    "twice": ("[it](http://localhost:6006) and [it](http://localhost:6006)", 1),
    "by number": ("See <https://127.0.0.1:8888/tree>.", 1),
    "in the path": ("[it](https://example.org/localhost)", 0),
    "code": ("`[it](http://localhost:6006)`", 0),
    "no address": ("[it](http://[localhost)", 0),
    "words": ("It runs at localhost.", 0),
}


@pytest.mark.parametrize("name", LINKS)
def test_links_to_the_own_machine_are_told(name: str) -> None:
    source, told = LINKS[name]
    markdown = {"cell_type": "markdown", "metadata": {}, "source": source}
    cells = Document.parse(notebook("x = 'http://localhost'", markdown)).cells
    assert [(one.code, one.cell) for one in about_local_links(cells)] == [("COL234", 1)] * told


@pytest.mark.parametrize(
    ("source", "replaced"),
    [
        ("import imp\nimp.reload(x)", {"imp"}),
        ("from imp import reload", {"imp"}),
        ("import imp\nimp.load_source('a', 'b')", {"pipes"}),
        ("from imp import *", {"pipes"}),
        ("import pipes\npipes.quote('a')", {"imp", "pipes"}),
        ("import pipes\npipes.Template()", {"imp"}),
    ],
)
def test_modules_that_are_replaced_are_known(source: str, replaced: set[str]) -> None:
    """One that is not used at all counts as replaced."""
    program = read_program(Document.parse(notebook(source)))
    used = Context(program.units, load_runtime()).used
    assert replaced <= replaced_modules(used, load_runtime())
    assert replaced_modules(used, load_runtime("2025.07")) == frozenset()


TYPE = "application/vnd.jupyter.widget-state+json"
MODEL = {"model_name": "IntSliderModel", "model_module": "@jupyter-widgets/controls", "state": {}}
WHOLE = {TYPE: {"state": {"ab": MODEL}, "version_major": 2, "version_minor": 0}}
# what metadata.widgets is, what it should be
WIDGETS: dict[str, tuple[Any, Any]] = {
    "as Colab writes it": ({TYPE: {"ab": MODEL}}, WHOLE),
    "as Jupyter writes it": (WHOLE, None),
    "with something beside": ({TYPE: {"ab": MODEL}, "x": 1}, {**WHOLE, "x": 1}),
    "as it was in 2015": ({"state": {"ab": {"views": []}}, "version": "1.1.1"}, None),
    "no table": ([], None),
    "no widgets": (None, None),
    "not understood": ({TYPE: {"ab": 1}}, None),
    "no models": ({TYPE: {"ab": {}}}, None),
}


@pytest.mark.parametrize("name", WIDGETS)
def test_widgets_get_the_form_that_github_shows(name: str) -> None:
    before, after = WIDGETS[name]
    metadata = {"widgets": before}
    copy = deepcopy(metadata)
    assert repaired_widgets(metadata) == after
    assert metadata == copy


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["widgets", TYPE, "state", "ab", "model_name"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["ab", "cd", "state"]), st.just(MODEL) | JSON, max_size=3))
def test_widgets_are_repaired_once(models: dict[str, Any]) -> None:
    """Whatever stands there, a second repair finds nothing to do, and no widget is lost."""
    metadata: dict[str, Any] = {"widgets": {TYPE: models}}
    once = repaired_widgets(metadata)
    if once is not None:
        assert once[TYPE]["state"] == models
        assert repaired_widgets({"widgets": once}) is None
