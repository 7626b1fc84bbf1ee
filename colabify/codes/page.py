"""A page: what ``--explain`` says about a code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What ``--explain`` says about a code."""

    name: str
    text: str

    @property
    def summary(self) -> str:
        """Its first sentence, on one line."""
        return " ".join(self.text.split()).partition(". ")[0].rstrip(".") + "."
