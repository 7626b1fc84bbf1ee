"""Imports of names that stand elsewhere now: split, moved, and called what the program calls them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from colabify.rules.base import SAFETIES, Remedy, Safety
from colabify.rules.names import is_of_class
from colabify.rules.provided import name_shims
from colabify.rules.spelling import code_of, dotted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.families import Row
    from colabify.runtime import Runtime
    from colabify.steps import Shim

    RowFor = Callable[[str, Runtime], tuple[Row, str] | None]

Statement = TypeVar("Statement", "cst.Import", "cst.ImportFrom")


def moved_import(node: cst.CSTNode, context: Context, row_for: RowFor) -> Remedy | None:
    """What an import statement should be, going by ``row_for``: the row and the new name of a full name."""
    import libcst as cst

    if isinstance(node, cst.ImportFrom):
        return _moved_from(node, context, row_for)
    if isinstance(node, cst.Import):
        return _moved_modules(node, context, row_for)
    return None


def _moved_from(node: cst.ImportFrom, context: Context, row_for: RowFor) -> Remedy | None:
    import libcst as cst

    if node.relative or node.module is None:
        return None
    module = code_of(node.module)
    if isinstance(node.names, cst.ImportStar):
        return _moved_whole(node, row_for(module, context.runtime))
    staying: list[cst.ImportAlias] = []
    moving: dict[str, list[cst.ImportAlias]] = {}
    found_rows: list[tuple[Row, str]] = []
    shims: list[Shim] = []
    told: Row | None = None
    safest = _safest(node, module, context, row_for)
    for alias in node.names:
        full = f"{module}.{code_of(alias.name)}"
        found = row_for(full, context.runtime)
        if found is None:
            staying.append(alias)
            continue
        row, new = found
        shims += name_shims(full, new, allowed=row.shim)
        target = _target(alias, new, row) if new and row.safety == safest else None
        if target is None:
            told = told if new and told else row
            staying.append(alias)
            continue
        found_rows.append(found)
        if target[1] is not None and target[0] == module:
            staying.append(alias.with_changes(name=target[1].name, asname=target[1].asname))
        elif target[1] is not None:
            moving.setdefault(target[0], []).append(target[1])
    if not found_rows:
        return _left(told, tuple(shims)) if told else None
    statements = _statements(node, staying, moving)
    return Remedy(statements, (), *_judged(found_rows), shims=tuple(shims))


def _moved_whole(node: cst.ImportFrom, found: tuple[Row, str] | None) -> Remedy | None:
    """``from module import *``, going by what became of the module."""
    if found is None:
        return None
    row, new = found
    return (
        Remedy((node.with_changes(module=dotted(new)),), (), *_judged([found]))
        if new
        else _left(row, ())
    )


def _safest(node: cst.ImportFrom, module: str, context: Context, row_for: RowFor) -> Safety:
    """How safe the safest of the moves is: it is made first, and keeps nothing else from being made."""
    full = (f"{module}.{code_of(alias.name)}" for alias in node.names)  # type: ignore[union-attr]
    rows = (row_for(one, context.runtime) for one in full)
    return min(
        (row.safety for row, new in filter(None, rows) if new), key=SAFETIES.index, default="safe"
    )


def _left(row: Row, shims: tuple[Shim, ...]) -> Remedy:
    return Remedy(text=row.text, safety="report", fails=row.fails, shims=shims, since=row.since)


def _target(
    alias: cst.ImportAlias, new: str, row: Row
) -> tuple[str, cst.ImportAlias | None] | None:
    """The module, and what is imported from it, for ``new`` under the name it had; None: no import can.

    A builtin needs no import if it is called by its own name.
    """
    import libcst as cst

    called = alias.asname.name.value if alias.asname else code_of(alias.name)  # type: ignore[union-attr]
    module, _, name = new.rpartition(".")
    if not module:
        return ("", None) if called == name and not row.module else None
    if is_of_class(new):
        owner = module.rpartition(".")
        return (owner[0], cst.ImportAlias(cst.Name(owner[2]))) if not alias.asname else None
    asname = None if called == name else cst.AsName(cst.Name(str(called)))
    return module, cst.ImportAlias(cst.Name(name), asname=asname)


def _statements(
    node: cst.ImportFrom, staying: list[cst.ImportAlias], moving: dict[str, list[cst.ImportAlias]]
) -> tuple[cst.BaseSmallStatement, ...]:
    """``node`` with the names that stay, and an import for each module from which others come now."""
    import libcst as cst

    if not staying and len(moving) == 1:
        ((module, aliases),) = moving.items()
        kept = list(node.names) if not isinstance(node.names, cst.ImportStar) else []
        if [code_of(one) for one in aliases] == [_bare(one) for one in kept]:
            return (node.with_changes(module=dotted(module)),)  # with its brackets and line breaks
    made: list[cst.BaseSmallStatement] = []
    if staying:
        made.append(less_names(node, staying))
    made += [cst.ImportFrom(dotted(module), names) for module, names in moving.items()]
    return tuple(made)


def _moved_modules(node: cst.Import, context: Context, row_for: RowFor) -> Remedy | None:
    """``import a.b as x`` with the modules that have moved; each keeps what the program calls it."""
    import libcst as cst

    aliases, found_rows = [], []
    shims: list[Shim] = []
    others: list[cst.BaseSmallStatement] = []
    for alias in node.names:
        module = code_of(alias.name)
        found = row_for(module, context.runtime)
        if found is None:
            aliases.append(alias)
            continue
        row, new = found
        shims += name_shims(module, new, allowed=row.shim)
        if not new or not _may_move(alias, module, new, context, row_for):
            text = row.text or f"there is no {module} any more"
            return _left(replace(row, text=text), tuple(shims))
        found_rows.append(found)
        owner, _, name = new.rpartition(".")
        if alias.asname is None and "." not in module and owner and name == module:
            others.append(cst.ImportFrom(dotted(owner), [cst.ImportAlias(cst.Name(name))]))
        else:
            aliases.append(alias.with_changes(name=dotted(new)))
    if not found_rows:
        return None
    if aliases:
        others.insert(0, less_names(node, aliases))
    return Remedy(tuple(others), (), *_judged(found_rows), shims=tuple(shims))


def less_names(node: Statement, staying: Sequence[cst.ImportAlias]) -> Statement:
    """The import with the names that stay; behind the last of them there is no comma."""
    import libcst as cst

    last = staying[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return node.with_changes(names=[*staying[:-1], last])


def import_from(module: str, names: Sequence[cst.ImportAlias]) -> cst.ImportFrom:
    """``from module import names``, without the commas (and line breaks) that the names had."""
    import libcst as cst

    plain = [one.with_changes(comma=cst.MaybeSentinel.DEFAULT) for one in names]
    return cst.ImportFrom(dotted(module), plain)


def _may_move(
    alias: cst.ImportAlias, module: str, new: str, context: Context, row_for: RowFor
) -> bool:
    """Whether nothing else that the program takes from ``module`` would be lost."""
    if alias.asname is None and "." in module and module.split(".")[0] != new.split(".")[0]:
        return False
    return all_move(module, context, row_for)


def all_move(module: str, context: Context, row_for: RowFor) -> bool:
    """Whether all that the program takes from ``module`` stands elsewhere now."""
    used = (one for one in context.used if one.startswith(f"{module}."))
    return all((found := row_for(one, context.runtime)) and found[1] for one in used)


def _judged(found: Sequence[tuple[Row, str]]) -> tuple[str, Safety, bool]:
    """The text, the safety and the gravity of several rows together."""
    texts = dict.fromkeys(row.text or f"it is {new} now" for row, new in found)
    safety = max((row.safety for row, _ in found), key=SAFETIES.index)
    return "; ".join(texts), safety, any(row.fails for row, _ in found)


def _bare(alias: cst.ImportAlias) -> str:
    import libcst as cst

    return code_of(alias.with_changes(comma=cst.MaybeSentinel.DEFAULT))
