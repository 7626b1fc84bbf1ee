"""The engine: what becomes of statements, imports and escapes that rules replace, remove, or only tell of."""

from __future__ import annotations

import pytest

from colabify.applied import Policy, Told
from colabify.engine import apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import Context, Remedy, Rule
from colabify.runtime import load_runtime
from tests.notebooks import notebook


class Fake(Rule):
    """``gone()`` is removed, ``told()`` told, ``odd()`` is not safe, ``two()`` becomes two statements, ..."""

    code = "COL999"
    name = "fake"
    needles = frozenset({"gone", "told", "odd", "two", "needy", "inner"})
    nodes = ("Expr", "Call")
    examples = ()

    def check(self, node, context):  # noqa: ARG002
        import libcst as cst

        call = node.value if isinstance(node, cst.Expr) else node
        code = cst.Module([]).code_for_node(call)
        if isinstance(node, cst.Expr):
            one = cst.Expr(cst.parse_expression("one()"))
            return {"gone()": Remedy(()), "two()": Remedy((one, one.deep_clone()))}.get(code)
        return {
            "told()": Remedy(text="left"),
            "told()(1)": Remedy(text="called"),
            "odd()": Remedy(cst.parse_expression("even()"), text="odd", safety="unsafe"),
            "needy()": Remedy(cst.parse_expression("m.f()"), ("import m", "from a import b")),
            "inner()": Remedy(cst.parse_expression("fresh()")),
        }.get(code) or _of_arguments(code)

    def check_escape(self, escape, context):  # noqa: ARG002
        if escape.raw.strip() == "%gone":
            return Remedy("")
        if escape.raw.strip() == "%old 1":
            return Remedy("%new 1")
        return Remedy(text="escaped", fails=False) if escape.raw.strip() == "%told" else None


def _of_arguments(code: str) -> Remedy | None:
    """``old=`` is ``new=``, and ``inner(1, ...)`` something else altogether."""
    import libcst as cst

    if code.startswith("inner(1, "):
        return Remedy(cst.parse_expression("fresh()"))
    new = code.replace("old=", "new=")
    return Remedy(cst.parse_expression(new)) if new != code else None


def done(source: str, **policy: bool):
    (cell,) = read_program(Document.parse(notebook(source))).cells
    assert cell.unit is not None
    context = Context([cell.unit], load_runtime(), cell.unit, cell.masked.escapes)
    return apply_rules(cell.masked, [Fake()], context, Policy(**policy))


# before, after
ROWS = {
    "a statement removed": ("a\ngone()\nb\n", "a\nb\n"),
    "the first": ("gone()\nb\n", "b\n"),
    "the last, without a line end": ("a\ngone()", "a"),
    "the only one": ("gone()\n", ""),
    "the comments round it stay": ("a\n# why\ngone()  # this\n# next\nb\n", "a\n# why\n# next\nb\n"),
    "the only one of a block": ("if a:\n    gone()\nb\n", "if a:\n    pass\nb\n"),
    "one of a block": ("if a:\n    gone()\n    b\n", "if a:\n    b\n"),
    "all of a block": ("if a:\n    gone()\n    gone()\nb\n", "if a:\n    pass\nb\n"),
    "the else of a block": ("if a:\n    b\nelse:\n    gone()\n", "if a:\n    b\nelse:\n    pass\n"),
    "behind a colon": ("if a: gone()\nb\n", "if a: pass\nb\n"),
    "among others on its line": ("a; gone(); b\n", "a; b\n"),
    "all on its line": ("a\ngone(); gone()\nb\n", "a\nb\n"),
    "a call within an expression stays": ("x = gone()\n", "x = gone()\n"),
    "two for one": ("if a:\n    # why\n    two()  # so\n", "if a:\n    # why\n    one()\n    one()  # so\n"),
    "two for one behind a colon": ("if a: two()\n", "if a: one(); one()\n"),
    "imports": ("x = needy()\n", "import m\nfrom a import b\nx = m.f()\n"),
    "imports behind imports": (
        "# c\nimport sys\n\n\nx = needy()\n",
        "# c\nimport sys\nimport m\nfrom a import b\n\n\nx = m.f()\n",
    ),
    "imports that are there": ("import m\nfrom a import b\nneedy()\n", "import m\nfrom a import b\nm.f()\n"),
    "imports that are merged": ("from a import c\nneedy()\n", "from a import c, b\nimport m\nm.f()\n"),
    "merged in brackets": (
        "from a import (\n    c,\n)\nneedy()\n",
        "from a import (\n    c, b,\n)\nimport m\nm.f()\n",
    ),
    "below comments and magics": (
        "#@title T\n%matplotlib inline\n# then\nx = needy()\n",
        "#@title T\n%matplotlib inline\nimport m\nfrom a import b\n# then\nx = m.f()\n",
    ),
    "below a docstring": ('"""D."""\nneedy()\n', '"""D."""\nimport m\nfrom a import b\nm.f()\n'),
    "above a text in the middle": (
        "import sys\n\n'''\nT.\n'''\nneedy()\n",
        "import sys\nimport m\nfrom a import b\n\n'''\nT.\n'''\nm.f()\n",
    ),
    "twice": ("needy()\nneedy()\n", "import m\nfrom a import b\nm.f()\nm.f()\n"),
    "a magic removed": ("%gone\na\n", "a\n"),
    "a magic removed from a block": ("if a:\n    %gone\nb\n", "if a:\n    pass\nb\n"),
    "a magic removed, others kept": ("!ls\n%gone\n%time x\n", "!ls\n%time x\n"),
    "under a head": ("%%time\n%gone\ninner()\n", "%%time\nfresh()\n"),
    "what is not safe": ("odd()\n", "odd()\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_rewritten(name: str) -> None:
    before, after = ROWS[name]
    assert done(before).source == after
    assert done(after).source == after


# source, what is told: text, line, whether it fails
TOLD: dict[str, tuple[str, list[tuple[str, int, bool]]]] = {
    "a place": ("a\n\nx = told()\n", [("left", 3, True)]),
    "once for all": ("told()\ntold()\n", [("left", 1, True)]),
    "inside what is rewritten elsewhere": ("inner()\ntold()\n", [("left", 2, True)]),
    "where it stands before imports are added": ("needy()\ntold()\n", [("left", 2, True)]),
    "a call, and not again what it calls": ("told()(1)\n", [("called", 1, True)]),
    "what is not safe": ("odd()\n", [("odd (--unsafe-fixes rewrites it)", 1, True)]),
    "an escape": ("a\n%told\n", [("escaped", 2, False)]),
    "a comment, a string": ("# told()\n'told()'\n", []),
    "in a try that knows": ("try:\n    told()\nexcept NameError:\n    pass\n", []),
    "by version": ("if v.__version__ < '2':\n    told()\n", []),
}


@pytest.mark.parametrize("name", TOLD)
def test_told(name: str) -> None:
    source, told = TOLD[name]
    assert [(one.text, one.line, one.fails) for one in done(source).told] == told


def test_unsafe() -> None:
    assert done("odd()\n", unsafe=True).source == "even()\n"


def test_odd_escapes_in_strings_are_the_courses_own_affair() -> None:
    assert done("gone()\nx = '\\s+'\n").source == "x = '\\s+'\n"


def test_nothing_is_rewritten_where_all_is_kept() -> None:
    kept = done("inner()\nodd()\n", keep_all=True)
    assert kept.source == "inner()\nodd()\n"
    assert [one.text for one in kept.told] == [
        "inner() is fresh() now",
        "odd",
    ]
    assert isinstance(kept.told[0], Told)


# source, what is told of it where all is kept
KEPT = {
    "an expression": ("x = inner()\n", "inner() is fresh() now"),
    "a statement": ("two()\n", "two() is one(); one() now"),
    "a statement that is removed": ("gone()\n", "gone() has no effect now"),
    "an escape": ("%old 1\n", "%old 1 is %new 1 now"),
    "an escape that is removed": ("%gone\n", "%gone has no effect now"),
    "what is long": (
        f"inner({'a' * 60}, old=1, c={'b' * 60})\n",
        "...aaaaaaaaaaaaaaaaaa, old=1, c=bbbbbbbbbbbbbb... is ...aaaaaaaaaaaaaaaaaa, new=1, c=bbbbbbbbbbbbbb... now",
    ),
    "what is long and all another": (
        f"inner(1, {'a' * 60}, {'b' * 60})\n",
        f"inner(1, {'a' * 60},... is fresh() now",
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_told_where_a_rule_says_nothing(name: str) -> None:
    source, text = KEPT[name]
    kept = done(source, keep_all=True)
    assert kept.source == source
    assert [one.text for one in kept.told] == [text]
