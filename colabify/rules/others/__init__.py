"""Rules for networkx, statsmodels, gensim, NLTK, spaCy, h5py, bokeh, plotly, gym and fastai."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.others.bokeh import Bokeh
from colabify.rules.others.fastai import Fastai
from colabify.rules.others.gensim import Gensim
from colabify.rules.others.gym import Gym
from colabify.rules.others.h5py import H5py
from colabify.rules.others.networkx_graphs import NetworkxGraphs
from colabify.rules.others.networkx_names import NetworkxNames
from colabify.rules.others.nltk import Nltk
from colabify.rules.others.plotly import Plotly
from colabify.rules.others.spacy import Spacy
from colabify.rules.others.statsmodels import Statsmodels

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    NetworkxNames(),
    NetworkxGraphs(),
    Statsmodels(),
    Gensim(),
    Spacy(),
    Nltk(),
    H5py(),
    Bokeh(),
    Plotly(),
    Gym(),
    Fastai(),
)
