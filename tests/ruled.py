"""Rules applied to the cells of a notebook, each seen with all others."""

from __future__ import annotations

from collections.abc import Sequence

from colabify.applied import Applied, Policy
from colabify.engine import apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import RULES, Context, Rule
from colabify.runtime import load_runtime
from tests.notebooks import Cell, notebook


def ruled(
    *cells: Cell,
    rules: Sequence[Rule] = RULES,
    policy: Policy | None = None,
    runtime: str = "latest",
) -> list[Applied]:
    """What the rules make of each cell on a runtime."""
    program = read_program(Document.parse(notebook(*cells)))
    found = load_runtime(runtime)
    wanted, context = [rule for rule in rules if rule.applies(found)], Context(program.units, found)
    return [
        apply_rules(one.masked, wanted, context.at(one.unit), policy or Policy())
        for one in program.cells
    ]
