"""``scipy.misc`` lost its image functions in SciPy 1.3; Pillow, on which they stood, does what they did.

Source: the release notes, and the functions' own code in SciPy 1.1; the values of both were compared:
SciPy 1.1 with Pillow 6.2, and Pillow 11.3. They stretched what was no 8-bit picture to the range from 0 to
255, which Pillow does not: only for a picture that was read, or cast to ``uint8``, are they surely the same.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Safety
from colabify.rules.replaced import Function, Replaced, Written, arguments
from colabify.rules.science.picture_sizes import Pictures

if TYPE_CHECKING:
    from colabify.rules.context import Context

_FILTERS = {
    "nearest": "NEAREST", "lanczos": "LANCZOS", "bilinear": "BILINEAR", "bicubic": "BICUBIC",
    "cubic": "BICUBIC",
}  # fmt: skip
_SCALED = "(what is no 8-bit picture was scaled to 0..255 first)"


def _resized(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "arr", "size", "interp")
    if not given or "size" not in given or "arr" not in given:
        return None
    pictures = Pictures(context, call)
    size, resample = pictures.size(given["size"], given["arr"]), _filter(given)
    if size is None or not resample:
        return None
    return _of_pillow(given["arr"], f"resize({size}, {{image}}.{resample})", pictures)


def _rotated(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "arr", "angle", "interp")
    if not given or "angle" not in given or "arr" not in given or not _filter(given):
        return None
    angle = ast.unparse(given["angle"])
    method = f"rotate({angle}, {{image}}.{_filter(given)})"
    return _of_pillow(given["arr"], method, Pictures(context, call))


def _filter(given: dict[str, ast.expr]) -> str:
    """The name of Pillow's filter for ``interp``; empty if it is not known."""
    interp = given.get("interp", ast.Constant("bilinear"))
    return _FILTERS.get(str(interp.value), "") if isinstance(interp, ast.Constant) else ""


def _of_pillow(picture: ast.expr, method: str, pictures: Pictures) -> Written:
    """An array again of what a method of Pillow's image gives."""
    image, imports = _pillow(pictures.context)
    array, also = pictures.context.spell("numpy.array", binding="np")
    made = method.format(image=image)
    code = f"{array}({image}.fromarray({ast.unparse(picture)}).{made})"
    return Written(code, (*also, *imports), _safety(picture, pictures))


def _image(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "arr")
    if not given:
        return None
    image, imports = _pillow(context)
    code = f"{image}.fromarray({ast.unparse(given['arr'])})"
    return Written(code, imports, _safety(given["arr"], Pictures(context, call)))


def _saved(call: ast.Call, context: Context) -> Written | None:
    given = arguments(call, "name", "arr", "format")
    if not given or "arr" not in given:
        return None
    spelled, imports = context.spell("imageio.v2.imwrite")
    if call.keywords:
        return None
    code = f"{spelled}({', '.join(ast.unparse(one) for one in call.args)})"
    return Written(code, imports, _safety(given["arr"], Pictures(context, call)))


def _safety(picture: ast.expr, pictures: Pictures) -> Safety:
    return "safe" if pictures.is_picture(picture) else "unsafe"


def _pillow(context: Context) -> tuple[str, tuple[str, ...]]:
    """How to write Pillow's module ``Image`` here, and the import that this needs."""
    known = next((name for name, full in context.names.items() if full == "PIL.Image"), "")
    taken = {
        alias.asname or alias.name.partition(".")[0]
        for unit in context.units
        for node in unit.of(ast.Import, ast.ImportFrom)
        for alias in node.names
    }
    if not known and ("Image" in taken or "Image" in context.bound):
        return "PIL.Image", ("import PIL.Image",)
    if known not in ("", "Image"):
        return known, (f"from PIL import Image as {known}",) if not _is_above(
            known, context
        ) else ()
    return "Image", () if known and _is_above(known, context) else ("from PIL import Image",)


def _is_above(name: str, context: Context) -> bool:
    """Whether an import in this unit, or in one before it, binds the name."""
    for unit in context.units:
        for node in unit.tree.body:
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            if any((alias.asname or alias.name) == name for alias in node.names):
                return True
        if unit is context.unit:
            break
    return False


class ScipyImages(Replaced):
    """Replace ``imresize``, ``imrotate``, ``toimage`` and ``imsave`` of ``scipy.misc`` by Pillow and imageio.

    ``imresize(x, (h, w))`` becomes ``np.array(Image.fromarray(x).resize((w, h), Image.BILINEAR))`` where
    ``x`` is an 8-bit picture for sure. Where that is not known, it takes ``--unsafe-fixes``, or the setup
    cell provides ``imresize`` itself, as it does where it is not known what the size is.
    """

    code = "COL111"
    name = "scipy-images"
    functions: ClassVar = {
        "scipy.misc.imresize": Function(
            _resized, "scipy 1.3",
            "scipy.misc.imresize is gone: write np.array(Image.fromarray(x).resize((width, height)))"
            f" with Pillow {_SCALED}",
        ),
        "scipy.misc.imrotate": Function(
            _rotated, "scipy 1.3",
            "scipy.misc.imrotate is gone: write np.array(Image.fromarray(x).rotate(angle))"
            f" with Pillow {_SCALED}",
        ),
        "scipy.misc.toimage": Function(
            _image, "scipy 1.3", f"scipy.misc.toimage is gone: write Image.fromarray(x) with Pillow {_SCALED}"
        ),
        "scipy.misc.imsave": Function(
            _saved, "scipy 1.3",
            f"scipy.misc.imsave is gone: write imageio.v2.imwrite(name, x) {_SCALED}",
        ),
    }  # fmt: skip
    _PIXELS = "import numpy as np\nx = np.arange(240).reshape(8, 10, 3).astype('uint8')\n"
    _PILLOW = f"import numpy as np\nfrom PIL import Image\n{_PIXELS.splitlines()[1]}\n"
    examples = (
        Example(f"from scipy.misc import imresize\n{_PIXELS}y = imresize(x, (4, 5))\n",
                f"{_PILLOW}y = np.array(Image.fromarray(x).resize((5, 4), Image.BILINEAR))\n",
                shows="y.tolist()"),
        Example(f"{_PIXELS}from scipy import misc\nscale = float(4) / x.shape[0]\n"
                "y = misc.imresize(x, scale, interp='nearest')\nz = misc.imresize(x, 50, 'cubic')\n",
                f"{_PILLOW}from scipy import misc\nscale = float(4) / x.shape[0]\n"
                "y = np.array(Image.fromarray(x).resize([int(n * scale) for n in x.shape[1::-1]], "
                "Image.NEAREST))\n"
                "z = np.array(Image.fromarray(x).resize([int(n * 0.5) for n in x.shape[1::-1]], "
                "Image.BICUBIC))\n",
                shows="y.tolist(), z.tolist()"),
        Example(f"{_PIXELS}from scipy.misc import imrotate, imsave, toimage\nimsave('a.png', x)\n"
                "y = imrotate(x, 30)\nz = toimage(x).size\n",
                "import numpy as np\nimport imageio.v2\nfrom PIL import Image\n"
                f"{_PIXELS.splitlines()[1]}\nimageio.v2.imwrite('a.png', x)\n"
                "y = np.array(Image.fromarray(x).rotate(30, Image.BILINEAR))\nz = Image.fromarray(x).size\n",
                shows="y.tolist(), z"),
        Example("import scipy.misc\nimport numpy as np\n"
                "scipy.misc.imsave('a.png', np.ones((3, 3), 'uint8'))\n",
                "import scipy.misc\nimport numpy as np\nimport imageio.v2\n"
                "imageio.v2.imwrite('a.png', np.ones((3, 3), 'uint8'))\n", unsafe=True),
        Example("from scipy.misc import imresize\ndef f(x, size):\n    return imresize(x, size)\n",
                told="with Pillow"),
        Example("from scipy.misc import toimage\nx = list(map(toimage, []))\n", told="Image.fromarray(x)"),
        Example("from matplotlib.pyplot import imsave\ndef f(x):\n    imsave('a.png', x)\n"),
        Example("def imresize(x, size):\n    return x\ny = imresize([1], 2)\n"),
        Example("import numpy as np\nx = np.resize(np.uint8([1, 2]), (4, 5))\n"),
    )  # fmt: skip
