"""Links in Markdown to the reader's own machine: on Colab nothing answers there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from colabify.findings import Finding
from colabify.markdown import find_targets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colabify.notebook import Cell

_HOSTS = frozenset({"localhost", "127.0.0.1"})


def about_local_links(cells: Iterable[Cell]) -> list[Finding]:
    """Advice about each Markdown cell with a link to ``localhost``: a server, or Jupyter, at home."""
    findings = []
    for cell in cells:
        if cell.kind != "markdown" or not any(host in cell.source for host in _HOSTS):
            continue
        for target in find_targets(cell.source):
            if target.kind == "link" and _host(target.url) in _HOSTS:
                text = (
                    f"{target.url} leads to the student's own machine, where nothing of Colab runs"
                )
                findings.append(Finding("COL234", text, cell=cell.index))
    return list(dict.fromkeys(findings))


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # no address at all
        return None
