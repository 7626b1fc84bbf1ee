"""Bring the table of codes in README.md up to date: ``python scripts/codes_table.py``."""

from __future__ import annotations

from pathlib import Path

from colabify.explain import pages

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- codes: begin (scripts/codes_table.py) -->\n", "<!-- codes: end -->"


def table() -> str:
    """The table of all codes, in Markdown: code, name, first sentence of the page."""
    rows = [
        f"| `{code}` | {page.name} | {page.summary.replace('``', '`')} |"
        for code, page in pages().items()
    ]
    return "\n".join(["| code | name | what it is |", "|---|---|---|", *rows, ""])


def with_table(text: str) -> str:
    """``text`` with the table between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
