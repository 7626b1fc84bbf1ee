"""What rules for gensim, gym, h5py, networkx, torch and others do over several cells."""

from __future__ import annotations

import pytest

from tests.ruled import ruled

_W2V = "from gensim.models import Word2Vec\nm = Word2Vec(s)"
# what the cells are, and what becomes of the last
MENDED = {
    "a model of another cell": ([_W2V, "print(m['a'])"], "print(m.wv['a'])"),
    "the vocabulary, for its words alone": (
        [_W2V, "words = list(m.wv.vocab)", "for w in m.wv.vocab:\n    print(w)"],
        "for w in m.wv.key_to_index:\n    print(w)",
    ),
    "vectors of length one": ([_W2V, "x = m.wv.syn0norm[0]"], "x = m.wv.get_normed_vectors()[0]"),
    "the vocabulary, for more elsewhere": (
        [_W2V, "n = m.wv.vocab.values()", "words = list(m.wv.vocab)"],
        "words = list(m.wv.vocab)",
    ),
    "a graph of another cell": (
        ["import networkx as nx\nG = nx.Graph()", "x = [n for n in G.nodes_iter()]"],
        "x = [n for n in G.nodes()]",
    ),
    "a name that holds something else, too": (
        ["import networkx as nx\nG = nx.Graph()", "G = load()", "x = G.node[1]"],
        "x = G.node[1]",
    ),
    "a file that another cell writes": (
        ["import h5py", "f['x'] = 1", "f = h5py.File('a.h5')"],
        "f = h5py.File('a.h5', mode='a')",
    ),
    "a file that nobody writes": (
        ["import h5py", "f = h5py.File('a.h5')", "x = f['x'][()]"],
        "x = f['x'][()]",
    ),
    "a loss that is added up": (
        [
            "import torch.nn.functional as F\ntotal = 0",
            "for x, y in loader:\n    total += F.cross_entropy(x, y)",
            "print(total.data[0])",
        ],
        "print(total.item())",
    ),
    "a loss of each example": (
        [
            "import torch.nn as nn\ncost = nn.MSELoss(reduction='none')",
            "c = cost(x, y)",
            "c.data[0]",
        ],
        "c.data[0]",
    ),
    "an iterator of another cell": (
        ["import torch\nit = iter(loader)", "images, labels = it.next()"],
        "images, labels = next(it)",
    ),
    "an iterator that may be anything": (
        ["import torch\nit = iter(loader)", "def f(it):\n    pass", "it.next()"],
        "it.next()",
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_a_rule_knows_of_other_cells(name: str) -> None:
    cells, last = MENDED[name]
    assert ruled(*cells)[-1].source == last


def test_what_gym_misses_is_provided_once_and_gym_026_is_told() -> None:
    cells = [
        "import sys",
        "import os\nimport gym\nenv = gym.make('A-v1')",
        "import gym\nx, r, done, _ = env.step(0)",
    ]
    done = ruled(*cells)
    assert [[one.old for one in cell.shims] for cell in done] == [
        [],
        ["numpy.bool8", "numpy.float_"],
        [],
    ]
    assert not any(cell.told for cell in done)
    done = ruled(*cells[:2], "import gym\nx, r, done, cut, _ = env.step(0)")
    assert [[(one.line, one.fails) for one in cell.told] for cell in done] == [[], [(2, True)], []]
