"""The blocks of the setup cell: each is there if it is asked for, and holds the plan's values."""

from __future__ import annotations

import ast

import pytest

from colabify.runtime import LOADED
from colabify.setup.cell import setup_source
from colabify.steps import Build, DataNeed, Fetch, Install, Setup, SystemNeed
from tests.test_setup_cell import CLONE, HOSTILE, full

GENSIM = Install("gensim", "gensim==4.4", "gensim", "")
MORE = Install("gymnasium", "gymnasium[mujoco]", "gymnasium", "", extras=True)
LESS = Install("transformers", "transformers<5", "transformers", "", replaces=True)
NUMPY = Install("numpy", "numpy==2.2.0", "numpy", "", replaces=True, strict=True)
BUILD = Build("week", "week/fast", cython=True)
CORPUS = DataNeed("nltk", "punkt_tab", "tokenizers/punkt_tab.zip", "nltk.word_tokenize")
MODEL = DataNeed("spacy", "en_core_web_md", "en_core_web_md", "spacy.load")
TREE = SystemNeed("tree", "the command tree", command="tree")
# what only that block has
BLOCKS = {
    "clone": "    def clone(",
    "system": '"dpkg-query"',
    "loaded": "colabify-constraints.txt",
    "keep": 'os.environ["PIP_CONSTRAINT"]',
    "pip": "def pip_install(",
    "install": "    wanted = ",
    "extras": "def lacks_extras(",
    "replace": "cannot use",
    "strict": "    insisted = ",
    "package": "    for folder, mark in ",
    "stand": "    os.chdir(here)",
    "build": '"build_ext", "--inplace"',
    "nltk": "nltk.data.find(",
    "spacy": '"spacy", "download"',
    "fetch": "def fetch(",
    "fail": "    if wrong:",
}
# setup, the blocks that it has, in their order
HAVE = {
    "autoreload": (Setup(imp=True), []),
    "clone": (Setup(source=CLONE), ["clone", "stand"]),
    "system": (Setup(system=(TREE,)), ["system", "fail"]),
    "keep": (Setup(keeps_loaded=True), ["loaded", "keep"]),
    "install": (Setup(installs=(GENSIM,)), ["loaded", "pip", "install"]),
    "extras": (Setup(installs=(MORE,)), ["loaded", "pip", "extras"]),
    "replace": (Setup(installs=(LESS,)), ["loaded", "pip", "replace"]),
    "strict": (Setup(installs=(NUMPY,)), ["loaded", "pip", "strict"]),
    "installs": (
        Setup(installs=(NUMPY, LESS, MORE, GENSIM)),
        ["loaded", "pip", "install", "extras", "replace", "strict"],
    ),
    "package": (
        Setup(source=CLONE, packages=("",)),
        ["clone", "loaded", "pip", "package", "stand"],
    ),
    "build": (Setup(source=CLONE, builds=(BUILD,)), ["clone", "stand", "build", "fail"]),
    "nltk": (Setup(data=(CORPUS,)), ["nltk", "fail"]),
    "spacy": (Setup(data=(MODEL,)), ["loaded", "spacy", "fail"]),
    "fetch": (
        Setup(source=CLONE, fetches=(Fetch("get.sh", ("a",), ""),)),
        ["clone", "stand", "fetch", "fail"],
    ),
    "all": (full("plain"), list(BLOCKS)),
}


@pytest.mark.parametrize("name", HAVE)
def test_a_block_is_there_if_it_is_asked_for(name: str) -> None:
    setup, blocks = HAVE[name]
    source = setup_source(setup)
    found = {block: source.find(text) for block, text in BLOCKS.items() if text in source}
    assert sorted(found, key=lambda block: found[block]) == blocks


@pytest.mark.parametrize("name", HAVE)
def test_every_block_is_python_of_any_runtime(name: str) -> None:
    setup, _ = HAVE[name]
    source = setup_source(setup)
    assert source.isascii()
    tree = ast.parse(source, feature_version=(3, 8))
    assert [type(node) for node in tree.body] == [ast.FunctionDef, ast.Expr, ast.Delete]
    assert max(map(len, source.splitlines())) <= 120


def value_of(source: str, name: str) -> object:
    """The literal that is assigned to ``name``, or that a loop over it goes through."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                return ast.literal_eval(value)
            case ast.For(target=target, iter=value) if ast.unparse(target) == name:
                return ast.literal_eval(value)
    raise AssertionError(name)


# setup, the name, its value in the cell
VALUES = {
    "system": (Setup(system=(TREE,)), "needs", [("tree", "the command tree", "tree")]),
    "install": (Setup(installs=(GENSIM, LESS)), "wanted", {"gensim": "gensim==4.4"}),
    "replace": (
        Setup(installs=(GENSIM, LESS)),
        "(name, want, module)",
        [("transformers", "transformers<5", "transformers")],
    ),
    "strict": (
        Setup(installs=(LESS, NUMPY)),
        "insisted",
        [("numpy", "numpy==2.2.0", "numpy")],
    ),
    "a module of a package": (
        Setup(installs=(Install("kit", "kit<2", "kit.a.b", "", replaces=True),)),
        "(name, want, module)",
        [("kit", "kit<2", "kit")],
    ),
    "loaded": (Setup(installs=(GENSIM,)), "loaded", sorted(LOADED)),
    "loaded, less what is insisted on": (
        Setup(installs=(NUMPY,)),
        "loaded",
        sorted(LOADED - {"numpy"}),
    ),
    "loaded, with what is replaced": (
        Setup(installs=(LESS,), keeps_loaded=True),
        "loaded",
        sorted(LOADED),
    ),
    "packages": (
        Setup(source=CLONE, packages=("", "lib")),
        "(folder, mark)",
        [
            ("", "colabify-package-1"),
            ("lib", "colabify-package-2"),
        ],
    ),
    "builds of a folder": (
        Setup(
            source=CLONE, builds=(BUILD, Build("week", "week/slow", cython=False, optional=True))
        ),
        "(folder, products, optional)",
        [
            (
                "week",
                ["week/fast", "week/slow"],
                False,
            )
        ],
    ),
    "an optional build": (
        Setup(source=CLONE, builds=(Build("", "fast", cython=True, optional=True),)),
        "(folder, products, optional)",
        [("", ["fast"], True)],
    ),
    "nltk": (
        Setup(data=(CORPUS, MODEL)),
        "(name, resource)",
        [("punkt_tab", "tokenizers/punkt_tab.zip")],
    ),
    "spacy": (Setup(data=(CORPUS, MODEL)), "model", ["en_core_web_md"]),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_block_holds_the_plans_values(name: str) -> None:
    setup, variable, value = VALUES[name]
    assert value_of(setup_source(setup), variable) == value


@pytest.mark.parametrize("text", HOSTILE)
def test_each_value_of_a_block_is_what_the_plan_says(text: str) -> None:
    source = setup_source(full(text))
    assert value_of(source, "needs") == [(text, text, text)]
    assert value_of(source, "wanted") == {text: text}
    module = text.partition(".")[0]
    assert value_of(source, "insisted") == [(text, text, module)]
    assert value_of(source, "(name, want, module)") == [(text, text, module)]
    assert value_of(source, "(name, resource)") == [(text, text)]
    assert value_of(source, "model") == [text]
    assert source.isascii()


def test_many_installs_are_one_a_line() -> None:
    installs = tuple(Install(f"kit-{n}", f"kit-{n}==1.0", f"kit_{n}", "") for n in range(40))
    source = setup_source(Setup(installs=installs))
    lines = [line.strip() for line in source.splitlines() if "kit-" in line]
    assert lines == [f'"kit-{n}": "kit-{n}==1.0",' for n in range(40)]
    assert value_of(source, "wanted") == {one.distribution: one.requirement for one in installs}
