"""Images put into a notebook's own text, for where no address could bring them."""

from __future__ import annotations

import base64
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_OF_ONE = 2_000_000
MOST_OF_ALL = 5_000_000
"""The bytes that one image, and all of a notebook's, may have: above 10 MB notebooks open badly."""

_TYPES = {
    "apng": "image/apng", "avif": "image/avif", "bmp": "image/bmp", "gif": "image/gif",
    "ico": "image/x-icon", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png",
    "svg": "image/svg+xml", "webp": "image/webp",
    "m4a": "audio/mp4", "mp3": "audio/mpeg", "mp4": "video/mp4", "ogg": "audio/ogg",
    "ogv": "video/ogg", "wav": "audio/wav", "webm": "video/webm",
}  # fmt: skip
"""Media types by suffix (MDN, image and media file types), of what a browser shows or plays."""

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True)
class Embedded:
    """The data URI of an image; or none, and why."""

    uri: str = ""
    why: str = ""


def media_type(path: str) -> str:
    """The media type of a file that a browser shows or plays, by its suffix; else empty."""
    return _TYPES.get(posixpath.splitext(path)[1][1:].lower(), "")


class Embedder:
    """Makes data URIs, as long as there is room in the notebook."""

    def __init__(self) -> None:
        """The room is that of one notebook."""
        self._left = MOST_OF_ALL

    def file(self, path: str, content: bytes | None) -> Embedded:
        """The data URI of the file at ``path``; ``content`` is None if it cannot be read."""
        kind = media_type(path)
        if not kind:
            return Embedded(why="is of a kind that no browser shows: save it as PNG or SVG")
        if content is None:
            return Embedded(why="cannot be read here, so it is not put into the notebook")
        if content.startswith(_LFS_POINTER):
            text = (
                "is only a Git LFS pointer here, so it is not put into the notebook: git lfs pull"
            )
            return Embedded(why=text)
        return self._uri(kind, content)

    def attachment(self, bundle: Mapping[str, Any]) -> Embedded:
        """The data URI of one attachment of a cell: media types, and the base64 of each (nbformat)."""
        kind = next((one for one in bundle if one.startswith("image/")), "")
        value = bundle.get(kind, "")
        text = "".join(map(str, value)) if isinstance(value, list) else str(value)
        if kind == "image/svg+xml" and text.lstrip().startswith("<"):
            return self._uri(kind, text.encode("utf-8", "replace"))
        try:
            content = base64.b64decode("".join(text.split()), validate=True)
        except ValueError:
            content = b""
        if not content:
            return Embedded(why="is no image that Colab could show: attach it anew")
        return self._uri(kind, content)

    def _uri(self, kind: str, content: bytes) -> Embedded:
        size, most = len(content), _megabytes(MOST_OF_ONE)
        if size > MOST_OF_ONE:
            text = f"has {_megabytes(size)}, and more than {most} are not put into the notebook"
            return Embedded(why=f"{text}: make it smaller")
        if size > self._left:
            text = (
                f"is not put into the notebook: its images have {_megabytes(MOST_OF_ALL)} already"
            )
            return Embedded(why=f"{text}, make them smaller")
        self._left -= size
        return Embedded(f"data:{kind};base64,{base64.b64encode(content).decode()}")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
