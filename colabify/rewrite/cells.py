"""Code cells: paths mended, then rules applied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.analysis.flow import lines_of
from colabify.applied import RuleFailed
from colabify.engine import apply_rules
from colabify.escapes import with_escapes
from colabify.findings import Finding
from colabify.own_rules import every_rule
from colabify.plans import SourceChange
from colabify.rewrite.ruling import Broken
from colabify.rewrite.source import applied
from colabify.rules import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.applied import Told
    from colabify.escapes import Masked
    from colabify.facts import Facts
    from colabify.findings import Severity
    from colabify.program import CodeCell
    from colabify.rewrite.mending import Mended
    from colabify.rewrite.ruling import Ruling
    from colabify.runtime import Runtime
    from colabify.steps import Shim


@dataclass(frozen=True, slots=True)
class RuledCells:
    """The cells that change, what should change but cannot, and what the setup cell has to provide.

    ``broken`` says of what surely fails since when it does.
    """

    changes: list[SourceChange]
    findings: list[Finding]
    shims: tuple[Shim, ...]
    broken: list[Broken]


def rewrite_cells(facts: Facts, mended: Mended, runtime: Runtime, ruling: Ruling) -> RuledCells:
    """The code cells with their paths ``mended`` and the rules applied."""
    escapes = tuple(escape for _, escape in facts.program.escapes)
    whole = Context(facts.program.units, runtime, None, escapes)
    changes: list[SourceChange] = []
    findings: list[Finding] = []
    shims: list[Shim] = []
    broken: list[Broken] = []
    for cell in facts.program.cells:
        if cell.unit is None and (cell.index, "") not in mended.words:
            continue
        try:
            done = apply_rules(
                _with_paths(cell, mended), ruling.rules, whole.at(cell.unit), ruling.policy,
                facts.silences.tags(cell.index),
            )  # fmt: skip
        except RuleFailed as error:
            findings.append(Finding("COL902", str(error), cell=cell.index))
            continue
        facts.silences.note(cell.index, done.silenced)
        if done.problem:
            text = f"left alone by the rules: {done.problem}"
            findings.append(Finding("COL901", text, cell=cell.index))
        shims += done.shims
        for finding, since in _told(cell, done.told, facts):
            findings.append(finding)
            broken += [Broken(since, finding)] if finding.severity == "error" else []
        if done.source != cell.source:
            of_paths = [one.code for one in mended.of(cell.index)]
            of_paths += mended.word_codes.get(cell.index, [])
            codes = (*dict.fromkeys(of_paths), *done.codes)
            said = in_words(len(of_paths), done.codes)
            changes.append(SourceChange(cell.index, done.source, said, codes))
    return RuledCells(changes, findings, tuple(dict.fromkeys(shims)), broken)


def _told(cell: CodeCell, told: Sequence[Told], facts: Facts) -> Iterator[tuple[Finding, str]]:
    """What is told of a cell, an error where the notebook surely fails."""
    if not told or cell.unit is None:
        return
    sure = lines_of(facts.surely_run(cell.unit), cell.unit)
    head = cell.masked.head.count("\n")
    for one in told:
        severity: Severity = "error" if one.fails and one.line in sure else "advice"
        found = Finding(
            one.code, one.text, severity, cell.index, one.line + head, unsafe_fix=one.unsafe_fix
        )
        yield found, one.since


def in_words(paths: int, codes: Sequence[str]) -> str:
    """What was done to a cell or module: how many paths were mended, and which rules applied."""
    names = {rule.code: rule.name for rule in every_rule()}
    said = [f"{paths} path{'s' * (paths > 1)}"] if paths else []
    return ", ".join([*said, *(names[code] for code in codes)])


def _with_paths(cell: CodeCell, mended: Mended) -> Masked:
    """The cell with its paths mended."""
    words = {name: text for (index, name), text in mended.words.items() if index == cell.index}
    edits = [edit for change in mended.of(cell.index) for edit in change.edits]
    text = words.get("", applied(cell.masked.text, edits))
    return replace(with_escapes(cell.masked, words), text=text)
