"""Markdown cells: the badge, relative images and links, and what they should say."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, urlsplit

from colabify.analysis.resolve import join
from colabify.findings import Finding
from colabify.markdown import Target, find_targets, replace_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.notebook import Cell
    from colabify.project import Project

_COLAB = "https://colab.research.google.com"
_BADGE_IMAGE = f"{_COLAB}/assets/colab-badge.svg"
BADGE_ID = "view-in-github"


@dataclass(frozen=True, slots=True)
class MarkdownEdit:
    """A Markdown cell with other destinations: the new source, and how many of each kind changed."""

    cell: int
    source: str
    images: int
    links: int
    badges: int


@dataclass(frozen=True, slots=True)
class Links:
    """What a notebook's Markdown needs. ``has_badge``: some cell has one, right or made right.

    ``badge_is_colabs``: it is the cell that Colab itself writes and looks for.
    """

    edits: tuple[MarkdownEdit, ...] = ()
    findings: tuple[Finding, ...] = ()
    has_badge: bool = False
    badge_is_colabs: bool = False


def badge_source(url: str) -> str:
    """The badge as Colab itself writes it (82 of 103 public ones are the same to the byte)."""
    return f'<a href="{url}" target="_parent"><img src="{_BADGE_IMAGE}" alt="Open In Colab"/></a>'


def find_links(cells: Iterable[Cell], project: Project, notebook: str) -> Links:
    """What the Markdown cells of the notebook at ``notebook`` (below the root) need."""
    found = [
        (cell, find_targets(cell.source))
        for cell in cells
        if cell.kind == "markdown" and _may_hold_targets(cell.source)
    ]
    badges = _badges(found, project, notebook)
    edits, findings = [], []
    for cell, targets in found:
        replacements: list[tuple[Target, str]] = []
        counts = {"image": 0, "link": 0, "badge": 0}
        for target in targets:
            if (cell.index, target.start) in badges:
                kind, url = "badge", _badge_url(project, notebook)
            else:
                kind = target.kind
                url, finding = _url_for(target, project, notebook, cell.index)
                findings += [finding] if finding else []
            if url is not None and url != target.url:
                replacements.append((target, url))
                counts[kind] += 1
        if replacements:
            source = replace_targets(cell.source, replacements)
            edits.append(
                MarkdownEdit(cell.index, source, counts["image"], counts["link"], counts["badge"])
            )
    is_colabs = any(_is_colabs(cell) for cell, _ in found if cell.index in {at for at, _ in badges})
    return Links(tuple(edits), tuple(findings), bool(badges), is_colabs)


def _may_hold_targets(source: str) -> bool:
    lower = source.lower()
    return "](" in source or "]:" in source or "src" in lower or "href" in lower or _COLAB in source


def _is_colabs(cell: Cell) -> bool:
    """Whether a cell is the badge cell that Colab itself writes."""
    return BADGE_ID in (cell.id, cell.metadata.get("id"))


def _badges(
    found: Iterable[tuple[Cell, Sequence[Target]]], project: Project, notebook: str
) -> set[tuple[int, int]]:
    """The links that open this very notebook in Colab, be it under a wrong owner, ref or folder.

    A copied notebook has its original's badge: a badge for one other notebook of the same name is taken
    for that. Badges for several are an overview's.
    """
    links = [
        (cell, target, len(targets) <= 2)
        for cell, targets in found
        for target in targets
        if target.kind == "link" and target.url.startswith(f"{_COLAB}/github/")
    ]
    sure: set[tuple[int, int]] = set()
    copies: dict[str, set[tuple[int, int]]] = {}
    for cell, target, alone in links:
        place = (cell.index, target.start)
        repository, path = _opened(target.url)
        here = project.remote is not None and repository == project.remote.name.lower()
        same_name = posixpath.basename(path) == posixpath.basename(notebook)
        says_so = _BADGE_IMAGE in cell.source or "View in Colaboratory" in cell.source
        is_other = here and path != notebook and path in project.files.files
        if _is_colabs(cell) or (path == notebook and (here or says_so)):
            sure.add(place)
        elif is_other and same_name and says_so:
            copies.setdefault(path, set()).add(place)
        elif not is_other and says_so and (same_name or (here and alone)):
            sure.add(place)
    return sure or (copies.popitem()[1] if len(copies) == 1 else sure)


def _opened(url: str) -> tuple[str, str]:
    """``(repository's name in lower case, path)`` that a Colab address opens."""
    whole = unquote(_split(url).path).removeprefix("/github/")
    repository, _, rest = whole.partition("/blob/")
    return repository.rpartition("/")[2].lower(), rest.partition("/")[2]


def _badge_url(project: Project, notebook: str) -> str | None:
    return project.remote.colab_url(project.ref, notebook) if project.remote else None


def _url_for(
    target: Target, project: Project, notebook: str, cell: int
) -> tuple[str | None, Finding | None]:
    """The address that a relative destination becomes, or why it cannot."""
    parts = _split(target.url)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None, None
    path = join(posixpath.dirname(notebook), unquote(parts.path))
    if path is None or project.remote is None or not project.is_repository:
        return None, None
    tail = (f"?{parts.query}" if parts.query else "") + (
        f"#{quote(unquote(parts.fragment), safe='/:?=&-_.~!$()*+,;@')}" if parts.fragment else ""
    )
    if path not in project.files.files:
        return None, _missing_image(target, project, path, cell)
    if target.kind == "image":
        url = project.remote.raw_url(project.ref, path)
        return url, None
    colab = project.remote.colab_url(project.ref, path) if path.endswith(".ipynb") else None
    if colab is not None:
        return colab + tail, None
    return project.remote.page_url(project.ref, path) + tail, None


def _split(url: str) -> SplitResult:
    """The parts of an address; one that is none, or that no address can hold, has no parts."""
    try:
        url.encode()
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _missing_image(target: Target, project: Project, path: str, cell: int) -> Finding | None:
    if target.kind != "image" or path in project.files.folders:
        return None
    same_name = project.files.by_name.get(posixpath.basename(path), [])
    near = project.files.by_case.get(path.lower(), []) or same_name
    hint = f"; did you mean {near[0]}?" if near else ""
    where = f"in the repository at {project.ref}" if project.ref else "in the repository"
    return Finding("COL314", f"the image {target.url} is not {where}{hint}", cell=cell)
