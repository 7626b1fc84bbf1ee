"""Badges: the links that open this very notebook in Colab."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from colabify.analysis.destinations import split_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.markdown import Target
    from colabify.notebook import Cell
    from colabify.project import Project

COLAB = "https://colab.research.google.com"
BADGE_IMAGE = f"{COLAB}/assets/colab-badge.svg"
BADGE_ID = "view-in-github"


def badge_source(url: str) -> str:
    """The badge as Colab itself writes it (82 of 103 public ones are the same to the byte)."""
    return f'<a href="{url}" target="_parent"><img src="{BADGE_IMAGE}" alt="Open In Colab"/></a>'


def is_colabs(cell: Cell) -> bool:
    """Whether a cell is the badge cell that Colab itself writes."""
    return BADGE_ID in (cell.id, cell.metadata.get("id"))


def find_badges(
    found: Iterable[tuple[Cell, Sequence[Target]]], project: Project, notebook: str
) -> set[tuple[int, int]]:
    """The links that open this very notebook in Colab, be it under a wrong owner, ref or folder.

    Each is ``(cell, where it starts)``. A copied notebook has its original's badge: a badge for one other
    notebook of the same name is taken for that. Badges for several are an overview's.
    """
    links = [
        (cell, target, len(targets) <= 2)
        for cell, targets in found
        for target in targets
        if target.kind == "link" and target.url.startswith(f"{COLAB}/github/")
    ]
    sure: set[tuple[int, int]] = set()
    copies: dict[str, set[tuple[int, int]]] = {}
    for cell, target, alone in links:
        place = (cell.index, target.start)
        repository, path = _opened(target.url)
        here = project.remote is not None and repository == project.remote.name.lower()
        same_name = posixpath.basename(path) == posixpath.basename(notebook)
        says_so = BADGE_IMAGE in cell.source or "View in Colaboratory" in cell.source
        is_other = here and path != notebook and path in project.files.files
        if is_colabs(cell) or (path == notebook and (here or says_so)):
            sure.add(place)
        elif is_other and same_name and says_so:
            copies.setdefault(path, set()).add(place)
        elif not is_other and says_so and (same_name or (here and alone)):
            sure.add(place)
    return sure or (copies.popitem()[1] if len(copies) == 1 else sure)


def badge_url(project: Project, notebook: str) -> str | None:
    """Where Colab opens the notebook; None without a remote that Colab opens."""
    return project.remote.colab_url(project.ref, notebook) if project.remote else None


def _opened(url: str) -> tuple[str, str]:
    """``(repository's name in lower case, path)`` that a Colab address opens."""
    whole = unquote(split_address(url).path).removeprefix("/github/")
    repository, _, rest = whole.partition("/blob/")
    return repository.rpartition("/")[2].lower(), rest.partition("/")[2]
