"""Constants and functions of OpenCV 2 and 3 that are called otherwise, or are gone.

Source: the interfaces of OpenCV 2.4, 3.4, 4.4 and 5.0; what is new was looked up in ``cv2`` 5.0 on Python
3.13, and runs with OpenCV 4 too.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row

_SAME = (
    "FILLED", "INTER_AREA", "INTER_CUBIC", "INTER_LANCZOS4", "INTER_LINEAR", "INTER_NN",
    "CHAIN_APPROX_NONE", "CHAIN_APPROX_SIMPLE", "RETR_CCOMP", "RETR_EXTERNAL", "RETR_LIST", "RETR_TREE",
    "THRESH_BINARY", "THRESH_BINARY_INV", "THRESH_OTSU", "THRESH_TOZERO", "THRESH_TOZERO_INV",
    "THRESH_TRUNC", "HOUGH_GRADIENT", "HOUGH_PROBABILISTIC", "HOUGH_STANDARD", "CAP_PROP_FOURCC",
    "CAP_PROP_FPS", "CAP_PROP_FRAME_COUNT", "CAP_PROP_FRAME_HEIGHT", "CAP_PROP_FRAME_WIDTH",
    "CAP_PROP_POS_AVI_RATIO", "CAP_PROP_POS_FRAMES", "CAP_PROP_POS_MSEC",
)  # fmt: skip
_CHANGED = {
    "AA": "LINE_AA", "INTER_NN": "INTER_NEAREST", "FOURCC": "VideoWriter_fourcc",
    "LOAD_IMAGE_ANYCOLOR": "IMREAD_ANYCOLOR", "LOAD_IMAGE_ANYDEPTH": "IMREAD_ANYDEPTH",
    "LOAD_IMAGE_COLOR": "IMREAD_COLOR", "LOAD_IMAGE_GRAYSCALE": "IMREAD_GRAYSCALE",
    "LOAD_IMAGE_UNCHANGED": "IMREAD_UNCHANGED", "TERMCRIT_EPS": "TERM_CRITERIA_EPS",
    "TERMCRIT_ITER": "TERM_CRITERIA_MAX_ITER", "COMP_CORREL": "HISTCMP_CORREL",
    "COMP_CHISQR": "HISTCMP_CHISQR", "COMP_INTERSECT": "HISTCMP_INTERSECT",
    "COMP_BHATTACHARYYA": "HISTCMP_BHATTACHARYYA", "DIST_L1": "DIST_L1", "DIST_L2": "DIST_L2",
    **{f"{one}": f"COLOR_{one}" for one in (
        "BGR2GRAY", "BGR2HLS", "BGR2HSV", "BGR2LAB", "BGR2Lab", "BGR2RGB", "GRAY2BGR", "GRAY2RGB",
        "HSV2BGR", "HSV2RGB", "Lab2BGR", "RGB2BGR", "RGB2GRAY", "RGB2HSV")},
}  # fmt: skip
_NAMES = {**{name: name for name in _SAME}, **_CHANGED}
_GONE = {
    "xfeatures2d.SURF_create": "SURF is not in OpenCV's builds: cv2.SIFT_create() finds features too",
    "SURF": "SURF is not in OpenCV's builds: cv2.SIFT_create() finds features too",
    "FeatureDetector_create": "make the detector itself: cv2.ORB_create(), cv2.SIFT_create()",
    "DescriptorExtractor_create": "make the extractor itself: cv2.ORB_create(), cv2.SIFT_create()",
    "BackgroundSubtractorMOG": "cv2.createBackgroundSubtractorMOG2() is what is left of it",
}


class OpencvNames(Renamed):
    """Use the names of OpenCV 4 for those of OpenCV 2 and 3: ``cv2.IMREAD_COLOR``, ``cv2.SIFT_create``.

    ``cv2.cv.CV_LOAD_IMAGE_GRAYSCALE`` and ``cv2.CV_LOAD_IMAGE_GRAYSCALE`` are ``cv2.IMREAD_GRAYSCALE``;
    SIFT is no longer patented, so that it moved out of ``cv2.xfeatures2d``.
    """

    code = "COL166"
    name = "opencv-names"
    rows: ClassVar = {
        **{f"cv2.{module}CV_{old}": Row(f"cv2.{new}", since="opencv-python 3.0")
           for old, new in _NAMES.items() for module in ("", "cv.")},
        "cv2.xfeatures2d.SIFT_create": Row("cv2.SIFT_create", since="opencv-python 4.4"),
        "cv2.createBackgroundSubtractorMOG": Row(
            since="opencv-python 3.0", text="cv2.createBackgroundSubtractorMOG2() is what is left of it"),
        "cv2.cv": Row(since="opencv-python 3.0", module=True,
                      text="there is no cv2.cv any more: its constants are in cv2, without CV_"),
        **{f"cv2.{old}": Row(since="opencv-python 3.0", text=text) for old, text in _GONE.items()},
    }  # fmt: skip
    examples = (
        Example("import cv2\nimport numpy as np\ncv2.imwrite('a.png', np.zeros((2, 3, 3), 'uint8'))\n"
                "im = cv2.imread('a.png', cv2.CV_LOAD_IMAGE_GRAYSCALE)\n",
                "import cv2\nimport numpy as np\ncv2.imwrite('a.png', np.zeros((2, 3, 3), 'uint8'))\n"
                "im = cv2.imread('a.png', cv2.IMREAD_GRAYSCALE)\n"),
        Example("import cv2\nkind = cv2.cv.CV_HOUGH_GRADIENT\ncode = cv2.cv.CV_FOURCC(*'XVID')\n",
                "import cv2\nkind = cv2.HOUGH_GRADIENT\ncode = cv2.VideoWriter_fourcc(*'XVID')\n"),
        Example("import cv2\nsift = cv2.xfeatures2d.SIFT_create()\n",
                "import cv2\nsift = cv2.SIFT_create()\n"),
        Example("import cv2\nsurf = cv2.xfeatures2d.SURF_create()\n", told="SIFT_create"),
        Example("import cv2.cv as cv\nprint(cv.GetSize)\n", told="without CV_"),
        Example("import cv2\nkind = cv2.CV_8U\n"),
        Example("import cv2\nsift = cv2.SIFT_create()\n"),
        Example("import cv2\nimport numpy as np\n"
                "g = cv2.cvtColor(np.zeros((2, 2, 3), 'uint8'), cv2.COLOR_BGR2GRAY)\n"),
        Example("import cv\nprint(cv.CV_AA)\n"),
    )  # fmt: skip
