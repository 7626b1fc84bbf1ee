"""Bring the rule reference up to date: ``python scripts/rule_reference.py`` writes docs/rules.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from colabify.codes import PAGES
from colabify.explain import pages, prose_of, rewrites_of, rows_of
from colabify.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.rules import Rule

_ROWS, _EXAMPLES = 20, 2
"""How many rows are shown unfolded, and how many examples: the rest are tests."""
REFERENCE = Path(__file__).parent.parent / "docs" / "rules.md"
HEAD = """\
# Codes and rules

What colabify rewrites, and what it tells. This page is made by `scripts/rule_reference.py` from the rules
themselves; `colabify --explain COL101` prints one entry.

`--select COL1,COL201` keeps to these codes, or beginnings of codes; `--ignore COL14` leaves some out. A rule
that is *safe* rewrites by default; what is *unsafe* is rewritten with `--unsafe-fixes`, and told otherwise;
the rest is told. What a runtime still has is left alone: a notebook that is pinned to an older one gets
fewer rewrites.

"""


def reference() -> str:
    """The whole page, in Markdown."""
    rules = {rule.code: rule for rule in RULES}
    known = {code: page for code, page in pages().items() if code in rules or code in PAGES}
    table = [
        f"| [`{code}`](#{code.lower()}) | {page.name} | {_cell(page.summary)} |"
        for code, page in known.items()
    ]
    sections = [
        "\n".join(_of_rule(rules[code]) if code in rules else _of_page(code)) for code in known
    ]
    head = [HEAD + "| code | name | what it is |", "|---|---|---|", *table]
    return "\n".join([*head, "", "\n\n".join(sections), ""])


def _heading(code: str, name: str) -> Iterator[str]:
    """The heading is the code alone, and so is its anchor: what links to it need not know the name."""
    yield f"## {code}\n"
    yield f"**{name}**\n"


def _of_page(code: str) -> Iterator[str]:
    yield from _heading(code, PAGES[code].name)
    yield PAGES[code].text.replace("``", "`")


def _of_rule(rule: Rule) -> Iterator[str]:
    yield from _heading(rule.code, rule.name)
    yield prose_of(rule).replace("``", "`")
    rows = list(rows_of(rule))
    if rows:
        long = len(rows) > _ROWS
        yield f"\n<details><summary>{len(rows)} names</summary>" if long else ""
        left = len(rows) - 3 * _ROWS
        rows = rows[: 3 * _ROWS]
        yield "\n| name | now | gone since |\n|---|---|---|"
        yield from (f"| `{old}` | {_cell(_marked(new))} | {since} |" for old, new, since in rows)
        if left > 0:
            yield f"\n{left} more are listed by `colabify --explain {rule.code}`."
        yield "\n</details>" if long else ""
    for example in rewrites_of(rule)[:_EXAMPLES]:
        flag = ", with `--unsafe-fixes`" if example.unsafe else ""
        yield f"\nBefore{flag}, and after:\n\n```python\n{example.before.rstrip()}\n```\n"
        yield f"```python\n{(example.after or '').rstrip()}\n```"


def _marked(new: str) -> str:
    """A name as code; a sentence as it is."""
    name, _, more = new.partition(" (")
    if " " in name:
        return new
    return f"`{name}`" + (f" ({more}" if more else "")


def _cell(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
