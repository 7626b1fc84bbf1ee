"""``--badges``: the table in a file is made anew from the notebooks, and written or compared."""

from __future__ import annotations

import difflib
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.badge_table import TableError, in_order, read_file, row_of, with_table
from colabify.errors import ColabifyError
from colabify.files import write_bytes
from colabify.outcomes import Mode
from colabify.places import find_notebooks
from colabify.report.terminal import Terminal, reader_may_leave

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from colabify.courses import Courses


@dataclass(frozen=True, slots=True)
class Table:
    """A file before and after its table was made anew, and what went wrong, by name."""

    old: bytes = b""
    new: bytes = b""
    notebooks: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether a byte differs."""
        return self.old != self.new


def keep_badges(
    file: Path, places: Sequence[str], courses: Courses, mode: Mode, *, quiet: bool
) -> int:
    """Do what ``mode`` says with the table in ``file``; the exit code comes out.

    Nothing is written if a notebook cannot be read: a table without it would hide that it is there.
    """
    table = _made(file, places, courses)
    if table.problems:
        with reader_may_leave(sys.stderr):
            for name, why in table.problems:
                Terminal(sys.stderr).say(f"{name}: {why}", "red")
        return 2
    looking = mode in (Mode.CHECK, Mode.DIFF)
    if table.changed and not looking:
        try:
            write_bytes(file, table.new, table.old)
        except ColabifyError as error:
            raise TableError(f"{file}: {error}") from None
    with reader_may_leave(sys.stdout):
        _tell(Terminal(sys.stdout), file, table, mode, quiet=quiet)
    return int(table.changed and mode is Mode.CHECK)


def _made(file: Path, places: Sequence[str], courses: Courses) -> Table:
    found = find_notebooks(places, courses.project_of)
    problems, rows = list(found.problems), []
    old = new = b""
    for place in found.places.values():
        try:
            project = courses.project_of(place.path.resolve().parent)
            rows.append(row_of(place, file.parent, project))
        except ColabifyError as error:
            problems.append((place.shown, str(error)))
    try:
        old = read_file(file)
        new = with_table(old, in_order(rows))
    except TableError as error:
        problems.append((str(file), str(error)))
    return Table(old, new, len(rows), problems)


def _tell(terminal: Terminal, file: Path, table: Table, mode: Mode, *, quiet: bool) -> None:
    if mode is Mode.DIFF:
        old, new = (raw.decode("utf-8").splitlines() for raw in (table.old, table.new))
        for line in difflib.unified_diff(old, new, str(file), str(file), lineterm="", n=2):
            terminal.say(line)
    if quiet:
        return
    notebooks = f"{table.notebooks} notebook{'s' * (table.notebooks != 1)}"
    if not table.changed:
        terminal.say(f"{file}: its table has all {notebooks}; nothing to change.")
    elif mode in (Mode.CHECK, Mode.DIFF):
        terminal.say(f"{file}: its table would change. {notebooks}.")
    else:
        terminal.say(f"{file}: its table has been made anew. {notebooks}.")
