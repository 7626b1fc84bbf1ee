"""Document: an ``.ipynb`` as its text and what the text says, edited by span.

Writing a notebook back through :mod:`json` or :mod:`nbformat` reformats it: of 2,137 public notebooks
only 58 % come out of ``json.dumps(indent=1)`` as they went in. A Document replaces only the spans of
what changed in the pieces that it is made of, so that every other byte stays as it was.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from colabify.jsonedit import replace_text, set_member, value_text
from colabify.jsonspan import Raw
from colabify.jsonstyle import Style, render, render_source
from colabify.notebook_json import NotebookError, decode
from colabify.pieces import Cell, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from colabify.pieces import Frame

__all__ = ["Cell", "Changes", "Document", "NotebookError"]

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Changes:
    """What to change in a document; cell indexes are those of the document changed.

    A cell of ``insert`` comes before the one with its index; the number of cells puts it last. ``sources``
    are texts, ``raw_sources`` the JSON of sources.

    ``metadata`` is a list of ``(keys, value)``: ``value`` is set at that path of the notebook's metadata,
    a :class:`~colabify.jsonspan.Raw` is set as the JSON text it is, ``None`` deletes the member.
    """

    delete: frozenset[int] = frozenset()
    insert: tuple[tuple[int, Mapping[str, Any]], ...] = ()
    sources: Mapping[int, str] = field(default_factory=dict)
    raw_sources: Mapping[int, str] = field(default_factory=dict)
    metadata: Sequence[tuple[tuple[str, ...], Any]] = ()

    def __bool__(self) -> bool:
        """Whether anything is to change."""
        return bool(self.delete or self.insert or self.sources or self.raw_sources or self.metadata)


class Document:
    """An ``.ipynb``, in pieces. A value: :meth:`apply` returns another, which shares what has not changed."""

    def __init__(self, frame: Frame, cells: tuple[Cell, ...], end: str, *, bom: bool) -> None:
        """Use :meth:`parse`; ``end`` is the white space behind the last cell."""
        self.cells = cells
        self.bom = bom
        self._frame = frame
        self._end = end

    @classmethod
    def parse(cls, raw: bytes) -> Document:
        """Read the bytes of an ``.ipynb`` (UTF-8, with or without a byte-order mark, nbformat 4).

        Raises:
            NotebookError: it is not UTF-8, not JSON (with line and column), or not an nbformat 4 notebook.

        """
        return cls.of(decode(raw))

    @classmethod
    def of(cls, text: str) -> Document:
        """Read the text of an ``.ipynb``; a byte-order mark is part of it, if there is one.

        Raises:
            NotebookError: it is not JSON (with line and column), or not an nbformat 4 notebook.

        """
        return cls(*take_apart(text.removeprefix(_BOM)), bom=text.startswith(_BOM))

    def to_bytes(self) -> bytes:
        """The file's bytes."""
        return ((_BOM if self.bom else "") + self.text).encode("utf-8")

    @property
    def text(self) -> str:
        """The file's text, put together; its byte-order mark is none of it."""
        return "".join(self._pieces())

    def is_as(self, other: Document) -> bool:
        """Whether the other has the same bytes; what both share is not looked at."""
        return (
            (self.bom, self._frame.text, self._end) == (other.bom, other._frame.text, other._end)
            and len(self.cells) == len(other.cells)
            and all(one.is_as(theirs) for one, theirs in zip(self.cells, other.cells, strict=True))
        )

    @property
    def metadata(self) -> dict[str, Any]:
        """The notebook's metadata."""
        return self._frame.metadata

    @property
    def rest(self) -> dict[str, Any]:
        """All that its JSON says, but for the cells."""
        found: dict[str, Any] = json.loads(self._frame.text)
        return found

    @property
    def minor(self) -> int:
        """``nbformat_minor``; cell ids are part of the format from 5 on."""
        return self._frame.minor

    @cached_property
    def style(self) -> Style:
        """How this file writes JSON: indent, separators, escapes, line ends."""
        head, tail = self._frame.pieces
        text = "".join([head, *(cell.lead + cell.text for cell in self.cells), self._end, tail])
        outputs = [cell.outputs for cell in self.cells if cell.outputs is not None]
        crlf = "\r\n" in text or any(one.has_crlf for one in outputs)
        ascii = text.isascii() and all(one.is_ascii for one in outputs)  # noqa: A001
        escapes = ascii and ("\\u" in text or any(one.has_escapes for one in outputs))
        first = [(cell.lead, cell.text) for cell in self.cells[:1]]
        return Style.of(self._frame.text, *first, crlf=crlf, escapes=escapes)

    def metadata_text(self, *keys: str) -> str | None:
        """The text of the value at ``keys`` of the notebook's metadata, as it stands in the file."""
        return value_text(self._frame.metadata_text, keys)

    def line_of(self, index: int, place: int) -> int:
        """The line of the file, from 1, on which a place of a cell's text stands."""
        return self._lines_before[index] + self.cells[index].line_ends(place) + 1

    @cached_property
    def _lines_before(self) -> list[int]:
        start = self._frame.pieces[0].count("\n")
        return list(accumulate((cell.line_ends() for cell in self.cells), initial=start))

    def source_text(self, index: int) -> str:
        """The text of a cell's ``source`` value, as it stands in the file; empty if it has none."""
        cell = self.cells[index]
        return "" if cell.source_span is None else cell.text[slice(*cell.source_span)]

    def apply(self, changes: Changes) -> Document:
        """The document with ``changes`` made and every other byte as it is.

        Raises:
            NotebookError: what is to be set as the JSON text it is makes it no notebook.

        """
        if not changes:
            return self
        cells, end = self._changed_cells(changes)
        return Document(self._changed_frame(changes), tuple(cells), end, bom=self.bom)

    def _pieces(self) -> Iterator[str]:
        head, tail = self._frame.pieces
        yield head
        for cell in self.cells:
            yield cell.lead
            yield from cell.pieces
        yield self._end
        yield tail

    def _changed_cells(self, changes: Changes) -> tuple[list[Cell], str]:
        """The cells with ``changes`` made, and the white space behind the last.

        A cell inserted before one that is deleted takes its place.
        """
        new = deque(sorted(changes.insert, key=itemgetter(0)))
        if len(self.cells) == len(changes.delete):
            return self._only(new) if new or self.cells else ([], self._end)
        cells: list[Cell] = []
        lead = None
        for cell in self.cells:
            lead = cell.lead if lead is None else lead
            if cell.index in changes.delete:
                continue
            while new and new[0][0] <= cell.index:
                cells.append(self._made(new.popleft()[1], len(cells), lead))
                lead = self._separator
            cells.append(self._changed(cell, changes).moved(len(cells), lead))
            lead = None
        cells += [
            self._made(one, len(cells) + n, self._separator) for n, (_, one) in enumerate(new)
        ]
        return cells, self._end

    def _only(self, new: Iterable[tuple[int, Mapping[str, Any]]]) -> tuple[list[Cell], str]:
        """Cells that are to be the only ones, and the white space behind the last."""
        style = self.style
        lead = style.newline + style.cell_indent if new and style.step is not None else ""
        end = lead.removesuffix(style.step) if style.step else lead
        cells = [
            self._made(one, n, self._separator if n else lead) for n, (_, one) in enumerate(new)
        ]
        return cells, end

    def _changed(self, cell: Cell, changes: Changes) -> Cell:
        """A cell with its new source, if it is to have one."""
        index, span = cell.index, cell.source_span
        if index not in changes.raw_sources and index not in changes.sources:
            return cell
        style = self.style
        inner = style.cell_indent + (style.step or "")
        if index in changes.raw_sources:
            text = changes.raw_sources[index]
        elif span is not None:
            text = replace_text(self.source_text(index), changes.sources[index], style, inner)
        else:
            lines = render_source(changes.sources[index], as_list=self._lists_sources)
            text = render(lines, style, inner)
        if span is None:
            whole = set_member(cell.text, ["source"], Raw(text), style, style.cell_indent)
        else:
            whole = cell.text[: span.start] + text + cell.text[span.end :]
        return cell.saying(whole)

    @property
    def _separator(self) -> str:
        """What stands between two cells."""
        return f",{self.style.cell_separator}"

    def _made(self, cell: Mapping[str, Any], index: int, lead: str) -> Cell:
        """A new cell, with its source as this file writes sources, and an id only where the format has one.

        Many lines are always a list: as one string, nobody could read them in a diff.
        """
        shaped = {key: value for key, value in cell.items() if key != "id" or self.minor >= 5}
        as_list = self._lists_sources or "\n" in cell["source"]
        shaped["source"] = render_source(cell["source"], as_list=as_list)
        text = render(dict(sorted(shaped.items())), self.style, self.style.cell_indent)
        return Cell.read(text, index, lead)

    @cached_property
    def _lists_sources(self) -> bool:
        return not any(
            self.source_text(cell.index).startswith('"') for cell in self.cells[:3] if cell.source
        )

    def _changed_frame(self, changes: Changes) -> Frame:
        if not changes.metadata:
            return self._frame
        text = self._frame.metadata_text
        for keys, value in changes.metadata:
            text = set_member(text, keys, value, self.style, self.style.step or "")
        return self._frame.with_metadata(text)
