"""The rules by their own examples, and the engine that applies them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from colabify.applied import RuleFailed
from colabify.escapes import mask
from colabify.rules import RULES, Example, Remedy, Rule
from colabify.rules.base import Rule as Base
from colabify.rules.testing import check_example, ruled
from tests.notebooks import Cell, codes, plan_for

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
    if sys.version_info >= (3, 13) or example.after is not None
]
"""All of them on one Python; on the others, where libcst is the same, those that rewrite something."""


def applied(source: str, rules: Sequence[Rule], *, unsafe: bool = False) -> str:
    return ruled(source, rules, unsafe=unsafe).source


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_examples(rule: Rule, example: Example) -> None:
    """A rule does what its example shows, alone and among all rules; twice does no more than once."""
    check_example(rule, example)
    done = ruled(example.before, [rule], unsafe=example.unsafe)
    if example.after is not None:
        assert applied(done.source, RULES) == done.source
    ast.parse(mask(done.source).text)
    if example.unsafe:
        careful = ruled(example.before, [rule])
        assert all("--unsafe-fixes" in one.text for one in careful.told)


PROVIDED = ("opencv-windows", "custom-widgets")
"""The rules that have the setup cell provide something, and neither rewrite nor tell."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_documented_and_has_as_many_look_alikes(rule: Rule) -> None:
    mended = [one for one in rule.examples if one.after is not None]
    told = [one for one in rule.examples if one.after is None and one.told]
    assert mended or (rule.safety == "report" and told) or rule.name in PROVIDED
    assert len(mended) <= len(rule.examples) - len(mended)
    assert (type(rule).__doc__ or "").strip().endswith(".")
    assert rule.code.startswith("COL")


def test_codes_and_names_are_unique() -> None:
    from colabify.codes import PAGES

    codes = [rule.code for rule in RULES]
    names = [rule.name for rule in RULES] + [page.name for page in PAGES.values()]
    assert len({*codes, *PAGES}) == len(codes) + len(PAGES)
    assert len(set(names)) == len(names)


NUMPY = "import numpy as np\n"
BOSTON = "from sklearn.datasets import load_boston\nb = load_boston()\n"
FETCHED = BOSTON.replace("load_boston()", 'fetch_openml(name="boston", version=1, as_frame=True)')
FETCHED = FETCHED.replace("load_boston", "fetch_openml")
# source, what becomes of it
KEPT = {
    "comment deeper than the last statement": (
        f"{NUMPY}def f():\n    return np.int\n        # deeper\n",
        f"{NUMPY}def f():\n    return int\n        # deeper\n",
    ),
    "comment less deep": (
        f"{NUMPY}if x:\n    y = np.int\n  # half\n",
        f"{NUMPY}if x:\n    y = int\n  # half\n",
    ),
    "no line break at the end": (f"{NUMPY}x = np.int", f"{NUMPY}x = int"),
    "several line breaks": (f"{NUMPY}x = np.int\n\n\n", f"{NUMPY}x = int\n\n\n"),
    "spaces at the end": (f"{NUMPY}x = np.int  \n   ", f"{NUMPY}x = int  \n   "),
    "only a comment behind": (
        f"{NUMPY}x = np.int  # np.int\n# np.int",
        f"{NUMPY}x = int  # np.int\n# np.int",
    ),
    "magics": (
        f"%matplotlib inline\n{NUMPY}!ls $x\nx = np.int\nlen?",
        f"%matplotlib inline\n{NUMPY}!ls $x\nx = int\nlen?",
    ),
    "magic in a block": (
        f"{NUMPY}if x:\n    !ls\n    y = np.int\n",
        f"{NUMPY}if x:\n    !ls\n    y = int\n",
    ),
    "continued shell line": (
        f"{NUMPY}!ls \\\n  data\nx = np.int\n",
        f"{NUMPY}!ls \\\n  data\nx = int\n",
    ),
    "head of a cell magic": (f"%%time\n{NUMPY}x = np.int\n", f"%%time\n{NUMPY}x = int\n"),
    "head with a title": (
        f"#@title A\n%%capture out\n{NUMPY}x = np.int\n",
        f"#@title A\n%%capture out\n{NUMPY}x = int\n",
    ),
    "tabs": (f"{NUMPY}if x:\n\ty = np.int\n", f"{NUMPY}if x:\n\ty = int\n"),
    "odd spaces": (f"{NUMPY}x  =  f( np.int ,3 )\n", f"{NUMPY}x  =  f( int ,3 )\n"),
    "brackets": (f"{NUMPY}x = (np.int)(3)\n", f"{NUMPY}x = (int)(3)\n"),
    "inside a replaced call": (
        f"{NUMPY}x = np.product(np.float_(3))\n",
        f"{NUMPY}x = np.prod(np.float64(3))\n",
    ),
    "f-string": (f"{NUMPY}s = f'{{np.int(3)}} np.int'\n", f"{NUMPY}s = f'{{int(3)}} np.int'\n"),
    "quotes of an f-string": (
        f"{BOSTON}s = f\"{{b['target']}} {{b['x']}}\"\n",
        f"{FETCHED}s = f\"{{b.get('target').to_numpy(float)}} {{b['x']}}\"\n",
    ),
    "assigned to": (f"{NUMPY}np.int = np.float = int\n", None),
    "deleted": (f"{NUMPY}del np.int\n", None),
    "index of what is assigned": (f"{NUMPY}x[np.int(3)] = 1\n", f"{NUMPY}x[int(3)] = 1\n"),
    "foreign cell": (f"%%bash\n{NUMPY}x = np.int\n", None),
    "string": (f"{NUMPY}s = 'np.int'\n", None),
    "not parsed": (f"{NUMPY}x = np.int(\n", None),
    "placeholder's name": (
        f"{NUMPY}__escape_0__ = 1\n!ls\nx = np.int\n",
        f"{NUMPY}__escape_0__ = 1\n!ls\nx = int\n",
    ),
}


if sys.version_info >= (3, 12):  # of an older one such a cell is not read
    KEPT["quotes of an f-string that its Python takes"] = (
        f'{NUMPY}s = f"{{np.int(3)}} {{x["a"]}}"\n',
        f'{NUMPY}s = f"{{int(3)}} {{x["a"]}}"\n',
    )


@pytest.mark.parametrize("name", KEPT)
def test_all_but_what_a_rule_means_is_kept(name: str) -> None:
    before, after = KEPT[name]
    assert applied(before, RULES) == (before if after is None else after)


class Fake(Base):
    """Stands for any rule."""

    code = "COL999"
    name = "fake"
    needles = frozenset({"x"})
    nodes = ("Name",)
    examples = ()

    def __init__(self, make: Callable[[str], str | None]) -> None:
        self.make = make

    def check(self, node, context):  # noqa: ARG002
        import libcst as cst

        new = self.make(node.value)
        return None if new is None else Remedy(cst.parse_expression(new))


FAILS: dict[str, tuple[Cell, Callable[[str], str | None], str]] = {
    "never rests": ("y = x", lambda name: name + "x" if "x" in name else None, "come to rest"),
    "no Python": (
        "for x in [1]: pass",
        lambda name: "lambda: 3" if name == "x" else None,
        "libcst does not read",
    ),
    "loses an escape": (
        "x = !ls\n",
        lambda name: "y" if name.startswith("__escape") else None,
        "lost",
    ),
}


@pytest.mark.parametrize("name", FAILS)
def test_a_rule_that_fails_says_so(name: str) -> None:
    source, make, said = FAILS[name]
    with pytest.raises(RuleFailed, match=said) as caught:
        applied(str(source), [Fake(make)])
    assert "COL999" in str(caught.value)


def test_what_libcst_would_not_give_back_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import libcst as cst

    monkeypatch.setattr(cst.Module, "code", property(lambda _: "x = 2\n"))
    assert applied(f"{NUMPY}x = np.int\n", RULES) == f"{NUMPY}x = np.int\n"


def test_that_a_cell_was_left_alone_is_told(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, [NUMPY, "\x0cx = np.int\n"])  # libcst moves the form feed
    assert plan.sources == ()
    assert [(one.code, one.cell) for one in plan.findings] == [("COL901", 1)]
    assert "libcst" in plan.findings[0].message


def test_a_rule_that_fails_leaves_the_cell_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from colabify.rewrite import ruling

    fake = Fake(lambda name: name + "x" if "x" in name else None)
    monkeypatch.setattr(ruling, "every_rule", lambda: (fake,))
    plan = plan_for(tmp_path, {"data.csv": ""}, ["[x, open('DATA.csv')]", "y = 1"])
    assert "COL902" in codes(plan)
    assert plan.sources == ()
