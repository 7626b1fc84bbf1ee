"""What the rules for scikit-learn make of cells."""

from __future__ import annotations

from colabify.engine import Policy, apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import Context
from colabify.rules.learning import RULES
from colabify.runtime import load_runtime
from colabify.steps import Shim
from tests.notebooks import notebook


def ported(*cells: str, policy: Policy | None = None) -> tuple[list[str], list[str], list[Shim]]:
    """The cells after all rules, what is told of them, and what the setup cell is to provide."""
    program = read_program(Document.parse(notebook(*cells)))
    sources, told, shims = [], [], []
    for cell in program.cells:
        context = Context(program.units, load_runtime(), cell.unit)
        done = apply_rules(cell.masked, RULES, context, policy)
        sources.append(done.source)
        told += [one.text for one in done.told]
        shims += done.shims
    return sources, told, shims
