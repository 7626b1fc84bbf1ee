"""``cv2.findContours`` gives two things since OpenCV 4, as it did in OpenCV 2; OpenCV 3 gave three.

Source: the change logs of OpenCV 3.0 and 4.0; run on Python 3.13 with ``cv2`` 5.0. Since 3.2 the picture that
came first was the one that was given.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_FIND = "cv2.findContours"
_PARTS = 3
_TEXT = (
    "cv2.findContours() gives contours and hierarchy since OpenCV 4, no picture: take [-2:] of it"
)


class Contours(Rule):
    """Unpack two things from ``cv2.findContours``, with whichever OpenCV.

    ``_, contours, hierarchy = cv2.findContours(…)`` becomes
    ``contours, hierarchy = cv2.findContours(…)[-2:]``.
    """

    code = "COL167"
    name = "find-contours"
    needles = frozenset({"findContours"})
    packages = frozenset({"cv2"})
    nodes = ("Assign",)
    examples = (
        Example("import cv2\nimport numpy as np\nim = np.pad(np.ones((3, 3), 'uint8'), 1, 'constant')\n"
                "_, contours, hierarchy = cv2.findContours(im, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)\n",
                "import cv2\nimport numpy as np\nim = np.pad(np.ones((3, 3), 'uint8'), 1, 'constant')\n"
                "contours, hierarchy = cv2.findContours(im, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)[-2:]\n",
                shows="contours[0].tolist()"),
        Example("import cv2\nimport numpy as np\nim = np.pad(np.ones((3, 3), 'uint8'), 1, 'constant')\n"
                "(im, found, _) = cv2.findContours(im, 0, 2)\nprint(im.shape)\n",
                "import cv2\nimport numpy as np\nim = np.pad(np.ones((3, 3), 'uint8'), 1, 'constant')\n"
                "(found, _) = cv2.findContours(im, 0, 2)[-2:]\nprint(im.shape)\n", shows="found[0].tolist()"),
        Example("import cv2\nimport numpy as np\nim = np.pad(np.ones((3, 3), 'uint8'), 1, 'constant')\n"
                "copy, found, _ = cv2.findContours(im, 0, 2)\nprint(copy.shape)\n", told="no picture"),
        Example("import cv2\nimport numpy as np\nim = np.pad(np.ones((3, 3), 'uint8'), 1, 'constant')\n"
                "contours, hierarchy = cv2.findContours(im, 0, 2)\n"),
        Example("import cv2\nimport numpy as np\nim = np.pad(np.ones((3, 3), 'uint8'), 1, 'constant')\n"
                "contours = cv2.findContours(im, 0, 2)[-2]\n"),
        Example("from skimage.measure import find_contours as findContours\nimport cv2\nimport numpy as np\n"
                "a, b, c = [1, 2, 3]\nfindContours(np.eye(4), 0.5)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """Three became two in OpenCV 4."""
        return is_gone("opencv-python 4.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The assignment to the last two of three names."""
        import libcst as cst

        match node:
            case cst.Assign(
                targets=[cst.AssignTarget(target=cst.Tuple(elements=parts) as target)],
                value=cst.Call(func=func, args=args) as call,
            ) if len(parts) == _PARTS and context.qualified(func) == _FIND:
                pass
            case _:
                return None
        picture, given = code_of(parts[0].value), code_of(args[0].value) if args else ""
        if picture not in ("_", given) and _is_read(picture, context):
            return Remedy(text=_TEXT, safety="report")
        new = target.with_changes(elements=parts[1:])
        value = cst.parse_expression(f"{code_of(call)}[-2:]")
        assigned = node.with_changes(
            targets=[node.targets[0].with_changes(target=new)], value=value
        )
        return Remedy((assigned,), text=_TEXT)


def _is_read(name: str, context: Context) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        for unit in context.units
        for node in unit.nodes
    )
