"""How the rules of pandas write the names of pandas: as the program does, below its own ``pd``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst as cst

    from colabify.rules.base import Remedy
    from colabify.rules.context import Context


def below_package(remedy: Remedy, node: cst.BaseExpression, new: str, context: Context) -> Remedy:
    """``remedy`` for the attribute ``node``, with ``pd.plotting.x`` rather than ``pandas.plotting.x``.

    ``new`` is the full name that stands there. pandas and NumPy load their public modules by themselves.
    """
    import libcst as cst

    parts = new.split(".")
    if parts[0] not in ("pandas", "numpy") or len(parts) < 3 or "style" in parts:
        return remedy  # pandas.io.formats.style is loaded when it is needed
    binding = "np" if parts[0] == "numpy" else ""
    spelled, imports = context.spell(".".join(parts[:2]), binding=binding)
    made = cst.parse_expression(".".join([spelled, *parts[2:]]))
    made = made.with_changes(lpar=node.lpar, rpar=node.rpar)
    return replace(remedy, new=made, imports=imports)


def by_keyword(codes: Mapping[str, str]) -> str:
    """Arguments as a call has them, each by its keyword."""
    return ", ".join(f"{name}={code}" for name, code in codes.items())
