"""What of scikit-learn was compared by importing its versions: ``data/sklearn.json``, which says how."""

from __future__ import annotations

import json

from colabify.runtime import DATA

_DATA = json.loads((DATA / "sklearn.json").read_text("utf-8"))

PRIVATE: dict[str, frozenset[str]] = {
    module: frozenset(names.split()) for module, names in _DATA["private"].items()
}
"""The modules that are private since 0.24, and what their packages export of them."""

KEYWORD_ONLY: dict[str, tuple[int, tuple[str, ...]]] = {
    function: (
        names.count(",", 0, names.index("*")),
        tuple(names[names.index("*") + 3 :].split(", ")),
    )
    for function, names in _DATA["keyword_only"].items()
}
"""How many arguments a function still takes by position, and the names of those that followed."""


def public(full: str) -> str:
    """The name that is public of a function or class that stood in a module that is private now."""
    module, _, name = full.rpartition(".")
    return f"{module.rpartition('.')[0]}.{name}" if name in PRIVATE.get(module, ()) else full
