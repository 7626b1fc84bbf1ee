"""Nothing reaches back: what comes early on the way of a notebook does not know what comes late."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import colabify

ROOT = Path(colabify.__file__).parent
TRIES = ROOT / "rules" / "testing.py"
"""What rules are tried with, not what they are made of."""


def modules_of(name: str) -> list[Path]:
    """The files of a module or package below ``colabify``."""
    folder = ROOT / name
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / f"{name}.py"]


def imported(file: Path) -> Iterator[str]:
    """What a file imports, wherever it does, and for a type checker too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}." for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (f"{one.name}." for one in node.names)


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (
            "analysis",
            ["rules", "rewrite", "applied", "engine", "planner", "setup", "report", "verify"],
        ),
        ("rules", ["rewrite", "applied", "engine", "planner", "report", "verify"]),
        ("plans", ["planner", "report"]),
        ("pieces", ["notebook", "record", "planner"]),
        (
            "setup",
            ["notebook", "program", "unit", "facts", "analysis", "rules", "planner", "report"],
        ),
        ("planner", ["report", "run", "cli", "verify"]),
        ("porting", ["report", "run", "cli", "committing", "verify"]),
    ],
)
def test_nothing_reaches_back(early: str, late: list[str]) -> None:
    forbidden = tuple(f"colabify.{one}." for one in late)
    reaching = [
        (str(file.relative_to(ROOT)), name)
        for file in modules_of(early)
        if file != TRIES
        for name in imported(file)
        if name.startswith(forbidden)
    ]
    assert reaching == []
