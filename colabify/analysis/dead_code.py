"""What does not run on Colab: the handlers of imports that succeed there.

``try: import datasets`` / ``except ImportError: !pip install ...`` installs nothing where datasets is there.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.distributions import distribution_for
from colabify.runtime import stdlib_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.program import Program
    from colabify.runtime import Runtime

_OF_IMPORTS = {"ImportError", "ModuleNotFoundError"}
_HARMLESS = (ast.Import, ast.ImportFrom, ast.Assign, ast.Pass)


def dead_code(program: Program, runtime: Runtime) -> frozenset[int | str]:
    """The ids of the nodes, and the placeholders of the escapes, that ``runtime`` does not come to."""
    found: set[int | str] = set()
    for unit in program.units:
        for node in unit.of(ast.Try):
            if _succeeds(node, runtime):
                for handler in node.handlers:
                    found.update(_inside(handler))
    return frozenset(found)


def _inside(handler: ast.ExceptHandler) -> Iterator[int | str]:
    for node in ast.walk(handler):
        yield id(node)
        if isinstance(node, ast.Name):
            yield node.id


def _succeeds(node: ast.Try, runtime: Runtime) -> bool:
    """Whether a ``try`` does nothing but import what is there, and its handlers are for imports alone."""
    if not all(isinstance(one, _HARMLESS) for one in node.body):
        return False
    if any(isinstance(inner, ast.Call) for one in node.body for inner in ast.walk(one)):
        return False
    if not all(_is_of_imports(handler) for handler in node.handlers):
        return False
    modules = [name for one in node.body for name in _imported(one)]
    return bool(modules) and all(_is_there(name, runtime) for name in modules)


def _is_of_imports(handler: ast.ExceptHandler) -> bool:
    names = (
        [n.id for n in ast.walk(handler.type) if isinstance(n, ast.Name)] if handler.type else []
    )
    return bool(names) and set(names) <= _OF_IMPORTS


def _imported(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, level=level):
            return [module or ""] if not level else [""]
    return []


def _is_there(module: str, runtime: Runtime) -> bool:
    if not module:
        return False
    if module.partition(".")[0] in stdlib_modules(runtime.python_minor):
        return True
    distribution = distribution_for(module, runtime, ())
    return distribution is not None and runtime.has(distribution)
