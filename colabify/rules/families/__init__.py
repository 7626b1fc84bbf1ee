"""Families: rules whose members are rows of a table, because each is the same rewrite."""

from __future__ import annotations

from colabify.rules.families.keywords import Keywords
from colabify.rules.families.methods import Methods
from colabify.rules.families.renamed import Renamed
from colabify.rules.families.rows import Keyword, Row

__all__ = ["Keyword", "Keywords", "Methods", "Renamed", "Row"]
