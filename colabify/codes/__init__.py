"""Every code that no rule carries, and what ``--explain`` says about it."""

from __future__ import annotations

from colabify.codes import dependencies, paths, places, python2
from colabify.codes.page import Page

__all__ = ["PAGES", "Page"]

PAGES: dict[str, Page] = {**paths.PAGES, **dependencies.PAGES, **places.PAGES, **python2.PAGES}
"""Every code that no rule carries, with its page."""
