"""Find links and images in a Markdown cell, or in HTML.

What is a link is decided by markdown-it-py (CommonMark and GFM tables), what is a tag by html.parser.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from colabify.markdown.math import math, math_block
from colabify.markdown.rules import autolinking, defining, linking, placed, tagging
from colabify.markdown.tags import Tags
from colabify.markdown.targets import Finder, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore


_PAYLOAD = re.compile("(?<=;base64,)[A-Za-z0-9+/=]{500,}")


def _inline(state: StateCore) -> None:
    finder = state.env["finder"]
    for token in state.tokens:
        finder.origins = token.meta.get("origins")
        if token.type == "html_block":
            Tags(finder, token.content, 0)
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
        md.block.ruler.at(name, placed(rule), {"alt": alt})
    md.block.ruler.at("reference", defining(rules_block.reference))
    md.block.ruler.before("fence", "math", math_block, {"alt": list(chains)})
    md.inline.ruler.at("link", linking(rules_inline.link, "link"))
    md.inline.ruler.at("image", linking(rules_inline.image, "image"))
    md.inline.ruler.at("html_inline", tagging(rules_inline.html_inline))
    md.inline.ruler.at("autolink", autolinking(rules_inline.autolink))
    md.inline.ruler.before("escape", "math", math)
    md.core.ruler.at("inline", _inline)
    return md


def find_targets(source: str) -> list[Target]:
    """Find every destination in a Markdown cell's source, ordered by position.

    Links in an image's alternative text are left out: they are not shown. Each definition of a
    reference is listed once, also one that is not used. Never raises.
    """
    cuts = [(match.start(), match[0]) for match in _PAYLOAD.finditer(source)]
    if cuts:  # markdown-it reads addresses by the character, and an image written here has millions
        return [_grown(one, cuts, source) for one in find_targets(_PAYLOAD.sub("", source))]
    finder = Finder(source)
    _parser().parse(source, {"finder": finder})
    return finder.result()


def _grown(target: Target, cuts: Sequence[tuple[int, str]], source: str) -> Target:
    """A target of the source without the payloads ``cuts``, as it is in the source with them."""
    start, end, url, taken = target.start, target.end, target.url, 0
    for at, payload in cuts:
        start += len(payload) * (at - taken <= target.start)
        if target.start < at - taken <= target.end:
            url = url.replace(";base64,", f";base64,{payload}", 1)
        end += len(payload) * (at - taken <= target.end)
        taken += len(payload)
    return replace(target, start=start, end=end, text=source[start:end], url=url)


def find_html_targets(source: str, start: int) -> list[Target]:
    """Find every destination in the HTML that begins at ``start``, ordered by position. Never raises."""
    finder = Finder(source)
    finder.origins = [(0, start - source.count("\r\n", 0, start))]
    Tags(finder, re.sub("\r\n?", "\n", source[start:]), 0)
    return finder.result()
