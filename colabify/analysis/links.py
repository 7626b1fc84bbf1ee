"""Markdown and HTML cells: the badge, relative images and links, and what they should say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.addresses import Addresses
from colabify.analysis.badges import (
    BADGE_ID,
    COLAB,
    badge_source,
    badge_url,
    find_badges,
    is_colabs,
)
from colabify.findings import Finding
from colabify.markdown import Target, find_html_targets, find_targets, replace_targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from colabify.notebook import Cell
    from colabify.project import Project
    from colabify.settings import Settings

__all__ = ["BADGE_ID", "Links", "MarkdownEdit", "badge_source", "find_links"]


@dataclass(frozen=True, slots=True)
class MarkdownEdit:
    """A cell with other destinations: the new source, and how many of each kind changed.

    ``only_badges`` and ``no_badges`` are the source with just these, or just the others, changed.
    """

    cell: int
    source: str
    images: int
    links: int
    badges: int
    only_badges: str
    no_badges: str


@dataclass(frozen=True, slots=True)
class Links:
    """What a notebook's Markdown needs. ``has_badge``: some cell has one, right or made right.

    ``badge_is_colabs``: it is the cell that Colab itself writes and looks for.
    """

    edits: tuple[MarkdownEdit, ...] = ()
    findings: tuple[Finding, ...] = ()
    has_badge: bool = False
    badge_is_colabs: bool = False


def find_links(
    cells: Iterable[Cell],
    project: Project,
    notebook: str,
    settings: Settings,
    left: Callable[[int], bool] = lambda _cell: False,
) -> Links:
    """What the Markdown and ``%%html`` cells of the notebook at ``notebook`` (below the root) need.

    With ``markdown = "keep"`` only the badge is made right, and one finding counts what stays. A cell
    that a person has ``left`` alone is looked at only for a badge.
    """
    found = [(cell, targets) for cell in cells if (targets := _targets(cell))]
    badges = find_badges([one for one in found if one[0].kind == "markdown"], project, notebook)
    addresses = Addresses(project, notebook, settings)
    edits: list[MarkdownEdit] = []
    findings: list[Finding] = []
    stays: list[Target] = []
    badge = badge_url(project, notebook)
    for cell, targets in found:
        own = [one for one in targets if (cell.index, one.start) in badges]
        changes = [(one, badge) for one in own if badge is not None and badge != one.url]
        others = [one for one in targets if one not in own]
        wanted = [(one, *addresses.new(one, cell)) for one in others]
        told: list[Finding] = []
        kept: list[Target] = []
        if settings.markdown == "keep":
            kept = [one for one, url, finding in wanted if url is not None or finding is not None]
        else:
            told = [finding for _, _, finding in wanted if finding is not None]
            changes += [(one, url) for one, url, _ in wanted if url not in (None, one.url)]
        if (changes or told or kept) and left(cell.index):
            continue
        findings += told
        stays += kept
        if changes:
            edits.append(_edit(cell, changes, own))
    if stays:
        findings.append(_kept(len(stays) - _links(stays), _links(stays)))
    colabs = any(is_colabs(cell) for cell, _ in found if cell.index in {at for at, _ in badges})
    return Links(tuple(edits), tuple(dict.fromkeys(findings)), bool(badges), colabs)


def _edit(cell: Cell, changes: list[tuple[Target, str]], own: list[Target]) -> MarkdownEdit:
    """What ``changes`` make of a cell; those of ``own`` are badges."""
    badges = [change for change in changes if change[0] in own]
    others = [change for change in changes if change[0] not in own]
    links = _links(one for one, _ in others)
    return MarkdownEdit(
        cell.index,
        replace_targets(cell.source, changes),
        images=len(others) - links,
        links=links,
        badges=len(badges),
        only_badges=replace_targets(cell.source, badges),
        no_badges=replace_targets(cell.source, others),
    )


def _links(targets: Iterable[Target]) -> int:
    """How many are links; the others are shown or played."""
    return sum(one.kind == "link" for one in targets)


def _targets(cell: Cell) -> list[Target]:
    if cell.kind == "markdown" and _may_hold_targets(cell.source):
        return find_targets(cell.source)
    start = _html(cell.source) if cell.kind == "code" else 0
    return find_html_targets(cell.source, start) if start else []


def _may_hold_targets(source: str) -> bool:
    lower = source.lower()
    words = ("](", "]:", "src", "href", "poster", "<object", COLAB)
    return any(word in lower for word in words)


def _html(source: str) -> int:
    """Where the HTML of a ``%%html`` cell begins, be it below comments such as ``#@title``; else 0."""
    at = 0
    for line in source.splitlines(keepends=True):
        at += len(line)
        if line.strip() and not line.startswith("#"):
            return at if line.split()[0] in ("%%html", "%%HTML") else 0
    return 0


def _kept(images: int, links: int) -> Finding:
    """What ``markdown = "keep"`` means for the notebook."""
    counts = ((images, "image", "show"), (links, "link", "follow"))
    said = [f"{n} {what}{'s' * (n > 1)}" for n, what, _ in counts if n]
    does = [does for n, _, does in counts if n]
    text = f'markdown = "keep" leaves {" and ".join(said)} that Colab does not {" or ".join(does)}'
    return Finding("COL332", text)
