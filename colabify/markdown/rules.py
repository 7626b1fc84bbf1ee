"""The rules of markdown-it-py, wrapped so that they tell where in the source they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from colabify.markdown.tags import Tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    from colabify.markdown.targets import Finder, Kind, Origins, Syntax

    BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]
    InlineRule: TypeAlias = Callable[[StateInline, bool], bool]


def _skip(text: str, pos: int) -> int:
    while text[pos : pos + 1] and text[pos] in " \t\n":
        pos += 1
    return pos


def _lines(state: StateBlock, begin: int, end: int) -> tuple[str, Origins]:
    """Lines without their block's prefix, and where they come from."""
    text, size, origins = [], 0, []
    for line in range(begin, end):
        part = state.getLines(line, line + 1, state.blkIndent, False)
        origins.append((size, state.eMarks[line] - len(part)))
        text.append(part + "\n")
        size += len(part) + 1
    return "".join(text), origins


def _cells(state: StateBlock, line: int) -> Iterator[tuple[str, Origins]]:
    """A row's cells, split as the table rule does: an escaped bar is a bar in a cell."""
    begin = state.bMarks[line] + state.tShift[line]
    row = state.src[begin : state.eMarks[line]]
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", row)]
    edges = list(zip([-1, *bars], [*bars, len(row)], strict=True))
    for first, last in edges[1 if row.startswith("|") else 0 :]:
        text, origins, source = "", [], begin + first + 1
        for piece in re.split(r"\\(?=\|)", row[first + 1 : last]):
            origins.append((len(text), source))
            text += piece
            source += len(piece) + 1
        yield text, origins


def _place(state: StateBlock, before: int) -> None:
    """Give the tokens a block rule has pushed the origin of their content."""
    cells: Iterator[tuple[str, Origins]] = iter(())
    skip = 0
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            cells = _cells(state, token.map[0])
        elif token.type == "heading_open":
            skip = len(token.markup) if token.markup.startswith("#") else 0
        elif token.type in ("inline", "html_block") and token.map and token.content:
            in_table = state.tokens[before].type == "table_open"
            text, origins = next(cells, ("", [])) if in_table else _lines(state, *token.map)
            at = text.find(token.content, text.index("#") + skip if skip else 0)
            if at >= 0 and not (in_table and text.strip() != token.content.strip()):
                token.meta["origins"] = [(offset - at, source) for offset, source in origins]
        elif token.type == "inline":
            next(cells, None)


def placed(rule: BlockRule) -> BlockRule:
    """``rule``, which also tells where the text of the blocks it makes comes from."""

    def wrapped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        done = rule(state, start, end, silent)
        if done and not silent:
            _place(state, before)
        return done

    return wrapped


def defining(rule: BlockRule) -> BlockRule:
    """``rule`` for definitions of references, which also records their destinations."""
    from markdown_it.common.utils import normalizeReference

    def wrapped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        done = rule(state, start, end, silent)
        if done and not silent:
            finder: Finder = state.env["finder"]
            text, finder.origins = _lines(state, start, state.line)
            opening = close = text.index("[") + 1
            while text[close] != "]":
                close += 2 if text[close] == "\\" else 1
            begin, raw, url, _ = _destination(state.md, text, close + 2, len(text))
            count = len(finder.targets)
            finder.add("link", begin, raw, url, "reference", "")
            label = normalizeReference(text[opening:close])
            finder.definitions.update((t.start, label) for t in finder.targets[count:])
        return done

    return wrapped


def _destination(md: MarkdownIt, text: str, pos: int, end: int) -> tuple[int, str, str, Syntax]:
    pos = _skip(text, pos)
    found = md.helpers.parseLinkDestination(text, pos, end)
    if not found.ok:
        return pos, "", "", "inline"
    if text[pos] == "<":
        return pos + 1, text[pos + 1 : found.pos - 1], found.str, "angle"
    return pos, text[pos : found.pos], found.str, "inline"


def linking(rule: InlineRule, kind: Kind) -> InlineRule:
    """``rule`` for links or images (``kind``), which also records their destinations."""
    mark, type_, attribute = (
        ("![", "image", "src") if kind == "image" else ("[", "link_open", "href")
    )

    def wrapped(state: StateInline, silent: bool) -> bool:
        if silent or not state.src.startswith(mark, state.pos):
            return rule(state, silent)
        finder: Finder = state.env["finder"]
        start, before = state.pos + len(mark) - 1, len(state.tokens)
        close = state.md.helpers.parseLinkLabel(state, start, kind == "link")
        finder.in_alt += kind == "image"
        done = rule(state, silent)
        finder.in_alt -= kind == "image"
        if done:
            token = next(t for t in state.tokens[before:] if t.type == type_)
            begin, raw, url, syntax = _destination(state.md, state.src, close + 2, state.posMax)
            if "label" not in token.meta and token.attrs[attribute] == url:
                finder.add(kind, begin, raw, url, syntax, "")
            elif kind == "image" and not finder.hidden():
                finder.image_labels.add(token.meta.get("label", ""))
        return done

    return wrapped


def tagging(rule: InlineRule) -> InlineRule:
    """``rule`` for inline HTML, which also records what its attributes name."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, finder = state.pos, state.env["finder"]
        done = rule(state, silent)
        if done and not silent and not finder.in_alt:
            Tags(finder, state.src[start : state.pos], start)
        return done

    return wrapped


def autolinking(rule: InlineRule) -> InlineRule:
    """``rule`` for autolinks, which also records them."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            url = next(t for t in state.tokens[before:] if t.type == "link_open").attrs["href"]
            raw = state.src[start + 1 : state.pos - 1]
            state.env["finder"].add("link", start + 1, raw, str(url), "autolink", "")
        return done

    return wrapped
