"""Expressions that go on over several lines thanks to the brackets round them, as chains of methods do."""

from __future__ import annotations

import ast

import libcst as cst
import pytest

from colabify.rules import RULES
from colabify.rules.testing import ruled

_LINE = cst.ParenthesizedWhitespace(indent=True, last_line=cst.SimpleWhitespace("    "))


class _Spread(cst.CSTTransformer):
    """Puts what is assigned in brackets, with a line break before each of its dots."""

    def leave_Assign(self, original_node, updated_node):  # noqa: N802
        value = original_node.value
        if isinstance(value, cst.Yield):
            return updated_node
        value = cst.ensure_type(value.visit(_Dots()), cst.BaseExpression)
        lpar, rpar = [cst.LeftParen(), *value.lpar], [*value.rpar, cst.RightParen()]
        return updated_node.with_changes(value=value.with_changes(lpar=lpar, rpar=rpar))


class _Dots(cst.CSTTransformer):
    def visit_FormattedString(self, node):  # noqa: ARG002, N802
        return False

    def leave_Attribute(self, original_node, updated_node):  # noqa: N802
        return updated_node.with_changes(
            dot=original_node.dot.with_changes(whitespace_before=_LINE)
        )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_over_several_lines(rule):
    for example in rule.examples:
        try:
            spread = cst.parse_module(example.before).visit(_Spread()).code
        except cst.ParserSyntaxError:  # magics and shell lines
            continue
        done = ruled(spread, [rule], unsafe=example.unsafe)
        ast.parse(done.source)


def test_a_value_over_several_lines_keeps_them():
    source = "import torch\nx = (\n    torch.ones(3)\n    .sum()\n    .data[0]\n)\n"
    assert ruled(source, RULES).source == (
        "import torch\nx = (\n    (torch.ones(3)\n    .sum()).item()\n)\n"
    )
