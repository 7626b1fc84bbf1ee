"""Targets: the destinations found in a Markdown cell, and where in its source they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["image", "media", "frame", "link"]
"""What the address has to bring: an image; sound or video; another page, shown in this one; or a page."""

Syntax: TypeAlias = Literal["inline", "angle", "reference", "autolink", "html"]
Origins: TypeAlias = list[tuple[int, int]]  # pieces: (offset in the text, offset in the source)

RAW_TAGS = ("script", "style", "textarea", "xmp")


@dataclass(frozen=True, slots=True)
class Target:
    """One destination: ``text`` is ``source[start:end]``, ``url`` what it says once decoded."""

    kind: Kind
    start: int
    end: int
    text: str
    url: str
    syntax: Syntax
    quote: str


class Finder:
    """The targets found so far, and where in the source the text now being read comes from."""

    def __init__(self, source: str) -> None:
        """Begin with none; ``origins`` is set for each piece of text that is then read."""
        self.source = source
        self.crlf = [m.start() - n for n, m in enumerate(re.finditer("\r\n", source))]
        self.targets: list[Target] = []
        self.definitions: dict[int, str] = {}
        self.image_labels: set[str] = set()
        self.origins: Origins | None = None
        self.open: Counter[str] = Counter()
        self.in_alt = 0

    def hidden(self) -> bool:
        """Whether what is being read is not shown: code, a script, an alternative text."""
        code = self.open["pre"] and self.open["code"]
        return bool(self.in_alt or code or any(self.open[tag] for tag in RAW_TAGS))

    def _origin(self, origins: Origins, offset: int) -> int:
        begin, source = origins[max(bisect_right(origins, offset, key=lambda o: o[0]) - 1, 0)]
        return source + offset - begin + bisect_left(self.crlf, source + offset - begin)

    def add(self, kind: Kind, begin: int, raw: str, url: str, syntax: Syntax, quote: str) -> None:
        """Add the destination that is ``raw`` at ``begin`` of the text being read, and says ``url``.

        One that does not stand like that in the source is left out: its place is not known.
        """
        if not self.origins or self.hidden():
            return
        start = end = self._origin(self.origins, begin)
        if raw:
            end = self._origin(self.origins, begin + len(raw) - 1) + 1
        text = self.source[start:end]
        plain = re.sub("\r\n?", "\n", text)
        if raw in (plain, plain.replace("\\|", "|")):  # GFM: \| in a table's cell is a bar
            self.targets.append(Target(kind, start, end, text, url, syntax, quote))

    def result(self) -> list[Target]:
        """The targets by position; definitions that images use are images."""
        found: list[Target] = []
        for target in sorted(self.targets, key=lambda t: (t.start, t.end)):
            if found and target.start < found[-1].end:
                continue
            image = self.definitions.get(target.start) in self.image_labels
            found.append(replace(target, kind="image") if image else target)
        return found
