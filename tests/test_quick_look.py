"""With and without the quick look the result is the same: only the time differs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colabify import engine
from colabify.applied import Applied, Policy, RuleFailed
from colabify.engine import apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import RULES, Context, Rule
from colabify.runtime import load_runtime
from tests.notebooks import notebook

EXAMPLES = [one.before for rule in RULES for one in rule.examples]


def applied(cells: Sequence[str], rules: Sequence[Rule]) -> list[Applied | str]:
    program = read_program(Document.parse(notebook(*cells)))
    escapes = tuple(one for _, one in program.escapes)
    context, found = Context(program.units, load_runtime(), None, escapes), list[Applied | str]()
    for cell in program.cells:
        if cell.unit is None and not cell.masked.foreign:
            continue  # no Python: no rule is asked of it
        try:
            at = context.at(cell.unit)
            found.append(apply_rules(cell.masked, rules, at, Policy(unsafe=True)))
        except RuleFailed as error:
            found.append(str(error))
    return found


def without_look(cells: Sequence[str], rules: Sequence[Rule]) -> list[Applied | str]:
    """What comes out if all is parsed, and each rule asked of all of it."""
    with (
        mock.patch.object(engine, "has_something", lambda _text, rules, _context: bool(rules)),
        mock.patch.object(engine, "rules_for", of_packages),
    ):
        return applied(cells, rules)


def of_packages(_text: str, rules: Sequence[Rule], context: Context) -> list[Rule]:
    return [one for one in rules if not one.packages or one.packages & context.packages]


@pytest.mark.parametrize(
    "rule", RULES[:: 1 if sys.version_info >= (3, 13) else 10], ids=lambda one: one.code
)
def test_of_the_examples_of_a_rule(rule: Rule) -> None:
    for example in rule.examples:
        if example.after is not None or example.told:
            assert applied([example.before], [rule]) == without_look([example.before], [rule])


@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3), st.booleans())
@settings(max_examples=60, deadline=None)
def test_of_examples_together(texts: list[str], apart: bool) -> None:
    """In one cell, and in several, of which the first may import what the others use."""
    cells = texts if apart else ["".join(texts)]
    assert applied(cells, RULES) == without_look(cells, RULES)


def test_of_what_is_no_python() -> None:
    """Two examples in one cell may make none: a magic without its sign stands alone."""
    cells = ["import numpy as np\nx = np.zeros(3, dtype=np.int)\ncd ../data\n"]
    assert applied(cells, RULES) == without_look(cells, RULES) == []


ROWS = {
    "decorated": "import numpy as np\n\n@f(np.int)\ndef g():\n    pass\n",
    "on one line": "import numpy as np; x = np.int; y = 1\n",
    "carriage returns": "import numpy as np\r\nx = np.int\r\n",
    "in a text": 'import numpy as np\nx = """\n  np.int\n"""\n',
    "behind a text": 'import numpy as np\nx = """\n""", np.int\n',
    "under an if": "import numpy as np\nif x:\n    pass\nelse:\n    y = np.int\n",
    "no line break at the end": "import numpy as np\nx = np.int",
}


@pytest.mark.parametrize("name", ROWS)
def test_of_statements(name: str) -> None:
    found = applied([ROWS[name]], RULES)
    assert found == without_look([ROWS[name]], RULES)
    assert isinstance(found[0], Applied)
    assert bool(found[0].codes) == (name != "in a text")


def test_what_nothing_is_said_of_is_not_parsed() -> None:
    """A call of a name that a rule knows, and no fault in it."""
    with mock.patch("libcst.parse_module") as parse:
        applied(["from sklearn.svm import SVC\nm = SVC(C=1.0)\nx = m.fit(a, b)\n"], RULES)
    assert not parse.called
