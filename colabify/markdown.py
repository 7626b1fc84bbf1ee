"""Find links and images in a Markdown cell, and write new destinations in their place.

What is a link is decided by markdown-it-py (CommonMark and GFM tables), what is a tag by
html.parser. The rules of markdown-it-py are wrapped, so that they tell where they are in the
source. Math is left out as Jupyter leaves it out: delimiters, braces, blank lines and code spans
are those of `removeMath` in jupyterlab, packages/rendermime/src/latex.ts. Only prices ("$5 and
$6") are no math here, as in Pandoc's tex_math_dollars.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from html.entities import html5
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import quote as percent_encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]
    InlineRule: TypeAlias = Callable[[StateInline, bool], bool]
Kind: TypeAlias = Literal["image", "link"]
Syntax: TypeAlias = Literal["inline", "angle", "reference", "autolink", "html"]
Origins: TypeAlias = list[tuple[int, int]]  # pieces: (offset in the text, offset in the source)

_SPACE = " \t\n\r\f"
_IMAGES = ("img.src", "img.srcset", "source.srcset", "video.poster", "input.src")
_MEDIA = ("audio.src", "embed.src", "iframe.src", "object.data", "source.src", "track.src")
_LINKS = ("a.href", "area.href", "video.src", *_MEDIA)
_RAW = ("script", "style", "textarea", "xmp")
_ATTRIBUTE = re.compile(
    rf"""[{_SPACE}/]*([^{_SPACE}/>][^{_SPACE}/>=]*)"""
    rf"""(?:[{_SPACE}]*=[{_SPACE}]*("[^"]*"|'[^']*'|[^{_SPACE}>]*))?"""
)
_CANDIDATE = re.compile(rf"[{_SPACE},]*([^{_SPACE},][^{_SPACE}]*)")
_DESCRIPTORS = re.compile(r"(?:\([^)]*\)?|[^,(])*")
_REFERENCE = re.compile(r"&(#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*)(;|=)?")
_MATH_OPEN = re.compile(r"\$\$?|\\\\[(\[]|\\begin\{[a-z]*\*?\}", re.IGNORECASE)
_MATH_PART = re.compile(
    r"\$\$?|\\(?:begin|end)\{[a-z]*\*?\}|\\[{}$]|[{}]|\\\\[()\[\]]|\n\s*\n"
    r"|(?<![`\\])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)",  # a code span: its dollars do not count
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One destination: `text` is `source[start:end]`, `url` what it says once decoded."""

    kind: Kind
    start: int
    end: int
    text: str
    url: str
    syntax: Syntax
    quote: str


class _Finder:
    """The targets found so far, and where in the source the text now being read comes from."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.crlf = [m.start() - n for n, m in enumerate(re.finditer("\r\n", source))]
        self.targets: list[Target] = []
        self.definitions: dict[int, str] = {}
        self.image_labels: set[str] = set()
        self.origins: Origins | None = None
        self.open: Counter[str] = Counter()
        self.in_alt = 0

    def hidden(self) -> bool:
        code = self.open["pre"] and self.open["code"]
        return bool(self.in_alt or code or any(self.open[tag] for tag in _RAW))

    def origin(self, origins: Origins, offset: int) -> int:
        begin, source = origins[max(bisect_right(origins, offset, key=lambda o: o[0]) - 1, 0)]
        return source + offset - begin + bisect_left(self.crlf, source + offset - begin)

    def add(self, kind: Kind, begin: int, raw: str, url: str, syntax: Syntax, quote: str) -> None:
        if not self.origins or self.hidden():
            return
        start = end = self.origin(self.origins, begin)
        if raw:
            end = self.origin(self.origins, begin + len(raw) - 1) + 1
        text = self.source[start:end]
        plain = re.sub("\r\n?", "\n", text)
        if raw in (plain, plain.replace("\\|", "|")):  # GFM: \| in a table's cell is a bar
            self.targets.append(Target(kind, start, end, text, url, syntax, quote))

    def result(self) -> list[Target]:
        found: list[Target] = []
        for target in sorted(self.targets, key=lambda t: (t.start, t.end)):
            if found and target.start < found[-1].end:
                continue
            image = self.definitions.get(target.start) in self.image_labels
            found.append(replace(target, kind="image") if image else target)
        return found


class _Tags(HTMLParser):
    """Record the attributes of the tags of one piece of HTML."""

    def __init__(self, finder: _Finder, text: str, base: int) -> None:
        super().__init__()
        self.finder, self.base = finder, base
        self.lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self.feed(text)  # without close(): what is not closed is not a tag

    def parse_marked_section(self, i: int, report: bool | int = True) -> int:  # noqa: ARG002
        """Skip `<![...`, for which the base class raises AssertionError."""
        close = "]]>" if self.rawdata.startswith("<![CDATA[", i) else ">"
        end = self.rawdata.find(close, i)
        return end + len(close) if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a start tag's targets, unless it stands in code or a script."""
        if not self.finder.hidden():
            self._attributes(tag, attrs, self.get_starttag_text() or "")
        if tag in _RAW or tag in ("pre", "code"):
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
            kind: Kind = "image" if f"{tag}.{name}" in _IMAGES else "link"
            quote = raw[:1] if raw[:1] in ("'", '"') else ""
            raw = raw[1:-1] if quote else raw
            same = match[1].lower() == name and value in (unescape(raw), _decode(raw))
            if f"{tag}.{name}" in (*_IMAGES, *_LINKS) and same and name not in seen:
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
    """Yield the URLs in an attribute's value with their offsets (HTML standard, parsing srcset)."""
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
    """Yield a row's cells, split as the table rule does: an escaped bar is a bar in a cell."""
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


def _placed(rule: BlockRule) -> BlockRule:
    def wrapped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        done = rule(state, start, end, silent)
        if done and not silent:
            _place(state, before)
        return done

    return wrapped


def _defining(rule: BlockRule) -> BlockRule:
    from markdown_it.common.utils import normalizeReference

    def wrapped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        done = rule(state, start, end, silent)
        if done and not silent:
            finder: _Finder = state.env["finder"]
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


def _linking(rule: InlineRule, kind: Kind) -> InlineRule:
    mark, type_, attribute = (
        ("![", "image", "src") if kind == "image" else ("[", "link_open", "href")
    )

    def wrapped(state: StateInline, silent: bool) -> bool:
        if silent or not state.src.startswith(mark, state.pos):
            return rule(state, silent)
        finder: _Finder = state.env["finder"]
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


def _tagging(rule: InlineRule) -> InlineRule:
    def wrapped(state: StateInline, silent: bool) -> bool:
        start, finder = state.pos, state.env["finder"]
        done = rule(state, silent)
        if done and not silent and not finder.in_alt:
            _Tags(finder, state.src[start : state.pos], start)
        return done

    return wrapped


def _autolinking(rule: InlineRule) -> InlineRule:
    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            url = next(t for t in state.tokens[before:] if t.type == "link_open").attrs["href"]
            raw = state.src[start + 1 : state.pos - 1]
            state.env["finder"].add("link", start + 1, raw, str(url), "autolink", "")
        return done

    return wrapped


def _math_end(text: str, pos: int, limit: int) -> int:
    """Where the math that begins at `pos` ends; -1 if none does, or if it looks like prices."""
    opening = _MATH_OPEN.match(text, pos, limit)
    if not opening:
        return -1
    close = opening[0].translate({40: 41, 91: 93}).replace("\\begin", "\\end")
    if text.find(close, opening.end(), limit) < 0:
        return -1
    depth, last = 0, -1
    for part in _MATH_PART.finditer(text, opening.end(), limit):
        if part[0] == close:
            last = part.end()
            if not depth:
                break
        elif part[0][0] == "\n":
            break
        depth = max(depth + {"{": 1, "}": -1}.get(part[0], 0), 0)
    if close == "$" and last >= 0:
        spaces = text[opening.end()].isspace(), text[last - 2].isspace()
        if spaces == (False, True) or text[last : last + 1].isdigit():
            return -1
    return last


def _math(state: StateInline, silent: bool) -> bool:  # noqa: ARG001
    end = _math_end(state.src, state.pos, state.posMax)
    state.pos = max(end, state.pos)
    return end >= 0


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines from an opening to a closing that ends its line: no list or heading is in them."""
    pos, line = state.bMarks[start] + state.tShift[start], start
    if state.is_code_block(start) or not state.src.startswith(("$$", "\\begin{"), pos):
        return False
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    close = _math_end(state.src, pos, state.eMarks[line - 1])
    last = next((n for n in range(start, line) if state.eMarks[n] >= close), start)
    if close < 0 or state.src[close : state.eMarks[last]].strip():
        return False
    if not silent:
        state.line = last + 1
    return True


def _inline(state: StateCore) -> None:
    finder = state.env["finder"]
    for token in state.tokens:
        finder.origins = token.meta.get("origins")
        if token.type == "html_block":
            _Tags(finder, token.content, 0)
        elif token.type == "inline":
            state.md.inline.parse(token.content, state.md, state.env, [])


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt, rules_block, rules_inline

    md = MarkdownIt("commonmark", {"store_labels": True}).enable("table").disable("emphasis")
    for name, function in (("normalizeLink", str), ("validateLink", lambda _url: True)):
        setattr(md, name, function)
    chains = ("paragraph", "reference", "blockquote", "list")
    for name in ("table", "heading", "lheading", "html_block", "paragraph"):
        rule = getattr(rules_block, name)
        alt = [chain for chain in chains if rule in md.block.ruler.getRules(chain)]
        md.block.ruler.at(name, _placed(rule), {"alt": alt})
    md.block.ruler.at("reference", _defining(rules_block.reference))
    md.block.ruler.before("fence", "math", _math_block, {"alt": list(chains)})
    md.inline.ruler.at("link", _linking(rules_inline.link, "link"))
    md.inline.ruler.at("image", _linking(rules_inline.image, "image"))
    md.inline.ruler.at("html_inline", _tagging(rules_inline.html_inline))
    md.inline.ruler.at("autolink", _autolinking(rules_inline.autolink))
    md.inline.ruler.before("escape", "math", _math)
    md.core.ruler.at("inline", _inline)
    return md


def find_targets(source: str) -> list[Target]:
    """Find every destination in a Markdown cell's source, ordered by position.

    Links in an image's alternative text are left out: they are not shown. Each definition of a
    reference is listed once, also one that is not used. Never raises.
    """
    finder = _Finder(source)
    _parser().parse(source, {"finder": finder})
    return finder.result()


def _percent(pattern: str, url: str) -> str:
    return re.sub(pattern, lambda match: percent_encode(match[0], safe=""), url)


def _references(characters: str, url: str) -> str:
    return re.sub(f"[{characters}]", lambda match: f"&#{ord(match[0])};", url)


def _in_html(url: str, target: Target) -> str:
    url = re.sub("&(?=[#A-Za-z])", "&amp;", _percent(r"[\s\x00-\x1f\x7f]|^,|,$", url))
    url = _references("|`$<>" + (target.quote or '"'), url)
    bare = not target.quote and re.search("[\"'=]|&#34;", url)
    return f'"{url}"' if bare else url


def _in_markdown(url: str, angle: bool) -> str:
    url = _percent(r"[^\S ]|[\x00-\x1f\x7f]" + ("" if angle else "| "), url)
    url = re.sub(r"&(?=#?\w+;)", "&amp;", url.replace("\\", "\\\\"))
    url = _references("|`$<>", url)
    depths = list(accumulate((c == "(") - (c == ")") for c in url))
    if not angle and depths and (min(depths) < 0 or depths[-1] or max(depths) > 9):
        url = re.sub("[()]", r"\\\g<0>", url)
    return url or ("" if angle else "<>")


def _written(target: Target, url: str, source: str) -> str:
    if url == target.url:
        return target.text
    if target.syntax == "html":
        if not url:  # a candidate of srcset cannot be empty
            raise ValueError("an HTML attribute needs a URL")
        return _in_html(url, target)
    if target.syntax != "autolink":
        return _in_markdown(url, source[target.start - 1 : target.start] == "<")
    url = _percent(r"[\s\x00-\x1f\x7f<>]", url)
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:", url):
        raise ValueError(f"an autolink needs an absolute URL, not {url!r}")
    return url


def replace_targets(source: str, replacements: Sequence[tuple[Target, str]]) -> str:
    """Give targets of `find_targets(source)` new URLs; everything else stays as it is.

    A URL is given decoded. Spaces are percent-encoded where the syntax has no place for them.
    Raises ValueError for a target that is not in the source or overlaps another, and for an
    autolink's URL that is not absolute, and for an empty one in HTML.
    """
    parts, done = [], 0
    for target, url in sorted(replacements, key=lambda item: (item[0].start, item[0].end)):
        if target.start < done or source[target.start : target.end] != target.text:
            raise ValueError(f"not a target of this text: {target}")
        parts += [source[done : target.start], _written(target, url, source)]
        done = target.end
    return "".join(parts) + source[done:]
