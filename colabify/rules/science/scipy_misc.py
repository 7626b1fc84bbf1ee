"""SciPy emptied ``scipy.misc`` between its versions 1.2 and 1.12; ``scipy.ndimage.imread`` went with it.

Source: the release notes, and runs: SciPy 1.1 with Pillow 6.2 against SciPy 1.16 with imageio 2.37. Both
readers give the same arrays for 8-bit pictures in grey, RGB, RGBA and CMYK, and for GIFs; of a 1-bit picture
imageio gives booleans, and a newer decoder may differ in the last bit of a JPEG. ``imageio.v2`` needs
imageio 2.16. What the setup cell has for ``derivative`` gave the same bits as SciPy 1.5 for the first and
second derivative by three to nine points; for others SciPy inverted a matrix, and its weights were rounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.calls import constant_of, has_star, named
from colabify.rules.families import Renamed, Row
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_READERS = ("scipy.misc.imread", "scipy.misc.pilutil.imread", "scipy.ndimage.imread")
_READ = "imageio.v2.imread"
_SPECIAL = ("comb", "factorial", "factorial2", "factorialk", "logsumexp")
_DATA = ("ascent", "electrocardiogram", "face")
_MODE = "imageio reads a picture in another mode with pilmode=, in grey with pilmode='F'"


class ScipyMisc(Renamed):
    """Take from imageio, ``scipy.special`` and ``scipy.datasets`` what ``scipy.misc`` had.

    ``from scipy.misc import imread`` becomes ``from imageio.v2 import imread``; ``mode=`` is called
    ``pilmode=`` there, and ``flatten=True`` is ``pilmode='F'``. ``scipy.datasets`` needs SciPy 1.10 and
    downloads its pictures: it is not written without ``--unsafe-fixes``; the setup cell provides the old
    names. It has ``derivative``, too, which nothing took the place of.
    """

    code = "COL110"
    name = "scipy-misc"
    nodes = (*Renamed.nodes, "Call")
    rows: ClassVar = {
        **{reader: Row(_READ, since="scipy 1.2") for reader in _READERS},
        **{f"scipy.misc.{name}": Row(f"scipy.special.{name}", since="scipy 1.3") for name in _SPECIAL},
        **{
            f"scipy.misc.{name}": Row(
                f"scipy.datasets.{name}", since="scipy 1.12", safety="unsafe",
                text=f"scipy.misc.{name} is scipy.datasets.{name} now, which needs SciPy 1.10 and pooch",
            )
            for name in _DATA
        },
        "scipy.misc.pade": Row("scipy.interpolate.pade", since="scipy 1.3"),
        "scipy.misc.info": Row("numpy.info", since="scipy 1.3"),
        "scipy.misc.derivative": Row(
            since="scipy 1.12",
            text="scipy.misc.derivative is gone: write (f(x + h) - f(x - h)) / (2 * h) with a small h",
        ),
        "scipy.misc.central_diff_weights": Row(
            since="scipy 1.12", text="scipy.misc.central_diff_weights is gone: use the package findiff"
        ),
        "scipy.misc.lena": Row(since="scipy 0.17", text="scipy.misc.lena is gone: use scipy.datasets.face"),
        "scipy.misc.imshow": Row(since="scipy 1.2", text="scipy.misc.imshow is gone: use plt.imshow"),
        "scipy.misc.imfilter": Row(
            since="scipy 1.2", text="scipy.misc.imfilter is gone: use Pillow's Image.filter"
        ),
        "scipy.misc.fromimage": Row(
            since="scipy 1.2", text="scipy.misc.fromimage is gone: write np.array(image)"
        ),
        "scipy.misc.bytescale": Row(
            since="scipy 1.2", text="scipy.misc.bytescale is gone: skimage.exposure.rescale_intensity scales"
        ),
        "scipy.misc.common": Row(since="scipy 1.12", module=True, text="scipy.misc.common is gone"),
    }  # fmt: skip
    _PICTURE = (
        "import numpy as np\nfrom PIL import Image\n"
        "Image.fromarray(np.arange(24, dtype='uint8').reshape(2, 4, 3)).save('a.png')\n"
    )
    examples = (
        Example(f"{_PICTURE}from scipy.misc import imread\nx = imread('a.png')\n",
                f"{_PICTURE}from imageio.v2 import imread\nx = imread('a.png')\n", shows="x.tolist()"),
        Example(f"{_PICTURE}from scipy import misc as m\nx = m.imread('a.png', mode='RGB')\n",
                f"{_PICTURE}from scipy import misc as m\nimport imageio.v2\n"
                "x = imageio.v2.imread('a.png', pilmode='RGB')\n", shows="x.tolist()"),
        Example(f"{_PICTURE}from scipy.ndimage import imread, zoom\nx = imread('a.png', True)\n",
                f"{_PICTURE}from scipy.ndimage import zoom\nfrom imageio.v2 import imread\n"
                "x = imread('a.png', pilmode='F')\n", shows="[round(float(n), 3) for n in x.ravel()]"),
        Example("from scipy.misc import comb, logsumexp\nx = comb(4, 2), logsumexp([1, 1])\n",
                "from scipy.special import comb, logsumexp\nx = comb(4, 2), logsumexp([1, 1])\n",
                shows="[float(n) for n in x]"),
        Example("import scipy.misc\nx = scipy.misc.factorial(4)\n",
                "import scipy.misc\nimport scipy.special\nx = scipy.special.factorial(4)\n",
                shows="float(x)"),
        Example("from scipy.misc import derivative\n"
                "x = [derivative(lambda x: x**4, 2.0, dx=0.5, n=n, order=5) for n in (1, 2)]\n", shows="x"),
        Example("from scipy.misc.common import *\n", told="common is gone"),
        Example("from scipy.misc import face\nx = face\n"),
        Example("from imageio.v2 import imread\nx = imread\n"),
        Example("from scipy.special import comb, factorial\nx = comb(4, 2)\n"),
        Example("from skimage.io import imread\ndef f(x):\n    return imread(x, mode='RGB')\n"),
        Example("try:\n    from scipy.misc import imread\n"
                "except ImportError:\n    from imageio import imread\n"),
        Example("from scipy import misc\nimread = misc\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name; of a call of a reader, first its arguments."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return super().check(node, context)
        if has_star(node) or not any(one in _READERS for one in context.full_names(node.func)):
            return None
        names = ("name", "flatten", "mode")
        given = dict(zip(names, (one for one in node.args if one.keyword is None), strict=False))
        given |= {one.keyword.value: one for one in node.args if one.keyword is not None}
        flatten, mode = given.pop("flatten", None), given.pop("mode", None)
        if (flatten is None and mode is None) or not given:
            return None
        grey = constant_of(flatten.value) if flatten is not None else False
        if grey is ... or (grey and mode is not None):
            return Remedy(text=_MODE, safety="report")
        code = "'F'" if grey else None
        value = cst.parse_expression(code) if code else (mode.value if mode is not None else None)
        args = [one.with_changes(comma=cst.MaybeSentinel.DEFAULT) for one in given.values()]
        if value is not None:
            args.append(named(cst.Arg(value), "pilmode"))
        called_mode = mode is not None and mode.keyword is not None and flatten is None
        shims = (
            tuple(Shim(one, _READ) for one in context.full_names(node.func)) if called_mode else ()
        )
        return Remedy(node.with_changes(args=args), text=_MODE, shims=shims)
