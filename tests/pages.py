"""The HTML page of a verification, read."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag

from colabify.verify.outcome import CellRun, Verification
from colabify.verify.page import page
from tests.verified import verdict, verification


def read(made: Verification) -> BeautifulSoup:
    """The page of a verification."""
    html = page(made)
    assert html.encode("utf-8").decode("utf-8") == html
    return BeautifulSoup(html, "html.parser")


def one(*cells: CellRun, **more: Any) -> BeautifulSoup:
    """The page of a verification of one notebook."""
    return read(verification(verdict("week/a.ipynb", *cells, **more)))


def found(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    """The one element that ``selector`` finds."""
    (element,) = soup.select(selector)
    return element


def said(element: BeautifulSoup | Tag) -> str:
    """What an element says, its white space folded."""
    return re.sub(r"\s+", " ", element.get_text()).strip()
