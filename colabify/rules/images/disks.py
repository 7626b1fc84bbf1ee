"""scikit-image 0.19 removed ``draw.circle``: ``draw.disk`` takes the centre as one argument.

Source: the release notes of 0.17 and 0.19; run on Python 3.13 with 0.25, and the old one with 0.18.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, functions_of
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_CIRCLE = "skimage.draw.circle"
_TEXT = "draw.circle(r, c, radius) is draw.disk((r, c), radius) now"


class Disks(Rule):
    """Draw filled circles with scikit-image's ``disk``: its ``circle`` is gone.

    ``draw.circle(r, c, radius)`` becomes ``draw.disk((r, c), radius)``.
    """

    code = "COL162"
    name = "skimage-disks"
    needles = frozenset({"circle"})
    packages = frozenset({"skimage"})
    nodes = ("Call", "ImportFrom")
    examples = (
        Example("from skimage import draw\nrr, cc = draw.circle(5, 6, 3)\n",
                "from skimage import draw\nrr, cc = draw.disk((5, 6), 3)\n", shows="len(rr), sum(cc)"),
        Example("from skimage.draw import line\nimport skimage.draw as d\n"
                "rr, cc = d.circle(r=5, c=6, radius=3, shape=(9, 9))\n",
                "from skimage.draw import line\nimport skimage.draw as d\n"
                "rr, cc = d.disk((5, 6), 3, shape=(9, 9))\n", shows="len(rr), sum(cc)"),
        Example("from skimage.draw import circle, line\nrr, cc = circle(5, 6, 3)\n",
                "from skimage.draw import disk, line\nrr, cc = disk((5, 6), 3)\n", shows="len(rr), sum(cc)"),
        Example("from skimage.draw import circle\nfrom skimage.morphology import disk\n"
                "rr, cc = circle(5, 6, 3)\n", told="disk"),
        Example("from skimage.draw import circle\nshape = map(circle, [5], [6], [3])\n", told="disk"),
        Example("from skimage import draw\nrr, cc = draw.disk((5, 6), 3)\n"),
        Example("from skimage import draw\nrr, cc = draw.circle_perimeter(5, 6, 3)\n"),
        Example("import skimage\ndef circle(r):\n    return r\ncircle(3)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """It is gone since scikit-image 0.19."""
        return is_gone("scikit-image 0.19", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call of ``disk``, or its import."""
        import libcst as cst

        if isinstance(node, cst.ImportFrom):
            return _imported(node, context)
        if not isinstance(node, cst.Call) or _CIRCLE not in functions_of(node, context):
            return None
        if isinstance(node.func, cst.Attribute):
            owner = f"{code_of(node.func.value)}."
        elif _may_be_disk(context):
            owner = ""
        else:
            return None  # the import is told
        centre = [argument(node, name, place) for place, name in enumerate(("r", "c", "radius"))]
        if any(one is None for one in centre) or any(one.star for one in node.args):
            return Remedy(text=_TEXT, safety="report")
        r, c, radius = (code_of(one) for one in centre if one is not None)
        shape = argument(node, "shape", 3)
        tail = f", shape={code_of(shape)}" if shape is not None else ""
        return Remedy(cst.parse_expression(f"{owner}disk(({r}, {c}), {radius}{tail})"), text=_TEXT)


def _imported(node: cst.ImportFrom, context: Context) -> Remedy | None:
    """The import with ``disk`` in the place of ``circle``."""
    import libcst as cst

    if (
        node.module is None
        or code_of(node.module) != "skimage.draw"
        or isinstance(node.names, cst.ImportStar)
    ):
        return None
    names = [one.with_changes(name=cst.Name("disk")) if code_of(one.name) == "circle" else one
             for one in node.names]  # fmt: skip
    if names == list(node.names):
        return None
    if any(one.asname for one in names) or not _may_be_disk(context):
        return Remedy(text=_TEXT, safety="report")
    return Remedy((node.with_changes(names=names),), text=_TEXT)


def _may_be_disk(context: Context) -> bool:
    """Whether the program imports ``circle``, only calls it, and has nothing else called ``disk``."""
    nodes = [node for unit in context.units for node in unit.nodes]
    uses = [one for one in nodes if isinstance(one, ast.Name) and one.id == "circle"]
    calls = [one for one in nodes if isinstance(one, ast.Call)
             and isinstance(one.func, ast.Name) and one.func.id == "circle"]  # fmt: skip
    plain = all(len(one.args) + len(one.keywords) >= len(("r", "c", "radius")) and not _has_star(one)
                for one in calls)  # fmt: skip
    taken = "disk" in context.names or "disk" in context.bound
    return (
        context.names.get("circle") == _CIRCLE and len(uses) == len(calls) and plain and not taken
    )


def _has_star(call: ast.Call) -> bool:
    starred = any(isinstance(one, ast.Starred) for one in call.args)
    return starred or any(one.arg is None for one in call.keywords)
