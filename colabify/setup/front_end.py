"""The step of the setup cell that lets Colab's front end show what needs a window or Jupyter elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.steps import Shim

if TYPE_CHECKING:
    from colabify.steps import Setup

WINDOWS = Shim("cv2.imshow", "google.colab.patches.cv2_imshow", "windows")
"""Asked for by code that shows pictures in OpenCV's windows."""
MANAGER = Shim("custom widgets", "google.colab.output.enable_custom_widget_manager", "widgets")
"""Asked for by code that imports widgets of other packages than ipywidgets."""

_WINDOWS = '''\
    # OpenCV's windows: Colab has no display, so that pictures are shown below the cell
    try:
        import cv2
        from google.colab.patches import cv2_imshow
    except ImportError:  # a machine without OpenCV
        pass
    else:

        def imshow(name, image):
            """Show a picture; as in a window, numbers with a point go from 0 (black) to 1 (white)."""
            cv2_imshow(image * 255 if image.dtype.kind == "f" else image)

        cv2.imshow = imshow
        for name in ("waitKey", "waitKeyEx", "pollKey"):
            setattr(cv2, name, lambda delay=0: -1)  # no key is pressed
        for name in (
            "namedWindow", "moveWindow", "resizeWindow", "setWindowTitle", "startWindowThread",
            "destroyWindow", "destroyAllWindows",
        ):
            setattr(cv2, name, lambda *given, **more: None)
'''
_MANAGER = """\
    # Colab draws widgets of other packages than ipywidgets only if it is asked to
    from google.colab import output

    output.enable_custom_widget_manager()
"""


def front_end_blocks(setup: Setup) -> list[str]:
    """The lines for OpenCV's windows and for custom widgets; none where no code has either."""
    blocks = [_WINDOWS] if WINDOWS in setup.shims else []
    return [*blocks, _MANAGER] if MANAGER in setup.shims else blocks
