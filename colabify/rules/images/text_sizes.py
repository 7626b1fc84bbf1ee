"""Pillow 10 removed ``font.getsize`` and ``draw.textsize``: the box of a text tells its size.

Source: the deprecations of Pillow 9.2 and the removals of 10.0. Width and height were measured from where the
text begins, which is what the last two numbers of its box are. With Pillow 9.5 both gave the same for ten
texts, but for a letter such as ``j`` that reaches to the left of where it begins: there the box is one
narrower. Run on Python 3.13 with Pillow 11.3; by the basic layout, since the
other, which Pillow has since 8.2, may be a dot narrower, for the old names too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import functions_of
from colabify.rules.plots.pyplot import unsure_method
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_FONT = frozenset({"PIL.ImageFont.getsize"})
_DRAW = frozenset({"PIL.ImageDraw.textsize", "PIL.ImageDraw.multiline_textsize"})
_TEXT = {
    "getsize": "font.getsize(text) is font.getbbox(text)[2:] now",
    "textsize": "draw.textsize(text, font) is draw.textbbox((0, 0), text, font)[2:] now",
}


class TextSizes(Rule):
    """Take the size of a text from its box: Pillow's ``getsize`` and ``textsize`` are gone.

    ``draw.textsize("a", font=f)`` becomes ``draw.textbbox((0, 0), "a", font=f)[2:]``.
    """

    code = "COL164"
    name = "pillow-text-sizes"
    needles = frozenset({"getsize", "textsize", "multiline_textsize"})
    packages = frozenset({"PIL"})
    nodes = ("Call",)
    examples = (
        Example("from PIL import Image, ImageDraw\nd = ImageDraw.Draw(Image.new('L', (9, 9)))\n"
                "w, h = d.textsize('a')\n",
                "from PIL import Image, ImageDraw\nd = ImageDraw.Draw(Image.new('L', (9, 9)))\n"
                "w, h = d.textbbox((0, 0), 'a')[2:]\n"),
        Example("import os\nimport matplotlib\nfrom PIL import ImageFont\n"
                "folder = os.path.join(os.path.dirname(matplotlib.__file__), 'mpl-data', 'fonts', 'ttf')\n"
                "font = ImageFont.truetype(os.path.join(folder, 'DejaVuSans.ttf'), 20, layout_engine=0)\n"
                "size = font.getsize('Ag')\n",
                "import os\nimport matplotlib\nfrom PIL import ImageFont\n"
                "folder = os.path.join(os.path.dirname(matplotlib.__file__), 'mpl-data', 'fonts', 'ttf')\n"
                "font = ImageFont.truetype(os.path.join(folder, 'DejaVuSans.ttf'), 20, layout_engine=0)\n"
                "size = font.getbbox('Ag')[2:]\n", shows="size"),
        Example("from PIL import ImageFont\ndef f(font):\n    return font.getsize('a')\n", told="getbbox"),
        Example("from PIL import Image\nimport os\nsize = os.path.getsize('.')\n"),
        Example("from PIL import ImageFont\nfont = ImageFont.load_default()\nsize = font.getbbox('a')\n"),
        Example("from PIL import Image, ImageDraw\nd = ImageDraw.Draw(Image.new('L', (9, 9)))\n"
                "w = d.textlength('a')\n"),
        Example("from PIL import Image\nclass Page:\n    def textsize(self, t):\n        return 1\n"
                "Page().textsize('a')\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """They are gone since Pillow 10."""
        return is_gone("pillow 10.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The last two numbers of the box, where it is known whose size is asked for."""
        import libcst as cst

        if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
            return None
        functions = functions_of(node, context)
        if any(one in _FONT for one in functions):
            return _boxed(node, "getbbox", "", "getsize")
        if any(one in _DRAW for one in functions):
            return _boxed(node, "textbbox", "(0, 0), ", "textsize")
        unsure = _TEXT.get(unsure_method(node, context))
        return Remedy(text=unsure, safety="report", fails=False) if unsure else None


def _boxed(call: cst.Call, method: str, first: str, old: str) -> Remedy:
    """``call`` of another method, and of what it gives the end of the box."""
    import libcst as cst

    func = cst.ensure_type(call.func, cst.Attribute)
    positional = [one for one in call.args if one.keyword is None]
    most = 2 if first else 1  # what follows stands elsewhere in the new method
    if not positional or len(positional) > most or any(one.star for one in call.args):
        return Remedy(text=_TEXT[old], safety="report")
    args = "".join(code_of(one) for one in call.args)
    arguments = cst.Module([]).code_for_node(
        call.with_changes(func=cst.Name(method), lpar=(), rpar=())
    )
    inside = arguments.removeprefix(f"{method}(")
    code = f"{code_of(func.value)}.{method}({first}{inside}[2:]"
    return Remedy(cst.parse_expression(code), text=_TEXT[old]) if args else Remedy(text=_TEXT[old])
