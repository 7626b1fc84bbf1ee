"""The targets of a Makefile and their recipes, as far as they are written out."""

from __future__ import annotations

from dataclasses import dataclass

MAKEFILES = ("GNUmakefile", "makefile", "Makefile")
"""The names that GNU make looks for, in its order (its manual, "What Name to Give Your Makefile")."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a Makefile says of one name: ``recipe`` is a shell text, without make's own signs."""

    name: str
    recipe: str


def read_targets(text: str) -> dict[str, Target]:
    """The targets of a Makefile by name; not its patterns, nor what it puts together from variables."""
    recipes: dict[str, list[str]] = {}
    names: list[str] = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("\t"):
            for name in names:
                recipes[name].append(line.strip().lstrip("@-+"))
        elif line.strip() and not line.lstrip().startswith("#"):
            names, first = _rule(line)
            for name in names:
                recipes.setdefault(name, []).extend([first] if first else [])
    return {name: Target(name, "\n".join(lines)) for name, lines in recipes.items()}


def _rule(line: str) -> tuple[list[str], str]:
    """The targets that a line defines, and the command that stands behind ``;`` on it."""
    left, colon, right = line.partition(":")
    if not colon or "=" in left or right.lstrip(":").startswith("="):
        return [], ""
    names = [name for name in left.split() if not set(name) & set("$%()") and name[0] not in ".-"]
    return names, right.partition(";")[2].strip().lstrip("@-+")
