"""Paths that are put together, rewritten in place: a cell and the repository's files in, the cell out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.program import parse
from colabify.rewrite.source import Source, applied
from tests.notebooks import codes, plan_for, ported_cells
from tests.test_paths import FILES

# cells before, cells after; the notebook is lab/nb.ipynb
MENDED = {
    "adjacent": ("open('FIG'\n     '/X.png')", "open('fig'\n     '/x.png')"),
    "adjacent, one raw": ("open('FIG' r'\\x.png')", "open('fig' r'/x.png')"),
    "adjacent, shorter": ("open('/home/ann/' 'course/data/train.csv')", "open('..' '/data/train.csv')"),
    "added": ("open('FIG' + '/X.png')", "open('fig' + '/x.png')"),
    "added to a name": ("D = 'FIG'\nopen(D + '/X.png')", "D = 'fig'\nopen(D + '/x.png')"),
    "added, home": (
        "D = '/home/ann/course/lab'\nopen(D + '/local.csv')",
        "D = '.'\nopen(D + '/local.csv')",
    ),
    "f-string without fields": ("open(f'FIG/x.png')", "open(f'fig/x.png')"),
    "f-string": ("open(f'FIG/{n}.png')", "open(f'fig/{n}.png')"),
    "f-string, two parts": ("open(f'../Data/{n}/{m!r:>{w}}.csv')", "open(f'../data/{n}/{m!r:>{w}}.csv')"),
    "f-string, quotes inside": (
        "open(f'FIG/{d[\"k\"]}.png')",
        "open(f'fig/{d[\"k\"]}.png')",
    ),
    "f-string, raw": ("open(rf'..\\data\\raw\\{n}.txt')", "open(rf'../data/raw/{n}.txt')"),
    "f-string beside a plain one": ("open('FIG' f'/{n}.png')", "open('fig' f'/{n}.png')"),
    "f-string of a name": ("D = 'FIG'\nopen(f'{D}/{n}.png')", "D = 'fig'\nopen(f'{D}/{n}.png')"),
    "percent": ("open('FIG/%s.png' % n)", "open('fig/%s.png' % n)"),
    "format": ("open('FIG/{}.png'.format(n))", "open('fig/{}.png'.format(n))"),
    "pattern": ("import glob\nglob.glob('FIG/*.png')", "import glob\nglob.glob('fig/*.png')"),
    "joined to what is not known": (
        "import os\nopen(os.path.join('..', 'Data', n))",
        "import os\nopen(os.path.join('..', 'data', n))",
    ),
    "pathlib, end not known": (
        "from pathlib import Path\nopen(Path('FIG') / n)",
        "from pathlib import Path\nopen(Path('fig') / n)",
    ),
    "dictionary": (
        "P = {'a': 'FIG/x.png', 'b': 'local.csv'}\nopen(P['a'])",
        "P = {'a': 'fig/x.png', 'b': 'local.csv'}\nopen(P['a'])",
    ),
    "list": ("for p in ['FIG/x.png']:\n    open(p)", "for p in ['fig/x.png']:\n    open(p)"),
    "encoded": ("open('../data/Test%20Set.csv')", "open('../data/Test Set.csv')"),
    "a home that is printed": (
        "p = '/home/ann/course/data/train.csv'\nprint(p)\nopen(p)",
        "p = '../data/train.csv'\nprint(p)\nopen(p)",
    ),
    "carriage returns": ("x = 1\r\nopen('FIG/x.png')\r\n", "x = 1\r\nopen('fig/x.png')\r\n"),
    "bash": ("%%bash\ncd ..\ncat Data/train.csv", "%%bash\ncd ..\ncat data/train.csv"),
    "quoted word": ('%cd "../Data"', '%cd "../data"'),
    "word that needs quotes": ("!head ../data/test\\ set.csv", "!head '../data/Test Set.csv'"),
    "said twice in a line": (
        "!cat ../Data/train.csv ../Data/train.csv",
        "!cat ../data/train.csv ../data/train.csv",
    ),
    "assigned": (
        "x = !cat ../Data/train.csv",
        "x = get_ipython().getoutput('cat ../data/train.csv')",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_paths_are_mended_where_they_are_said(name: str, tmp_path: Path) -> None:
    before, after = MENDED[name]
    assert ported_cells(tmp_path, FILES, [before], at="lab/nb.ipynb") == [after]


def test_a_constant_of_another_cell_is_mended_there(tmp_path: Path) -> None:
    cells = ["DIR = 'FIG'", "open(f'{DIR}/x.png')", "open('%s/%s' % (DIR, n))"]
    ported = ported_cells(tmp_path, FILES, cells, at="lab/nb.ipynb")
    assert ported == ["DIR = 'fig'", *cells[1:]]


KEPT = {
    "f-string that is right": "open(f'fig/{n}.png')",
    "f-string in a folder that is nowhere": "open(f'plots/{n}.png')",
    "f-string of a label": "plt.title(f'FIG/{n}')",
    "written": "open(f'FIG/{n}.png', 'w')",
    "folder that is made": "import os\nos.makedirs('FIG')\nopen(f'FIG/{n}.png')",
    "bytes": "open(b'FIG/x.png')",
    "beginning not known": "open(f'{d}/FIG/x.png')",
    "template of something else": "'FIG/%s' % n",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_right_or_not_known_is_kept(name: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, FILES, [KEPT[name]], at="lab/nb.ipynb")
    assert plan.sources == ()
    assert [one for one in codes(plan) if one.startswith(("COL30", "COL313"))] == []


PREFIXES = ["", "r", "R", "u", "f", "rf", "Fr"]
QUOTES = ["'", '"', "'''", '"""']
TEXTS = st.text(st.sampled_from("aB/\\'\"{}é→\n\t%"), max_size=8)


@given(
    pieces=st.lists(
        st.tuples(st.sampled_from(PREFIXES), st.sampled_from(QUOTES), TEXTS), min_size=1, max_size=3
    ),
    new=TEXTS,
    between=st.sampled_from([" ", "  # c 'd\n  ", "\n", "\\\n"]),
    before=st.sampled_from(["", "é = 1; ", "s = 'x'\r\n"]),
)
def test_a_literal_says_the_new_text_and_all_else_stays(
    pieces: list[tuple[str, str, str]], new: str, between: str, before: str
) -> None:
    literal = between.join(prefix + quotes + text + quotes for prefix, quotes, text in pieces)
    source = f"{before}f(({literal}), 2)  # 'end'"
    tree, _ = parse(source)
    strings = [] if tree is None else _strings(tree)
    for one in strings:
        edits = Source(source, tree).edits(one, new) if tree is not None else None
        if edits is None:
            continue
        text = applied(source, edits)
        again, _ = parse(text)
        assert again is not None
        old = [node.value for node in strings]
        at = strings.index(one)
        assert [node.value for node in _strings(again)] == [*old[:at], new, *old[at + 1 :]]
        (prefix, quotes, _), (_, last, _) = pieces[0], pieces[-1]
        assert text.startswith(f"{before}f(({prefix}{quotes}")
        assert text.endswith(f"{last}), 2)  # 'end'")


def _strings(tree: ast.Module) -> list[ast.Constant]:
    """The string literals of the call's argument."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != "x"
    ]


@given(text=st.text(st.sampled_from("aB/é."), min_size=1), quotes=st.sampled_from(QUOTES))
def test_a_plain_path_can_always_be_said(text: str, quotes: str) -> None:
    for prefix in ("", "r", "u"):
        source = f"open({prefix}{quotes}x{quotes})"
        tree, _ = parse(source)
        assert tree is not None
        (literal,) = (one for one in ast.walk(tree) if isinstance(one, ast.Constant))
        edits = Source(source, tree).edits(literal, text)
        assert edits is not None
        assert applied(source, edits) == f"open({prefix}{quotes}{text}{quotes})"
