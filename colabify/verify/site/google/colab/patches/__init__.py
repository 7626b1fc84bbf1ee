"""Replacements for functions that want a window."""

from IPython.display import display
from PIL import Image

__all__ = ["cv2_imshow", "cv_imshow"]


def cv2_imshow(a):
    """Display the array `a`: grey, BGR or BGRA."""
    a = a.clip(0, 255).astype("uint8")
    if a.ndim == 3:
        a = a[:, :, [2, 1, 0, 3][: a.shape[2]]] if a.shape[2] > 1 else a[:, :, 0]
    display(Image.fromarray(a))


cv_imshow = cv2_imshow
