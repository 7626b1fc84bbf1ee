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
    from colabify.program import CodeCell, Unit
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
    context = Context(facts.names, frozenset(bound_names(facts.program.units)), runtime)
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
        if applied.problem:
            text = f"left alone by the rules: {applied.problem}"
            findings.append(Finding("COL901", text, cell=cell.index))
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
    needed = _needed_repairs(facts, project)
    wanted = _wanted(facts, dict(needed))
    for use, found in needed:
        code = _CODES[found.reason]
        if not settings.allows(code):
            continue
        new = _mended(use, found, owners) if facts.settled else None
        if new is None or any(len(wanted[id(one)]) > 1 for one in use.literals):
            if use.use == "mention":
                continue
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


def _needed_repairs(facts: Facts, project: Project) -> list[tuple[PathUse, Repair]]:
    """The uses that lead nowhere as they are, with what they mean.

    Where the working directory moves, only paths from the root of another machine are known to.
    """
    found = []
    for use in facts.paths:
        if not facts.settled and not is_absolute(use.text.replace("\\", "/")):
            continue
        new = _repair_of(use, facts, project)
        if new is not None and not facts.is_made(join(facts.stand, use.text) or ""):
            found.append((use, new))
    return found


def _wanted(facts: Facts, repairs: Mapping[PathUse, Repair]) -> dict[int, set[str]]:
    """What each literal, by its id, would have to say for all the paths that are made with it."""
    wanted: dict[int, set[str]] = {}
    for use in facts.paths:
        own = [str(one.value) for one in use.literals]
        if use in repairs:
            own = _shares(use, repairs[use]) or own
        elif use.makes or use.use == "mention" or not use.text:
            continue
        for node, text in zip(use.literals, own, strict=True):
            wanted.setdefault(id(node), set()).add(text)
    return wanted


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
    if not use.text or use.makes or use.of_module:
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
    texts = _shares(use, found)
    if not texts:
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


def _shares(use: PathUse, found: Repair) -> list[str]:
    """What each literal of ``use`` has to say; none if they cannot say the new path together."""
    head = found.path.removesuffix(use.tail)
    texts = shared_out([str(one.value) for one in use.literals], head) if use.literals else None
    if texts is None or "/".join(texts) + use.tail != found.path:
        return []
    return texts


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
