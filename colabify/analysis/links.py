"""Markdown cells: the badge, relative images and links, and what they should say."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from colabify.analysis.resolve import join
from colabify.findings import Finding
from colabify.markdown import Target, find_targets, replace_targets

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    edits, findings, has_badge, is_colabs = [], [], False, False
    for cell in cells:
        if cell.kind != "markdown" or not _may_hold_targets(cell.source):
            continue
        replacements: list[tuple[Target, str]] = []
        counts = {"image": 0, "link": 0, "badge": 0}
        targets = find_targets(cell.source)
        is_badge_cell = _BADGE_IMAGE in cell.source or "View in Colaboratory" in cell.source
        for target in targets:
            if _is_badge(target, notebook, alone=is_badge_cell and len(targets) <= 2):
                has_badge = True
                is_colabs = is_colabs or BADGE_ID in (cell.id, cell.metadata.get("id"))
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
    return Links(tuple(edits), tuple(findings), has_badge, is_colabs)


def _may_hold_targets(source: str) -> bool:
    lower = source.lower()
    return "](" in source or "]:" in source or "src" in lower or "href" in lower or _COLAB in source


def _is_badge(target: Target, notebook: str, *, alone: bool) -> bool:
    """Whether a link opens this very notebook in Colab, be it under a wrong owner, ref or folder."""
    if target.kind != "link" or not target.url.startswith(f"{_COLAB}/github/"):
        return False
    name = posixpath.basename(unquote(urlsplit(target.url).path))
    return alone or name == posixpath.basename(notebook)


def _badge_url(project: Project, notebook: str) -> str | None:
    return project.remote.colab_url(project.ref, notebook) if project.remote else None


def _url_for(
    target: Target, project: Project, notebook: str, cell: int
) -> tuple[str | None, Finding | None]:
    """The address that a relative destination becomes, or why it cannot."""
    parts = urlsplit(target.url)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None, None
    path = join(posixpath.dirname(notebook), unquote(parts.path))
    if path is None or project.remote is None:
        return None, None
    tail = (f"?{parts.query}" if parts.query else "") + (
        f"#{quote(unquote(parts.fragment), safe='/:?=&-_.~!$()*+,;@')}" if parts.fragment else ""
    )
    if path not in project.files.files:
        return None, _missing_image(target, project, path, cell)
    if target.kind == "image":
        url = project.remote.raw_url(project.ref, path)
        return url, None
    if path.endswith(".ipynb"):
        url = project.remote.colab_url(project.ref, path)
        return (url + tail if url else None), None
    return project.remote.page_url(project.ref, path) + tail, None


def _missing_image(target: Target, project: Project, path: str, cell: int) -> Finding | None:
    if target.kind != "image" or path in project.files.folders:
        return None
    near = project.files.by_case.get(path.lower(), [])
    hint = f"; did you mean {near[0]}?" if near else ""
    where = f"in the repository at {project.ref}" if project.ref else "in the repository"
    return Finding("COL314", f"the image {target.url} is not {where}{hint}", cell=cell)
