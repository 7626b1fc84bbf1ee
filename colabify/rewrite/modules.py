"""Local modules in the folders that were given, mended like cells: paths, then rules."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis.flow import lines_of, surely_run
from colabify.applied import Applied, Policy, RuleFailed
from colabify.engine import apply_rules
from colabify.escapes import Masked
from colabify.findings import Finding
from colabify.modules.given import MendedModule, Want
from colabify.modules.record import entry_for
from colabify.modules.text import ModuleText
from colabify.program import parse
from colabify.python2.notebook import CONVERTED
from colabify.rewrite.cells import in_words
from colabify.rewrite.ruling import Broken
from colabify.rewrite.source import applied
from colabify.rules import Context
from colabify.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from colabify.facts import Facts
    from colabify.findings import Severity
    from colabify.modules.given import GivenModules
    from colabify.rewrite.mending import Mended
    from colabify.rewrite.ruling import Ruling, Rulings
    from colabify.rewrite.source import Source
    from colabify.runtime import Runtime
    from colabify.steps import Shim


def rewrite_modules(
    given: GivenModules,
    sources: Mapping[str, Source],
    mended: Mended,
    rulings: Rulings,
) -> tuple[list[MendedModule], list[Finding]]:
    """The given modules that a notebook reaches (``sources``, by path), as it wants them.

    A module about which all notebooks have been heard is as that was decided.
    """
    modules: list[MendedModule] = []
    findings: list[Finding] = []
    for path, source in sources.items():
        decision = given.decided.get(path)
        if decision is not None:
            modules.append(decision.change)
            findings += decision.findings
            continue
        try:
            wants, ruling = wants_of(path, source, mended), rulings.of_module(path)
            module = mend_module(given, path, wants, rulings.runtime, ruling)
        except RuleFailed as error:
            findings.append(Finding("COL902", str(error), path=path))
            continue
        modules.append(module)
    return modules, findings


def wants_of(path: str, source: Source, mended: Mended) -> tuple[Want, ...]:
    """What a notebook wants of the module ``path``: stretches that change, and those that have to stay."""
    wants = []
    for change in mended.of(path):
        start, end = change.span
        edits = [(a - start, b - start, new) for a, b, new in change.edits]
        wants.append(Want(start, end, applied(source.text[start:end], edits), change.code))
    stays = (Want(a, b, source.text[a:b]) for a, b in mended.stays.get(path, ()))
    return tuple(sorted((*wants, *stays), key=lambda one: (one.start, one.end)))


def mend_module(
    given: GivenModules,
    path: str,
    wants: Iterable[Want],
    runtime: Runtime,
    ruling: Ruling,
) -> MendedModule:
    """The module ``path`` with what is wanted of it, and with the rules applied.

    Raises:
        RuleFailed: the rules do not come to rest, or what they make does not parse; or its encoding
            cannot say it.

    """
    wants = tuple(wants)
    before = given.text(path)
    if isinstance(before, str):
        raise RuleFailed(before)
    changing = [one for one in wants if one.code]
    new = given.converted(path)
    base = before.text if new is None else new.text
    text = applied(base, [(one.start, one.end, one.new) for one in changing])
    done = ruled(given, text, runtime, ruling)
    earlier = given.entry_of(path)
    converted = () if new is None else (CONVERTED,)
    codes = (*converted, *dict.fromkeys(one.code for one in changing), *done.codes)
    unchanged = MendedModule(path, before.text, "", (), wants, earlier, runtime, ruling)
    if done.source == before.text:
        return unchanged
    raw = before.encoded(done.source)
    if raw is None:
        raise RuleFailed(f"its encoding ({before.encoding}) cannot say what it should")
    original = (earlier.original(before.raw) if earlier else None) or before.raw
    entry = entry_for(original, ModuleText(raw, done.source, before.encoding))
    if entry is None:
        raise RuleFailed("mending could not be undone to the byte: left as it is")
    said = ", ".join(
        one for one in ("Python 3" if new else "", in_words(len(changing), done.codes)) if one
    )
    return replace(unchanged, source=done.source, done=said, codes=codes, entry=entry)


def left_modules(
    given: GivenModules,
    facts: Facts,
    written: Collection[str],
    rulings: Rulings,
) -> tuple[list[Shim], list[Finding], list[Broken]]:
    """What the setup cell has to provide for the modules of a notebook, and what nothing provides.

    Those that are ``written`` are ruled already: of them only what stays counts.
    """
    shims: list[Shim] = []
    findings: list[Finding] = []
    broken: list[Broken] = []
    for unit in facts.imports.modules:
        text = given.python(unit.path) if unit.path else None
        if text is None or unit.path is None:
            continue
        how = rulings.of_module(unit.path)
        if unit.path not in written:
            how = replace(how, policy=Policy(keep_all=True))
        try:
            done = ruled(given, text, rulings.runtime, how)
        except RuleFailed:
            continue  # told where the module is mended
        facts.silences.note(unit.path, done.silenced)
        if done.problem:
            said = f"left alone by the rules: {done.problem}"
            findings.append(Finding("COL901", said, path=unit.path))
        shims += done.shims
        sure = lines_of(surely_run(unit, frozenset()), unit)
        for one in done.told:
            severity: Severity = "error" if one.fails and one.line in sure else "advice"
            found = Finding(
                one.code, one.text, severity, None, one.line, unit.path, unsafe_fix=one.unsafe_fix
            )
            findings.append(found)
            broken += [Broken(one.since, found)] if severity == "error" else []
    return shims, findings, broken


def ruled(given: GivenModules, text: str, runtime: Runtime, ruling: Ruling) -> Applied:
    """A module's text with the rules applied: the same for all notebooks of a run that use it."""
    key = (text, runtime.name, ruling)
    if key not in given.ruled:
        tree, _ = parse(text)
        unit = Unit(tree or ast.Module([], []))
        context = Context([unit], runtime, unit)
        rules = ruling.rules if tree else ()
        given.ruled[key] = apply_rules(Masked("", text), rules, context, ruling.policy)
    return given.ruled[key]
