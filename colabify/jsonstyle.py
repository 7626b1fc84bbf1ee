"""How a file writes JSON, and values written like that."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from colabify.jsonspan import Raw, skip_space


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes JSON."""

    step: str | None
    """What one level is indented by; None when the file stands on one line."""
    newline: str
    ascii: bool
    """Whether characters beyond ASCII are written as escapes."""
    cell_indent: str
    cell_separator: str
    """What stands between the comma behind a cell and the next cell."""

    @classmethod
    def of(
        cls, frame: str, first_cell: tuple[str, str] | None = None, *, crlf: bool, escapes: bool
    ) -> Style:
        """Read the style from what stands round a notebook's cells, and from its first cell, if it has one.

        That is what stands before it and its text. The rest is whether any line of the file ends as those
        of Windows do, and whether what is beyond ASCII is written as escapes.
        """
        newline = "\r\n" if crlf else "\n"
        one_line = cls(None, newline, escapes, "", " ")
        outer = _space_within(frame, skip_space(frame, 0))
        if "\n" not in outer:
            return one_line
        step = outer.rpartition("\n")[2]
        lead = newline + step * 2 if first_cell is None else first_cell[0]
        if "\n" not in lead:
            return one_line
        indent = lead.rpartition("\n")[2]
        if first_cell is not None:
            inner = _space_within(first_cell[1], 0)
            deeper = inner.rpartition("\n")[2] if "\n" in inner else indent + step
            step = deeper.removeprefix(indent) if deeper.startswith(indent) else " "
        return replace(one_line, step=step, cell_indent=indent, cell_separator=newline + indent)

    @property
    def on_one_line(self) -> Style:
        """The style for what stands in an object or a list without line breaks in this file."""
        return replace(self, step=None)


def _space_within(text: str, start: int) -> str:
    """The white space behind the bracket at ``start``."""
    return text[start + 1 : skip_space(text, start + 1)]


def render(value: Any, style: Style, indent: str) -> str:
    """``value`` as JSON in ``style``, its first line to stand behind ``indent``."""
    if isinstance(value, Raw):
        return str(value)
    text = json.dumps(value, ensure_ascii=style.ascii, indent=style.step)
    text = escape_surrogates(text)
    return text.replace("\n", style.newline + indent)


def render_member(key: str, value: Any, style: Style, indent: str) -> str:
    """An object whose only member is ``value`` at ``key``, its first line to stand behind ``indent``."""
    name = render(key, style, "")
    if style.step is None:
        return f"{{{name}: {render(value, style, '')}}}"
    deeper = indent + style.step
    body = render(value, style, deeper)
    return f"{{{style.newline}{deeper}{name}: {body}{style.newline}{indent}}}"


def render_source(source: str, *, as_list: bool) -> str | list[str]:
    """A cell's source as nbformat writes it: a list of lines, or one string."""
    return source.splitlines(keepends=True) if as_list else source


def escape_surrogates(text: str) -> str:
    """``text`` with lone surrogates, which UTF-8 cannot hold, as JSON escapes."""
    if text.isascii():
        return text
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)
