"""Write new destinations in place of those found in a Markdown cell."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.markdown.targets import Target


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
    depths = list(accumulate((c == "(") - (c == ")") for c in url if c in "()"))
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
    """Give targets of ``find_targets(source)`` new URLs; everything else stays as it is.

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
