"""The badge table: a README's list of notebooks with their Colab links, kept between two markers."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from colabify.analysis.badges import BADGE_IMAGE, badge_url
from colabify.errors import ColabifyError
from colabify.files import FileError, read_bytes
from colabify.headings import first_heading, markdown_parser
from colabify.notebook import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from colabify.places import Place
    from colabify.project import Project

BEGIN, END = "<!-- colabify badges -->", "<!-- /colabify badges -->"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$!])")
_DIGITS = re.compile(r"([0-9]+)")


class TableError(ColabifyError):
    """A file in which no table can be kept, or a notebook that has no link; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A notebook in the table: its title, where it is from the README's folder on, and its Colab link."""

    title: str
    path: str
    url: str


def with_table(raw: bytes, rows: Sequence[Row]) -> bytes:
    """The file with the table of ``rows`` between its markers, and every other byte as it is.

    Raises:
        TableError: it is not UTF-8, or the markers are not there, each once and in their order.

    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableError(f"not UTF-8 text (byte {error.start})") from None
    lines = [line for line in _LINE.findall(text) if line]
    begin, end = _markers(text, lines)
    newline = lines[begin][len(lines[begin].rstrip("\r\n")) :]
    table = newline.join(["", *_table(rows), "", ""]) if rows else newline
    return "".join([*lines[: begin + 1], table, *lines[end:]]).encode("utf-8")


def _markers(text: str, lines: Sequence[str]) -> tuple[int, int]:
    """The lines of the two markers; one that stands in a block of code is none."""
    found: dict[str, list[int]] = {BEGIN: [], END: []}
    for token in markdown_parser().parse(text.removeprefix("\ufeff")):
        if token.type == "html_block" and token.map is not None:
            for number in range(token.map[0], min(token.map[1], len(lines))):
                found.get(lines[number].strip("\ufeff \t\r\n"), []).append(number)
    match found[BEGIN], found[END]:
        case [begin], [end] if begin < end:
            return begin, end
        case [], []:
            raise TableError(
                f"it has no place for the table: put the lines {BEGIN} and {END} where it is to stand"
            )
        case [_], [_]:
            raise TableError(f"{END} stands above {BEGIN}")
        case begins, ends:
            said = f"{BEGIN} {_times(begins)} and {END} {_times(ends)}"
            raise TableError(f"each marker has to stand there once: it has {said}")


def _times(found: Sequence[int]) -> str:
    numbers = ", ".join(str(number + 1) for number in found)
    return f"on line{'s' * (len(found) > 1)} {numbers}" if found else "nowhere"


def _table(rows: Iterable[Row]) -> list[str]:
    lines = ["| Title | Notebook | Colab |", "|---|---|---|"]
    for row in rows:
        link = f"[{escaped(row.path)}]({quote(row.path.encode('utf-8', 'surrogateescape'))})"
        badge = f"[![Open In Colab]({BADGE_IMAGE})]({row.url})"
        lines.append(f"| {escaped(row.title)} | {link} | {badge} |")
    return lines


def escaped(text: str) -> str:
    """``text`` as it stands in a cell of a Markdown table: one line, nothing in it Markdown or HTML."""
    from colabify.report.terminal import printable

    return _SPECIAL.sub(r"\\\1", printable(" ".join(text.split())))


def row_of(place: Place, folder: Path, project: Project) -> Row:
    """The row of a notebook in the table of a file in ``folder``.

    Raises:
        TableError: Colab opens no notebooks from where the repository is.
        FileError, NotebookError: the notebook cannot be read.

    """
    notebook = project.relative(place.path)
    url = badge_url(project, notebook) if notebook is not None and project.is_repository else None
    if url is None:
        no_remote = project.remote is None and "the repository has no remote that Colab knows"
        why = project.why or no_remote or "Colab opens notebooks from GitHub alone"
        raise TableError(f"no link opens it in Colab: {why} (--repo says where it is)")
    document = Document.parse(read_bytes(place.path))
    path = os.path.relpath(place.path.resolve(), folder.resolve()).replace(os.sep, "/")
    return Row(first_heading(document) or place.path.stem, path, url)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """By path, numbers as numbers: lab2 stands above lab10."""
    return sorted(rows, key=lambda row: (_natural(row.path), row.path))


def _natural(path: str) -> list[list[tuple[int, str]]]:
    folders = path.split("/")
    # A folder's own notebooks stand above those in its folders
    parts = [(1, part) for part in folders[:-1]] + [(0, folders[-1])]
    return [[(rank, ""), *_numbered(part)] for rank, part in parts]


def _numbered(text: str) -> list[tuple[int, str]]:
    pieces = _DIGITS.split(text.casefold())
    return [(int(one) if one.isdigit() else -1, one) for one in pieces if one]


def read_file(path: Path) -> bytes:
    """The bytes of the file that is to hold the table.

    Raises:
        TableError: it cannot be read.

    """
    try:
        return read_bytes(path)
    except FileError as error:
        raise TableError(str(error)) from None
