"""Rules by their own examples: for the tests of whoever writes rules, colabify's included."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from colabify.applied import Policy
from colabify.engine import apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules.context import Context
from colabify.runtime import load_runtime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.applied import Applied
    from colabify.rules.base import Example, Rule


def ruled(source: str, rules: Sequence[Rule], *, unsafe: bool = False) -> Applied:
    """What ``rules`` make of a notebook of one cell on the latest runtime, and what they tell of it."""
    cell: dict[str, object] = {"cell_type": "code", "metadata": {}, "outputs": []}
    notebook = {
        "cells": [cell | {"source": source, "execution_count": None}],
        "metadata": {},
        "nbformat": 4,
    }
    raw = json.dumps(notebook | {"nbformat_minor": 4}).encode()
    (read,) = read_program(Document.parse(raw)).cells
    units = [read.unit] if read.unit else []
    context = Context(units, load_runtime(), read.unit, read.masked.escapes)
    return apply_rules(read.masked, rules, context, Policy(unsafe=unsafe))


def check_examples(rule: Rule) -> None:
    """Hold a rule to each of its examples.

    Raises:
        AssertionError: an example comes out otherwise than it says, or not the same when the rule has
            its say on what it made; the message shows both.

    """
    for example in rule.examples:
        check_example(rule, example)


def check_example(rule: Rule, example: Example) -> None:
    """Hold a rule to one example.

    Raises:
        AssertionError: as for :func:`check_examples`.

    """
    done = ruled(example.before, [rule], unsafe=example.unsafe)
    wanted = example.before if example.after is None else example.after
    _hold(rule, example, done.source == wanted, f"became\n{done.source}\ninstead of\n{wanted}")
    said = "; ".join(one.text for one in done.told)
    as_told = example.told in said and bool(example.told) == bool(said)
    _hold(
        rule, example, as_told or bool(done.shims) or (example.after is not None and not example.told),
        f"is told as {said!r} instead of {example.told!r}",
    )  # fmt: skip
    again = ruled(done.source, [rule], unsafe=example.unsafe).source
    _hold(rule, example, again == done.source, f"becomes, the second time,\n{again}")
    if example.unsafe:
        careful = ruled(example.before, [rule])
        kept = careful.source == example.before and bool(careful.told or careful.shims)
        _hold(rule, example, kept, "is rewritten, or not told, without --unsafe-fixes")


def _hold(rule: Rule, example: Example, right: bool, text: str) -> None:
    if not right:
        raise AssertionError(f"{rule.code}: the example\n{example.before}\n{text}")
