"""What is left alone in a notebook and its modules, and which of that was of any use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.escapes import Masked, mask
from colabify.findings import Finding
from colabify.python2.notebook import CONVERTED
from colabify.silence.reading import MARK, Silence, read_comments, read_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from colabify.modules.given import GivenModules
    from colabify.notebook import Cell
    from colabify.settings import Settings

UNUSED = "COL910"
Key = int | str
"""A cell's index, or a module's path."""
_OF_NOTEBOOKS = ("COL3", "COL4", "COL9")
"""Codes about modules that depend on which notebook uses them."""


class Silences:
    """The comments and tags of the cells of a notebook, and the comments of its modules.

    Those that have stopped anything are noted, so that the others can be told.
    """

    def __init__(
        self, cells: Sequence[Cell], given: GivenModules | None = None, *, python: bool = True
    ) -> None:
        """Nothing is read before it is asked for. ``python``: the code cells are Python."""
        self._cells, self._given, self._python = cells, given, python
        self._read: dict[Key, tuple[Silence, ...]] = {}
        self._used: set[tuple[Key, int, str]] = set()

    def converted(self, cells: Sequence[Cell]) -> Silences:
        """Those of the same notebook, whose cells say something else now."""
        other = Silences(cells, self._given, python=self._python)
        other._used = self._used
        return other

    def of(self, key: Key | None) -> tuple[Silence, ...]:
        """What is said in a cell or module; its tags first."""
        if key is None:
            return ()
        if key not in self._read:
            found = self._of_module(key) if isinstance(key, str) else self._of_cell(key)
            self._read[key] = found
        return self._read[key]

    def tags(self, cell: int) -> tuple[Silence, ...]:
        """What is said of a cell as a whole."""
        return tuple(one for one in self.of(cell) if not one.first)

    def stop(self, code: str, key: Key | None, line: int | None) -> bool:
        """Whether ``code`` is left alone there. Without a line, a comment that names the code will do."""
        stops = False
        for nth, one in enumerate(self.of(key)):
            known = line is not None or not one.first
            if one.holds(code, line or 0) if known else one.codes and one.names(code):
                self.note(key, [(nth, code)])
                stops = True
        return stops

    def stop_cell(self, codes: Sequence[str], cell: int) -> bool:
        """Whether what is done to a whole cell under one of ``codes`` is left alone.

        Any comment in it that is about one will do, and what is about all codes.
        """
        found = [
            (nth, code)
            for nth, one in enumerate(self.of(cell))
            for code in codes or ("",)
            if one.names(code)
        ]
        self.note(cell, found)
        return bool(found)

    def stop_finding(self, finding: Finding) -> bool:
        """Whether a finding is left out."""
        key = finding.path if finding.path is not None else finding.cell
        return self.stop(finding.code, key, finding.line)

    def note(self, key: Key | None, used: Iterable[tuple[int, str]]) -> None:
        """Those of a cell or module that have stopped a code, by number."""
        if key is not None:
            self._used.update((key, nth, code) for nth, code in used)

    def unused(self, settings: Settings, modules: Iterable[str]) -> Iterator[Finding]:
        """A finding for each that stopped nothing, in a cell or in one of ``modules``."""
        for key in (*range(len(self._cells)), *modules):
            for nth, one in enumerate(self.of(key)):
                text = one.problem or self._useless(key, nth, one, settings)
                if text:
                    cell, path = (None, key) if isinstance(key, str) else (key, None)
                    said = f"{one.said}: {text}"
                    yield Finding(UNUSED, said, cell=cell, line=one.line or None, path=path)

    def _useless(self, key: Key, nth: int, one: Silence, settings: Settings) -> str:
        """Why it may go; empty if it is of use, or that cannot be known."""
        used = {code for at, number, code in self._used if (at, number) == (key, nth)}
        if not one.codes:
            return "" if used or settings.select or isinstance(key, str) else "it stops nothing"
        idle = [
            code
            for code in one.codes
            if not any(other.startswith(code) for other in used) and settings.allows(code)
        ]
        if isinstance(key, str):
            idle = [
                one for one in idle if not one.startswith(_OF_NOTEBOOKS) and len(one) > len("COL1")
            ]
            idle = [one for one in idle if not CONVERTED.startswith(one)]
        return f"{' and '.join(idle)} stop{'s' * (len(idle) == 1)} nothing there" if idle else ""

    def _of_cell(self, index: int) -> tuple[Silence, ...]:
        cell = self._cells[index]
        tags = read_tags(cell.metadata)
        if not self._python or cell.kind != "code" or MARK not in cell.source:
            return tags
        masked = mask(cell.source)
        head = masked.head.count("\n")
        return (*tags, *(one.below(head) for one in read_comments(masked)))

    def _of_module(self, path: str) -> tuple[Silence, ...]:
        text = (
            self._given.python(path) if self._given is not None and path.endswith(".py") else None
        )
        return () if text is None or MARK not in text else read_comments(Masked("", text))
