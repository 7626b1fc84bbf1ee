"""Which imports have to succeed, and which course modules hide others."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.analysis import dependency_findings as say
from colabify.analysis.flow import called_names, is_called
from colabify.distributions import distribution_for
from colabify.runtime import stdlib_modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.analysis.imports import Import
    from colabify.facts import Facts
    from colabify.findings import Finding
    from colabify.program import Program
    from colabify.runtime import Runtime
    from colabify.unit import Unit


def needed_imports(facts: Facts, runtime: Runtime) -> list[Import]:
    """The imports from elsewhere, less the standard library of the runtime's Python.

    A module that the notebook itself writes (``x.proto`` for ``x_pb2``) is there.
    """
    builtin = stdlib_modules(runtime.python_minor) | {"__future__", "__main__"}
    files = {posixpath.splitext(posixpath.basename(name)) for name in facts.program.written_files}
    builtin |= {f"{stem}_pb2" for stem, _ in files}
    called = called_names(facts.units)
    return [
        one if is_called(one.function, called) else replace(one, optional=True)
        for one in facts.imports.foreign
        if one.module.partition(".")[0] not in builtin and not one.module.startswith("google.colab")
    ]


def shadowed(facts: Facts, runtime: Runtime) -> Sequence[Finding]:
    """Modules of the course that hide one of Python's, or one that the runtime has."""
    seen: dict[str, Finding] = {}
    for one in (*facts.imports.local, *facts.imports.written):
        first = one.module.partition(".")[0]
        hides = ""
        if first in stdlib_modules(runtime.python_minor):
            hides = "Python's own"
        elif not one.level and distribution_for(first, runtime, ()) in runtime.distributions:
            hides = "the preinstalled one"
        if hides and first and not one.level:
            seen.setdefault(first, say.shadowed(one, hides))
    return (*seen.values(), *_hidden_by_cells(facts.program))


def _hidden_by_cells(program: Program) -> Iterator[Finding]:
    """The modules whose names a cell gives to something else, at its top level."""
    modules: dict[str, tuple[Unit, int]] = {}
    for unit in program.units:
        for node in unit.of(ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                modules.setdefault(name, (unit, node.lineno))
    told: set[str] = set()
    for unit in program.units:
        for statement in unit.tree.body:
            for name in _bound(statement):
                module, line = modules.get(name, (unit, statement.lineno))
                below = (unit.cell or 0, statement.lineno) > (module.cell or 0, line)
                if below and name not in told:
                    told.add(name)
                    yield say.hidden(name, module, unit, statement.lineno)


def _bound(statement: ast.stmt) -> list[str]:
    """The names that a statement binds to what is no module."""
    match statement:
        case ast.Assign(targets=targets):
            nodes = [node for target in targets for node in ast.walk(target)]
        case ast.For(target=target) | ast.AnnAssign(target=target):
            nodes = list(ast.walk(target))
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case _:
            return []
    stored = (node for node in nodes if isinstance(node, ast.Name))
    return [node.id for node in stored if isinstance(node.ctx, ast.Store)]
