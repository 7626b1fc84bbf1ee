"""The outputs of a cell as the page shows them: text, images and tables, and nothing that could act.

An output is a stranger's. No markup of one is kept: of HTML only the text in tables is, or else the text.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from colabify.verify.page.text import coloured, overwritten, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from colabify.verify.outcome import CellRun

MOST_TEXT = 6_000
_MOST_IMAGE = 150_000
_MOST_HTML = 200_000
_MOST_ROWS = 25
_MOST_COLUMNS = 20
_MOST_OF_A_FIELD = 200

_IMAGES = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
}
"""The images that are shown, and how each begins."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table: its text, whether it is a heading, and how far it reaches."""

    text: str
    heading: bool
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """One output, ready for the template; which of its members is set depends on ``kind``."""

    kind: Literal["text", "stderr", "error", "image", "table", "note"]
    text: str | Markup = ""
    address: str = ""
    rows: tuple[tuple[Field, ...], ...] = ()

    @property
    def size(self) -> int:
        """About how many bytes it adds to the page."""
        fields = sum(len(one.text) + 20 for row in self.rows for one in row)
        return len(self.text) + len(self.address) + fields + 60


@dataclass(slots=True)
class Room:
    """How many bytes the outputs of a notebook may still take: a page that nobody can open helps nobody."""

    left: int
    _told: bool = field(default=False, init=False)

    def fit(self, outputs: Iterable[Shown]) -> Iterator[Shown]:
        """The outputs that there is room for, and one note about the first for which there is none."""
        for one in outputs:
            if one.size <= self.left:
                self.left -= one.size
                yield one
            elif not self._told:
                self._told = True
                yield Shown("note", "More outputs are left out, to keep the page small.")


def shown_outputs(cell: CellRun) -> Iterator[Shown]:
    """What a cell put out, in order; its error is told last, and once."""
    for output in _merged(cell.outputs):
        match output.get("output_type"):
            case "stream":
                text = coloured(shortened(overwritten(_text(output.get("text"))), MOST_TEXT))
                yield Shown("stderr" if output.get("name") == "stderr" else "text", text)
            case "execute_result" | "display_data" | "update_display_data":
                data = output.get("data")
                yield from _data(data if isinstance(data, dict) else {})
            case "error":
                pass  # below
            case other:
                yield Shown("note", f"An output of the type {other} is not shown.")
    if trace := _traceback(cell):
        yield Shown("error", coloured(shortened(trace, MOST_TEXT)))


def _traceback(cell: CellRun) -> str:
    """The traceback as IPython coloured it, if that is there."""
    for output in cell.outputs:
        lines = output.get("traceback")
        if output.get("output_type") == "error" and isinstance(lines, list) and lines:
            return "\n".join(_text(line) for line in lines)
    return cell.traceback or cell.error


def _merged(outputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The outputs, pieces of one stream that follow each other joined."""
    made: list[dict[str, Any]] = []
    for output in outputs:
        one = dict(output)
        stream = one.get("output_type") == "stream"
        if stream:
            one["text"] = _text(one.get("text"))
        before = made[-1] if made else {}
        if (
            stream
            and before.get("output_type") == "stream"
            and before.get("name") == one.get("name")
        ):
            before["text"] += one["text"]
        else:
            made.append(one)
    return made


def _data(data: Mapping[str, Any]) -> Iterator[Shown]:
    """The richest form of an output that can be shown, and what is said of one that cannot."""
    plain = _text(data.get("text/plain", ""))
    rich = [*_images(data, plain), *_of_html(_text(data.get("text/html", "")))]
    if "application/javascript" in data:
        rich.append(Shown("note", "JavaScript, which does not run here."))
    yield from rich
    if any(one.kind != "note" for one in rich):
        return
    for kind in ("text/latex", "text/markdown"):
        plain = _text(data[kind]) if kind in data else plain
    if plain:
        yield Shown("text", coloured(shortened(plain, MOST_TEXT)))
    elif not rich:
        kinds = ", ".join(sorted(map(str, data))) or "no type"
        yield Shown("note", f"An output of {shortened(kinds, 200)} is not shown.")


def _images(data: Mapping[str, Any], plain: str) -> Iterator[Shown]:
    """The first image that can be shown, and notes about those before it."""
    for kind in (*_IMAGES, "image/svg+xml"):
        if kind in data:
            image = _image(kind, _text(data[kind]), plain)
            yield image
            if image.kind == "image":
                return


def _of_html(html: str) -> Iterator[Shown]:
    """The tables of an HTML output, or a note."""
    if len(html) > _MOST_HTML:
        yield Shown("note", f"{_size(len(html))} of HTML are left out.")
    elif html:
        tables, words = _read_html(html)
        yield from tables
        if not tables:
            yield Shown("note", "HTML, of which only the text is shown.")
            if words:
                yield Shown("text", coloured(shortened(words, MOST_TEXT)))


def _image(kind: str, text: str, plain: str) -> Shown:
    """An image as an address that holds it; what it shows in words is what IPython calls it."""
    if kind == "image/svg+xml":
        content = text.encode("utf-8", "replace")
    else:
        try:
            content = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            return Shown("note", "An image that cannot be read is left out.")
        if not content.startswith(_IMAGES[kind]):
            return Shown("note", "An image that cannot be read is left out.")
    if len(content) > _MOST_IMAGE:
        return Shown("note", f"An image of {_size(len(content))} is left out: {plain or kind}")
    # In an img, an SVG neither runs scripts nor loads anything
    address = f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
    return Shown("image", shortened(plain, 200) or "An image that the cell shows", address)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count // 1000, 1)} kB"


def _read_html(html: str) -> tuple[list[Shown], str]:
    """The tables of an HTML output, as text in rows; and all its text."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(["script", "style", "head", "template", "noscript"]):
        element.extract()
    made = []
    for table in soup.find_all("table"):
        if table.find_parent("table") is None:
            rows = [
                tuple(_field(one) for one in row.find_all(["th", "td"])[:_MOST_COLUMNS])
                for row in table.find_all("tr")
            ]
            made.append(Shown("table", rows=tuple(row for row in rows[:_MOST_ROWS] if row)))
            if len(rows) > _MOST_ROWS:
                made.append(Shown("note", f"{len(rows) - _MOST_ROWS} more rows are left out."))
    return [one for one in made if one.rows or one.text], soup.get_text(" ", strip=True)


def _field(element: Any) -> Field:
    text = shortened(element.get_text(" ", strip=True), _MOST_OF_A_FIELD)
    reach = (_number(element.get(name)) for name in ("colspan", "rowspan"))
    return Field(text, element.name == "th", *reach)


def _number(value: object) -> int:
    """How far a field reaches, of what its attribute says."""
    said = value if isinstance(value, str) else ""
    return min(max(int(said), 1), _MOST_COLUMNS) if said.isdecimal() and len(said) < 4 else 1


def _text(value: Any) -> str:
    """Text of nbformat, which may come in a list of lines; anything else as JSON."""
    match value:
        case str():
            return value
        case None:
            return ""
        case list():
            return "".join(_text(one) for one in value)
        case _:
            return json.dumps(value, default=str)
