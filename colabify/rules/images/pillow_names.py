"""Names of Pillow that are gone: filters of its resampling, old versions, and modules of PIL itself.

Source: Pillow's deprecations and removals of 1.0 to 10.0; each row was run on Python 3.13 with Pillow 11.3,
the filters also with 9.5, where ``ANTIALIAS`` and ``LANCZOS`` are the same number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Methods, Renamed, Row
from colabify.rules.plots.pyplot import in_place

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.base import Remedy
    from colabify.rules.context import Context

_FILTERS = {"ANTIALIAS": "LANCZOS", "LINEAR": "BILINEAR", "CUBIC": "BICUBIC"}
_MODULES = ("Image", "ImageChops", "ImageColor", "ImageDraw", "ImageEnhance", "ImageFile",
            "ImageFilter", "ImageFont", "ImageMath", "ImageOps", "ImagePalette", "ImageStat")  # fmt: skip

_OF_IMAGE = frozenset(
    {"AFFINE", "ANTIALIAS", "BICUBIC", "BILINEAR", "EXTENT", "FLIP_LEFT_RIGHT", "FLIP_TOP_BOTTOM",
     "Image", "NEAREST", "ROTATE_180", "ROTATE_270", "ROTATE_90", "blend", "composite", "eval",
     "fromarray", "frombuffer", "frombytes", "fromstring", "merge", "new", "open"}
)  # fmt: skip


class PillowNames(Renamed):
    """Use the names that Pillow has: ``Image.LANCZOS`` for ``Image.ANTIALIAS``, ``from PIL import Image``.

    ``ANTIALIAS``, ``LINEAR`` and ``CUBIC`` were other names of ``LANCZOS``, ``BILINEAR`` and ``BICUBIC``.
    """

    code = "COL163"
    name = "pillow-names"
    rows: ClassVar = {
        **{
            f"PIL.Image.{old}": Row(f"PIL.Image.{new}", since="pillow 10.0")
            for old, new in _FILTERS.items()
        },
        "PIL.Image.fromstring": Row("PIL.Image.frombytes", since="pillow 3.0"),
        "PIL.PILLOW_VERSION": Row("PIL.__version__", since="pillow 7.0"),
        "PIL.VERSION": Row("PIL.__version__", since="pillow 6.0", shim=False),
        "PIL.Image.PILLOW_VERSION": Row("PIL.__version__", since="pillow 7.0"),
        "PIL.Image.VERSION": Row("PIL.__version__", since="pillow 6.0", shim=False),
        **{name: Row(f"PIL.{name}", since="pillow 1.0", module=True) for name in _MODULES},
    }
    examples = (
        Example("from PIL import Image\nim = Image.new('L', (8, 8)).resize((4, 4), Image.ANTIALIAS)\n",
                "from PIL import Image\nim = Image.new('L', (8, 8)).resize((4, 4), Image.LANCZOS)\n",
                shows="im.size"),
        Example("import PIL\nimport PIL.Image\nkind = int(PIL.Image.CUBIC)\n",
                "import PIL\nimport PIL.Image\nkind = int(PIL.Image.BICUBIC)\n", shows="kind"),
        Example("from PIL.Image import ANTIALIAS, new\nim = new('L', (8, 8)).resize((4, 4), ANTIALIAS)\n",
                "from PIL.Image import LANCZOS as ANTIALIAS, new\n"
                "im = new('L', (8, 8)).resize((4, 4), ANTIALIAS)\n", shows="im.size"),
        Example("import Image\nim = Image.new('L', (8, 8))\n",
                "from PIL import Image\nim = Image.new('L', (8, 8))\n"),
        Example("from PIL import Image\nim = Image.fromstring('L', (1, 2), b'ab')\n",
                "from PIL import Image\nim = Image.frombytes('L', (1, 2), b'ab')\n"),
        Example("from PIL import Image\nkinds = Image.LANCZOS, Image.BICUBIC, Image.NEAREST\n"),
        Example("from IPython.display import Image\nim = Image(data=b'')\n"),
        Example("from PIL import Image\nim = Image.open\n"),
        Example("class Image:\n    ANTIALIAS = 1\nx = Image.ANTIALIAS\n"),
        Example("import PIL\nprint(PIL.__version__)\n"),
        Example("from wand.image import Image\nx = Image.CUBIC\n"),
        Example("import Image\nimage = Image.of_the_course()\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name, unless a module that is called like Pillow's is the course's own."""
        if not _is_pillow(context):
            return None
        full = context.qualified(node)
        new = self.rows[full].new if full in self.rows else ""
        return in_place(super().check(node, context), node, full, new)


def _is_pillow(context: Context) -> bool:
    """Whether what is used of a module ``Image`` is Pillow's: it may be a file of the course."""
    used = {one.split(".")[1] for one in context.used if one.startswith("Image.")}
    return used <= _OF_IMAGE


class PillowMethods(Methods):
    """Use the methods that Pillow's images have: ``tobytes`` for ``tostring``.

    Source: the removals of Pillow 3.0.
    """

    code = "COL169"
    name = "pillow-methods"
    rows: ClassVar = {
        "PIL.Image.Image.tostring": Row("tobytes", since="pillow 3.0"),
        "PIL.Image.Image.fromstring": Row("frombytes", since="pillow 3.0"),
    }
    examples = (
        Example("from PIL import Image\nim = Image.new('L', (1, 2))\nb = im.tostring()\n",
                "from PIL import Image\nim = Image.new('L', (1, 2))\nb = im.tobytes()\n"),
        Example("from PIL import Image\nimport numpy as np\ndef f(x):\n    return x.tostring()\n"),
        Example("from PIL import Image\nb = Image.new('L', (1, 2)).tobytes()\n"),
    )  # fmt: skip
