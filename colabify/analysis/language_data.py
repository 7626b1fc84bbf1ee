"""Data that code loads by a name, and that no distribution brings: NLTK's packages, spaCy's models.

What loads what is in ``data/language_data.json``, with its sources.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Literal

from colabify.analysis.constants import Constants
from colabify.analysis.downloads import find_downloads
from colabify.analysis.nltk_uses import Use, folder_of, language_table, nltk_uses
from colabify.findings import Finding
from colabify.full_names import qualified
from colabify.once import once
from colabify.steps import DataNeed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from colabify.analysis.downloads import Download
    from colabify.analysis.installs import InstallLine
    from colabify.program import Program
    from colabify.runtime import Runtime
    from colabify.unit import Unit

_ROOTS = frozenset({"nltk", "textblob", "spacy"})


def find_language_data(
    units: Sequence[Unit],
    program: Program,
    names: Mapping[str, str],
    runtime: Runtime,
    lines: Sequence[InstallLine] = (),
) -> tuple[tuple[DataNeed, ...], tuple[Finding, ...]]:
    """What ``units`` (cells and local modules) load that neither the runtime has nor the notebook fetches.

    ``names`` is the table of imported names of the cells, ``lines`` its own install lines. The findings
    are about calls that ask the person what to load, and names of models that spaCy 3 does not know.
    """
    if not any(_mentions(unit) for unit in units):
        return (), ()
    modules = [unit for unit in units if unit.path is not None]
    downloads = find_downloads(program, names, modules)
    installed = _installed(lines, runtime)
    groups = [(program.units, names), *(((unit,), unit.names) for unit in modules)]
    found: dict[str, DataNeed] = {}
    findings: list[Finding] = []
    models: dict[str, DataNeed] = {}
    for group, table in groups:
        for name, use in _resources(group, table, downloads):
            found.setdefault(name, _need("nltk", name, f"{folder_of(name)}/{name}.zip", use))
        needs, said = _models(group, table, downloads, installed)
        models = {**needs, **models}
        findings += said
    findings += [_prompt(one, list(found)) for one in downloads if one.prompts]
    return (*found.values(), *models.values()), tuple(findings)


@once
def _mentions(unit: Unit) -> bool:
    """Whether a unit imports one of the libraries, or a model; the rest is not looked at."""
    modules = language_table()["spacy"]["models"]
    for node in unit.of(ast.Import, ast.ImportFrom):
        match node:
            case ast.Import(names=aliases):
                heads = {alias.name.partition(".")[0] for alias in aliases}
            case ast.ImportFrom(module=str(module)):
                heads = {module.partition(".")[0]}
            case _:
                continue
        if heads & _ROOTS or heads & set(modules):
            return True
    return False


def _resources(
    units: Sequence[Unit], names: Mapping[str, str], downloads: Sequence[Download]
) -> Iterator[tuple[str, Use]]:
    """NLTK's packages that nothing above fetches, each with a place that loads it."""
    for use in nltk_uses(units, names):
        yield from ((name, use) for name in use.names if not _is_fetched(name, use.unit, downloads))


def _models(
    units: Sequence[Unit],
    names: Mapping[str, str],
    downloads: Sequence[Download],
    installed: frozenset[str],
) -> tuple[dict[str, DataNeed], list[Finding]]:
    """The models of spaCy's that are loaded and not there, and names that are none."""
    table = language_table()["spacy"]
    needs: dict[str, DataNeed] = {}
    findings: list[Finding] = []
    constants = Constants(units, names)
    fetched = {name for one in downloads if one.kind == "spacy" for name in one.names}
    fetched = {table["shortcuts"].get(name, name) for name in fetched}
    for use in _model_uses(units, names, constants):
        name = use.names[0]
        if use.what == "spacy.load":
            name = table["shortcuts"].get(name, name)  # COL174 writes its full name
        if name in table["gone"]:
            findings.append(_finding(f"the model {name} does not exist for spaCy 3", use))
        elif name in table["models"] and name not in fetched | installed:
            needs.setdefault(name, _need("spacy", name, name, use))
    return needs, findings


def _model_uses(
    units: Sequence[Unit], names: Mapping[str, str], constants: Constants
) -> Iterator[Use]:
    for unit in units:
        for node in unit.of(ast.Call, ast.Import, ast.ImportFrom):
            match node:
                case ast.Call(args=[first, *_]) if qualified(node.func, names) == "spacy.load":
                    value = constants.value(first)
                    if value is not None:
                        yield Use([value.text], "spacy.load", node, unit)
                case ast.Import(names=aliases):
                    for alias in aliases:
                        yield Use([alias.name], f"import {alias.name}", node, unit)
                case ast.ImportFrom(module=str(module), level=0):
                    yield Use([module], f"import {module}", node, unit)


def _installed(lines: Sequence[InstallLine], runtime: Runtime) -> frozenset[str]:
    """The models that the runtime has, or that the notebook installs as distributions."""
    asked = {one.name.replace("-", "_") for line in lines for one in line.requirements}
    there = {name for name in language_table()["spacy"]["models"] if runtime.has(name)}
    return frozenset(asked | there)


def _is_fetched(name: str, unit: Unit, downloads: Iterable[Download]) -> bool:
    """Whether the notebook downloads a package no later than it uses it."""
    table = language_table()["nltk"]
    for one in downloads:
        late = unit.cell is not None and one.path is None and one.cell > unit.cell
        if one.kind != "nltk" or late:
            continue
        if name in one.names or set(one.names) & set(table["everything"]):
            return True
        if any(name in table["collections"].get(collection, ()) for collection in one.names):
            return True
    return False


def _need(kind: Literal["nltk", "spacy"], name: str, resource: str, use: Use) -> DataNeed:
    line = _line(use)
    return DataNeed(kind, name, resource, use.what, use.unit.cell, use.unit.path, line)


def _finding(text: str, use: Use) -> Finding:
    return Finding("COL409", text, "error", use.unit.cell, _line(use), use.unit.path)


def _line(use: Use) -> int | None:
    line = getattr(use.node, "lineno", None)
    return None if line is None else use.unit.head + line


def _prompt(one: Download, needed: Sequence[str]) -> Finding:
    """``nltk.download()`` opens a menu, which stops a notebook that is run as a whole."""
    names = ", ".join(repr(name) for name in needed) or "'punkt_tab'"
    text = f"nltk.download() asks what to load, and waits: name it, as in nltk.download([{names}])"
    cell = None if one.path else one.cell
    return Finding("COL409", text, "error", cell, one.line, one.path)
