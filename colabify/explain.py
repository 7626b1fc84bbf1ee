"""What each code means: the pages of :mod:`colabify.codes`, and those that rules carry themselves."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from colabify.codes import PAGES, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from colabify.rules import Example, Rule

_SAFETIES = {
    "safe": "Rewritten by default.",
    "unsafe": "Rewritten with --unsafe-fixes, else told.",
    "report": "Told, never rewritten.",
}


def pages() -> dict[str, Page]:
    """Every code with its page, those of rules included, by code."""
    from colabify.own_rules import every_rule

    of_rules = {rule.code: Page(rule.name, _rule_text(rule)) for rule in every_rule()}
    return dict(sorted({**PAGES, **of_rules}.items()))


def unknown_codes(beginnings: Iterable[str]) -> list[str]:
    """Those of ``beginnings`` with which no code begins."""
    known = _codes()
    return [text for text in beginnings if not any(code.startswith(text) for code in known)]


def _codes() -> frozenset[str]:
    from colabify.own_rules import every_rule

    return frozenset(PAGES).union(rule.code for rule in every_rule())


def prose_of(rule: Rule) -> str:
    """What a rule says about itself: what it does, how far it is applied, and why."""
    module = inspect.getmodule(type(rule))
    said = [
        inspect.cleandoc(type(rule).__doc__ or ""),
        _SAFETIES[rule.safety],
        inspect.cleandoc(module.__doc__ or "") if module else "",
    ]
    return "\n\n".join(one for one in said if one)


def rows_of(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """The rows of a family: the old name, what stands for it (or what is told), and since when."""
    for old, row in getattr(rule, "rows", {}).items():
        new = row.new or row.text or "no longer there"
        values = getattr(row, "values", None)
        if values:
            new = ", ".join(f"{one} is {other}" for one, other in values.items())
        yield old, new if row.safety == "safe" else f"{new} ({row.safety})", row.since


def rewrites_of(rule: Rule) -> list[Example]:
    """The examples in which a rule rewrites something."""
    return [one for one in rule.examples if one.after is not None]


def _rule_text(rule: Rule) -> str:
    lines = [prose_of(rule)]
    rows = list(rows_of(rule))
    if rows:
        lines += ["", "Names:"]
        lines += [
            f"    {old}: {new}{f' (since {since})' if since else ''}" for old, new, since in rows
        ]
    for example in rewrites_of(rule):
        after = example.after or ""
        lines += ["", "Before:", _indented(example.before), "After:", _indented(after)]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines())
