"""HTML in Markdown: which attributes of which tags hold destinations (HTML standard)."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from colabify.markdown.targets import RAW_TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.markdown.targets import Finder, Kind

_SPACE = " \t\n\r\f"
_IMAGES = ("img.src", "img.srcset", "source.srcset", "video.poster", "input.src")
_MEDIA = ("audio.src", "source.src", "track.src", "video.src")
_FRAMES = ("embed.src", "iframe.src", "object.data")
_LINKS = ("a.href", "area.href")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_IMAGES, "image"),
    **dict.fromkeys(_MEDIA, "media"),
    **dict.fromkeys(_FRAMES, "frame"),
    **dict.fromkeys(_LINKS, "link"),
}
_ATTRIBUTE = re.compile(
    rf"""[{_SPACE}/]*([^{_SPACE}/>][^{_SPACE}/>=]*)"""
    rf"""(?:[{_SPACE}]*=[{_SPACE}]*("[^"]*"|'[^']*'|[^{_SPACE}>]*))?"""
)
_CANDIDATE = re.compile(rf"[{_SPACE},]*([^{_SPACE},][^{_SPACE}]*)")
_DESCRIPTORS = re.compile(r"(?:\([^)]*\)?|[^,(])*")
_REFERENCE = re.compile(r"&(#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*)(;|=)?")


class Tags(HTMLParser):
    """Record the attributes of the tags of one piece of HTML."""

    def __init__(self, finder: Finder, text: str, base: int) -> None:
        super().__init__()
        self.finder, self.base = finder, base
        self.lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self.feed(text)  # without close(): what is not closed is not a tag

    def parse_marked_section(self, i: int, report: bool | int = True) -> int:  # noqa: ARG002
        """Skip ``<![...``, for which the base class raises AssertionError."""
        close = "]]>" if self.rawdata.startswith("<![CDATA[", i) else ">"
        end = self.rawdata.find(close, i)
        return end + len(close) if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a start tag's targets, unless it stands in code or a script."""
        if not self.finder.hidden():
            self._attributes(tag, attrs, self.get_starttag_text() or "")
        if tag in RAW_TAGS or tag in ("pre", "code"):
            self.finder.open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        """Note that a tag ends."""
        if self.finder.open[tag]:
            self.finder.open[tag] -= 1

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]], text: str) -> None:
        line, column = self.getpos()
        base, seen = self.base + self.lines[line - 1] + column, set()
        for match, (name, value) in zip(
            _ATTRIBUTE.finditer(text, len(tag) + 1), attrs, strict=False
        ):
            raw = match[2] or ""
            kind = _KINDS.get(f"{tag}.{name}")
            quote = raw[:1] if raw[:1] in ("'", '"') else ""
            raw = raw[1:-1] if quote else raw
            same = match[1].lower() == name and value in (unescape(raw), _decode(raw))
            if kind and same and name not in seen:
                begin = base + match.start(2) + len(quote)
                for offset, part in _parts(name, raw, quote):
                    self.finder.add(kind, begin + offset, part, _decode(part), "html", quote)
            seen.add(name)


def _decode(raw: str) -> str:
    """Character references in an attribute (HTML standard, named character reference state)."""

    def one(match: re.Match[str]) -> str:
        known = match[2] != "=" and match[1] + (match[2] or "") in html5
        return unescape(match[0]) if known or match[1][0] == "#" else match[0]

    return _REFERENCE.sub(one, raw)


def _parts(name: str, raw: str, quote: str) -> Iterator[tuple[int, str]]:
    """The URLs in an attribute's value with their offsets (HTML standard, parsing srcset)."""
    if name != "srcset":
        yield len(raw) - len(raw.lstrip(_SPACE)), raw.strip(_SPACE)
        return
    pos = 0
    while match := _CANDIDATE.match(raw, pos):
        url = match[1].rstrip(",")
        if quote or url == raw:
            yield match.start(1), url
        end = match.end()
        rest = _DESCRIPTORS.match(raw, end) if url == match[1] else None
        pos = rest.end() if rest else end
