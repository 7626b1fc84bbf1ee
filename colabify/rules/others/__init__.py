"""Rules for networkx, statsmodels, gensim, NLTK, spaCy, h5py, bokeh, plotly and gym."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = ()
