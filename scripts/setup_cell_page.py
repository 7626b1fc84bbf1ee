"""Bring docs/setup-cell.md, which shows a setup cell, up to date: ``python scripts/setup_cell_page.py``."""

from __future__ import annotations

from pathlib import Path

from colabify.setup.cell import setup_source
from colabify.steps import Clone, Install, Setup

PAGE = Path(__file__).parent.parent / "docs" / "setup-cell.md"
BEGIN, END = "<!-- the setup cell -->\n", "<!-- /the setup cell -->"
SHOWN = Setup(
    source=Clone("https://github.com/example/course.git", "main", "course"),
    folder="labs",
    installs=(Install("gensim", "gensim", "gensim", "Colab does not have it"),),
    imp=True,
)
"""A notebook in ``labs`` that needs the course's files, a package, and autoreload."""


def page(text: str) -> str:
    """The page with the cell as it is written now."""
    above, _, rest = text.partition(BEGIN)
    _, _, below = rest.partition(END)
    return f"{above}{BEGIN}\n```python\n{setup_source(SHOWN)}\n```\n\n{END}{below}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
