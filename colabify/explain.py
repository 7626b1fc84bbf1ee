"""What each code means: the pages of :mod:`colabify.codes`, and those that rules carry themselves."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from colabify.codes import PAGES, Page

if TYPE_CHECKING:
    from collections.abc import Iterable


def pages() -> dict[str, Page]:
    """Every code with its page, those of rules included, by code."""
    from colabify.rules import RULES

    of_rules = {rule.code: Page(rule.name, _rule_text(rule)) for rule in RULES}
    return dict(sorted({**PAGES, **of_rules}.items()))


def unknown_codes(beginnings: Iterable[str]) -> list[str]:
    """Those of ``beginnings`` with which no code begins."""
    known = tuple(pages())
    return [text for text in beginnings if not any(code.startswith(text) for code in known)]


def _rule_text(rule: object) -> str:
    lines = [inspect.cleandoc(type(rule).__doc__ or "")]
    module = inspect.getmodule(type(rule))
    lines += ["", inspect.cleandoc(module.__doc__ or "") if module else ""]
    for example in getattr(rule, "examples", ()):
        if example.after is not None:
            lines += ["", "Before:", _indented(example.before), "After:", _indented(example.after)]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines())
