"""Code cells: paths mended, then rules applied."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.engine import RuleFailed, apply_rules
from colabify.escapes import with_escapes
from colabify.findings import Finding
from colabify.plan import SourceChange
from colabify.rewrite.source import applied
from colabify.rules import RULES, Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.escapes import Masked
    from colabify.facts import Facts
    from colabify.program import CodeCell, Unit
    from colabify.rewrite.mending import Mended
    from colabify.rules import Rule
    from colabify.runtime import Runtime
    from colabify.settings import Settings


def rewrite_cells(
    facts: Facts, mended: Mended, runtime: Runtime, rules: Sequence[Rule]
) -> tuple[list[SourceChange], list[Finding]]:
    """The code cells that change, with their paths ``mended``, and what should change but cannot."""
    context = Context(facts.names, frozenset(bound_names(facts.program.units)), runtime)
    changes, findings = [], []
    for cell in facts.program.cells:
        if cell.unit is None and (cell.index, "") not in mended.words:
            continue
        try:
            done = apply_rules(_with_paths(cell, mended), rules, context)
        except RuleFailed as error:
            findings.append(Finding("COL902", str(error), cell=cell.index))
            continue
        if done.problem:
            text = f"left alone by the rules: {done.problem}"
            findings.append(Finding("COL901", text, cell=cell.index))
        if done.source != cell.source:
            of_paths = [one.code for one in mended.of(cell.index)]
            of_paths += mended.word_codes.get(cell.index, [])
            codes = (*dict.fromkeys(of_paths), *done.codes)
            said = in_words(len(of_paths), done.codes)
            changes.append(SourceChange(cell.index, done.source, said, codes))
    return changes, findings


def rules_for(runtime: Runtime, settings: Settings) -> list[Rule]:
    """The rules that are wanted, and that mend what is broken on ``runtime``."""
    return [rule for rule in RULES if settings.allows(rule.code) and rule.applies(runtime)]


def in_words(paths: int, codes: Sequence[str]) -> str:
    """What was done to a cell or module: how many paths were mended, and which rules applied."""
    names = {rule.code: rule.name for rule in RULES}
    said = [f"{paths} path{'s' * (paths > 1)}"] if paths else []
    return ", ".join([*said, *(names[code] for code in codes)])


def _with_paths(cell: CodeCell, mended: Mended) -> Masked:
    """The cell with its paths mended."""
    words = {name: text for (index, name), text in mended.words.items() if index == cell.index}
    edits = [edit for change in mended.of(cell.index) for edit in change.edits]
    text = words.get("", applied(cell.masked.text, edits))
    return replace(with_escapes(cell.masked, words), text=text)


def bound_names(units: Sequence[Unit]) -> set[str]:
    """The names that ``units`` bind by themselves."""
    found = set()
    for unit in units:
        for node in unit.nodes:
            match node:
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                    found.add(name)
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    found.add(name)
    return found
