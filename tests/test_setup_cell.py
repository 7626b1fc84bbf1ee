"""The setup cell as text: a pure function of the plan, into which nothing hostile gets as code."""

from __future__ import annotations

import ast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from colabify.runtime import LOADED
from colabify.setup.cell import setup_cell, setup_source
from colabify.setup.form import SETUP, chosen_values, is_form
from colabify.steps import Build, Clone, DataNeed, Fetch, Install, Setup, SystemNeed

CLONE = Clone("https://github.com/teacher/course.git", "main", "course")
HOSTILE = [
    "a;rm -rf ~",
    "$(touch /tmp/owned)",
    '"; import os; os.system("x") #',
    "'''",
    'x\\"',
    "a\nb",
    "$ref",
    "${url}",
    "<here>",
    "{url}",
    "a b",
    "データ",
    "😀",
    "-oProxyCommand=x",
    "\\",
    "$needs",
    "$${Status}",
    "$",
    "f'{root}'",
    "a\r\nb\u2028c",
    "\x00",
    "\udcff",
    "${",
    "*.so",
    "../..",
    "%s %(a)s",
]


def strings_of(source: str) -> set[object]:
    """The values of all string literals of a program."""
    return {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}


def shape_of(source: str) -> str:
    """The program's syntax tree without the values of its literals."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.value = None
    return ast.dump(tree)


def full(text: str) -> Setup:
    """A setup that has ``text`` wherever the repository can have a say."""
    return Setup(
        source=Clone(f"https://github.com/{text}", text, text),
        folder=text,
        path_folders=(text,),
        system=(SystemNeed(text, text, command=text),),
        installs=(
            Install(text, text, text, ""),
            Install(text, text, text, "", extras=True),
            Install(text, text, text, "", replaces=True),
            Install(text, text, text, "", replaces=True, strict=True),
        ),
        packages=(text,),
        builds=(Build(text, text, cython=True),),
        data=(DataNeed("nltk", text, text, ""), DataNeed("spacy", text, text, "")),
        fetches=(Fetch(text, (text,), ""),),
        keeps_loaded=True,
        imp=True,
        expects="GPU",
    )


SHAPE = shape_of(setup_source(full("plain")))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_the_repository_says_stays_data(text: str) -> None:
    source = setup_source(full(text))
    assert shape_of(source) == SHAPE
    assert text in strings_of(source)


@given(st.text())
def test_any_text_stays_data(text: str) -> None:
    assume(text not in LOADED)  # a version that is insisted on is no longer one that stays
    source = setup_source(full(text))
    assert shape_of(source) == SHAPE
    assert chosen_values(SETUP, source) == {}


@pytest.mark.parametrize(
    ("setup", "has", "has_not"),
    [
        pytest.param(Setup(imp=True), ["imp"], ["clone", "pip", "chdir"], id="autoreload"),
        pytest.param(
            Setup(source=CLONE), ["clone", "chdir"], ["pip", "imp ", "nvidia", "drive"], id="clone"
        ),
        pytest.param(
            Setup(source=CLONE, folder="a"), ['(root, "a")'], ["path.append"], id="folder"
        ),
        pytest.param(
            Setup(installs=(Install("gensim", "gensim==4.4", "gensim", ""),)),
            ['{"gensim": "gensim==4.4"}', "numpy"],
            ["clone", "chdir"],
            id="install",
        ),
        pytest.param(Setup(source=CLONE, expects="GPU"), ["nvidia-smi"], ["libtpu"], id="gpu"),
        pytest.param(Setup(source=CLONE, expects="TPU"), ["libtpu"], ["nvidia-smi"], id="tpu"),
        pytest.param(
            Setup(source=CLONE, path_folders=("", "src")),
            ['["", "src"]', "sys.path.append"],
            [],
            id="path folders",
        ),
    ],
)
def test_does_what_the_plan_says_and_no_more(
    setup: Setup, has: list[str], has_not: list[str]
) -> None:
    source = setup_source(setup)
    compile(source, "<setup>", "exec")
    assert all(text in source for text in has)
    assert not any(text in source for text in has_not)


@pytest.mark.parametrize("setup", [Setup(imp=True), full("plain")], ids=["short", "long"])
def test_does_nothing_outside_colab(setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    exec(compile(setup_source(setup), "<setup>", "exec"), names)
    assert set(names) == {"__builtins__"}
    assert capsys.readouterr().out == ""


def test_is_a_folded_form() -> None:
    cell = setup_cell(Setup(imp=True))
    assert cell["source"].startswith("# @title Set up Google Colab\n")
    assert cell["metadata"]["cellView"] == "form"
    assert cell["metadata"]["jupyter"] == {"source_hidden": True}


@pytest.mark.parametrize(
    ("edit", "ours", "unedited"),
    [
        pytest.param(lambda s: s, True, True, id="as written"),
        pytest.param(lambda s: s + "\n", True, False, id="a line more"),
        pytest.param(lambda s: s.replace("main", "dev"), True, False, id="another branch"),
        pytest.param(lambda s: s.replace("@title Set", "@title set"), True, False, id="title"),
        pytest.param(lambda s: "# mine\n" + s, True, False, id="comment above"),
        pytest.param(lambda _: "print(1)", False, False, id="another cell"),
        pytest.param(lambda _: "", False, False, id="empty"),
    ],
)
def test_an_edit_is_noticed(edit: object, ours: bool, unedited: bool) -> None:
    source = edit(setup_source(Setup(source=CLONE)))  # type: ignore[operator]
    assert is_form(SETUP, source) is ours
    assert chosen_values(SETUP, source) == ({} if unedited else None)
