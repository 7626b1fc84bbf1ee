"""Rules for NumPy and SciPy in programs of several cells, and in modules: what their examples cannot show."""

from __future__ import annotations

import ast

import pytest

from colabify.applied import Applied, Policy
from colabify.engine import apply_rules
from colabify.escapes import Masked
from colabify.rules import Context
from colabify.rules.arrays import RULES as OF_NUMPY
from colabify.rules.science import RULES as OF_SCIPY
from colabify.runtime import load_runtime
from colabify.steps import Shim
from colabify.unit import Unit
from tests.ruled import ruled

RULES = (*OF_NUMPY, *OF_SCIPY)
NUMPY = "import numpy as np\n"


def module(text: str) -> Applied:
    unit = Unit(ast.parse(text))
    return apply_rules(Masked("", text), RULES, Context([unit], load_runtime(), unit), Policy())


# the cells, and what becomes of them
CELLS = {
    "the import stands in another cell": (
        [f"{NUMPY}from scipy.misc import imread, imresize", "cat = imread('cat.jpg')",
         "size = 64\nsmall = imresize(cat[:, 3:-3], (size, 2 * size))"],
        [f"{NUMPY}from imageio.v2 import imread", "cat = imread('cat.jpg')",
         ("from PIL import Image\nsize = 64\n"
          "small = np.array(Image.fromarray(cat[:, 3:-3]).resize((2 * size, size), Image.BILINEAR))")],
    ),
    "several pictures are read at once": (
        [f"{NUMPY}from PIL import Image\nfrom scipy.misc import imread, imresize",
         "cat, dog = imread('cat.jpg'), imread('dog.jpg')\nsmall = imresize(dog, (8, 8), 'nearest')"],
        [f"{NUMPY}from PIL import Image\nfrom imageio.v2 import imread",
         ("cat, dog = imread('cat.jpg'), imread('dog.jpg')\n"
          "small = np.array(Image.fromarray(dog).resize((8, 8), Image.NEAREST))")],
    ),
    "Image is something else": (
        [f"{NUMPY}from IPython.display import Image\nfrom scipy.misc import toimage", "toimage(np.uint8(x))"],
        [f"{NUMPY}from IPython.display import Image", "import PIL.Image\nPIL.Image.fromarray(np.uint8(x))"],
    ),
    "Image is imported below": (
        [f"{NUMPY}from scipy.misc import toimage\ntoimage(np.uint8(x))", "from PIL import Image"],
        [f"{NUMPY}from PIL import Image\nImage.fromarray(np.uint8(x))", "from PIL import Image"],
    ),
    "another function has a name of its own": (
        [f"{NUMPY}from PIL import Image\nfrom scipy.misc import imresize\nx = np.arange(192).astype('uint8')",
         "def other():\n    n = thing()\ndef mine():\n    n = 64\n    return imresize(x, (n, n))"],
        [f"{NUMPY}from PIL import Image\nx = np.arange(192).astype('uint8')",
         ("def other():\n    n = thing()\ndef mine():\n    n = 64\n"
          "    return np.array(Image.fromarray(x).resize((n, n), Image.BILINEAR))")],
    ),
    "nothing uses the import": (
        ["from scipy.misc import imread, imresize", "x = imread('a.png', flatten=False)"],
        ["from imageio.v2 import imread", "x = imread('a.png')"],
    ),
    "objects are taken out elsewhere": (
        [f"{NUMPY}f = np.load('a.npz')", "names = f['names'].item()"],
        [f"{NUMPY}f = np.load('a.npz', allow_pickle=True)", "names = f['names'].item()"],
    ),
    "a dictionary in a file of no name": (
        [f"{NUMPY}x = np.load(name)[()]"], [f"{NUMPY}x = np.load(name, allow_pickle=True)[()]"],
    ),
    "a module of its own name": (
        ["from scipy import misc, ndimage", "x = misc.comb(4, 2)\ny = ndimage.imread('a.png')"],
        ["from scipy import misc, ndimage",
         ("import scipy.special\nimport imageio.v2\n"
          "x = scipy.special.comb(4, 2)\ny = imageio.v2.imread('a.png')")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_cells(name: str) -> None:
    before, after = CELLS[name]
    assert [one.source for one in ruled(*before, rules=RULES)] == after


READ = "from scipy.misc import imread, imresize\nimport numpy as np\n"
# what comes before the size, and whether the call is rewritten
FACTORS = {
    "scale = float(size) / np.array(img.shape[:2])[0]": True,
    "scale = float(size) / np.array(img)[0]": False,
    "sides = np.array(img.shape[:2])\n    at = np.argmin(sides)\n    scale = float(size) / sides[at]": True,
    "scale = size / img.shape[0]": False,
    "scale = 64 / img.shape[0]": True,
    "scale = size[0] / 2.0": False,
    "scale = img.shape[name] / 2.0": False,
    "scale = 0.5 * np.array(img.shape[:2])": False,
    "scale = 0.5\n    scale += 1": False,
    "scale = (8, 8)": False,
}


@pytest.mark.parametrize("given", FACTORS)
def test_a_picture_is_scaled_by_what_is_surely_a_factor(given: str) -> None:
    """Another function may use the same names for something else."""
    text = (
        f"{READ}def other(img, scale):\n    return img\n\n"
        f"def load(name, size):\n    img = imread(name)\n    {given}\n"
        "    img = imresize(img, scale)\n    return img\n"
    )
    done = module(text)
    assert ("resize([int(n * scale) for n in img.shape[1::-1]]" in done.source) == FACTORS[given]
    assert ("imresize" in done.source) != FACTORS[given]
    assert bool(done.shims) != FACTORS[given]


def test_what_is_no_picture_for_sure_stays() -> None:
    for reading in ("x = imread(a, flatten=True)", "x = plt.imread(a)", "x = np.zeros((8, 8))"):
        done = module(
            f"{READ}import matplotlib.pyplot as plt\n{reading}\ny = imresize(x, (4, 4))\n"
        )
        assert "y = imresize(x, (4, 4))" in done.source, reading
        assert [one.kind for one in done.shims] == ["function"], reading


def test_the_setup_cell_provides_names_but_not_arguments() -> None:
    """Old code that stays finds imageio's reader, which knows ``mode=`` and nothing of ``flatten=``."""
    keep = Policy(keep=True)
    reader = Shim("scipy.misc.imread", "imageio.v2.imread")
    importing = "from scipy.misc import imread"
    shims = [
        one.shims
        for one in ruled(importing, "imread(a)", "imread(a, mode='L')", rules=RULES, policy=keep)
    ]
    assert shims == [(reader,), (), (reader,)]
    (_, called) = ruled(importing, "imread(a, flatten=True)", rules=RULES, policy=keep)
    assert [one.fails for one in called.told] == [True]
