"""The report as GitHub's workflow commands: each becomes an annotation on the file's line.

The runner reads a command from each line that begins with ``::``: no value may end it, or begin another.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.report.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.report.annotations import Annotation


def report_github(found: Iterable[Annotation]) -> str:
    """A line for each annotation, errors first, since GitHub shows ten of each kind and step.

    What several notebooks have in common is said once, at the first of them.
    """
    rows = sorted(_said_once(found), key=lambda one: one.level != "error")
    return "".join(f"{_command(one)}\n" for one in rows)


def _said_once(found: Iterable[Annotation]) -> list[Annotation]:
    groups: dict[object, list[Annotation]] = {}
    for one in found:
        alone = one.cell is not None or not one.code.startswith("COL")
        groups.setdefault(one if alone else replace(one, file="", line=1), []).append(one)
    return [
        replace(rows[0], message=f"{rows[0].message} ({len(rows)} files)")
        if len(rows) > 1
        else rows[0]
        for rows in groups.values()
    ]


def _command(one: Annotation) -> str:
    at = "" if one.cell is None else f"cell {one.cell}: "
    if one.cell is not None and one.cell_line is not None:
        at = f"cell {one.cell}, line {one.cell_line}: "
    title = f"colabify {one.code}"
    properties = {"file": one.file, "line": str(one.line), "title": title}
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{one.level} {said}::{_data(at + one.message)}"


def _data(text: str) -> str:
    """A message; :func:`printable` has already written line ends and control characters as escapes."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
