"""imageio: ``ffmpeg.download()`` is gone, and GIFs are timed in milliseconds.

Source: the release notes of imageio 2.5 (the programme comes with imageio-ffmpeg, which Colab has) and 2.28
(``duration=`` in milliseconds). Run on Python 3.13 with imageio 2.37: the download is an ``AttributeError``
or a ``RuntimeError``; a GIF that is written with ``duration=0.5`` shows each picture for half a millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, constant_of, functions_of
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_WRITERS = frozenset(
    f"imageio.{module}{name}"
    for module in ("", "v2.")
    for name in ("mimsave", "mimwrite", "get_writer")
)
_LONGEST = 10
"""Nobody wants ten milliseconds a picture, nor mostly ten seconds: below it seconds are meant."""


class ImageioFilms(Rule):
    """Remove ``imageio.plugins.ffmpeg.download()``, and write a GIF's seconds as milliseconds.

    ``mimsave("a.gif", pictures, duration=0.5)`` becomes ``duration=500``: that needs imageio 2.28 at home
    too, so it is only offered.
    """

    code = "COL165"
    name = "imageio-films"
    needles = frozenset({"download", "duration"})
    packages = frozenset({"imageio"})
    nodes = ("Expr", "Call")
    examples = (
        Example("import imageio\nimageio.plugins.ffmpeg.download()\nx = 1\n", "import imageio\nx = 1\n"),
        Example("import imageio\nimport numpy as np\nfilm = [np.zeros((4, 4), 'uint8')] * 2\n"
                "imageio.mimsave('a.gif', film, duration=0.5)\n",
                "import imageio\nimport numpy as np\nfilm = [np.zeros((4, 4), 'uint8')] * 2\n"
                "imageio.mimsave('a.gif', film, duration=500)\n", unsafe=True,
                not_run="the old code fails nowhere: its pictures are shown too shortly"),
        Example("import imageio\nimport numpy as np\nfilm = [np.zeros((4, 4), 'uint8')] * 2\n"
                "imageio.mimsave('a.gif', film, fps=5)\n"),
        Example("import imageio\nimport numpy as np\nfilm = [np.zeros((4, 4), 'uint8')] * 2\n"
                "imageio.mimsave('a.gif', film, duration=500)\n"),
        Example("import imageio\nimport nltk\ndef get():\n    nltk.download('punkt')\n"),
        Example("import imageio\ndef mimsave(name, film, duration):\n    pass\n"
                "mimsave('a.gif', [], duration=0.5)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """Nothing for the download; the call with milliseconds."""
        import libcst as cst

        if isinstance(node, cst.Expr):
            called = isinstance(node.value, cst.Call) and context.qualified(node.value.func)
            if called != "imageio.plugins.ffmpeg.download" or not is_gone(
                "imageio 2.5", context.runtime
            ):
                return None
            return Remedy(
                (), text="there is no ffmpeg.download() any more, nor a need of it: remove it"
            )
        if not isinstance(node, cst.Call) or not is_gone("imageio 2.28", context.runtime):
            return None
        if not any(one in _WRITERS for one in functions_of(node, context)):
            return None
        name, seconds = (
            constant_of(argument(node, "uri", 0)),
            constant_of(argument(node, "duration")),
        )
        if not isinstance(seconds, int | float) or not 0 < seconds < _LONGEST:
            return None
        if isinstance(name, str) and not name.lower().endswith(".gif"):
            return None
        text = "the duration of a GIF's pictures is in milliseconds since imageio 2.28"
        args = [
            one.with_changes(value=cst.parse_expression(f"{round(seconds * 1000)}"))
            if one.keyword is not None and one.keyword.value == "duration" else one
            for one in node.args
        ]  # fmt: skip
        return Remedy(node.with_changes(args=args), text=text, safety="unsafe", fails=False)
