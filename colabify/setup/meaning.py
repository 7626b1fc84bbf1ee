"""Whether two texts of a cell mean the same, so that a new version need not rewrite the old one's.

A release may reword a comment, or lay a line out anew: that alone is no reason to change every notebook of
a course. What the cell does, and what it says to students, is in its syntax tree; what Colab reads of it
besides are the comments of its form (``# @title``, ``# @param``).
"""

from __future__ import annotations

import ast

from colabify.scanner import comments


def means_the_same(old: str, new: str) -> bool:
    """Whether two sources do the same, say the same and look the same in Colab."""
    if old == new:
        return True
    try:
        one, other = ast.parse(old), ast.parse(new)
    except (SyntaxError, ValueError):
        return False
    return ast.dump(one) == ast.dump(other) and _of_the_form(old) == _of_the_form(new)


def _of_the_form(source: str) -> list[str]:
    """The comments that Colab reads."""
    return [text for _, text in comments(source) if "@" in text]
