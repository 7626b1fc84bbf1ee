"""Modules that the standard library of the runtime's Python no longer has."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import dotted
from colabify.runtime import stdlib_modules, stdlib_versions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.runtime import Runtime
    from colabify.unit import Unit

_PROVIDED = {"reload"}
"""What the setup cell's stand-in for ``imp`` has: FACTS found that autoreload needs no more."""


def is_removed(module: str, runtime: Runtime) -> bool:
    """Whether an older Python's standard library had ``module``, and the runtime's has it no more."""
    first = module.partition(".")[0]
    older = (version for version in stdlib_versions() if version < runtime.python_minor)
    return first not in stdlib_modules(runtime.python_minor) and any(
        first in stdlib_modules(version) for version in older
    )


def is_provided(module: str, units: Iterable[Unit]) -> bool:
    """Whether the setup cell can stand in for a removed module: of ``imp``, only ``reload`` is used."""
    return module == "imp" and all(_used(unit) <= _PROVIDED for unit in units)


def _used(unit: Unit) -> set[str]:
    """What a unit uses of ``imp``; ``*`` where that is not known."""
    found: set[str] = set()
    names: set[str] = set()
    for one in unit.of(ast.Import, ast.ImportFrom):
        match one:
            case ast.ImportFrom(module="imp", names=taken, level=0):
                found |= {alias.name for alias in taken}
            case ast.Import(names=taken):
                names |= {alias.asname or alias.name for alias in taken if alias.name == "imp"}
    for node in unit.of(ast.Attribute, ast.Call) if names else ():
        match node:
            case ast.Attribute(value=value, attr=attr) if dotted(value) in names:
                found.add(attr)
            case ast.Call(args=args) if any(dotted(one) in names for one in args):
                found.add("*")
    return found
