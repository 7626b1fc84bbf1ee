"""Prompts of a session that was pasted into a cell: taken off to read it, and put back to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.escapes import mask, unmask
from colabify.rules import RULES
from tests.test_rules import applied

# a cell, and the Python that is read
PROMPTED = {
    ">>>": (
        ">>> x = 1\n>>> if x:\n...     y = 2\n...\n>>> y\n2\n",
        "x = 1\nif x:\n    y = 2\n\ny\n2\n",
    ),
    "In []": ("In [1]: x = 1\n   ...: y = 2\nIn [2]: y", "x = 1\ny = 2\ny"),
    "the second line has one": ("x = 1\n>>> y = 2", "x = 1\ny = 2"),
    "empty lines above": ("\n\n>>> y = 2", "\n\ny = 2"),
    "further down": ("x = 1\ny = 2\n>>> z", "x = 1\ny = 2\n>>> z"),
    "a text": ("x = '''\na\n>>> b'''", "x = '''\na\n>>> b'''"),
    "dots": ("x[...]\ny = ...", "x[...]\ny = ..."),
}


@pytest.mark.parametrize("name", PROMPTED)
def test_prompts_are_not_read(name: str) -> None:
    source, text = PROMPTED[name]
    assert mask(source).text == text
    assert unmask(mask(source)) == source


# a cell, and what the rules make of it
RULED = {
    "in its line": (">>> import numpy as np\n>>> x = np.int(3)\n3\n", ">>> import numpy as np\n>>> x = int(3)\n3\n"),
    "an import more": (
        ">>> from scipy.misc import factorial, imread\n>>> factorial(3)\n",
        ">>> from scipy.special import factorial\n>>> from imageio.v2 import imread\n>>> factorial(3)\n",
    ),
    "a line less": (
        ">>> import matplotlib.pyplot as plt\n>>> plt.hold(True)\n>>> plt.plot([1])\n",
        ">>> import matplotlib.pyplot as plt\n>>> plt.plot([1])\n",
    ),
    "escapes": (
        ">>> import numpy as np\n>>> !ls\n>>> for i in range(3):\n...     np.int(i)\n",
        ">>> import numpy as np\n>>> !ls\n>>> for i in range(3):\n...     int(i)\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RULED)
def test_prompts_are_put_back(name: str) -> None:
    before, after = RULED[name]
    assert applied(before, RULES) == after
    assert applied(after, RULES) == after


@given(st.text(alphabet=">. \nx=1In[]:%!", max_size=40))
def test_every_cell_is_given_back(source: str) -> None:
    assert unmask(mask(source)) == source
