"""One of Ubuntu's packages that is needed, and the table of what needs which (``data/system.json``)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from colabify.runtime import DATA
from colabify.steps import SystemNeed


def need_of(
    package: str,
    what: str,
    cell: int | None,
    path: str | None,
    line: int | None,
    command: str,
) -> SystemNeed:
    """The need of a package, and whether it is one that is reported instead of installed."""
    heavy = package in system_table()["heavy"] or package.startswith("texlive")
    command = "git-lfs" if package == "git-lfs" else command
    return SystemNeed(package, what, cell, path, line, heavy, command)


@cache
def command_packages() -> dict[str, str]:
    """The package of each command."""
    commands: dict[str, list[str]] = system_table()["commands"]
    return {name: package for package, names in commands.items() for name in names}


@cache
def system_table() -> dict[str, Any]:
    """The table; its keys are explained by its own ``sources``."""
    data: dict[str, Any] = json.loads((DATA / "system.json").read_text("utf-8"))
    return data
