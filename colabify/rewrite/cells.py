"""Code cells: paths repaired, then rules applied."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from colabify.analysis.resolve import Repair, exists, is_absolute, join, repair
from colabify.engine import RuleFailed, apply_rules
from colabify.escapes import Masked, with_escapes
from colabify.findings import Finding
from colabify.plan import SourceChange
from colabify.rewrite.literals import literal_span, rewritten, shared_out
from colabify.rules import RULES, Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.analysis.paths import PathUse
    from colabify.facts import Facts
    from colabify.program import CodeCell
    from colabify.project import Project
    from colabify.runtime import Runtime
    from colabify.settings import Settings

_CODES = {"case": "COL301", "backslash": "COL302", "absolute": "COL303", "folder": "COL304"}


@dataclass
class _Edits:
    """What is to change in one cell: spans of its masked text, and escapes."""

    spans: dict[tuple[int, int], str] = field(default_factory=dict)
    escapes: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)


def rewrite_cells(
    facts: Facts, project: Project, runtime: Runtime, settings: Settings
) -> tuple[list[SourceChange], list[Finding]]:
    """The code cells that change, and what should change but cannot."""
    edits, findings = _repairs(facts, project, settings)
    rules = [rule for rule in RULES if settings.allows(rule.code) and rule.applies(runtime)]
    bound = frozenset(_bound_names(facts))
    context = Context(facts.names, bound, runtime)
    changes = []
    for cell in facts.program.cells:
        if cell.unit is None:
            continue
        edit = edits.get(cell.index, _Edits())
        masked = _edited(cell.masked, edit)
        try:
            applied = apply_rules(masked, rules, context)
        except RuleFailed as error:
            findings.append(Finding("COL902", str(error), cell=cell.index))
            continue
        if applied.source != cell.source:
            codes = (*dict.fromkeys(edit.codes), *applied.codes)
            changes.append(
                SourceChange(cell.index, applied.source, _said(edit, applied.codes), codes)
            )
    return changes, findings


def _said(edit: _Edits, codes: Sequence[str]) -> str:
    names = {rule.code: rule.name for rule in RULES}
    count = len(edit.spans) + len(edit.escapes)
    paths = [f"{count} path{'s' * (count > 1)}"] if count else []
    return ", ".join([*paths, *(names[code] for code in codes)])


def _edited(masked: Masked, edit: _Edits) -> Masked:
    text = masked.text
    for (start, end), new in sorted(edit.spans.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return replace(with_escapes(masked, edit.escapes), text=text)


def _repairs(
    facts: Facts, project: Project, settings: Settings
) -> tuple[dict[int, _Edits], list[Finding]]:
    """The paths that lead nowhere but can be mended, by cell; and those that somebody else has to mend."""
    owners = _owners(facts)
    edits: dict[int, _Edits] = {}
    findings = []
    for use in facts.paths if facts.settled else ():
        found = _repair_of(use, facts, project)
        if found is None or facts.is_made(join(facts.stand, use.text) or ""):
            continue
        code = _CODES[found.reason]
        if not settings.allows(code):
            continue
        new = _mended(use, found, owners)
        if new is None:
            text = f"{use.text} should be {found.path}"
            where = {"cell": use.unit.cell, "path": use.unit.path, "line": use.line}
            findings.append(Finding("COL313", text, "error", **where))  # type: ignore[arg-type]
            continue
        for index, place, text in new:
            edit = edits.setdefault(index, _Edits())
            edit.codes.append(code)
            if isinstance(place, str):
                edit.escapes[place] = text
            else:
                edit.spans[place] = text
    return edits, findings


def _owners(facts: Facts) -> dict[int, CodeCell]:
    """The cell that each literal stands in, by the literal's id."""
    return {
        id(node): cell
        for cell in facts.program.cells
        if cell.unit is not None
        for node in cell.unit.nodes
        if isinstance(node, ast.Constant)
    }


def _repair_of(use: PathUse, facts: Facts, project: Project) -> Repair | None:
    if not use.text or use.use == "write" or use.of_module:
        return None
    if exists(project.files, facts.stand, use.text):
        return None
    found = repair(project.files, facts.stand, use.text)
    if found is None:
        return None
    sure = use.use != "mention" or (is_absolute(use.text.replace("\\", "/")) and "/" in found.path)
    return found if sure or found.reason == "backslash" else None


def _mended(
    use: PathUse, found: Repair, owners: Mapping[int, CodeCell]
) -> list[tuple[int, tuple[int, int] | str, str]] | None:
    """``(cell, span or placeholder, new text)`` for each piece of the path; None if it cannot be mended."""
    if use.escape is not None:
        if use.unit.cell is None or use.escape.raw.count(use.text) != 1:
            return None
        raw = use.escape.raw.replace(use.text, found.path)
        return [(use.unit.cell, use.escape.placeholder, raw)]
    texts = shared_out([str(one.value) for one in use.literals], found.path)
    if not use.literals or texts is None:
        return None
    pieces: list[tuple[int, tuple[int, int] | str, str]] = []
    for node, text in zip(use.literals, texts, strict=True):
        owner = owners.get(id(node))
        if owner is None:
            return None
        span = literal_span(owner.masked.text, node)
        new = rewritten(owner.masked.text[slice(*span)], text) if span else None
        if span is None or new is None:
            return None
        if text != node.value:
            pieces.append((owner.index, span, new))
    return pieces


def _bound_names(facts: Facts) -> set[str]:
    """The names that the notebook's cells bind by themselves."""
    found = set()
    for unit in facts.program.units:
        for node in unit.nodes:
            match node:
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                    found.add(name)
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    found.add(name)
    return found
