"""What does not run on Colab: the handlers of imports that succeed there, and functions that nobody calls.

``try: import datasets`` / ``except ImportError: !pip install ...`` installs nothing where datasets is there.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.analysis.called_by_text import called_by_text
from colabify.analysis.flow import used_names
from colabify.distributions import distribution_for
from colabify.once import once
from colabify.runtime import stdlib_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from colabify.program import Program
    from colabify.runtime import Runtime
    from colabify.unit import Unit

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


def never_called(modules: Iterable[Unit], units: Sequence[Unit]) -> frozenset[int | str]:
    """The same of the functions of local ``modules`` that nothing in ``units`` names.

    Not those that something else may call: by a name that is put together (:mod:`called_by_text`), special
    methods, what has a decorator, the methods of a class that has bases, which a framework calls by names
    of its own.
    """
    used = used_names(units).union(
        called_by_text(units, units), *(_renamed(unit) for unit in units)
    )
    found = [_plain_functions(module) for module in modules]
    return frozenset[int | str]().union(
        *(inside for one in found for name, inside in one.items() if name not in used)
    )


@once
def _plain_functions(module: Unit) -> dict[str, frozenset[int | str]]:
    """What is inside the module's functions, and its classes' methods, that are called by name alone."""
    found: dict[str, frozenset[int | str]] = {}
    blocks = [module.tree.body, *(node.body for node in module.of(ast.ClassDef) if not node.bases)]
    for node in (one for block in blocks for one in block):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.decorator_list:
            inside = found.get(node.name, frozenset()) | {*_inside(node)}
            found |= {node.name: inside} if not node.name.startswith("__") else {}
    return found


@once
def _renamed(unit: Unit) -> frozenset[str]:
    """The names that are imported under others."""
    aliases = (alias for node in unit.of(ast.ImportFrom) for alias in node.names)
    return frozenset(alias.name for alias in aliases if alias.asname)


def _inside(code: ast.AST) -> Iterator[int | str]:
    for node in ast.walk(code):
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
