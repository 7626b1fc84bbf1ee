"""Find links and images in a Markdown cell.

What is a link is decided by markdown-it-py (CommonMark and GFM tables), what is a tag by html.parser.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from colabify.markdown.math import math, math_block
from colabify.markdown.rules import autolinking, defining, linking, placed, tagging
from colabify.markdown.tags import Tags
from colabify.markdown.targets import Finder, Target

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore


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
    finder = Finder(source)
    _parser().parse(source, {"finder": finder})
    return finder.result()
