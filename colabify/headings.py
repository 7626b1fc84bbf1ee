"""Headings: what a notebook is called, by the first heading in its Markdown."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from colabify.notebook import Document

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def first_heading(document: Document) -> str:
    """The text of the first heading that says something, without its marks; empty if there is none."""
    for cell in document.cells:
        if cell.kind == "markdown" and cell.source.strip():
            found = _heading(markdown_parser().parse(cell.source))
            if found:
                return found
    return ""


@cache
def markdown_parser() -> MarkdownIt:
    """What reads Markdown as forges do."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _heading(tokens: list[Token]) -> str:
    for number, token in enumerate(tokens):
        found = ""
        if token.type == "heading_open":
            found = _words(_text(tokens[number + 1]))
        elif token.type == "html_block":
            found = _html_heading(token.content)
        if found:
            return found
    return ""


def _text(token: Token) -> str:
    """What a reader sees of an inline token: no marks, no tags, no images."""
    if token.children is None:
        return ""
    shown = {"text", "code_inline", "text_special"}
    breaks = {"softbreak", "hardbreak"}
    parts = [
        one.content if one.type in shown else " " if one.type in breaks else ""
        for one in token.children
    ]
    return "".join(parts)


def _html_heading(html: str) -> str:
    reader = _Headings()
    reader.feed(html)
    reader.close()
    return next((words for text in reader.found if (words := _words(text))), "")


class _Headings(HTMLParser):
    """The texts of the headings in HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _HEADINGS:
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in _HEADINGS

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def _words(text: str) -> str:
    return " ".join(text.split())
