"""OpenCV's windows and cameras: Colab's machine has neither a display nor a camera.

Colab replaces ``cv2.imshow`` by a function that raises, and offers ``cv2_imshow``, which takes the picture
alone and exists nowhere else. The setup cell lets OpenCV's names show pictures below the cell on Colab, so
that the code stays as it is and opens windows at home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, constant_of
from colabify.setup.front_end import WINDOWS

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_FUNCTIONS = frozenset(
    f"cv2.{name}"
    for name in (
        "imshow", "waitKey", "waitKeyEx", "pollKey", "namedWindow", "moveWindow", "resizeWindow",
        "setWindowTitle", "startWindowThread", "destroyWindow", "destroyAllWindows",
    )
)  # fmt: skip
_HANDLED = {
    "cv2.createTrackbar": "has no sliders in windows: use a #@param field or ipywidgets",
    "cv2.getTrackbarPos": "has no sliders in windows: use a #@param field or ipywidgets",
    "cv2.selectROI": "has no windows to select in: write the numbers down",
    "cv2.setMouseCallback": "has no windows that take clicks: write the places down",
}
_KEYS = frozenset({"cv2.waitKey", "cv2.waitKeyEx", "cv2.pollKey"})
_NO_KEY = "no key is pressed on Colab, so that this loop does not end by one: count its rounds"
_NO_SOUND = "Colab's machine has no microphone and no loudspeaker: read a file"
_NO_CAMERA = (
    "Colab's machine has no camera: read a video file, or take a picture by the JavaScript snippet"
)


class Windows(Rule):
    """Provide OpenCV's windows on Colab: ``cv2.imshow`` shows the picture below the cell.

    The setup cell does it; no code changes. What asks for keys, clicks or sliders is told.
    """

    code = "COL208"
    name = "opencv-windows"
    of_library = False
    safety = "report"
    needles = frozenset(name.rpartition(".")[2] for name in (*_FUNCTIONS, *_HANDLED))
    packages = frozenset({"cv2"})
    nodes = ("Call", "While")
    examples = (
        Example("import cv2\nwhile True:\n    if cv2.waitKey(1) == 27:\n        break\n",
                told="no key is pressed"),
        Example("import cv2\ncv2.setMouseCallback('a', print)\n", told="clicks"),
        Example("import cv2\nx = cv2.imread('a.png')\n"),
        Example("import cv2\nwhile video.isOpened():\n    cv2.waitKey(1)\n"),
        Example("import cv2\nwhile True:\n    found, frame = video.read()\n    if not found:\n        break\n"
                "    if cv2.waitKey(1) == 27:\n        break\n"),
        Example("waitKey(0)\n"),
        Example("import matplotlib.pyplot as plt\nplt.imshow(image)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The stand-in for a window's function; what to do about a loop that waits for a key."""
        import libcst as cst

        if isinstance(node, cst.While):
            return Remedy(text=_NO_KEY, fails=False) if _waits(node, context) else None
        function = context.qualified(node.func) if isinstance(node, cst.Call) else ""
        if function in _HANDLED:
            return Remedy(text=f"Colab {_HANDLED[function]}")
        return Remedy(shims=(WINDOWS,)) if function in _FUNCTIONS else None


class Devices(Rule):
    """Tell of cameras, microphones and loudspeakers: Colab's machine has none.

    ``cv2.VideoCapture(0)`` gives no picture, and sounddevice and PyAudio find no device. The student's own
    can be reached by JavaScript alone (Colab's snippets "Camera Capture"); sound plays by
    ``IPython.display.Audio``.
    """

    code = "COL232"
    name = "no-camera"
    of_library = False
    safety = "report"
    packages = frozenset({"cv2", "pyaudio", "sounddevice", "speech_recognition", "imutils"})
    needles = frozenset(
        {
            "VideoCapture",
            "PyAudio",
            "Microphone",
            "VideoStream",
            "rec",
            "play",
            "playrec",
            "InputStream",
        }
    )
    nodes = ("Call",)
    examples = (
        Example("import cv2\nvideo = cv2.VideoCapture(0)\n", told="no camera"),
        Example("import sounddevice as sd\nsound = sd.rec(100)\n", told="no microphone"),
        Example("import sounddevice as sd\nsd.play(sound)\n", told="Audio"),
        Example("import cv2\nvideo = cv2.VideoCapture('a.mp4')\n"),
        Example("import cv2\nvideo = cv2.VideoCapture(name)\n"),
        Example("video = cv2.VideoCapture(0)\n"),
        Example("import pygame\npygame.mixer.music.play(0)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What to do about a call that opens a device."""
        import libcst as cst

        function = context.qualified(node.func) if isinstance(node, cst.Call) else ""
        match function.split("."):
            case ["cv2", "VideoCapture"]:
                number = constant_of(argument(node, "index", 0))  # type: ignore[arg-type]
                is_one = isinstance(number, int) and not isinstance(number, bool)
                return Remedy(text=_NO_CAMERA, fails=False) if is_one else None
            case ["imutils", "video", "VideoStream" | "WebcamVideoStream"]:
                return Remedy(text=_NO_CAMERA, fails=False)
            case ["sounddevice", "play"]:
                text = (
                    "Colab's machine has no loudspeaker: IPython.display.Audio plays in the browser"
                )
                return Remedy(text=text)
            case ["sounddevice", "rec" | "playrec" | "InputStream" | "Stream"] | [
                "speech_recognition", "Microphone"
            ]:  # fmt: skip
                return Remedy(
                    text="Colab's machine has no microphone: let students upload a recording"
                )
            case ["pyaudio", "PyAudio"]:
                return Remedy(text=f"{_NO_SOUND}, and play by IPython.display.Audio", fails=False)
        return None


def _waits(loop: cst.While, context: Context) -> bool:
    """Whether a loop runs on and on but for a key: it asks for one, and has no second way out."""
    import libcst as cst

    if constant_of(loop.test) is not True and constant_of(loop.test) != 1:
        return False
    asks, breaks = False, 0
    waiting: list[cst.CSTNode] = [loop.body]
    while waiting:
        node = waiting.pop()
        asks = asks or (isinstance(node, cst.Call) and context.qualified(node.func) in _KEYS)
        breaks += isinstance(node, cst.Break | cst.Return)
        waiting += node.children
    return asks and breaks < 2
