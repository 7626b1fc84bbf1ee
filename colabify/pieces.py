"""Pieces: what a notebook's text is made of, so that a change touches no more than what it is about.

They are the cells, the outputs set aside from them, and the frame round the cells. Documents that come of one
another share every piece that is the same in them; their outputs, often all but all of the file, always.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from colabify.jsonspan import Element, Span
from colabify.notebook_json import read_cell, read_notebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.jsonspan import Member

_ASIDE = "[]"
"""What stands in place of what is set aside: the rest is JSON then, and no line end is torn or made."""


@dataclass(frozen=True, eq=False)
class Outputs:
    """The JSON of a cell's outputs, which never changes: where it stands in the text that was read.

    A copy of it, which may be all but all of the file, is made when the file is written.
    """

    within: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The JSON."""
        return self.within[self.start : self.end]

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same text."""
        return self is other or (isinstance(other, Outputs) and self.text == other.text)

    def __hash__(self) -> int:
        """The same for all that have this text."""
        return hash(self.text)

    @cached_property
    def has_crlf(self) -> bool:
        """Whether a line ends as those of Windows do."""
        return self._has("\r") and self._has("\r\n")

    @cached_property
    def has_escapes(self) -> bool:
        """Whether a character is written by its number."""
        return self._has("\\u")

    @cached_property
    def is_ascii(self) -> bool:
        """Whether no character is beyond ASCII."""
        return self.within.isascii() or self.text.isascii()

    @cached_property
    def line_ends(self) -> int:
        """How many lines end in it."""
        return self.within.count("\n", self.start, self.end)

    def _has(self, words: str) -> bool:
        return self.within.find(words, self.start, self.end) >= 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, and its text."""

    index: int
    kind: str
    source: str
    metadata: Mapping[str, Any]
    id: str | None
    attachments: Mapping[str, Any]
    """The images in the cell itself, by name; each has its base64 by media type."""
    lead: str
    """What stands before it: white space, and a comma if another cell comes first."""
    text: str
    """Its JSON, in which an empty list stands for the outputs."""
    source_span: Span | None
    """Where its source stands in ``text``; None for a cell without one: no cell may be, but some are."""
    outputs: Outputs | None
    outputs_start: int
    """Where in ``text`` the outputs belong, if there are any."""

    @property
    def json(self) -> str:
        """Its JSON as it stands in the file."""
        return "".join(self.pieces)

    @property
    def pieces(self) -> tuple[str, ...]:
        """What its JSON is made of."""
        if self.outputs is None:
            return (self.text,)
        start = self.outputs_start
        return self.text[:start], self.outputs.text, self.text[start + len(_ASIDE) :]

    @property
    def data(self) -> dict[str, Any]:
        """All that its JSON says."""
        found: dict[str, Any] = json.loads(self.json)
        return found

    def line_ends(self, place: int | None = None) -> int:
        """How many lines end in what stands before it and in it, up to a place of ``text``."""
        own = self.lead.count("\n") + self.text.count("\n", 0, place)
        if self.outputs is None or (place is not None and place <= self.outputs_start):
            return own
        return own + self.outputs.line_ends

    def is_as(self, other: Cell) -> bool:
        """Whether the other has the same text, and the same stands before it."""
        mine = (self.lead, self.text, self.outputs_start, self.outputs)
        return mine == (other.lead, other.text, other.outputs_start, other.outputs)

    def moved(self, index: int, lead: str) -> Cell:
        """The cell at another place."""
        return Cell(
            index, self.kind, self.source, self.metadata, self.id, self.attachments,
            lead, self.text, self.source_span, self.outputs, self.outputs_start,
        )  # fmt: skip

    def saying(self, text: str) -> Cell:
        """The cell with another ``text``.

        Raises:
            NotebookError: it is no cell.

        """
        found = read_cell(text, self.index)
        return _cell(text, Element(0, len(text), found), self.index, self.lead, self.outputs)

    @classmethod
    def read(cls, text: str, index: int, lead: str) -> Cell:
        """The cell whose JSON this is.

        Raises:
            NotebookError: it is none.

        """
        return _cell(text, Element(0, len(text), read_cell(text, index)), index, lead)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round the cells: the JSON of the notebook, in which an empty list stands for them."""

    text: str
    cells_start: int
    """Where in ``text`` the cells belong."""
    metadata: dict[str, Any]
    metadata_span: Span
    minor: int

    @classmethod
    def read(cls, text: str) -> Frame:
        """The frame whose text this is.

        Raises:
            NotebookError: it is none.

        """
        root = read_notebook(text)
        metadata, minor = root["metadata"], root.get("nbformat_minor")
        return cls(
            text, root["cells"].start, metadata.value, metadata.span, minor.value if minor else 0
        )

    def with_metadata(self, text: str) -> Frame:
        """The frame with another text for its metadata.

        Raises:
            NotebookError: it makes no notebook.

        """
        span = self.metadata_span
        return Frame.read(self.text[: span.start] + text + self.text[span.end :])

    @property
    def metadata_text(self) -> str:
        """The metadata as they stand in the file."""
        return self.text[slice(*self.metadata_span)]

    @property
    def pieces(self) -> tuple[str, str]:
        """What stands before the first cell, and what behind the last; white space that is theirs aside."""
        return self.text[: self.cells_start + 1], self.text[self.cells_start + 1 :]


def take_apart(text: str) -> tuple[Frame, tuple[Cell, ...], str]:
    """The frame, the cells, and the white space behind the last of them.

    Raises:
        NotebookError: the text is no notebook that colabify can read.

    """
    whole = read_notebook(text)["cells"]
    cells, at = [], whole.start + 1
    for index, element in enumerate(whole.value):
        cells.append(_cell(text, element, index, text[at : element.start]))
        at = element.end
    frame = Frame.read(text[: whole.start] + _ASIDE + text[whole.end :])
    return frame, tuple(cells), text[at : whole.end - 1]


def _cell(
    text: str, element: Element, index: int, lead: str, outputs: Outputs | None = None
) -> Cell:
    """The cell at an element of a text; ``outputs`` are what was set aside from it before."""
    found: dict[str, Member] = element.value
    start, end, _ = element
    said = {key: found[key].value for key in found}
    source, attached = said.get("source", ""), said.get("attachments")
    span = found["source"].span if "source" in found else None
    aside = found.get("outputs")
    if aside is None:
        own = text[start:end]
    else:
        own = text[start : aside.start] + _ASIDE + text[aside.end : end]
        outputs = outputs or Outputs(text, *aside.span)
    if span is not None:
        shift = start if aside is None or span.start < aside.start else end - len(own)
        span = Span(span.start - shift, span.end - shift)
    return Cell(
        index,
        said.get("cell_type", ""),
        source if isinstance(source, str) else "".join(source),
        said.get("metadata") or {},
        said.get("id"),
        attached if isinstance(attached, dict) else {},
        lead,
        own,
        span,
        outputs if aside else None,
        aside.start - start if aside else 0,
    )
