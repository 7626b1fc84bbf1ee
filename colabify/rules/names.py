"""Full names, read as text."""

from __future__ import annotations

_CAPITALS = frozenset({"IPython", "PIL"})


def is_of_class(full: str) -> bool:
    """Whether a full name is an attribute of a class, which no import can bring: ``a.B.c``."""
    return up_to_class(full)[1] != ""


def up_to_class(full: str) -> tuple[str, str]:
    """``("a.B", ".c")`` for ``a.B.c``: a class is what is imported, not what it has.

    The modules of some packages begin with a capital, as classes do.
    """
    parts = full.split(".")
    first = 2 if parts[0] in _CAPITALS else 0
    at = (n + 1 for n, part in enumerate(parts) if n >= first and part[:1].isupper())
    end = next(at, len(parts))
    return ".".join(parts[:end]), "".join(f".{part}" for part in parts[end:])
