"""Limits that code sets by itself: it uses what only releases before a certain one have.

Source: OpenCV 5.0, which leaves these out (opencv/opencv-python#1244, #1259), run on Python 3.13: with
``opencv-python`` 5.0, ``opencv-python-headless`` 5.0 and ``opencv-contrib-python`` 4.14, which Colab has all
three, and ``opencv-python<5`` installed last, each of them is there, and so are the files of ``cv2.data``.
``HoughLinesP`` is there, but gives lines of shape (n, 4) where 4.14 gives (n, 1, 4): the loops over
``line[0]``, or over each ``line``, that courses have stop there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.requirements.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_OPENCV_4 = (
    "cv2.CascadeClassifier", "cv2.HOGDescriptor", "cv2.HOGDescriptor_getDefaultPeopleDetector",
    "cv2.HoughLinesP", "cv2.data",
    "cv2.dnn.readNetFromCaffe", "cv2.groupRectangles", "cv2.ml",
)  # fmt: skip
_LIMITS = {"opencv-python": ("opencv-python<5", _OF_OPENCV_4)}


def limits_of(used: Iterable[str]) -> dict[str, Wanted]:
    """What the full names that code uses ask for, by distribution."""
    from packaging.requirements import Requirement

    names, found = frozenset(used), {}
    for distribution, (text, ends) in _LIMITS.items():
        first = next((one for one in ends if one in names), "")
        if first:
            found[distribution] = Wanted(Requirement(text), f"the use of {first}", None)
    return found
