"""What OpenCV no longer takes, or no longer has in its main package.

Source: OpenCV 4.0 (``estimateRigidTransform``), OpenCV 5.0, and the packages on Colab: ``opencv-python``
5.0 has no ``face``, which its contributed modules had. Which of Colab's three OpenCV packages ``import cv2``
gives is not known, so that this is not sure to fail. What else OpenCV 5 has left out is a matter of
installing OpenCV 4: :mod:`colabify.analysis.limits`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, constant_of, functions_of
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_LEFT = ("face",)
_POINTS = {"arrowedLine": (1, 2), "circle": (1,), "ellipse": (1,), "line": (1, 2), "putText": (2,),
           "rectangle": (1, 2), "resize": (1,)}  # fmt: skip
_RIGID = "cv2.estimateRigidTransform"
_PIXELS = "OpenCV takes whole pixels only: write int(…), or // for /"


class OpencvCalls(Rule):
    """Mend calls of OpenCV that the present one does not take, and tell what OpenCV 5 left out.

    ``cv2.estimateRigidTransform(a, b, False)`` becomes ``cv2.estimateAffinePartial2D(a, b)[0]``, which
    leaves outliers out in another way: it is only offered.
    """

    code = "COL168"
    name = "opencv-calls"
    needles = frozenset(
        {"estimateRigidTransform", *_POINTS, *(one.rpartition(".")[2] for one in _LEFT)}
    )
    packages = frozenset({"cv2"})
    nodes = ("Call", "Attribute")
    examples = (
        Example("import cv2\nimport numpy as np\na = np.float32([[0, 0], [1, 0], [0, 1], [1, 1]]) * 9\n"
                "m = cv2.estimateRigidTransform(a, a + 1, False)\n",
                "import cv2\nimport numpy as np\na = np.float32([[0, 0], [1, 0], [0, 1], [1, 1]]) * 9\n"
                "m = cv2.estimateAffinePartial2D(a, a + 1)[0]\n", unsafe=True, shows="m.round(3).tolist()"),
        Example("import cv2\nface = cv2.face.LBPHFaceRecognizer_create()\n", told="opencv-contrib-python<5"),
        Example("import cv2\nfaces = cv2.CascadeClassifier('faces.xml')\n"),
        Example("import cv2\nimport numpy as np\nim = np.zeros((9, 9), 'uint8')\n"
                "cv2.circle(im, (9 / 2, 4), 2, 255)\n", told="whole pixels"),
        Example("import cv2\nimport numpy as np\nim = np.zeros((9, 9), 'uint8')\n"
                "cv2.circle(im, (9 // 2, 4), 2, 255)\n"),
        Example("import cv2\nimport numpy as np\nim = np.zeros((9, 9), 'uint8')\n"
                "half = cv2.resize(im, None, fx=0.5, fy=0.5)\n"),
        Example("import cv2\nfrom sklearn.svm import SVC\nmodel = SVC()\n"),
        Example("import cv2\ndef CascadeClassifier(x):\n    return x\nCascadeClassifier('a')\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call that OpenCV takes, or what to do."""
        import libcst as cst

        if isinstance(node, cst.Attribute):
            left = any(context.qualified(node) == f"cv2.{one}" for one in _LEFT)
            return (
                _left_out(code_of(node))
                if left and is_gone("opencv-python 5.0", context.runtime)
                else None
            )
        if not isinstance(node, cst.Call):
            return None
        for one in functions_of(node, context):
            if one == _RIGID and is_gone("opencv-python 4.0", context.runtime):
                return _affine(node)
            package, _, name = one.rpartition(".")
            if package == "cv2" and name in _POINTS:
                places = _POINTS[name]
                halves = any(_is_fraction(argument(node, "", place)) for place in places)
                return Remedy(text=_PIXELS, safety="report") if halves else None
        return None


def _left_out(name: str) -> Remedy:
    text = f'OpenCV 5 has no {name}: run %pip install "opencv-contrib-python<5" first'
    return Remedy(text=text, safety="report", fails=False)


def _is_fraction(point: cst.BaseExpression | None) -> bool:
    """Whether a point has a coordinate that is no whole number for sure."""
    import libcst as cst

    if not isinstance(point, cst.Tuple):
        return False
    return any(
        isinstance(constant_of(one.value), float)
        or (
            isinstance(one.value, cst.BinaryOperation)
            and isinstance(one.value.operator, cst.Divide)
        )
        for one in point.elements
    )


def _affine(call: cst.Call) -> Remedy:
    """``estimateAffinePartial2D``, or with all six parameters free ``estimateAffine2D``."""
    import libcst as cst

    text = "cv2.estimateRigidTransform(a, b, False) is cv2.estimateAffinePartial2D(a, b)[0] now"
    full = constant_of(argument(call, "fullAffine", 2))
    first, second = argument(call, "src", 0), argument(call, "dst", 1)
    if (
        not isinstance(call.func, cst.Attribute)
        or full not in (True, False)
        or first is None
        or second is None
    ):
        return Remedy(text=text, safety="report")
    name = "estimateAffine2D" if full else "estimateAffinePartial2D"
    code = f"{code_of(call.func.value)}.{name}({code_of(first)}, {code_of(second)})[0]"
    return Remedy(cst.parse_expression(code), text=text, safety="unsafe")
