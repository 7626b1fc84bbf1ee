"""Local modules in the folders that were given, mended like cells: paths, then rules."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.engine import Applied, RuleFailed, apply_rules
from colabify.escapes import Masked
from colabify.findings import Finding
from colabify.given_modules import MendedModule, Want
from colabify.module_record import entry_for
from colabify.module_text import ModuleText
from colabify.program import Unit, parse
from colabify.rewrite.cells import bound_names, in_words
from colabify.rewrite.source import applied
from colabify.rules import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from colabify.given_modules import GivenModules
    from colabify.rewrite.mending import Mended
    from colabify.rewrite.source import Source
    from colabify.rules import Rule
    from colabify.runtime import Runtime


def rewrite_modules(
    given: GivenModules,
    sources: Mapping[str, Source],
    mended: Mended,
    runtime: Runtime,
    rules: Sequence[Rule],
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
            module = mend_module(given, path, wants_of(path, source, mended), runtime, rules)
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
    rules: Sequence[Rule],
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
    text = applied(before.text, [(one.start, one.end, one.new) for one in changing])
    done = _ruled(given, text, runtime, rules)
    earlier = given.entry_of(path)
    codes = (*dict.fromkeys(one.code for one in changing), *done.codes)
    unchanged = MendedModule(path, before.text, "", (), wants, earlier, runtime)
    if done.source == before.text:
        return unchanged
    raw = before.encoded(done.source)
    if raw is None:
        raise RuleFailed(f"its encoding ({before.encoding}) cannot say what it should")
    original = (earlier.original(before.raw) if earlier else None) or before.raw
    entry = entry_for(original, ModuleText(raw, done.source, before.encoding))
    if entry is None:
        raise RuleFailed("mending could not be undone to the byte: left as it is")
    said = in_words(len(changing), done.codes)
    return replace(unchanged, source=done.source, done=said, codes=codes, entry=entry)


def _ruled(given: GivenModules, text: str, runtime: Runtime, rules: Sequence[Rule]) -> Applied:
    """A module's text with the rules applied: the same for all notebooks of a run that use it."""
    key = (text, runtime.name, *(rule.code for rule in rules))
    if key not in given.ruled:
        tree, _ = parse(text)
        unit = Unit(tree or ast.Module([], []))
        context = Context(unit.names, frozenset(bound_names([unit])), runtime)
        given.ruled[key] = apply_rules(Masked("", text), rules if tree else (), context)
    return given.ruled[key]
